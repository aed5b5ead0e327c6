"""The set that a user means: of the chart they reply to, else of the button they pressed last, else the newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Update

from bot.photos import memory
from bot.pressed import replied_set
from bot.services import Services
from models.tables import User, WorkoutSet

HELD_FOR = timedelta(minutes=10)  # who types later has another set in mind: the house's value


@dataclass(frozen=True, slots=True)
class _Held:
    """A set whose button was pressed, and which set was the newest then."""

    set_id: int
    newest_id: int
    at: datetime


class InHand:
    """Remembers the set whose button each user pressed last; lost at a restart, when the newest is meant."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._held: dict[int, _Held] = {}  # by user id

    async def take(self, user: User, stored: WorkoutSet) -> None:
        """What the user types next is about this set: until a newer one is there, or a while has passed."""
        newest = await self._services.store.sets.latest_set(user.id)
        self._held[user.id] = _Held(stored.id, newest.id if newest else stored.id, self._services.now())
        await memory.set_aside(self._services.store.talk, user.id)

    async def meant(self, user: User, update: Update) -> WorkoutSet | None:
        """The set that the user's message is about; None where there is none at all."""
        replied = await replied_set(self._services, update)
        newest = await self._services.store.sets.latest_set(user.id)
        held = self._held.get(user.id)
        if replied or newest is None or held is None:
            return replied or newest
        if held.newest_id != newest.id or self._services.now() - held.at > HELD_FOR:
            return newest
        return await self._services.store.sets.set_by_id(user.id, held.set_id) or newest
