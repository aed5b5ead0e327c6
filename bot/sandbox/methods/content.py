"""What a message is made of: text with entities, a file, a reply."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.calls import Call, as_text
from bot.sandbox.entities import FormattedText, trimmed, utf16_units, with_found
from bot.sandbox.markup import parse_html
from bot.sandbox.media import MediaFacts, MediaKind, StoredFile, check_upload, media_content
from bot.sandbox.refusals import Json, bad_request
from bot.sandbox.state import Chat, State

_PARSE_MODES: dict[str, Callable[[str], FormattedText]] = {"html": parse_html, "": FormattedText}


def formatted(call: Call, text_name: str, entities_name: str) -> FormattedText:
    """The text a call carries, with the entities of its parse mode, or those it lists, and those found alone.

    Raises: Refusal 400 where the markup cannot be read.
    """
    mode = call.text("parse_mode").lower()
    if mode not in _PARSE_MODES:
        raise bad_request("unsupported parse_mode")
    read = _PARSE_MODES[mode](call.text(text_name))
    listed = call.nested(entities_name) if not mode else None
    return with_found(trimmed(FormattedText(read.text, tuple(listed)) if listed else read))


def text_content(state: State, call: Call) -> Json:
    """The fields of a text message. Raises: Refusal 400 for an empty text or one over the limit."""
    text = formatted(call, "text", "entities")
    if not text.text:
        raise bad_request("message text is empty")
    if utf16_units(text.text) > state.limits.text_units:
        raise bad_request("message is too long")
    return text.fields("text", "entities")


def caption_content(state: State, call: Call) -> Json:
    """The fields of a caption, none where there is none. Raises: Refusal 400 for one over the limit."""
    caption = formatted(call, "caption", "caption_entities")
    if utf16_units(caption.text) > state.limits.caption_units:
        raise bad_request("message caption is too long")
    return caption.fields("caption", "caption_entities")


def file_content(state: State, call: Call, kind: MediaKind, parameter: str) -> Json:
    """The fields of a message that carries a file, just uploaded or named by its id.

    Raises: Refusal 400 for a missing, empty or unknown file, and for a photo that Telegram would not take.
    """
    return media_content(_file(state, call, kind, parameter), facts(call))


def item_call(call: Call, item: Json) -> Call:
    """An item of an album, or the media of an edit, as if it were a call of its own."""
    return Call(call.method, {name: as_text(value) for name, value in item.items()}, call.uploads)


def facts(call: Call) -> MediaFacts:
    """What the bot says of a clip."""
    width_px = call.integer("width") or call.integer("length")
    return MediaFacts(call.integer("duration"), width_px, call.integer("height"), call.text("emoji"))


def reply_content(chat: Chat, call: Call) -> Json:
    """The message that is replied to. Raises: Refusal 400 where it is gone and the call does not put up with that."""
    reply = call.nested("reply_parameters") or {}
    replied = chat.messages.get(reply.get("message_id", 0))
    if reply and replied is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {**replied, "reply_to_message": None}} if replied else {}


def _file(state: State, call: Call, kind: MediaKind, parameter: str) -> StoredFile:
    reference = call.text(parameter)
    upload = call.uploaded(reference, parameter)
    if upload is not None:
        check_upload(kind, upload.content, state.limits)
        return state.files.add(kind, upload.content, upload.name, upload.mime_type)
    if not reference or reference.startswith("attach://"):
        raise bad_request(f"there is no {parameter.replace('_', ' ')} in the request")
    return _known_file(state, reference, kind)


def _known_file(state: State, file_id: str, kind: MediaKind) -> StoredFile:
    stored = state.files.by_id(file_id)
    if stored is None:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    if stored.kind != kind and "document" not in (stored.kind, kind):
        raise bad_request(f"can't use file of type {stored.kind} as {kind}")
    return stored
