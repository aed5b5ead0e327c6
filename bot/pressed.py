"""The button under a set that was pressed, looked up once for all who answer such buttons."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from telegram import CallbackQuery, Update
from telegram.error import BadRequest

from bot import buttons
from bot.buttons import Press
from bot.sentences import plain
from bot.services import Services
from models.tables import User, WorkoutSet


@dataclass(frozen=True, slots=True)
class PressedSet:
    """Who pressed what under which set of theirs."""

    query: CallbackQuery
    user: User
    stored: WorkoutSet
    press: Press


async def pressed_set(services: Services, update: Update) -> PressedSet | None:
    """The press, answered; None where the set is not the user's or gone, which the user is told."""
    query, user = update.callback_query, await services.meet(update)
    assert query is not None
    press = buttons.parse(query.data)
    stored = await services.store.sets.set_by_id(user.id, press.number)
    if stored is None:
        await query.answer(plain(user.language, "problem.old_button"), show_alert=True)
        return None
    with contextlib.suppress(BadRequest):  # too old to answer: what it asks is done all the same
        await query.answer()
    return PressedSet(query, user, stored, press)
