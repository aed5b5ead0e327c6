"""One set is deleted, after a question: asked for in words, or by the button under its chart."""

from __future__ import annotations

import contextlib

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot import buttons
from bot.coach.words import is_korean
from bot.history import history_line
from bot.pressed import pressed_set, replied_set, rewritten
from bot.sending import patiently
from bot.sentences import say
from bot.services import Services
from models.tables import User, WorkoutSet


class Removal:
    """Handlers of what deletes a set; nothing is deleted without a yes to the question that shows the set."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def wished(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The set that the message replies to is asked about, else the latest."""
        user, message = await self._services.meet(update), update.effective_message
        stored = await replied_set(self._services, update) or await self._services.store.sets.latest_set(user.id)
        if message is None:
            return
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
        bot, user, stored = found.query.get_bot(), found.user, found.stored
        match found.press.argument:
            case "":
                text, markup = _question(stored, user, user.language)
                await patiently(lambda: bot.send_message(user.chat_id, text, reply_markup=markup))
            case "yes":
                self._services.coach.cancel(user.id)
                await self._services.store.sets.remove(user.id, stored.id)
                await rewritten(found.query, say(user.language, "removal.done"))
                with contextlib.suppress(BadRequest):  # the chart was deleted from the chat, or never sent
                    await bot.edit_message_reply_markup(user.chat_id, stored.chart_message_id)
            case _:
                await rewritten(found.query, say(user.language, "forget.kept"))


def _question(stored: WorkoutSet, user: User, language: str) -> tuple[str, InlineKeyboardMarkup]:
    text = f"{say(language, 'removal.ask')}\n\n{history_line(stored, user)}"
    return text, buttons.drop(stored.id, language)


def _language(message: Message, user: User) -> str:
    """That in which it was asked."""
    return "ko" if is_korean(message.text or "") else user.language
