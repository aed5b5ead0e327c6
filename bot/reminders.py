"""/remind and /reminders: a nudge at the days and time the user says, in the user's own time zone."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.ext import ContextTypes

from bot import buttons
from bot.pressed import answered, rewritten
from bot.schedule_words import ScheduleError, parse
from bot.sentences import plain, say
from bot.services import Services
from bot.weekly import Weekly, local_time, schedule_of, when
from models.tables import User


class ReminderHandlers:
    """Handlers of reminders."""

    def __init__(self, services: Services, weekly: Weekly) -> None:
        self._services, self._weekly = services, weekly

    async def remind(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/remind mon wed fri 18:00: the reminder is kept and scheduled, and its next firing told."""
        user, message = await self._services.meet(update), update.effective_message
        assert message is not None
        try:
            schedule = parse(" ".join(context.args or []))
        except ScheduleError as error:
            await message.reply_html(_problem(error, user.language))
            return
        reminder = await self._services.store.reminders.add(
            user.id, message.chat_id, schedule.weekdays, schedule.hour, schedule.minute
        )
        firing = await self._weekly.plan(reminder)
        facts = {"when": when(schedule, user.language), "zone": user.time_zone}
        following = local_time(firing.at, user, user.language) if firing else "?"
        await message.reply_html(say(user.language, "remind.saved", next=following, **facts))
        if update.edited_message:  # what it said before may have made one, too: all are shown, to be cancelled
            await self._show(message, user)
        if not user.asked_time_zone:
            text = say(user.language, "start.ask_zone")
            await message.reply_html(text, reply_markup=buttons.zones(user.language))

    async def list(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/reminders: all of them, a cancel button each."""
        user, message = await self._services.meet(update), update.effective_message
        assert message is not None
        await self._show(message, user)

    async def cancel(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The reminder whose button was pressed is gone."""
        query, user = update.callback_query, await self._services.meet(update)
        assert query is not None
        reminder_id = buttons.parse(query.data).number
        reminder = await self._services.store.reminders.reminder(reminder_id)
        if reminder is None or not await self._services.store.reminders.cancel(user.id, reminder_id):
            await answered(query, plain(user.language, "remind.gone"))
            return
        self._weekly.cancel(reminder_id)
        said = plain(user.language, "remind.cancelled", when=when(schedule_of(reminder), user.language))
        await answered(query, said)
        await rewritten(query, await self._text(user), await self._markup(user))

    async def _show(self, message: Message, user: User) -> None:
        await message.reply_html(await self._text(user), reply_markup=await self._markup(user))

    async def _text(self, user: User) -> str:
        rows = await self._services.store.reminders.reminders_of(user.id)
        if not rows:
            return say(user.language, "remind.none")
        lines = [say(user.language, "remind.line", when=when(schedule_of(row), user.language)) for row in rows]
        return "\n".join([say(user.language, "remind.title", zone=user.time_zone), *lines])

    async def _markup(self, user: User) -> InlineKeyboardMarkup | None:
        rows = await self._services.store.reminders.reminders_of(user.id)
        named = [(row, when(schedule_of(row), user.language)) for row in rows]
        return buttons.reminders(named, user.language) if rows else None


def _problem(error: ScheduleError, language: str) -> str:
    usage = say(language, "remind.usage")
    return f"{say(language, f'remind.{error.problem}', text=error.text)} {usage}"
