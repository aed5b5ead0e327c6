"""The words in a picture: each curve has its heading, and where no font draws the language they are English."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from datetime import date

import pytest

from bot.sentences import LANGUAGES
from bot.tasks import DrawProgress
from bot.words.captions import PULLED, PUSHED, caption, title
from bot.words.chart_words import chart_words, progress_words
from bot.workers.work import perform
from pipeline.catalogue import exercises
from pipeline.chart import ProgressPoint
from pipeline.kinematics import JOINTS
from pipeline.values import Caveat, Doubt
from pipeline.video.decode import Sampling
from tests.pipeline.reports import FIVE_SQUATS, NO_REPS, PLANK, UNKNOWN_SET


@pytest.fixture
def every_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose fonts draw any language."""
    monkeypatch.setattr("bot.words.chart_words.can_draw", lambda _: True)


@pytest.mark.usefixtures("every_font")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("label", ["", "movement", *(f"{joint} angle" for joint in JOINTS)])
def test_every_curve_of_the_pipeline_has_its_heading(label: str, language: str) -> None:
    words = chart_words(replace(FIVE_SQUATS, curve=replace(FIVE_SQUATS.curve, label=label)), language)
    assert words.curve
    assert words.title == title(FIVE_SQUATS, language)


@pytest.mark.usefixtures("every_font")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_progress_chart_has_every_text_but_its_subtitle(language: str) -> None:
    words = progress_words(language, "lb")
    assert [field.name for field in fields(words) if not getattr(words, field.name)] == ["subtitle"]
    assert words.weight_unit == "lb"


def test_a_picture_is_in_english_where_no_font_draws_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.words.chart_words.can_draw", lambda _: False)
    labelled = replace(PLANK, curve=replace(PLANK.curve, label="hip angle"))
    assert chart_words(labelled, "ko") == chart_words(labelled, "en")
    assert progress_words("ko", "kg") == progress_words("en", "kg")


def test_the_exercises_of_a_progress_chart_are_english_where_no_font_draws_the_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr("bot.words.chart_words.can_draw", lambda _: False)
    monkeypatch.setattr("bot.workers.work.draw_progress", lambda points, *_, **__: drawn.append(points[0].exercise))
    point = ProgressPoint(date(2026, 3, 2), "플랭크", 0, None, math.nan, 42.0)
    perform(DrawProgress((point,), {"플랭크": "Plank"}, "ko", "kg"), None, Sampling(), lambda _: None)  # type: ignore[arg-type]
    assert drawn == ["Plank"]


@pytest.mark.usefixtures("every_font")
@pytest.mark.parametrize(("language", "title", "beside"), [("en", "6 reps", "I saw 5"), ("ko", "6회", "5회")])
def test_a_chart_is_titled_with_the_users_count_and_says_what_it_shows(language: str, title: str, beside: str) -> None:
    words = chart_words(replace(FIVE_SQUATS, curve=replace(FIVE_SQUATS.curve, label="")), language, 6)
    assert title in words.title
    assert beside in words.subtitle


def test_a_movement_in_percent_says_of_what_and_an_empty_chart_what_helps() -> None:
    percent = replace(FIVE_SQUATS, curve=replace(FIVE_SQUATS.curve, label="movement", unit="%"))
    assert chart_words(percent, "en").curve == "Movement (100 % = a usual rep)"
    nothing, unknown = (replace(one, curve=percent.curve) for one in (NO_REPS, UNKNOWN_SET))
    assert "from the side" in chart_words(nothing, "en").no_reps
    assert "from the side" not in chart_words(unknown, "en").no_reps


def test_no_chart_says_how_exact_times_are_that_it_calls_rough() -> None:
    sure = replace(FIVE_SQUATS, curve=replace(FIVE_SQUATS.curve, label=""))
    unsure = replace(sure, caveats=(Caveat(Doubt.TIMES_UNSURE),))
    assert "0.2 s" in chart_words(sure, "en").footnote
    assert chart_words(unsure, "en").footnote == chart_words(replace(sure, reps=()), "en").footnote == ""


@pytest.mark.usefixtures("every_font")
@pytest.mark.parametrize(
    ("exercise", "ways"),
    [
        ("squat", ("lowering", "lifting")),
        ("lat_pulldown", ("releasing", "pulling")),
        ("tricep_pushdown", ("releasing", "pushing")),
    ],
)
def test_a_bar_that_is_pulled_down_is_not_said_to_be_lifted(exercise: str, ways: tuple[str, str]) -> None:
    curve = replace(FIVE_SQUATS.curve, label="")
    report = replace(FIVE_SQUATS, recognition=replace(FIVE_SQUATS.recognition, name=exercise), curve=curve)
    words = chart_words(report, "en")
    assert (words.lowering, words.lifting) == ways
    assert f"– {ways[1].removesuffix('ing')}" in caption(report, "en", "kg")


def test_a_chart_repeats_no_doubt_that_its_title_tells() -> None:
    nothing = replace(
        NO_REPS, curve=replace(NO_REPS.curve, label=""), caveats=(Caveat(Doubt.NO_MOVEMENT), Caveat(Doubt.CLIP_DARK))
    )
    assert len(chart_words(nothing, "en").doubts) == 1
    assert len(chart_words(replace(nothing, recognition=UNKNOWN_SET.recognition), "en").doubts) == 2


def test_what_is_pulled_or_pushed_is_in_the_catalogue() -> None:
    assert {*PULLED, *PUSHED} <= exercises().keys()
