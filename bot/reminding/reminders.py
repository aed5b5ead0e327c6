"""/remind and /reminders: a nudge at the days and time the user says, or once, in the user's own time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.ext import ContextTypes

from bot.pressed import answered, rewritten
from bot.reminding.once_words import once
from bot.reminding.schedule import OnDay
from bot.reminding.schedule_words import LONGEST_NOTE, Problem, ScheduleError, parse, with_note
from bot.reminding.weekly import Weekly, is_paused, is_rest, local_time, schedule_of, told, when
from bot.sentences import plain, say
from bot.services import Services
from bot.sets.in_hand import HELD_FOR
from bot.words import buttons
from bot.words.replies import html, quoted
from models.tables import Reminder, User

ANSWERED = (Problem.NO_DAYS, Problem.NO_TIME, Problem.EITHER_HALF)  # a word or two mend it
MOST_SHOWN = 30  # lines of a message with their notes, and buttons; the others come up as these are cancelled


@dataclass(frozen=True, slots=True)
class _Unfinished:
    """What was typed of a reminder, and what it lacks."""

    text: str
    error: ScheduleError
    at: datetime


class ReminderHandlers:
    """Handlers of reminders."""

    def __init__(self, services: Services, weekly: Weekly) -> None:
        self._services, self._weekly = services, weekly
        self._unfinished: dict[int, _Unfinished] = {}  # by user id; lost at a restart, when all of it is typed again

    async def remind(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/remind mon wed fri 18:00, /remind tomorrow 7am: the reminder is kept and scheduled, its firing told."""
        await self._remind(update, " ".join(context.args or []).removeprefix("me "))

    async def take_rest(self, update: Update, text: str) -> bool:
        """True where `text` was what a reminder lacked that was asked for just now: "7pm" after "mon at 7"."""
        user = await self._services.meet(update)
        asked = self._unfinished.pop(user.id, None)
        if asked is None or self._services.now() - asked.at > HELD_FOR or len(text) > LONGEST_NOTE:
            return False
        whole, now, zone = completed(asked.text, asked.error, text), self._services.now(), ZoneInfo(user.time_zone)
        try:
            once(whole, now, zone) or parse(whole)
        except ScheduleError as error:
            if error.problem not in ANSWERED or error.problem == asked.error.problem:
                return False
        await self._remind(update, whole)
        return True

    def forget(self, user_id: int) -> None:
        """Nothing that the user typed is remembered."""
        self._unfinished.pop(user_id, None)

    async def _remind(self, update: Update, text: str) -> None:
        user, message = await self._services.meet(update), update.effective_message
        assert message is not None
        self.forget(user.id)
        try:
            reminder = await self._kept(text, user, message.chat_id)
        except ScheduleError as error:
            if error.problem in ANSWERED:
                self._unfinished[user.id] = _Unfinished(text, error, self._services.now())
            await message.reply_html(problem_told(error, user.language))
            return
        firing = await self._weekly.plan(reminder)
        following = local_time(firing.at, user, user.language) if firing else "?"
        await message.reply_html(_saved(reminder, user, following))
        if update.edited_message:  # what it said before may have made one, too: all are shown, to be cancelled
            await self._show(message, user)
        if not user.asked_time_zone and not is_rest(reminder):
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
        said = plain(user.language, "remind.cancelled", when=told(reminder, user))
        await answered(query, said)
        await rewritten(query, await self._text(user), await self._markup(user))

    async def _kept(self, text: str, user: User, chat_id: int) -> Reminder:
        """What the text asks for, stored. Raises ScheduleError."""
        reminders = self._services.store.reminders
        now, zone = self._services.now(), ZoneInfo(user.time_zone)
        text, note = with_note(text, lambda said: once(said, now, zone) or parse(said))
        told = once(text, now, zone) or parse(text)
        if isinstance(told, OnDay):
            return await reminders.add_on_day(user.id, chat_id, told.day, told.hour, told.minute, note)
        if isinstance(told, datetime):
            return await reminders.add_at(user.id, chat_id, told, note)
        often = {"every_weeks": told.every_weeks, "every_days": told.every_days}
        return await reminders.add(user.id, chat_id, told.weekdays, told.hour, told.minute, **often, note=note)

    async def _show(self, message: Message, user: User) -> None:
        await message.reply_html(await self._text(user), reply_markup=await self._markup(user))

    async def _text(self, user: User) -> str:
        rows = await self._services.store.reminders.reminders_of(user.id)
        if not rows:
            return say(user.language, "remind.none")
        today = self._services.now().astimezone(ZoneInfo(user.time_zone)).date()
        lines = [_line(row, user, today) for row in rows[:MOST_SHOWN]]
        more = [say(user.language, "remind.more", count=len(rows) - MOST_SHOWN)] if len(rows) > MOST_SHOWN else []
        how = say(user.language, "remind.how")
        return "\n".join([say(user.language, "remind.title", zone=user.time_zone), *lines, *more, "", how])

    async def _markup(self, user: User) -> InlineKeyboardMarkup | None:
        rows = await self._services.store.reminders.reminders_of(user.id)
        named = [(row, told(row, user)) for row in rows[:MOST_SHOWN]]
        repeated = [row for row in rows if row.weekdays]
        today = self._services.now().astimezone(ZoneInfo(user.time_zone)).date()
        is_on_hold = any(is_paused(row, today) for row in repeated)
        pause = buttons.resume(user.language) if is_on_hold else buttons.pauses(user.language) if repeated else []
        return buttons.reminders(named, pause, user.language) if rows else None


def completed(text: str, error: ScheduleError, answer: str) -> str:
    """What was typed with what it lacked, or with what is meant by its hour: "mon at 7" and "evening", or "7pm"."""
    if error.problem is not Problem.EITHER_HALF:
        return f"{text} {answer}"
    hour = rf"(?<!\d){re.escape(error.text)}(?!\d)(?:\s*시)?"
    told = answer if re.search(r"\d", answer) else f"{re.sub(r'(?:이요|이에요|요)$', '', answer)} {error.text}:00"
    return re.sub(hour, lambda _: f" {told} ", text, count=1)


def _saved(reminder: Reminder, user: User, following: str) -> str:
    if reminder.once_at and is_rest(reminder) and not reminder.note:
        minutes, seconds = divmod(round((reminder.once_at - reminder.created_at).total_seconds()), 60)
        return say(user.language, "remind.saved_rest", time=f"{minutes}:{seconds:02d}" if seconds else minutes)
    facts = {"next": following, "zone": user.time_zone}
    noted = f" · {html(reminder.note)}" if reminder.note else ""
    if not reminder.weekdays:
        return say(user.language, "remind.saved_once", **facts) + noted
    days = when(schedule_of(reminder, ZoneInfo(user.time_zone)), user.language)
    return say(user.language, "remind.saved", when=days, **facts) + noted


def _line(reminder: Reminder, user: User, today: date) -> str:
    """One reminder, and until when it is silent."""
    if not is_paused(reminder, today):
        return say(user.language, "remind.line", when=told(reminder, user))
    return say(user.language, "remind.line_paused", when=told(reminder, user), day=reminder.paused_until)


def problem_told(error: ScheduleError, language: str) -> str:
    """What is wrong with what was typed, and how a reminder is typed."""
    usage = say(language, "remind.usage")
    return f"{say(language, f'remind.{error.problem}', text=quoted(error.text))} {usage}"
