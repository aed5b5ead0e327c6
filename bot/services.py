"""What every handler works with, gathered once when the bot starts."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Update

from bot.coach.coach import Coach
from bot.settings import Settings
from bot.workers.executor import Executor
from models.account import Language
from models.database import Clock
from models.store import Store, utc_now
from models.tables import User


@dataclass(frozen=True, slots=True)
class Services:
    """The seams of the house, each with its double: store, executor, coach, clock."""

    settings: Settings
    store: Store
    executor: Executor
    coach: Coach
    now: Clock = utc_now

    async def meet(self, update: Update) -> User:
        """The account of whoever sent the update, made at the first meeting. Raises ValueError without a user."""
        person, chat = update.effective_user, update.effective_chat
        if person is None or chat is None:
            raise ValueError("the update has no user")
        return await self.store.account.meet(person.id, chat.id, person.first_name, spoken(person.language_code))


def spoken(language_code: str | None) -> Language:
    """The language of ours that fits what a phone is set to."""
    return "ko" if (language_code or "").startswith("ko") else "en"
