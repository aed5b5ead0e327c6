"""Who is let in, and each update once."""

from __future__ import annotations

from collections import deque

from telegram import Update
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.sentences import say
from bot.services import Services, spoken

UPDATES_REMEMBERED = 1000  # Telegram delivers one again when its answer was lost, at once or some seconds later


class Door:
    """Lets in whom the owner allows, in private chats: nothing about one user may reach a group. Each update once."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._seen: deque[int] = deque(maxlen=UPDATES_REMEMBERED)

    async def check(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Raises ApplicationHandlerStop for an update seen before, and for anybody else, who is told why."""
        if update.update_id in self._seen:
            raise ApplicationHandlerStop
        self._seen.append(update.update_id)
        person, chat = update.effective_user, update.effective_chat
        if person is None or chat is None or person.is_bot:
            raise ApplicationHandlerStop
        allowed = self._services.settings.allowed_users
        reason = "group" if chat.type != "private" else "not_allowed" if allowed and person.id not in allowed else None
        if reason is None:
            return
        if update.message is not None and (reason == "not_allowed" or update.message.text):
            await update.message.reply_html(say(spoken(person.language_code), f"problem.{reason}"))
        raise ApplicationHandlerStop
