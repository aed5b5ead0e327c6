"""Check reply markup as Telegram does before it shows a keyboard."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.sandbox.calls import Call
from bot.sandbox.limits import Limits
from bot.sandbox.refusals import Json, Refusal, bad_request

_ACTIONS = ("callback_data", "url", "web_app", "login_url", "copy_text", "switch_inline_query", "pay")
_OTHER_KEYBOARDS = ("keyboard", "remove_keyboard", "force_reply")


def reply_markup(call: Call, limits: Limits) -> Json:
    """The checked keyboard of a call, empty where there is none.

    Raises: Refusal 400 for a keyboard that Telegram would not show.
    """
    markup = call.nested("reply_markup")
    if not markup:
        return {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return inline_keyboard(markup["inline_keyboard"], limits)
    return markup if any(name in markup for name in _OTHER_KEYBOARDS) else {}


def inline_markup(call: Call, limits: Limits) -> Json:
    """As `reply_markup`, for an edit: only buttons under the message are allowed."""
    markup = reply_markup(call, limits)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def inline_keyboard(rows: object, limits: Limits) -> Json:
    """The checked buttons under a message, without empty rows, as in Telegram."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: expected an Array of Array of InlineKeyboardButton")
    buttons = [button for row in rows for button in row]
    if len(buttons) > limits.inline_buttons:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button, limits)
    kept = [row for row in rows if row]
    return {"inline_keyboard": kept} if kept else {}


def _check_button(button: Json, limits: Limits) -> None:
    if not isinstance(button, dict):
        raise _unreadable_button("expected an Object")
    if not isinstance(button.get("text"), str):
        raise _unreadable_button('Can\'t find field "text"')
    if not any(button.get(action) not in (None, "") for action in _ACTIONS):
        raise _unreadable_button("Text buttons are unallowed in the inline keyboard")
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if len(str(button.get("callback_data", "")).encode()) > limits.callback_data_bytes:
        raise bad_request("BUTTON_DATA_INVALID")
    _check_url(button.get("url"))


def _check_url(url: str | None) -> None:
    if url is not None and (urlsplit(url).scheme not in ("http", "https", "tg") or not urlsplit(url).netloc):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _unreadable_button(reason: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {reason}")
