"""One message that shows the progress of an analysis. Edits count as sends, so only the newest state is sent,
rarely.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.transport.sending import seconds

EDIT_EVERY_S = 1.5  # under Telegram's limit of about one message a second in a chat


class ProgressMessage:
    """Shows the latest text; a failed edit never fails the job.

    `shown` returns the message's number once it is sent, None where it could not be.
    """

    def __init__(self, bot: Bot, chat_id: int, shown: asyncio.Task[int | None]) -> None:
        self._bot, self._chat_id, self.shown = bot, chat_id, shown
        self._text = self._shown = ""

    def tell(self, text: str) -> None:
        """Show `text` with the next edit."""
        self._text = text

    @contextlib.asynccontextmanager
    async def moving(self) -> AsyncIterator[ProgressMessage]:
        """Inside the block the message is edited to the latest text."""
        mover = asyncio.create_task(self._move())
        try:
            yield self
        finally:
            mover.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await mover

    async def remove(self) -> None:
        """Delete the message, if it still exists."""
        message_id = await self.shown
        if message_id is not None:
            with contextlib.suppress(TelegramError):
                await self._bot.delete_message(self._chat_id, message_id)

    async def _move(self) -> None:
        while True:
            await asyncio.sleep(await self._show() or EDIT_EVERY_S)

    async def _show(self) -> float:
        """Send the text; returns the seconds to wait where Telegram asks for it."""
        message_id = self.shown.result() if self.shown.done() else None
        if message_id is None or self._text == self._shown:
            return 0.0
        self._shown = self._text
        try:
            await self._bot.edit_message_text(self._text, chat_id=self._chat_id, message_id=message_id)
        except RetryAfter as error:
            return seconds(error)
        except TelegramError:
            return 0.0  # deleted by the user, or the network: the chart does not depend on it
        return 0.0
