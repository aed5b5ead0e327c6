"""The phone: the page and the small API that it uses, which is not Telegram's but carries the Bot API's messages."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.sandbox.calls import Call, read_call
from bot.sandbox.media import MediaFacts, media_kind
from bot.sandbox.methods.profile import profile_shown
from bot.sandbox.people import Person, find_user
from bot.sandbox.refusals import Json, bad_request
from bot.sandbox.seen import seen_message
from bot.sandbox.server import STATE, file_response
from bot.sandbox.state import Events
from bot.sandbox.user import Attachment, SandboxUser

SAMPLES: Final = web.AppKey("samples", dict[str, Path])
PAGE: Final = Path(__file__).parent / "static"
HEARTBEAT_S: Final = 15.0  # proxies close a stream that is silent for a minute
_SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/gif", "image/webp", "video/", "audio/")
_PAGE_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
VISITORS: Final = (Person(1001, "Ada"), Person(1002, "Ben"), Person(1003, "Chloé"))
"""Who can hold the phone beside those who were made in Python."""


def phone_routes() -> list[web.RouteDef]:
    """The routes of the page and its API."""
    return [
        web.get("/", page),
        web.get("/phone/users", users),
        web.get("/phone/{user}/events", events),
        web.post("/phone/{user}/text", send_text),
        web.post("/phone/{user}/media", send_media),
        web.get("/phone/samples/{name}", sample),
        web.post("/phone/{user}/press", press),
        web.get("/phone/{user}/files/{file_id}", show_file),
    ]


async def page(request: web.Request) -> web.FileResponse:
    """The page, which may load nothing from anywhere else."""
    headers = {"Content-Security-Policy": _PAGE_POLICY, "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"}
    return web.FileResponse(PAGE / "index.html", headers=headers)


async def users(request: web.Request) -> web.Response:
    """Everyone who can hold the phone: those created, and visitors not created yet."""
    chats = request.app[STATE].chats
    known = [chat.person for chat in chats.values() if chat.person]
    others = [{"id": visitor.id, "first_name": visitor.first_name} for visitor in VISITORS if visitor.id not in chats]
    return web.json_response([*known, *others])


async def events(request: web.Request) -> web.StreamResponse:
    """Everything in the chat so far, then what happens in it, as server-sent events."""
    state, user = request.app[STATE], _user(request)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    with user.chat.watched() as queue, suppress(ConnectionError):
        await response.write(_event(_snapshot(request, user)))
        while not state.closing.is_set():
            await response.write(await _next_event(queue))
    return response


async def send_text(request: web.Request) -> web.Response:
    """Send a text; what exceeds a message is split into several, as on a phone."""
    sent = await read_call(request, "text", 0)
    text, most = sent.text("text").strip(), request.app[STATE].limits.text_units // 2
    if not text:
        raise bad_request("message text is empty")
    user, reply_to = _user(request), sent.integer("reply_to")
    for start in range(0, len(text), most):
        await user.send_text(text[start : start + most], reply_to=reply_to)
    return web.json_response({"ok": True})


async def send_media(request: web.Request) -> web.Response:
    """Files: `items` lists kind, duration, width and height of each, and `file0`, `file1`, … are their bytes."""
    call = await read_call(request, "media", request.app[STATE].limits.user_upload_bytes)
    files = [_attachment(call, number, item) for number, item in enumerate(call.nested("items") or [])]
    if not files:
        raise bad_request("there are no files")
    sent = await _user(request).send_album(files, caption=call.text("caption"))
    return web.json_response({"ok": True, "message_ids": [message.id for message in sent]})


async def sample(request: web.Request) -> web.StreamResponse:
    """A file the server was started with, for the page to send as if it had been picked."""
    found = request.app[SAMPLES].get(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound(text="There is no such sample.")
    return web.FileResponse(found, headers={"Cache-Control": "no-store"})


async def press(request: web.Request) -> web.Response:
    """Press a button; its answer comes as an event under the number returned."""
    sent, user = await read_call(request, "press", 0), _user(request)
    message = user.chat.messages.get(sent.integer("message_id"))
    if message is None:
        raise bad_request("MESSAGE_ID_INVALID")
    try:
        pressed = await user.press(seen_message(message, request.app[STATE].files), sent.text("data"))
    except (LookupError, ValueError):
        raise bad_request("BUTTON_DATA_INVALID") from None
    return web.json_response({"ok": True, "query_id": pressed.query_id})


async def show_file(request: web.Request) -> web.Response:
    """A file's bytes; pictures, clips and sound inline, everything else as a download."""
    stored = request.app[STATE].files.by_id(request.match_info["file_id"])
    if stored is None:
        raise web.HTTPNotFound(text="There is no such file.")
    in_place = stored.mime_type.startswith(_SHOWN_IN_PLACE) and "save" not in request.query
    kind = "inline" if in_place else "attachment"
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": kind,
        "Cache-Control": "private, max-age=3600",
    }
    return file_response(request, stored, headers)


def _user(request: web.Request) -> SandboxUser:
    named = request.match_info["user"]
    if not named.isdecimal() or int(named) == 0:
        raise web.HTTPNotFound(text="A user is a whole number, as in /?user=1001")
    known = next((visitor for visitor in VISITORS if visitor.id == int(named)), Person(int(named), f"Guest {named}"))
    return find_user(request.app[STATE], known)


def _snapshot(request: web.Request, user: SandboxUser) -> Json:
    state = request.app[STATE]
    return {
        "type": "snapshot",
        "user": user.person,
        "profile": profile_shown(state, user.id, user.chat.language_code),
        "messages": list(user.chat.messages.values()),
        "reactions": user.chat.reactions,
        "keyboard": user.chat.keyboard,
        "drafts": list(user.chat.drafts.values()),
        "lifetime_s": state.limits.draft_lifetime_s,
        "samples": [*request.app[SAMPLES].keys()],
    }


async def _next_event(queue: Events) -> bytes:
    try:
        return _event(await asyncio.wait_for(queue.get(), HEARTBEAT_S))
    except TimeoutError:
        return b": still here\n\n"


def _event(event: Json) -> bytes:
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def _attachment(call: Call, number: int, item: object) -> Attachment:
    upload = call.uploads.get(f"file{number}")
    if not isinstance(item, dict):
        raise bad_request("an item is an Object")
    if upload is None or not upload.content:
        raise bad_request("file must be non-empty")
    return Attachment(media_kind(str(item.get("kind"))), upload.content, upload.name, upload.mime_type, _facts(item))


def _facts(item: Json) -> MediaFacts:
    try:
        duration_s, width_px, height_px = (round(float(item.get(of) or 0)) for of in ("duration", "width", "height"))
    except (TypeError, ValueError, OverflowError):
        raise bad_request("duration, width and height are numbers") from None
    return MediaFacts(duration_s, width_px, height_px)
