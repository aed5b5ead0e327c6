"""What the bot is busy with stands above the chat for as long as it takes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

from telegram import Bot
from telegram.error import TelegramError

AGAIN_AFTER_S = 4.0  # Telegram shows an action for five seconds


@contextlib.asynccontextmanager
async def acting(bot: Bot, chat_id: int, action: str) -> AsyncIterator[None]:
    """Inside, the chat shows the action (a telegram.constants.ChatAction); not being able to costs nothing."""

    async def act() -> float:
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(chat_id, action)
        return AGAIN_AFTER_S

    async with repeating(act):
        yield


@contextlib.asynccontextmanager
async def repeating(step: Callable[[], Awaitable[float]]) -> AsyncIterator[None]:
    """Inside, `step` is done again and again, each time as many seconds after the last as that returned."""
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
