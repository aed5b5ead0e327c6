"""The Bot API over HTTP: methods, file downloads, and fault injection."""

from __future__ import annotations

import asyncio
import re
from typing import Final

from aiohttp import web

from bot.sandbox import methods
from bot.sandbox.calls import Call, read_call
from bot.sandbox.faults import DOWNLOAD, Fault
from bot.sandbox.media import StoredFile
from bot.sandbox.refusals import Json, Refusal, not_found, unauthorized
from bot.sandbox.state import RecordedCall, State

STATE: Final = web.AppKey("state", State)
TOKENS: Final = web.AppKey("tokens", frozenset)
_TOKEN = re.compile(r"\d{5,16}:[A-Za-z0-9_-]{30,64}")


def bot_api_routes() -> list[web.RouteDef]:
    """The routes for a bot, and those for faults."""
    return [
        web.get("/bot{token}/{method}", answer_method),
        web.post("/bot{token}/{method}", answer_method),
        web.get("/file/bot{token}/{path:.+}", download),
        web.get("/sandbox/faults", list_faults),
        web.post("/sandbox/faults", add_faults),
        web.delete("/sandbox/faults", clear_faults),
        web.get("/sandbox/calls", list_calls),
    ]


async def answer_method(request: web.Request) -> web.StreamResponse:
    """Answer one call of the Bot API."""
    state = request.app[STATE]
    try:
        state.bot_id = bot_id(request)
        call = await read_call(request, request.match_info["method"], state.limits.upload_bytes)
    except Refusal as refusal:
        return _refused(state, Call(request.match_info["method"]), refusal)
    fault = state.faults.take(call.method)
    if fault is None:
        return await _carried_out(state, call)
    if fault.applied:
        await _carried_out(state, call)
    return await _failed(request, call, fault)


def bot_id(request: web.Request) -> int:
    """The bot's number from the token in the address.

    Raises: Refusal 404 for a malformed token, 401 for one that belongs to no bot.
    """
    token, known = request.match_info["token"], request.app[TOKENS]
    if not _TOKEN.fullmatch(token):
        raise not_found()
    if known and token not in known:
        raise unauthorized()
    return int(token.partition(":")[0])


async def _carried_out(state: State, call: Call) -> web.Response:
    try:
        result = await methods.answer(state, call)
    except Refusal as refusal:
        return _refused(state, call, refusal)
    state.calls.append(RecordedCall(call, 200))
    return web.json_response({"ok": True, "result": result})


def _refused(state: State, call: Call, refusal: Refusal) -> web.Response:
    state.calls.append(RecordedCall(call, refusal.status, refusal.description))
    headers = {"Retry-After": str(refusal.retry_after_s)} if refusal.retry_after_s is not None else {}
    return web.json_response(refusal.body, status=refusal.status, headers=headers)


async def _failed(request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
    state = request.app[STATE]
    if fault.kind in ("flood", "error"):
        return _refused(state, call, fault.refusal())
    state.calls.append(RecordedCall(call, 0, fault.kind))
    if fault.kind == "hang":
        await _closing_within(state, fault.hang_s)
    return hung_up(request)


async def _closing_within(state: State, seconds: float) -> None:
    try:
        await asyncio.wait_for(state.closing.wait(), seconds)
    except TimeoutError:
        return


def hung_up(request: web.Request) -> web.Response:
    """Close the connection without an answer; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def download(request: web.Request) -> web.StreamResponse:
    """A file's bytes, or the range of them that was asked for."""
    state = request.app[STATE]
    try:
        bot_id(request)
        stored = state.files.by_path(request.match_info["path"])
        if stored is None or len(stored.content) > state.limits.download_bytes:
            raise not_found()
    except Refusal as refusal:
        return web.json_response(refusal.body, status=refusal.status)
    fault = state.faults.take(DOWNLOAD)
    if fault is not None:
        return await _failed(request, Call(DOWNLOAD), fault)
    if state.faults.take_kind("cut"):
        return await _cut_short(request, stored)
    return file_response(request, stored, {})


def file_response(request: web.Request, stored: StoredFile, headers: dict[str, str]) -> web.Response:
    """The whole file with 200, a part of it with 206, or 416 for a range outside it."""
    size = len(stored.content)
    headers = {"Accept-Ranges": "bytes", "Content-Type": stored.mime_type} | headers
    if "Range" not in request.headers:
        return web.Response(body=stored.content, headers=headers)
    try:
        start, stop, _ = request.http_range.indices(size)
    except ValueError:
        start, stop = size, size
    if start >= stop:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return web.Response(status=206, body=stored.content[start:stop], headers=headers)


async def _cut_short(request: web.Request, stored: StoredFile) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": str(len(stored.content))})
    await response.prepare(request)
    await response.write(stored.content[: len(stored.content) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


async def list_faults(request: web.Request) -> web.Response:
    """Answer with the faults still to happen."""
    return web.json_response(request.app[STATE].faults.listed())


async def add_faults(request: web.Request) -> web.Response:
    """Add one fault, or a list of them, given as the fields of `Fault`."""
    try:
        sent = await request.json()
        faults = [Fault(**fields) for fields in (sent if isinstance(sent, list) else [sent])]
    except (TypeError, ValueError) as error:
        return web.json_response({"error": str(error)}, status=400)
    for fault in faults:
        request.app[STATE].faults.add(fault)
    return await list_faults(request)


async def clear_faults(request: web.Request) -> web.Response:
    """Remove all faults."""
    request.app[STATE].faults.clear()
    return await list_faults(request)


async def list_calls(request: web.Request) -> web.Response:
    """Answer with the bot's calls: method, time, status. `?method=` selects one."""
    wanted = request.query.get("method", "").lower()
    calls = [call for call in request.app[STATE].calls if wanted in ("", call.method.lower())]
    return web.json_response([_shown(call) for call in calls])


def _shown(call: RecordedCall) -> Json:
    return {"method": call.method, "at_s": call.at_s, "status": call.status, "description": call.description}
