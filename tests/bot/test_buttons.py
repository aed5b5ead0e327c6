"""Every button fits Telegram's 64 bytes, is read back as it was meant, and has somebody who answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

import bot.words.buttons as buttons
from bot.app import presses
from bot.reminding.schedule import Schedule
from bot.reminding.weekly import when
from bot.sentences import LANGUAGES
from bot.words.buttons import Press, parse
from bot.words.names import NAMES_INSTEAD, likely_names, names_instead
from models.tables import Reminder
from pipeline.catalogue import exercises, members
from pipeline.values import UNKNOWN, Candidate, HeldPose, Recognition, SetReport
from tests.pipeline.reports import CARRY, FIVE_SQUATS, FORTY_SQUATS, PLANK

BIGGEST_ID = 10**18 - 1  # of what the buttons have room for; a database row can have ten times as much
LABEL_CHARACTERS = 48  # our estimate of what a wide button shows before it is cut
LONGEST_NAMES = sorted(exercises(), key=len)[-3:]
UNSURE = replace(
    FIVE_SQUATS, recognition=Recognition(UNKNOWN, 0.3, tuple(Candidate(name, 0.3) for name in LONGEST_NAMES))
)


def pages(language: str) -> list[InlineKeyboardMarkup]:
    count = -(-len(exercises()) // buttons.NAMES_PER_PAGE)
    return [buttons.all_exercises(BIGGEST_ID, page, language) for page in range(count)]


def every_keyboard(language: str) -> Iterator[InlineKeyboardMarkup]:
    daily = when(Schedule(frozenset(range(6)), 18, 0), language)
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    reminder = Reminder(id=BIGGEST_ID, user_id=1, chat_id=1, weekday_bits=1, hour=18, minute=0, created_at=made_at)
    yield from pages(language)
    yield buttons.under_chart(BIGGEST_ID, FIVE_SQUATS, language)
    yield buttons.under_chart(BIGGEST_ID, UNSURE, language)
    yield buttons.choose_exercise(BIGGEST_ID, LONGEST_NAMES, language)
    yield buttons.choose_count(BIGGEST_ID, FORTY_SQUATS.rep_count, language)
    yield buttons.example_questions(BIGGEST_ID, FIVE_SQUATS, language)
    yield buttons.units(language)
    yield buttons.zones(language)
    yield buttons.settings(language)
    yield buttons.reminders([(reminder, daily)], buttons.pauses(language), language)
    yield buttons.reminders([(reminder, daily)], buttons.resume(language), language)
    yield buttons.under_reminder(BIGGEST_ID, language)
    yield buttons.forget(language)
    yield buttons.drop(BIGGEST_ID, language)
    yield buttons.undrop(BIGGEST_ID, language)
    yield buttons.whose_weight({"Squat": BIGGEST_ID})


def pressable(*keyboards: InlineKeyboardMarkup) -> list[InlineKeyboardButton]:
    return [button for keyboard in keyboards for row in keyboard.inline_keyboard for button in row]


def data_of(*keyboards: InlineKeyboardMarkup) -> list[str]:
    return [str(button.callback_data) for button in pressable(*keyboards)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_of_every_button_fit_and_are_read_back(language: str) -> None:
    for data in data_of(*every_keyboard(language)):
        press = parse(data)
        assert len(data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
        assert ":".join([press.verb, str(press.number), *([press.argument] if press.argument else [])]) == data


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_has_exactly_one_handler(language: str) -> None:
    patterns, data = [*presses(Mock())], data_of(*every_keyboard(language))
    heard = {one: sum(bool(re.fullmatch(pattern, one)) for pattern in patterns) for one in data}
    assert set(heard.values()) == {1}, heard


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_are_short_and_differ_within_a_keyboard(language: str) -> None:
    for keyboard in every_keyboard(language):
        labels = [button.text for button in pressable(keyboard)]
        assert len(set(labels)) == len(labels)
        assert all(0 < len(label) <= LABEL_CHARACTERS for label in labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_hold_every_exercise_once_and_turn_both_ways(language: str) -> None:
    chosen = [parse(data) for data in data_of(*pages(language))]
    named = [press.argument for press in chosen if press.verb == "is"]
    assert sorted(named) == sorted(entry.name for entry in exercises().values() if entry.kind != "none")
    turned = [
        [int(press.argument) for press in map(parse, data_of(page)) if press.verb == "names"]
        for page in pages(language)
    ]
    last = len(turned) - 1
    assert turned == [[1], *([page - 1, page + 1] for page in range(1, last)), [last - 1]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_in_alphabetical_order(language: str) -> None:
    labels = [button.text for button in pressable(*pages(language)) if str(button.callback_data).startswith("is:")]
    assert labels == sorted(labels)


def test_beyond_the_last_page_is_the_last() -> None:
    assert buttons.all_exercises(BIGGEST_ID, 99, "en") == pages("en")[-1]


@pytest.mark.parametrize(("report", "guesses"), [(FIVE_SQUATS, []), (UNSURE, LONGEST_NAMES)], ids=["known", "unknown"])
def test_likely_names_stand_first_only_where_the_exercise_is_not_known(report: SetReport, guesses: list[str]) -> None:
    presses = [parse(data) for data in data_of(buttons.under_chart(7, report, "en"))]
    assert presses[: len(guesses)] == [Press("is", 7, name) for name in guesses]
    assert [press.verb for press in presses[len(guesses) :]] == ["wrong", "count", "weight", "clip", "ask", "drop"]


def test_poses_of_yoga_have_no_weight_to_add() -> None:
    flow = replace(PLANK, poses=(HeldPose("downward_facing_dog", 0.0, 9.0, 0.9, 0.012),))
    presses = [parse(data).verb for data in data_of(buttons.under_chart(7, flow, "en"))]
    assert presses == ["wrong", "clip", "ask", "drop"]


@pytest.mark.parametrize("report", [PLANK, CARRY])
def test_what_is_told_by_its_seconds_has_no_count_to_put_right(report: SetReport) -> None:
    rows = buttons.under_chart(7, report, "en").inline_keyboard
    assert [[parse(str(one.callback_data)).verb for one in row] for row in rows] == [
        ["wrong", "weight"],
        ["clip", "ask"],
        ["drop"],
    ]
    assert "say:7:tempo" not in data_of(buttons.example_questions(7, report, "en"))
    assert "say:7:tempo" in data_of(buttons.example_questions(7, FIVE_SQUATS, "en"))


def test_where_the_name_is_wrong_what_was_nearly_as_likely_is_offered_then_its_kin() -> None:
    nearly = Recognition(
        "biceps_curl", 0.9, (Candidate("deadlift", 0.08), Candidate("no_exercise", 0.01), Candidate("lunge", 0.0))
    )
    kin = tuple(entry.name for entry in members("curl") if entry.name != "biceps_curl")
    assert names_instead(nearly) == ("deadlift", *kin, "lunge")[:NAMES_INSTEAD]
    assert names_instead(Recognition("squat", 0.99, (Candidate("lunge", 0.0),))) == ("lunge",)
    slip = Recognition("hammer_curl", 1.0, given=True)
    assert names_instead(slip, "squat")[:2] == ("squat", "biceps_curl")  # the way back from a wrong tap comes first
    assert names_instead(slip, "hammer_curl")[0] == "biceps_curl"
    assert names_instead(UNSURE.recognition) == likely_names(UNSURE.recognition)


@pytest.mark.parametrize(("counted", "offered"), [(0, range(5)), (2, range(7)), (40, range(37, 45))])
def test_counts_are_offered_around_the_measured_one(counted: int, offered: range) -> None:
    presses = [parse(data) for data in data_of(buttons.choose_count(7, counted, "en"))]
    assert [int(press.argument) for press in presses if press.verb == "reps"] == list(offered)
    assert presses[-1] == Press("chart", 7)


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_offer_the_other_language(language: str) -> None:
    presses = [parse(data) for data in data_of(buttons.settings(language))]
    assert [press.argument for press in presses if press.verb == "language"] == [
        code for code in LANGUAGES if code != language
    ]


def test_the_harmless_answer_stands_last() -> None:
    assert [parse(data).argument for data in data_of(buttons.forget("en"))] == ["yes", "no"]


def test_an_argument_may_hold_colons() -> None:
    assert parse("zone:0:a:b") == Press("zone", 0, "a:b")


@pytest.mark.parametrize("data", [None, "", "is", "is:squat", "is::squat", ":"])
def test_data_of_no_button_is_an_error(data: str | None) -> None:
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        parse(data)
