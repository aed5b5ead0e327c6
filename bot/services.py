"""The services that every handler works with, created once when the bot starts."""

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
    """The replaceable parts of the bot, each with a test double: store, executor, coach, clock."""

    settings: Settings
    store: Store
    executor: Executor
    coach: Coach
    now: Clock = utc_now

    async def meet(self, update: Update) -> User:
        """The account of the update's sender, created on first contact. Raises ValueError without a user."""
        person, chat = update.effective_user, update.effective_chat
        if person is None or chat is None:
            raise ValueError("the update has no user")
        return await self.store.account.meet(person.id, chat.id, person.first_name, spoken(person.language_code))


def spoken(language_code: str | None) -> Language:
    """The supported language that best fits the phone's setting."""
    return "ko" if (language_code or "").startswith("ko") else "en"
