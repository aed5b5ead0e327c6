"""When a repeated reminder fires: Schedule -> the next Firing, right across clock changes.

Pure: no clock, no scheduler, no database. The rule, tested over whole years and zones: every local day of the schedule
fires exactly once. A time that the clock skips fires at the next minute that exists; one that comes twice, the first.

How the bot uses it: at start `missed` says what is still owed and `next_fire` when to run once. When that run comes,
`Reminders.mark_fired(id, firing.day)` decides whether to send; then `next_fire(schedule, firing.at, zone)` is scheduled
(from the firing's own time, not from now: a timer that wakes a moment early must not find the same firing again).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_ONE_DAY = timedelta(days=1)
_ONE_MINUTE = timedelta(minutes=1)
MOST_WEEKS, MOST_DAYS = 8, 56  # between two firings; what is rarer is a date. The house's value
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")  # as datetime.weekday counts


@dataclass(frozen=True, slots=True)
class Schedule:
    """Days of the week (Monday is 0) and a local time of day. `str` writes it so that `parse` reads it back.

    Of every_weeks weeks one counts: that of the day `since`, and what is that many weeks from it; without one, each.
    Of every_days days likewise: then every day of the week is among the weekdays.
    """

    weekdays: frozenset[int]
    hour: int
    minute: int
    every_weeks: int = 1
    every_days: int = 1
    since: date | None = None

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= frozenset(range(7)):
            raise ValueError(f"weekdays must be some of 0..6, got {sorted(self.weekdays)}")
        time(self.hour, self.minute)  # raises ValueError for an hour or minute that no day has
        if not 1 <= self.every_weeks <= MOST_WEEKS:
            raise ValueError(f"every_weeks must be 1..{MOST_WEEKS}, got {self.every_weeks}")
        if not 1 <= self.every_days <= MOST_DAYS:
            raise ValueError(f"every_days must be 1..{MOST_DAYS}, got {self.every_days}")
        if self.every_days > 1 and (len(self.weekdays) < 7 or self.every_weeks > 1):
            raise ValueError("every so many days must be of all days and weeks")

    def holds(self, day: date) -> bool:
        """Whether it fires on that local day."""
        since = self.since or day
        weeks, days = (_monday(day) - _monday(since)).days // 7, (day - since).days
        return day.weekday() in self.weekdays and weeks % self.every_weeks == 0 and days % self.every_days == 0

    def __str__(self) -> str:
        if self.every_days > 1:
            return f"every {self.every_days} days {self.hour:02d}:{self.minute:02d}"
        days = " ".join(DAY_NAMES[day][:3] for day in sorted(self.weekdays))
        weeks = f"every {self.every_weeks} weeks " if self.every_weeks > 1 else ""
        return f"{weeks}{days} {self.hour:02d}:{self.minute:02d}"


@dataclass(frozen=True, slots=True)
class OnDay:
    """One local day and a time of it, wherever its zone turns out to be."""

    day: date
    hour: int
    minute: int

    def __str__(self) -> str:
        return f"{self.day} {self.hour:02d}:{self.minute:02d}"


@dataclass(frozen=True, slots=True)
class Firing:
    """One due reminder: the local `day` it belongs to and the instant `at` (UTC).

    The two may differ: where the clock skips the end of a day, that day's firing falls on the first minute of the next.
    """

    day: date
    at: datetime


def next_fire(schedule: Schedule, after_utc: datetime, zone: tzinfo) -> Firing:
    """The first firing later than `after_utc`."""
    day = after_utc.astimezone(zone).date()  # no earlier day is left: its time, or the minute after the gap, is past
    while True:
        firing = firing_on(OnDay(day, schedule.hour, schedule.minute), zone)
        if schedule.holds(day) and firing.at > after_utc:
            return firing
        day += _ONE_DAY


def missed(
    schedule: Schedule,
    since_utc: datetime,
    last_fired_on: date | None,
    now_utc: datetime,
    zone: tzinfo,
    grace: timedelta,
) -> Firing | None:
    """The newest firing of the last `grace` that was not sent, None where nothing is owed.

    since_utc is when the reminder was made: what would have fired before was never promised. Older firings than the
    newest are dropped: a bot that comes back after a weekend says one thing, not three.
    """
    owed = None
    firing = next_fire(schedule, max(since_utc, now_utc - grace), zone)
    while firing.at <= now_utc:
        owed = firing if last_fired_on is None or firing.day > last_fired_on else owed
        firing = next_fire(schedule, firing.at, zone)
    return owed


def firing_on(one: OnDay, zone: tzinfo) -> Firing:
    """That local day's firing."""
    local = datetime.combine(one.day, time(one.hour, one.minute))
    while not _exists(local, zone):
        local += _ONE_MINUTE
    return Firing(one.day, local.replace(tzinfo=zone).astimezone(UTC))  # fold=0: of two such minutes, the first


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _exists(local: datetime, zone: tzinfo) -> bool:
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
