"""The methods that change what stands in the chat, and answer a pressed button."""

from __future__ import annotations

import time

from bot.sandbox.calls import Call
from bot.sandbox.entities import utf16_units
from bot.sandbox.keyboards import inline_markup
from bot.sandbox.media import KINDS, kind_of, media_kind
from bot.sandbox.methods.content import caption_content, file_content, item_call, text_content
from bot.sandbox.refusals import Json, bad_request
from bot.sandbox.state import Chat, State

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_CAPTION_FIELDS = ("caption", "caption_entities")
_TEXT_FIELDS = ("text", "entities")


async def edit_message_text(state: State, call: Call) -> object:
    """The message reads anew; buttons that the call does not repeat are gone."""
    chat, message = _editable(state, call)
    content = text_content(state, call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _edit(state, chat, call, message, _without(message, *_TEXT_FIELDS) | content)


async def edit_message_caption(state: State, call: Call) -> object:
    """The caption reads anew, or is gone where the call carries none."""
    chat, message = _editable(state, call)
    if kind_of(message) in (None, "sticker", "video_note"):
        raise bad_request("there is no caption in the message to edit")
    content = caption_content(state, call)
    return _edit(state, chat, call, message, _without(message, *_CAPTION_FIELDS) | content)


async def edit_message_media(state: State, call: Call) -> object:
    """The message carries another file."""
    chat, message = _editable(state, call)
    item = call.nested("media")
    if not isinstance(item, dict):
        raise bad_request("media is empty")
    single = item_call(call, item)
    content = caption_content(state, single) | file_content(state, single, media_kind(item.get("type", "")), "media")
    return _edit(state, chat, call, message, _without(message, *KINDS, *_CAPTION_FIELDS, *_TEXT_FIELDS) | content)


async def edit_message_reply_markup(state: State, call: Call) -> object:
    """The message has other buttons, or none."""
    chat, message = _editable(state, call)
    return _edit(state, chat, call, message, message)


async def delete_message(state: State, call: Call) -> object:
    """The message is gone."""
    chat = state.chat_of(call)
    number = _message_id(call)
    if number not in chat.messages:
        raise bad_request("message to delete not found")
    state.remove_messages(chat, [number])
    return True


async def delete_messages(state: State, call: Call) -> object:
    """The messages that are there are gone; those that are not are passed over, as Telegram does."""
    chat = state.chat_of(call)
    numbers = call.nested("message_ids")
    if not numbers or not isinstance(numbers, list):
        raise bad_request("message identifiers are not specified")
    state.remove_messages(chat, numbers)
    return True


async def set_message_reaction(state: State, call: Call) -> object:
    """The bot's reaction stands under the message, or is gone where the list is empty."""
    chat = state.chat_of(call)
    number = _message_id(call)
    if number not in chat.messages:
        raise bad_request("message to react not found")
    reactions: list[Json] = call.nested("reaction") or []
    if any(not reaction.get("emoji") for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    chat.reactions[number] = reactions
    chat.publish({"type": "reaction", "message_id": number, "reactions": reactions})
    return True


async def answer_callback_query(state: State, call: Call) -> object:
    """The button stops waiting, and the user sees the text. A press is answered once, and while it is fresh."""
    pressed = state.pressed.pop(call.text("callback_query_id"), None)
    if pressed is None or time.monotonic() - pressed.pressed_at_s > state.limits.callback_query_lifetime_s:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if utf16_units(call.text("text")) > state.limits.callback_answer_units:
        raise bad_request("MESSAGE_TOO_LONG")
    answered = {"query_id": call.text("callback_query_id"), "text": call.text("text"), "url": call.text("url")}
    state.chats[pressed.chat_id].publish({"type": "answer", **answered, "show_alert": call.flag("show_alert")})
    return True


def _message_id(call: Call) -> int:
    if not call.integer("message_id"):
        raise bad_request("message identifier is not specified")
    return call.integer("message_id")


def _editable(state: State, call: Call) -> tuple[Chat, Json]:
    chat = state.chat_of(call)
    message = chat.messages.get(_message_id(call))
    if message is None:
        raise bad_request("message to edit not found")
    if not message["from"].get("is_bot"):
        raise bad_request("message can't be edited")
    return chat, message


def _edit(state: State, chat: Chat, call: Call, before: Json, content: Json) -> Json:
    markup = inline_markup(call, state.limits)
    after = _without(content, "reply_markup") | ({"reply_markup": markup} if markup else {})
    if _compared(after) == _compared(before):
        raise bad_request(_NOT_MODIFIED)
    if state.flood is not None:
        state.flood.check(chat.id)
    return state.change_message(chat, after)


def _without(message: Json, *names: str) -> Json:
    return {name: value for name, value in message.items() if name not in names}


def _compared(message: Json) -> Json:
    return _without(message, "edit_date", "date")
