"""A progress chart adds up days, chooses the most trained exercises, and is drawn whatever the history."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.chart import ENGLISH_PROGRESS, ProgressPoint, draw_progress
from pipeline.chart.canvas import Box
from pipeline.chart.progress import MOST_EXERCISES, histories
from pipeline.chart.progress_chart import Calendar, clear_top, days_told, tension_told

MONDAY = date(2026, 3, 2)
MOST_BYTES = 200_000


def sets(exercise: str, count: int, every_days: int = 3, weight_kg: float | None = None) -> list[ProgressPoint]:
    days = [MONDAY + timedelta(days=every_days * place) for place in range(count)]
    return [ProgressPoint(day, exercise, 5 + place, weight_kg, 20.0) for place, day in enumerate(days)]


HISTORIES = {
    "none": [],
    "one": sets("Squat", 1, weight_kg=60.0),
    "one weight": sets("Squat", 9, weight_kg=60.0),
    "many": [*sets("Squat", 20, weight_kg=60.0), *sets("Push-up", 9), *sets("Curl $_<", 3, weight_kg=12.5)],
    "a year": sets("Plank", 180, every_days=2),
    "no reps": [replace(point, reps=0) for point in sets("Plank", 4)],
    "more exercises than rows": [point for name in "abcdef" for point in sets(name * 30, 2)],
}


@pytest.mark.parametrize("points", HISTORIES.values(), ids=HISTORIES)
@pytest.mark.parametrize("dark", [False, True])
def test_every_history_is_drawn(points: Sequence[ProgressPoint], dark: bool) -> None:
    png = draw_progress(points, ENGLISH_PROGRESS, dark=dark)
    few = len(histories(points)) < 2
    assert Image.open(io.BytesIO(png)).size == (1080, 790 if few else 1230 if len(histories(points)) == 2 else 1350)
    assert len(png) < MOST_BYTES


def test_the_same_history_gives_the_same_bytes() -> None:
    points = HISTORIES["many"]
    assert draw_progress(points, ENGLISH_PROGRESS) == draw_progress(list(reversed(points)), ENGLISH_PROGRESS)


def test_weights_of_days_close_together_are_not_written_over_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr("pipeline.chart.progress_chart._write_within", lambda _, text, *__: written.append(text))
    draw_progress([*sets("Squat", 20), *sets("Curl", 2, weight_kg=12.5)], ENGLISH_PROGRESS)
    draw_progress(sets("Curl", 9, weight_kg=60.0), ENGLISH_PROGRESS)
    assert (written.count("12.5 kg"), written.count("60 kg")) == (1, 2)


def test_pounds_change_what_is_written() -> None:
    points = sets("Squat", 4, weight_kg=60.0)
    assert draw_progress(points, ENGLISH_PROGRESS) != draw_progress(points, ENGLISH_PROGRESS, pounds=True)


def test_sets_of_one_day_are_added_up_and_the_heaviest_weight_is_kept() -> None:
    points = [
        ProgressPoint(MONDAY, "Squat", 8, 40.0, 20.0),
        ProgressPoint(MONDAY, "Squat", 6, 50.0, 15.0),
        ProgressPoint(MONDAY, "Squat", 10, None, 25.0),
    ]
    (history,) = histories(points)
    (day,) = history.days
    assert (day.reps, day.weight_kg, day.tension_s) == (24, 50.0, 60.0)


def test_the_most_trained_exercises_come_first() -> None:
    points = [*sets("rare", 1), *sets("often", 7), *sets("now and then", 4), *sets("twice", 2)]
    assert [history.exercise for history in histories(points)] == ["often", "now and then", "twice"][:MOST_EXERCISES]


def test_a_time_under_tension_that_is_not_known_is_not_written() -> None:
    (history,) = histories([ProgressPoint(MONDAY, "Plank", 0, None, math.nan)])
    assert tension_told(history.days[-1], ENGLISH_PROGRESS) == ""
    (history,) = histories(sets("Squat", 1))
    assert tension_told(history.days[-1], ENGLISH_PROGRESS) == "20 s under tension"


def test_a_single_day_stands_in_the_middle() -> None:
    assert Calendar(60.0, 1020.0, MONDAY, MONDAY).x(MONDAY) == 540.0


def test_a_number_stands_above_every_bar_that_it_would_cover() -> None:
    low, tall, far = Box(100, 80, 106, 100), Box(90, 20, 96, 100), Box(300, 10, 306, 100)
    assert clear_top((low, tall, far), low.middle, "22 s") == tall.top
    assert clear_top((low, far), low.middle, "22 s") == low.top


def test_of_days_close_together_only_the_latest_has_its_number() -> None:
    days = sets("Squat", 60)
    (close,) = histories([*days[:-2], replace(days[-2], reps=99), days[-1]])
    calendar = Calendar(60.0, 1020.0, MONDAY, close.days[-1].day)
    assert days_told(close, calendar, ENGLISH_PROGRESS) == {close.days[-1].day}


def test_every_bar_carries_its_number_where_there_is_room() -> None:
    (few,), (many,) = histories(sets("Squat", 3)), histories(sets("Squat", 60))
    calendar = Calendar(60.0, 1020.0, MONDAY, MONDAY + timedelta(days=177))
    assert len(days_told(many, calendar, ENGLISH_PROGRESS)) == 1  # the best is the latest
    assert len(days_told(few, replace(calendar, last=few.days[-1].day), ENGLISH_PROGRESS)) == 3


def test_a_hold_is_told_by_its_longest_of_a_day() -> None:
    held = [ProgressPoint(MONDAY, "Plank", 0, None, math.nan, held_s) for held_s in (30.0, 42.0)]
    (history,) = histories(held)
    assert (history.held, history.amount(history.days[0])) == (True, 42.0)
    (counted,) = histories(sets("Squat", 1))
    assert (counted.held, counted.amount(counted.days[0])) == (False, 5.0)
    assert draw_progress(held, ENGLISH_PROGRESS) != draw_progress(held[:1], ENGLISH_PROGRESS)


@given(st.permutations(HISTORIES["many"]))
def test_the_order_in_which_sets_come_does_not_matter(points: list[ProgressPoint]) -> None:
    assert histories(points) == histories(HISTORIES["many"])


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_days_lie_in_order_within_the_calendar(span: int, place: int) -> None:
    calendar = Calendar(60.0, 1020.0, MONDAY, MONDAY + timedelta(days=span))
    day = MONDAY + timedelta(days=min(place, span))
    assert 60.0 <= calendar.x(MONDAY) <= calendar.x(day) <= calendar.x(calendar.last) <= 1020.0
    assert calendar.dates()[0] == MONDAY
    assert calendar.dates()[-1] == calendar.last
