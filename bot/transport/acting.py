"""What the bot is busy with stands above the chat for as long as it takes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from telegram import Bot
from telegram.error import TelegramError

AGAIN_AFTER_S = 4.0  # Telegram shows an action for five seconds


@contextlib.asynccontextmanager
async def acting(bot: Bot, chat_id: int, action: str) -> AsyncIterator[None]:
    """Inside, the chat shows the action (a telegram.constants.ChatAction); not being able to costs nothing."""
    shower = asyncio.create_task(_show(bot, chat_id, action))
    try:
        yield
    finally:
        shower.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await shower


async def _show(bot: Bot, chat_id: int, action: str) -> None:
    while True:
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(chat_id, action)
        await asyncio.sleep(AGAIN_AFTER_S)
