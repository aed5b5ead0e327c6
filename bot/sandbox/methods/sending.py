"""The methods that make new messages, drafts and chat actions."""

from __future__ import annotations

from bot.sandbox.calls import Call
from bot.sandbox.entities import utf16_units
from bot.sandbox.keyboards import reply_markup
from bot.sandbox.media import MediaKind, media_kind
from bot.sandbox.methods.content import (
    caption_content,
    file_content,
    formatted,
    item_call,
    reply_content,
    text_content,
)
from bot.sandbox.refusals import Json, bad_request
from bot.sandbox.state import Chat, State

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_MEDIA_OF: dict[str, MediaKind] = {
    "sendphoto": "photo",
    "sendvideo": "video",
    "sendanimation": "animation",
    "sendvideonote": "video_note",
    "sendvoice": "voice",
    "sendaudio": "audio",
    "sendsticker": "sticker",
    "senddocument": "document",
}
_IN_ALBUMS = frozenset({"photo", "video", "audio", "document"})


async def send_message(state: State, call: Call) -> object:
    """A text message stands in the chat."""
    chat = state.chat_of(call)
    content = text_content(state, call)
    return _send(state, chat, call, content)


async def send_media(state: State, call: Call) -> object:
    """A message with a file, and a caption where that kind has one, stands in the chat."""
    chat = state.chat_of(call)
    kind = _MEDIA_OF[call.method.lower()]
    content = caption_content(state, call) | file_content(state, call, kind, kind)
    return _send(state, chat, call, content)


async def send_media_group(state: State, call: Call) -> object:
    """Two to ten messages of one album stand in the chat."""
    chat = state.chat_of(call)
    items = call.nested("media") or []
    if not state.limits.album_least <= len(items) <= state.limits.album_most:
        least, most = state.limits.album_least, state.limits.album_most
        raise bad_request(f"there must be from {least} to {most} messages in the media group to send")
    contents = [_album_item(state, call, item) for item in items]
    album = {"media_group_id": state.serial()} | reply_content(chat, call)
    _count(state, chat)
    return [state.add_message(chat, state.bot_user(), content | album) for content in contents]


async def send_message_draft(state: State, call: Call) -> object:
    """The user sees the text grow until a message takes its place. No text shows that the bot is thinking."""
    chat = state.chat_of(call)
    if chat.described["type"] != "private":
        raise bad_request("TEXTDRAFT_PEER_INVALID")
    if not call.integer("draft_id"):
        raise bad_request("draft identifier must be non-zero")
    text = formatted(call, "text", "entities")
    if utf16_units(text.text) > state.limits.text_units:
        raise bad_request("message is too long")
    draft: Json = {"draft_id": call.integer("draft_id"), "text": text.text, "entities": list(text.entities)}
    chat.drafts[draft["draft_id"]] = draft
    chat.publish({"type": "draft", "draft": draft, "lifetime_s": state.limits.draft_lifetime_s})
    return True


async def send_chat_action(state: State, call: Call) -> object:
    """The user sees for a few seconds what the bot is doing."""
    chat = state.chat_of(call)
    action = call.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.publish({"type": "action", "action": action, "lifetime_s": state.limits.chat_action_lifetime_s})
    return True


def _send(state: State, chat: Chat, call: Call, content: Json) -> Json:
    markup = reply_markup(call, state.limits)
    inline = {"reply_markup": markup} if "inline_keyboard" in markup else {}
    content = content | reply_content(chat, call) | inline
    _count(state, chat)
    message = state.add_message(chat, state.bot_user(), content)
    if markup and not inline:
        chat.show_keyboard(markup)
    return message


def _count(state: State, chat: Chat) -> None:
    if state.flood is not None:
        state.flood.check(chat.id)


def _album_item(state: State, call: Call, item: Json) -> Json:
    kind = media_kind(item.get("type", ""))
    if kind not in _IN_ALBUMS:
        raise bad_request(f"{kind} can't be sent in an album")
    single = item_call(call, item)
    return caption_content(state, single) | file_content(state, single, kind, "media")
