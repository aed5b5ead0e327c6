"""Show what the bot is doing ("typing", "sending a photo") above the chat while it does it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

from telegram import Bot
from telegram.error import TelegramError

AGAIN_AFTER_S = 4.0  # Telegram shows an action for five seconds


@contextlib.asynccontextmanager
async def acting(bot: Bot, chat_id: int, action: str) -> AsyncIterator[None]:
    """Inside the block the chat shows the action (a telegram.constants.ChatAction); errors are ignored."""

    async def act() -> float:
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(chat_id, action)
        return AGAIN_AFTER_S

    async with repeating(act):
        yield


@contextlib.asynccontextmanager
async def repeating(step: Callable[[], Awaitable[float]]) -> AsyncIterator[None]:
    """Inside the block `step` is repeated, each time after as many seconds as it returned."""
    repeater = asyncio.create_task(_repeat(step))
    try:
        yield
    finally:
        repeater.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await repeater


async def _repeat(step: Callable[[], Awaitable[float]]) -> None:
    while True:
        await asyncio.sleep(await step())
