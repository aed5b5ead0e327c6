"""Make a flood wait delay only the request it was given for, and nothing that is told be lost to a broken connection.

PTB's own AIORateLimiter halts every user's requests during one chat's wait; here one chatty user waits alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.transport.sending import patiently, seconds

RETRIES = 5  # of one call; the house's value
STALE = frozenset({"sendMessageDraft", "sendChatAction"})  # after a wait there is something newer to show
TELLING = ("send", "edit", "answer")  # how methods begin that a user waits for

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class Pacing(BaseRateLimiter[int]):
    """Repeats a request after the wait that Telegram asks for, and what tells something after a network error as well,
    unless it is obsolete by then."""

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Answer:
        """See BaseRateLimiter. Raises RetryAfter when the last repetition is told to wait, too."""

        async def unhurried() -> Answer:
            for _ in range(RETRIES):
                try:
                    return await callback(*args, **kwargs)
                except RetryAfter as error:
                    await asyncio.sleep(seconds(error))
            return await callback(*args, **kwargs)

        if endpoint in STALE:
            return await callback(*args, **kwargs)
        return await (patiently(unhurried) if endpoint.startswith(TELLING) else unhurried())
