"""What was pressed or replied to: buttons answered and rewritten as all handlers do it, and the set that is meant."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardMarkup, Update
from telegram.error import BadRequest

from bot.sentences import plain
from bot.services import Services
from bot.words import buttons
from bot.words.buttons import Press
from models.tables import User, WorkoutSet

HINTED = ("count", "names")  # verbs that show a choice in which the right one may be missing, or far away


@dataclass(frozen=True, slots=True)
class PressedSet:
    """Who pressed what under which set of theirs."""

    query: CallbackQuery
    user: User
    stored: WorkoutSet
    press: Press

    async def acknowledge(self) -> None:
        """The button no longer waits; a long choice is shown with a word on how to type it instead."""
        hint = plain(self.user.language, f"hint.{self.press.verb}") if self.press.verb in HINTED else None
        await answered(self.query, hint)


async def answered(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """The button no longer waits; the text, where there is one, was shown above the chat, or to be closed by a tap."""
    with contextlib.suppress(BadRequest):  # too old to answer: what it asks is done all the same
        await query.answer(text, show_alert=alert)


async def rewritten(query: CallbackQuery, text: str, markup: InlineKeyboardMarkup | None = None) -> None:
    """The pressed message reads so, if it still stands."""
    with contextlib.suppress(BadRequest):  # deleted meanwhile, or pressed twice: it reads so already
        await query.edit_message_text(text, reply_markup=markup)


async def replied_set(services: Services, update: Update) -> WorkoutSet | None:
    """The user's set to whose chart the message replies; None where it replies to nothing, or to something else."""
    message = update.effective_message
    chart, user = message.reply_to_message if message else None, update.effective_user
    return await services.store.sets.shown_by(user.id, chart.message_id) if chart and user else None


async def pressed_set(services: Services, update: Update) -> PressedSet | None:
    """The press, to be answered once what it means for the next message is known; None where the set is not the user's
    or gone, which the user is told."""
    query, user = update.callback_query, await services.meet(update)
    assert query is not None
    press = buttons.parse(query.data)
    stored = await services.store.sets.set_by_id(user.id, press.number)
    if stored is None:
        await answered(query, plain(user.language, "problem.old_button"), alert=True)
        return None
    return PressedSet(query, user, stored, press)
