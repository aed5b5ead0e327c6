"""A count that a user set: it holds at once, its caption tells it, then its chart is drawn with it; the newest one can
be taken back in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from telegram import Bot

from bot.services import Services
from bot.sets.messages import SetMessages
from bot.sets.recounts import Recounts
from models.removed import KEPT
from models.tables import User, WorkoutSet


@dataclass(frozen=True, slots=True)
class _Change:
    """What the user's count of a set was before it was put right; None where there was none."""

    set_id: int
    before: int | None
    at: datetime


class Counts:
    """Puts counts right, and back."""

    def __init__(self, services: Services, messages: SetMessages, recounts: Recounts) -> None:
        self._services, self._messages, self._recounts = services, messages, recounts
        self._newest: dict[int, _Change] = {}  # by user id; lost at a restart, after which the buttons take it back

    async def put_right(self, bot: Bot, user: User, stored: WorkoutSet, reps: int | None) -> WorkoutSet | None:
        """The user's count of the set holds, None takes it back; returned is the set, None where it is gone."""
        before = stored.corrected_reps
        changed = await self._services.store.sets.correct_reps(user.id, stored.id, reps)
        if changed is None:
            return None
        if reps != before:
            self._newest[user.id] = _Change(stored.id, before, self._services.now())
        await self._messages.recaption(bot, user, changed)
        return changed

    async def take_back(self, bot: Bot, user: User) -> WorkoutSet | None:
        """The set whose count was put right last, as it was before; None where something else was done since, or it was
        longer ago than a deletion can be taken back."""
        change = self._newest.pop(user.id, None)
        if change is None or self._services.now() - change.at > KEPT:
            return None
        changed = await self._services.store.sets.correct_reps(user.id, change.set_id, change.before)
        if changed:
            await self._messages.recaption(bot, user, changed)
        return changed

    async def redraw(self, bot: Bot, user: User, stored: WorkoutSet) -> None:
        """The set's chart shows the count that holds now. To be called last: a busy worker lets it wait."""
        await self._recounts.redraw(bot, user, stored)

    def settle(self, user_id: int) -> None:
        """Something else was done, which "change it back" would be of: the count stays."""
        self._newest.pop(user_id, None)
