"""Let only the bot and the sandbox's own page use it, not pages of other sites open in the same browser.

A browser sends a form or a text to any address that a page names, including this machine's, and another site's name may
be made to point to this machine (DNS rebinding). So requests that come from elsewhere are refused, and where only this
machine is served, those that call it by another name.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from bot.sandbox.refusals import Refusal, forbidden

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

THIS_MACHINE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
ITS_NAMES: Final = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
HOST: Final = web.AppKey("host", str)


@web.middleware
async def only_own_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer the request unless it comes from another site; a handler's Refusal becomes a response."""
    try:
        _check(request)
        return await handler(request)
    except Refusal as refusal:
        return web.json_response(refusal.body, status=refusal.status)


def _check(request: web.Request) -> None:
    if request.app[HOST] in THIS_MACHINE and not ITS_NAMES.fullmatch(request.host):
        raise forbidden("only this machine is served, by its own names")
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        raise forbidden("a page of another site asks")
