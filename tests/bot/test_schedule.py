from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminding.schedule import Firing, OnDay, Schedule, firing_on, missed, next_fire
from bot.reminding.schedule_words import Problem, ScheduleError, parse, with_note

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "America/Nuuk", "America/Havana")
TIMES = ("00:00", "00:30", "02:00", "02:15", "02:30", "03:00", "18:00", "23:30")
EVERY_DAY = frozenset(range(7))
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)

schedules = st.builds(
    Schedule,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 23),
    st.integers(0, 59),
)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from(ZONES).map(ZoneInfo)


def on(day: date, schedule: Schedule) -> OnDay:
    return OnDay(day, schedule.hour, schedule.minute)


def firings(schedule: Schedule, start: datetime, end: datetime, zone: ZoneInfo) -> list[Firing]:
    """As the bot lives it: each firing schedules the next."""
    found = [next_fire(schedule, start, zone)]
    while found[-1].at < end:
        found.append(next_fire(schedule, found[-1].at, zone))
    return found


def reference(day: date, time_of_day: str, zone: ZoneInfo) -> datetime:
    """The first minute of UTC at which a clock on the wall shows the day and time, or has just passed it."""
    wanted = datetime.fromisoformat(f"{day}T{time_of_day}")
    start = wanted.replace(tzinfo=UTC) - timedelta(hours=15)
    minutes = (start + timedelta(minutes=minute) for minute in range(30 * 60))
    return next(at for at in minutes if at.astimezone(zone).replace(tzinfo=None) >= wanted)


@pytest.mark.parametrize("zone_name", ZONES)
@pytest.mark.parametrize("time_of_day", TIMES)
def test_every_day_of_a_year_fires_exactly_once(zone_name: str, time_of_day: str) -> None:
    zone = ZoneInfo(zone_name)
    year = firings(parse(f"daily {time_of_day}"), NEW_YEAR, NEW_YEAR + timedelta(days=365), zone)
    assert [later.day - earlier.day for earlier, later in pairwise(year)] == [timedelta(days=1)] * (len(year) - 1)
    assert len(year) in (366, 367)
    assert all(earlier.at < later.at for earlier, later in pairwise(year))


@pytest.mark.parametrize("zone_name", ZONES)
@pytest.mark.parametrize("time_of_day", TIMES)
@pytest.mark.parametrize("month", [3, 4, 10, 11])
def test_around_clock_changes_it_fires_when_a_clock_on_the_wall_would(
    zone_name: str, time_of_day: str, month: int
) -> None:
    zone, schedule = ZoneInfo(zone_name), parse(f"daily {time_of_day}")
    days = [date(2026, month, 1) + timedelta(days=number) for number in range(30)]
    around = [day for day in days if _changes(day, zone)]
    assert [firing_on(on(day, schedule), zone).at for day in around] == [
        reference(day, time_of_day, zone) for day in around
    ]


def _changes(day: date, zone: ZoneInfo) -> bool:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
    return noon.utcoffset() != (noon - timedelta(days=1)).utcoffset() or day.day % 10 == 1


@pytest.mark.parametrize(
    ("zone_name", "day", "typed", "local"),
    [
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T03:00+02:00"),
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T02:30+02:00"),
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08T03:00-04:00"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T01:30-04:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-04T02:30+11:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-05T01:45+11:00"),
        ("America/Havana", "2026-03-08", "00:00", "2026-03-08T01:00-04:00"),
        ("America/Nuuk", "2026-03-28", "23:30", "2026-03-29T00:00-01:00"),
        ("Asia/Seoul", "2026-03-29", "02:30", "2026-03-29T02:30+09:00"),
    ],
)
def test_skipped_times_fire_at_the_next_minute_and_doubled_ones_first(
    zone_name: str, day: str, typed: str, local: str
) -> None:
    firing = firing_on(on(date.fromisoformat(day), parse(f"daily {typed}")), ZoneInfo(zone_name))
    assert (firing.day, firing.at) == (date.fromisoformat(day), datetime.fromisoformat(local))


@given(schedules, instants, zones)
def test_the_next_firing_is_later_on_a_day_of_the_schedule_and_nothing_comes_before_it(
    schedule: Schedule, after: datetime, zone: ZoneInfo
) -> None:
    firing = next_fire(schedule, after, zone)
    today = after.astimezone(zone).date()
    days = (today + timedelta(days=number) for number in range(-1, 9))
    later = [firing_on(on(day, schedule), zone) for day in days if day.weekday() in schedule.weekdays]
    assert firing == next(found for found in later if found.at > after)
    assert firing.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "weeks", "days"),
    [
        ("every 2 weeks mon 18:00", 2, {0}),
        ("every other friday 6pm", 2, {4}),
        ("mon wed 7am every three weeks", 3, {0, 2}),
        ("biweekly sat 9:00", 2, {5}),
        ("격주 월요일 18:00", 2, {0}),
        ("3주마다 화 오후 6시", 3, {1}),
        ("every week mon 18:00", 1, {0}),
    ],
)
def test_weeks_can_be_left_out(text: str, weeks: int, days: set[int]) -> None:
    schedule = parse(text)
    assert (schedule.every_weeks, set(schedule.weekdays)) == (weeks, days)
    assert parse(str(schedule)) == schedule
    whole = replace(schedule, since=date(2026, 3, 2))
    found = firings(whole, datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC), ZoneInfo("UTC"))
    assert {(firing.day - date(2026, 3, 2)).days // 7 % weeks for firing in found} == {0}
    assert len({(firing.day - date(2026, 3, 2)).days // 7 for firing in found}) > 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("every other day 7pm", 2),
        ("7pm every 2nd day", 2),
        ("every third day at 19:00", 3),
        ("every five days 7pm", 5),
        ("격일로 저녁 7시", 2),
        ("이틀에 한 번 7pm", 2),
        ("사흘마다 오후 7시", 3),
        ("10일마다 19시", 10),
        ("every 1 day 7pm", 1),
    ],
)
def test_days_can_be_left_out(text: str, days: int) -> None:
    schedule = parse(text)
    assert (schedule.every_days, schedule.weekdays, schedule.hour) == (days, EVERY_DAY, 19)
    assert parse(str(schedule)) == schedule
    start = datetime(2026, 3, 1, tzinfo=UTC)
    found = firings(replace(schedule, since=start.date()), start, start + timedelta(days=60), ZoneInfo("Europe/Berlin"))
    assert {later.day - earlier.day for earlier, later in pairwise(found)} == {timedelta(days=days)}
    assert found[0].day == start.date()


@pytest.mark.parametrize(
    ("text", "when", "note"),
    [
        ("mon-fri 6:30am leg day", "mon-fri 6:30am", "leg day"),
        ("mon 18:00 - Push & pull", "mon 18:00 -", "Push & pull"),
        ("mon 18:00", "mon 18:00", None),
        ("mon foo 18:00", "mon foo 18:00", None),
        ("월 18:00 하체", "월 18:00", "하체"),
    ],
)
def test_what_follows_the_time_is_what_it_is_for(text: str, when: str, note: str | None) -> None:
    assert with_note(text, parse) == (when, note)


@given(schedules, instants, zones)
def test_a_week_fires_each_of_its_days_once(schedule: Schedule, start: datetime, zone: ZoneInfo) -> None:
    days = Counter(firing.day for firing in firings(schedule, start, start + timedelta(days=60), zone))
    assert set(days.values()) == {1}
    assert {day.weekday() for day in days} == schedule.weekdays


@given(schedules, instants, zones, st.integers(0, 72))
def test_a_late_start_owes_the_newest_firing_and_only_once(
    schedule: Schedule, now: datetime, zone: ZoneInfo, grace_h: int
) -> None:
    grace, made = timedelta(hours=grace_h), now - timedelta(days=30)
    due = [firing for firing in firings(schedule, made, now, zone) if now - grace < firing.at <= now]
    owed = missed(schedule, made, None, now, zone, grace)
    assert owed == (due[-1] if due else None)
    sent = owed.day if owed else now.astimezone(zone).date()
    assert missed(schedule, made, sent, now, zone, grace) is None


MONDAY_18 = Schedule(frozenset({0}), 18, 0)
SEOUL = ZoneInfo("Asia/Seoul")
HOUR = timedelta(hours=1)
DUE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # Monday 18:00 in Seoul


@pytest.mark.parametrize(
    ("late", "owed"), [(timedelta(0), True), (HOUR * 0.5, True), (HOUR, False), (-timedelta(seconds=1), False)]
)
def test_a_reminder_is_owed_for_as_long_as_the_grace_lasts(late: timedelta, owed: bool) -> None:
    found = missed(MONDAY_18, DUE - timedelta(days=9), date(2026, 2, 23), DUE + late, SEOUL, HOUR)
    assert found == (Firing(date(2026, 3, 2), DUE) if owed else None)


def test_a_reminder_made_after_its_time_owes_nothing_for_that_day() -> None:
    made = DUE + timedelta(minutes=10)
    assert missed(MONDAY_18, made, None, DUE + timedelta(minutes=20), SEOUL, HOUR) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mon wed fri 18:00", "mon wed fri 18:00"),
        ("Mondays, Thursdays and sat 18h15", "mon thu sat 18:15"),
        ("tues thurs 7.05", "tue thu 07:05"),
        ("daily 6pm", "mon tue wed thu fri sat sun 18:00"),
        ("every day at 6:30 p.m.", "mon tue wed thu fri sat sun 18:30"),
        ("monday to friday at seven thirty pm", "mon tue wed thu fri 19:30"),
        ("월요일 저녁 일곱 시", "mon 19:00"),
        ("weekdays 12am", "mon tue wed thu fri 00:00"),
        ("weekends 12 PM", "sat sun 12:00"),
        ("mon - fri 07:00", "mon tue wed thu fri 07:00"),
        ("fri-mon 7:00", "mon fri sat sun 07:00"),
        ("Mon – 18:00", "mon 18:00"),
        ("18:00 every Sunday", "sun 18:00"),
        ("월 수 금 18:00", "mon wed fri 18:00"),
        ("월,수,금 18：00", "mon wed fri 18:00"),
        ("월수금 오후 6시 반", "mon wed fri 18:30"),
        ("월요일마다 19시 5분에", "mon 19:05"),
        ("매일 오전 7시", "mon tue wed thu fri sat sun 07:00"),
        ("평일 오후 6:30", "mon tue wed thu fri 18:30"),
        ("주말 12시", "sat sun 12:00"),
        ("월~금 18시", "mon tue wed thu fri 18:00"),
        ("mwf 18:00", "mon wed fri 18:00"),
        ("at 7 in the morning every day", "mon tue wed thu fri sat sun 07:00"),
        ("every morning at 7:15", "mon tue wed thu fri sat sun 07:15"),
        ("tue evening 6:30", "tue 18:30"),
        ("fri 10 at night", "fri 22:00"),
        ("sat night 12:30", "sat 00:30"),
        ("mon afternoon 15:00", "mon 15:00"),
        ("every day noon", "mon tue wed thu fri sat sun 12:00"),
        ("sun at midnight", "sun 00:00"),
        ("mon 18h", "mon 18:00"),
        ("mon 18h30", "mon 18:30"),
        ("월수금 저녁 7시", "mon wed fri 19:00"),
        ("매일 아침 7시 30분", "mon tue wed thu fri sat sun 07:30"),
        ("아침마다 6시 반", "mon tue wed thu fri sat sun 06:30"),
        ("토 밤10시", "sat 22:00"),
        ("평일 정오", "mon tue wed thu fri 12:00"),
        ("mon 18", "mon 18:00"),
        ("on mondays and thursdays to train at 6pm", "mon thu 18:00"),
    ],
)
def test_what_people_type_is_understood(text: str, meant: str) -> None:
    assert str(parse(text)) == meant


@pytest.mark.parametrize(
    ("text", "problem", "blamed"),
    [
        ("", Problem.NO_DAYS, ""),
        ("18:00", Problem.NO_DAYS, ""),
        ("mon", Problem.NO_TIME, ""),
        ("mon 6:00 7:00", Problem.SEVERAL_TIMES, "6:00 7:00"),
        ("mon 6", Problem.EITHER_HALF, "6"),
        ("평일 7시에", Problem.EITHER_HALF, "7"),
        ("every other day mon 7pm", Problem.UNKNOWN_WORD, "mon"),
        ("every 90 days 7pm", Problem.UNKNOWN_WORD, "every 90 days"),
        ("every other day", Problem.NO_TIME, ""),
        ("mon 25", Problem.BAD_TIME, "25"),
        ("mon 0", Problem.BAD_TIME, "0"),
        ("mon morning", Problem.NO_TIME, ""),
        ("tomorrow at 6pm", Problem.UNKNOWN_WORD, "tomorrow"),
        ("mon 24:00", Problem.BAD_TIME, "24:00"),
        ("mon 18:60", Problem.BAD_TIME, "18:60"),
        ("mon 18:3", Problem.BAD_TIME, "18:3"),
        ("mon 13pm", Problem.BAD_TIME, "13pm"),
        ("mon 0am", Problem.BAD_TIME, "0am"),
        ("mon foo 18:00", Problem.UNKNOWN_WORD, "foo"),
        ("m 18:00", Problem.UNKNOWN_WORD, "m"),
        ("weekdays-sat 18:00", Problem.UNKNOWN_WORD, "weekdays-sat"),
        ("mon 6-7pm", Problem.SEVERAL_TIMES, "6 7pm"),
    ],
)
def test_what_is_not_understood_is_named(text: str, problem: Problem, blamed: str) -> None:
    with pytest.raises(ScheduleError) as raised:
        parse(text)
    assert (raised.value.problem, raised.value.text) == (problem, blamed)


@given(schedules)
def test_a_schedule_reads_back_as_it_is_written(schedule: Schedule) -> None:
    assert parse(str(schedule)) == schedule


@given(st.text(max_size=40) | st.text("monwedfri월수금0123456789:.-~ apm시분반오전후,아침저녁밤", max_size=40))
def test_any_text_gives_a_schedule_or_says_why_not(text: str) -> None:
    try:
        schedule = parse(text)
    except ScheduleError as error:
        assert error.problem in Problem  # noqa: PT017
    else:
        assert parse(str(schedule)) == schedule


@pytest.mark.parametrize(
    ("weekdays", "hour", "minute"),
    [(frozenset[int](), 18, 0), (frozenset({7}), 18, 0), (frozenset({0}), 24, 0), (frozenset({0}), 18, 60)],
)
def test_a_schedule_that_cannot_be_is_refused(weekdays: frozenset[int], hour: int, minute: int) -> None:
    with pytest.raises(ValueError, match="must be"):
        Schedule(weekdays, hour, minute)
