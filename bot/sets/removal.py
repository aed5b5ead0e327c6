"""One set is deleted, after a question, and for a while brought back: asked for in words, or by a button."""

from __future__ import annotations

import contextlib
import re

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.coach.words import is_korean
from bot.pressed import answered, pressed_set, replied_set, rewritten
from bot.sentences import say
from bot.services import Services
from bot.sets.counts import Counts
from bot.sets.history import history_line
from bot.sets.in_hand import InHand
from bot.sets.messages import SetMessages
from bot.words import buttons
from models.removed import KEPT
from models.tables import User, WorkoutSet

MINUTES = round(KEPT.total_seconds() / 60)  # how long a deleted set can be brought back

THE_LATEST = re.compile(r"\b(?:last|latest|newest)\b|지난|마지막|방금|최근")


class Removal:
    """Handlers of what deletes a set; nothing is deleted without a yes to the question that shows the set."""

    def __init__(self, services: Services, messages: SetMessages, counts: Counts, in_hand: InHand) -> None:
        self._services, self._messages, self._counts, self._in_hand = services, messages, counts, in_hand

    async def wished(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The set that the message means is asked about: one that it replies to goes before the latest it may name."""
        user, message = await self._services.meet(update), update.effective_message
        if message is None:
            return
        stored = await self._in_hand.meant(user, update)
        if THE_LATEST.search((message.text or "").casefold()) and not await replied_set(self._services, update):
            stored = await self._services.store.sets.latest_set(user.id)
        if stored is None:
            await message.reply_html(say(_language(message, user), "history.empty"))
            return
        text, markup = _question(stored, user, _language(message, user))
        await message.reply_html(text, reply_markup=markup)

    async def explain(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Who means a set that cannot be told from the words knows how to point at it."""
        user, message = await self._services.meet(update), update.effective_message
        if message is not None:
            await message.reply_html(say(_language(message, user), "removal.which"))

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The button under a chart asks; the answer is done."""
        found = await pressed_set(self._services, update)
        if found is None:
            return
        await found.acknowledge()
        bot, user, stored = found.query.get_bot(), found.user, found.stored
        match found.press.argument:
            case "":
                text, markup = _question(stored, user, user.language)
                await bot.send_message(user.chat_id, text, reply_markup=markup)
            case "yes":
                self._services.coach.cancel(user.id)
                await self._services.store.removed.remove(user.id, stored.id)
                self._counts.settle(user.id)
                done = say(user.language, "removal.done", minutes=MINUTES)
                await rewritten(found.query, done, buttons.undrop(stored.id, user.language))
                with contextlib.suppress(BadRequest):  # the chart was deleted from the chat, or never sent
                    await bot.edit_message_reply_markup(user.chat_id, stored.chart_message_id)
            case _:
                await rewritten(found.query, say(user.language, "forget.kept"))

    async def undo(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The count that was put right last is what it was, else the set that was deleted last stands again; where
        there is neither, what else can be taken back is told."""
        user, message = await self._services.meet(update), update.effective_message
        if message is None:
            return
        language = _language(message, user)
        if recounted := await self._counts.take_back(update.get_bot(), user):
            await message.reply_html(_back(recounted, user, language, "count_back"))
            await self._counts.redraw(update.get_bot(), user, recounted)
            return
        back = await self._services.store.removed.bring_back(user.id)
        if back is None:
            await message.reply_html(say(language, "talk.undo", minutes=MINUTES))
            return
        await message.reply_html(_back(back, user, language))
        await self._messages.recaption(update.get_bot(), user, back)

    async def press_undo(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The button under "deleted" brings that set back, unless it is too late."""
        query, user = update.callback_query, await self._services.meet(update)
        assert query is not None
        await answered(query)
        set_id = buttons.parse(query.data).number
        back = await self._services.store.removed.bring_back(user.id, set_id)
        stands = back or await self._services.store.sets.set_by_id(user.id, set_id)  # "undo" was typed before
        text = _back(stands, user, user.language) if stands else say(user.language, "removal.gone")
        await rewritten(query, text)
        if back:
            await self._messages.recaption(query.get_bot(), user, back)


def _back(stored: WorkoutSet, user: User, language: str, key: str = "back") -> str:
    return f"{say(language, f'removal.{key}')}\n\n{history_line(stored, user)}"


def _question(stored: WorkoutSet, user: User, language: str) -> tuple[str, InlineKeyboardMarkup]:
    text = f"{say(language, 'removal.ask', minutes=MINUTES)}\n\n{history_line(stored, user)}"
    return text, buttons.drop(stored.id, language)


def _language(message: Message, user: User) -> str:
    """That in which it was asked."""
    return "ko" if is_korean(message.text or "") else user.language
