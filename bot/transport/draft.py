"""Show an answer while it is written: drafts at most once a second, then one final message.

A draft is a preview that Telegram drops when a message arrives; losing one loses nothing. Where drafts are not possible
the chat shows "typing" instead. After a flood error nothing is sent until its wait is over.
"""

from __future__ import annotations

import contextlib
import html
from collections.abc import AsyncIterator

from telegram import Bot
from telegram.constants import ChatAction, MessageLimit
from telegram.error import RetryAfter, TelegramError

from bot.transport.acting import AGAIN_AFTER_S, repeating
from bot.transport.sending import seconds

EVERY_S = 1.0  # Telegram takes about one message a second in a chat


class Draft:
    """Shows the newest text given to `tell`, inside the block of `showing`."""

    def __init__(self, bot: Bot, chat_id: int, draft_id: int) -> None:
        self._bot, self._chat_id, self._draft_id = bot, chat_id, draft_id
        self._text = self._shown = ""
        self._possible = True

    def tell(self, text: str) -> None:
        """Show `text`, without markup, with the next draft; it only ever grows."""
        self._text = html.escape(text[: MessageLimit.MAX_TEXT_LENGTH], quote=False)

    @contextlib.asynccontextmanager
    async def showing(self) -> AsyncIterator[Draft]:
        """Inside the block drafts are sent."""
        async with repeating(self._step):
            yield self

    async def _step(self) -> float:
        """Send what is new; returns the seconds until the next step."""
        drafting = self._possible and self._text
        try:
            if not drafting:
                await self._bot.send_chat_action(self._chat_id, ChatAction.TYPING)
                return EVERY_S if self._possible else AGAIN_AFTER_S
            if self._text != self._shown:
                self._shown = self._text
                await self._bot.send_message_draft(self._chat_id, self._draft_id, self._text)
        except RetryAfter as error:
            return seconds(error)
        except TelegramError:
            self._possible = self._possible and not drafting
        return EVERY_S
