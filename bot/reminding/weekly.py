"""Reminders on the clock: one job for the next firing of each, made anew from the database at every start.

The database is the truth; the scheduler (APScheduler, through PTB's JobQueue) holds only what comes next. A firing is
claimed in the database before it is sent, so no day fires twice, whatever the clock or a restart does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from telegram.ext import Application, ContextTypes, JobQueue

from bot.reminding.schedule import Firing, OnDay, Schedule, firing_on, missed, next_fire
from bot.sentences import plain, say
from bot.services import Services
from bot.words import buttons
from bot.words.captions import title
from bot.words.names import recognised_name
from bot.words.replies import weight
from models.tables import Reminder, User, WorkoutSet
from pipeline.report import from_json

GRACE = timedelta(hours=2)  # a bot that was away for longer says nothing of what it missed
MISFIRE_GRACE_S = 3600  # APScheduler's default of 1 s loses a job when the machine is busy
LONGEST_REST = timedelta(minutes=15)  # who wants to be told sooner than that rests between two sets


@dataclass(frozen=True, slots=True)
class Came:
    """A reminder that was sent, and when."""

    reminder_id: int
    at: datetime


class Weekly:
    """Keeps the next firing of every reminder scheduled."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._came: dict[int, Came] = {}  # by user id; lost at a restart: its buttons know it still
        self._queue: JobQueue[ContextTypes.DEFAULT_TYPE] | None = None

    async def start(self, application: Application) -> None:  # type: ignore[type-arg]
        """Every active reminder is scheduled; what a restart missed by less than GRACE is sent now."""
        self._queue = application.job_queue
        for reminder in await self._services.store.reminders.active_reminders():
            await self.plan(reminder, catch_up=True)

    async def plan(self, reminder: Reminder, *, catch_up: bool = False) -> Firing | None:
        """The reminder's next firing is scheduled, and returned; None where there is none, or its user is gone."""
        user = await self._services.store.account.user(reminder.user_id)
        if user is None or self._queue is None:
            return None
        now, zone = self._services.now(), ZoneInfo(user.time_zone)
        firing = _of_days(reminder, now, zone, catch_up) if reminder.weekdays else _for_once(reminder, now, zone)
        self._unplan(reminder.id)
        if firing is None:
            await self._services.store.reminders.cancel(user.id, reminder.id)
            return None
        self._queue.run_once(
            partial(self._fire, reminder.id, firing),
            max(firing.at - now, timedelta()),  # by the services' clock, not the scheduler's
            name=_name(reminder.id),
            job_kwargs={"misfire_grace_time": MISFIRE_GRACE_S},
        )
        return firing

    def came(self, user_id: int) -> int | None:
        """The id of the reminder that the user was sent last; None where that was more than GRACE ago."""
        newest = self._came.get(user_id)
        return newest.reminder_id if newest and self._services.now() - newest.at <= GRACE else None

    async def reschedule(self, user_id: int) -> list[Reminder]:
        """The user's reminders follow a new time zone; those for once that are long past there, and so are gone."""
        reminders = await self._services.store.reminders.reminders_of(user_id)
        return [reminder for reminder in reminders if await self.plan(reminder) is None]

    async def drop(self, user_id: int) -> None:
        """None of the user's reminders is scheduled any more."""
        self._came.pop(user_id, None)
        for reminder in await self._services.store.reminders.reminders_of(user_id):
            self._unplan(reminder.id)

    def cancel(self, reminder_id: int) -> None:
        """The reminder is not scheduled any more."""
        self._unplan(reminder_id)

    async def _fire(self, reminder_id: int, firing: Firing, context: ContextTypes.DEFAULT_TYPE) -> None:
        reminder = await self._services.store.reminders.reminder(reminder_id)
        user = await self._services.store.account.user(reminder.user_id) if reminder else None
        if reminder is None or user is None:
            return
        if reminder.weekdays:
            await self.plan(reminder)  # first: a message that cannot be sent must not be the reminder's last
        rest = is_rest(reminder) and not reminder.note
        if await self._services.store.reminders.mark_fired(reminder_id, firing.day, keep=not rest):
            text = say(user.language, "remind.fire_rest") if rest else await self._text(user, reminder)
            markup = None if rest else buttons.under_reminder(reminder_id, user.language)
            if not rest:
                self._came[user.id] = Came(reminder_id, self._services.now())
            await context.bot.send_message(reminder.chat_id, text, reply_markup=markup)

    async def _text(self, user: User, reminder: Reminder) -> str:
        if reminder.note:
            return say(user.language, "remind.fire_note", name=user.first_name, note=reminder.note)
        latest = await self._services.store.sets.latest_set(user.id)
        done = _told(latest, user) if latest else None
        if done is None:
            return say(user.language, "remind.fire", name=user.first_name)
        return say(user.language, "remind.fire_last", name=user.first_name, set=done)

    def _unplan(self, reminder_id: int) -> None:
        if self._queue is not None:
            for job in self._queue.get_jobs_by_name(_name(reminder_id)):
                job.schedule_removal()


def _told(latest: WorkoutSet, user: User) -> str | None:
    """What was done last, how often or how long and with what weight; None where that is not known."""
    report = from_json(latest.report)
    if recognised_name(report.recognition, user.language) is None or not (latest.reps or latest.hold_s):
        return None
    done = title(report, user.language, latest.reps)
    return f"{done} · {weight(latest.weight_kg, user.units)}" if latest.weight_kg else done


def schedule_of(reminder: Reminder, zone: ZoneInfo) -> Schedule:
    """The reminder's days and time as a value, its weeks or days counted from one in which it fired: the last, so that
    a new time zone, where it was made on another day, does not move it."""
    weekly = Schedule(reminder.weekdays, reminder.hour, reminder.minute)
    if reminder.every_weeks == reminder.every_days == 1:
        return weekly
    since = reminder.last_fired_on or next_fire(weekly, reminder.created_at, zone).day
    return replace(weekly, every_weeks=reminder.every_weeks, every_days=reminder.every_days, since=since)


def _of_days(reminder: Reminder, now: datetime, zone: ZoneInfo, catch_up: bool) -> Firing:
    schedule, since = schedule_of(reminder, zone), reminder.created_at
    if reminder.paused_until:  # a moment before that day, so that 00:00 of it counts
        since = max(since, firing_on(OnDay(reminder.paused_until, 0, 0), zone).at - timedelta(seconds=1))
    owed = missed(schedule, since, reminder.last_fired_on, now, zone, GRACE) if catch_up else None
    return owed or next_fire(schedule, max(now, since), zone)


def _for_once(reminder: Reminder, now: datetime, zone: ZoneInfo) -> Firing | None:
    firing, grace = _single(reminder, zone), LONGEST_REST if is_rest(reminder) else GRACE
    return firing if firing.at > now - grace else None


def _single(reminder: Reminder, zone: ZoneInfo) -> Firing:
    """When a reminder for once fires."""
    if reminder.once_on is not None:
        return firing_on(OnDay(reminder.once_on, reminder.hour, reminder.minute), zone)
    assert reminder.once_at is not None, "a reminder without days has an instant"
    return Firing(reminder.once_at.astimezone(zone).date(), reminder.once_at)


def is_rest(reminder: Reminder) -> bool:
    """Whether it tells that a rest between two sets is over."""
    return reminder.once_at is not None and reminder.once_at - reminder.created_at <= LONGEST_REST


def told(reminder: Reminder, user: User) -> str:
    """When it fires, its days and time, or its one instant in the user's zone; and what for."""
    zone, noted = ZoneInfo(user.time_zone), f" · {reminder.note}" if reminder.note else ""
    if not reminder.weekdays:
        return local_time(_single(reminder, zone).at, user, user.language) + noted
    return when(schedule_of(reminder, zone), user.language) + noted


def is_paused(reminder: Reminder, today: date) -> bool:
    """Whether it is silent on that local day."""
    return reminder.paused_until is not None and today < reminder.paused_until


def when(schedule: Schedule, language: str) -> str:
    """ "Mon, Wed, Fri 18:00", "every day 07:30", "every 3 days 07:30" or "every 2 weeks: Mon 18:00"."""
    names = plain(language, "remind.weekdays").split(",")
    if schedule.every_days > 1:
        often = plain(language, "remind.every_days", days=schedule.every_days)
        return f"{often} {schedule.hour:02d}:{schedule.minute:02d}"
    all_days = len(schedule.weekdays) == len(names)
    days = plain(language, "remind.daily") if all_days else ", ".join(names[day] for day in sorted(schedule.weekdays))
    weeks = plain(language, "remind.every_weeks", weeks=schedule.every_weeks) if schedule.every_weeks > 1 else ""
    return f"{weeks} {days} {schedule.hour:02d}:{schedule.minute:02d}".strip()


def local_time(at: datetime, user: User, language: str) -> str:
    """ "Mon 18:00", in the user's zone."""
    there = at.astimezone(ZoneInfo(user.time_zone))
    return f"{plain(language, 'remind.weekdays').split(',')[there.weekday()]} {there:%Y-%m-%d %H:%M}"


def _name(reminder_id: int) -> str:
    return f"reminder-{reminder_id}"
