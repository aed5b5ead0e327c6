"""Reminders for once as people type them, in English and Korean."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminding.once_words import once
from bot.reminding.schedule import OnDay, firing_on
from bot.reminding.schedule_words import Problem, ScheduleError

SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 25, 3, 0, 30, tzinfo=UTC)  # noon in Seoul


def told(text: str, zone: ZoneInfo = SEOUL, now: datetime = WEDNESDAY) -> str:
    said = once(text, now, zone)
    return f"{instant(said, zone).astimezone(zone):%a %m-%d %H:%M:%S}" if said else "not for once"


def instant(said: OnDay | datetime, zone: ZoneInfo) -> datetime:
    return firing_on(said, zone).at if isinstance(said, OnDay) else said


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tomorrow 7am", "Thu 11-26 07:00:00"),
        ("다음 주 일요일 오전 9시", "Sun 12-06 09:00:00"),
        ("tomorrow at half past six in the evening", "Thu 11-26 18:30:00"),
        ("in ninety seconds", "Wed 11-25 12:02:00"),
        ("in forty five minutes", "Wed 11-25 12:45:30"),
        ("내일 아침 일곱 시 반", "Thu 11-26 07:30:00"),
        ("Tomorrow morning at 8.", "Thu 11-26 08:00:00"),
        ("today at 18:00", "Wed 11-25 18:00:00"),
        ("tonight at 8", "Wed 11-25 20:00:00"),
        ("the day after tomorrow 6pm", "Fri 11-27 18:00:00"),
        ("this friday 6pm", "Fri 11-27 18:00:00"),
        ("this wednesday 11am", "Wed 12-02 11:00:00"),
        ("next wednesday 6pm", "Wed 12-02 18:00:00"),
        ("next week thursday 6pm", "Thu 12-03 18:00:00"),
        ("once 11:00", "Thu 11-26 11:00:00"),
        ("2026-12-24 9:00", "Thu 12-24 09:00:00"),
        ("24 December 9am", "Thu 12-24 09:00:00"),
        ("on Dec 24th, 2026 at 9am", "Thu 12-24 09:00:00"),
        ("5th of march 15:00", "Fri 03-05 15:00:00"),
        ("12월 24일 오전 9시", "Thu 12-24 09:00:00"),
        ("next friday 18", "Fri 11-27 18:00:00"),
        ("내일 저녁 7시", "Thu 11-26 19:00:00"),
        ("내일아침 7시", "Thu 11-26 07:00:00"),
        ("모레 오후 3시 반", "Fri 11-27 15:30:00"),
        ("이번 주 금요일 18:00", "Fri 11-27 18:00:00"),
        ("다음주 목요일 저녁 7시", "Thu 12-03 19:00:00"),
        ("in 90 seconds", "Wed 11-25 12:02:00"),
        ("90s", "Wed 11-25 12:02:00"),
        ("2 min", "Wed 11-25 12:02:30"),
        ("in half an hour", "Wed 11-25 12:30:30"),
        ("in an hour and a half", "Wed 11-25 13:30:30"),
        ("1 hour and 30 minutes from now", "Wed 11-25 13:30:30"),
        ("30분 뒤", "Wed 11-25 12:30:30"),
        ("1시간 반 후에", "Wed 11-25 13:30:30"),
    ],
)
def test_what_people_type_is_understood(text: str, meant: str) -> None:
    assert told(text) == meant


@pytest.mark.parametrize(
    "text", ["", "mon 18:00", "mon wed 18h", "18h", "2 hours", "daily 7:30", "5", "매일 7시", "someday"]
)
def test_what_says_no_single_day_is_left_to_weekly_reminders(text: str) -> None:
    assert once(text, WEDNESDAY, SEOUL) is None


@pytest.mark.parametrize(
    ("text", "problem", "blamed"),
    [
        ("today 11:00", Problem.PAST, "today 11:00"),
        ("2026-11-24 18:00", Problem.PAST, "2026-11-24 18:00"),
        ("in 0 minutes", Problem.PAST, "in 0 minutes"),
        ("in 400 days", Problem.TOO_FAR, "in 400 days"),
        ("in 99999 days 99999 days", Problem.TOO_FAR, "in 99999 days 99999 days"),
        ("0001-01-01 0:00", Problem.PAST, "0001-01-01 0:00"),
        ("9999-12-31 23:59", Problem.TOO_FAR, "9999-12-31 23:59"),
        ("2026-02-30 9am", Problem.BAD_TIME, "2026-02-30"),
        ("tomorrow", Problem.NO_TIME, ""),
        ("tomorrow at 7", Problem.EITHER_HALF, "7"),
        ("30 february 9am", Problem.BAD_TIME, "2027-02-30"),
        ("tomorrow 6pm 7pm", Problem.SEVERAL_TIMES, "6pm 7pm"),
        ("tomorrow after lunch 3pm", Problem.UNKNOWN_WORD, "after"),
        ("next moonday 3pm", Problem.UNKNOWN_WORD, "moonday"),
    ],
)
def test_what_cannot_be_done_is_named(text: str, problem: Problem, blamed: str) -> None:
    with pytest.raises(ScheduleError) as raised:
        once(text, WEDNESDAY, SEOUL)
    assert (raised.value.problem, raised.value.text) == (problem, blamed)


def test_a_day_s_time_is_that_of_the_clock_there_also_when_it_changes() -> None:
    before = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
    assert told("tomorrow 8am", BERLIN, before) == "Sun 10-25 08:00:00"
    assert once("tomorrow 8am", before, BERLIN) == OnDay(date(2026, 10, 25), 8, 0)
    assert told("2026-03-29 2:30", BERLIN, datetime(2026, 3, 1, tzinfo=UTC)) == "Sun 03-29 03:00:00"


@given(st.text(max_size=40) | st.text("in tomorow nextk0123456789:.-분초시간뒤내일 apmhsy", max_size=40))
def test_any_text_gives_a_later_instant_or_none_or_says_why_not(text: str) -> None:
    try:
        said = once(text, WEDNESDAY, SEOUL)
    except ScheduleError:
        return
    assert said is None or instant(said, SEOUL) > WEDNESDAY


@pytest.mark.parametrize(
    "piece", ["1s ", "1s1m", "half an ", "1시간 반 ", "99999 days ", "next ", "tomorrow ", "2026-1-"]
)
def test_a_long_message_is_read_at_once(piece: str) -> None:
    """Backtracking over all ways to cut a message into spans once took longer than anybody waited."""
    started = process_time()
    with suppress(ScheduleError):
        once(piece * (4000 // len(piece)), WEDNESDAY, SEOUL)
    assert process_time() - started < 2.0
