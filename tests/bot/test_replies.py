"""What the bot says about a doubt, an error, a weight or a place in line: in both languages."""

from __future__ import annotations

import re

import pytest

from bot.executor_errors import DeadlineExceeded, ExecutorError, MemoryExceeded, WorkerBroken
from bot.sentences import LANGUAGES
from bot.words import replies
from bot.words.names import exercise_name, sureness
from pipeline.errors import (
    AnalysisError,
    AssetCorrupt,
    AssetMissing,
    EmptyFile,
    NobodyInView,
    NoFrames,
    NoPictureInside,
    NotAVideo,
    NoVideoInside,
    NoVideoStream,
    PhotoTooLarge,
    TooLarge,
    TooLong,
    UnknownExercise,
)
from pipeline.values import UNKNOWN, Caveat, Doubt, Recognition

FACTS: dict[str, float | str] = {
    "alternatives": "squat, lunge",
    "burst_ms": 150,
    "count": 3,
    "height_px": 90,
    "joint": "shoulder",
    "limit_g": 8,
    "percent": 40,
    "rate_hz": 12,
    "runner_up": 9,
    "said": "m/s²",
    "seconds": 351,
    "unit": "g",
    "view": "angle",
}
REFUSALS: tuple[AnalysisError, ...] = (
    EmptyFile(),
    NotAVideo(),
    NoVideoStream(),
    NoFrames(),
    TooLong(duration_s=183.4, limit_s=180.0),
    TooLarge(size_bytes=3e9, limit_bytes=1e9),
    TooLarge(pixels=9e7, limit_pixels=4e7),
    PhotoTooLarge(megapixels=200, limit_megapixels=64),
    NobodyInView(seen_share=0.02),
    UnknownExercise(name="<yoga> & co"),
    NoPictureInside(ending=".jpg"),
    NoVideoInside(ending=".mp4"),
    AssetMissing(name="pose.task"),
    AssetCorrupt(name="pose.task", expected_sha256="ab", found_sha256="cd"),
)
FAILURES: tuple[ExecutorError, ...] = (DeadlineExceeded(), MemoryExceeded(), WorkerBroken("KeyError at x.py:1"))


@pytest.mark.parametrize(
    ("name", "language", "called"),
    [
        ("squat", "en", "Squat"),
        ("squat", "ko", "스쿼트"),
        ("squat", "fr", "Squat"),
        ("bosu_yodel", "en", "unknown exercise"),
        (UNKNOWN, "ko", "모르는 운동"),
        ("", "en", "unknown exercise"),
    ],
)
def test_an_exercise_is_called_what_people_call_it(name: str, language: str, called: str) -> None:
    assert exercise_name(name, language) == called


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("doubt", list(Doubt))
def test_every_doubt_becomes_a_sentence(doubt: Doubt, language: str) -> None:
    (sentence,) = replies.doubt_sentences((Caveat(doubt, FACTS),), language)
    assert sentence.endswith((".", "요."))
    assert not re.search(r"[{}<>]", sentence)


@pytest.mark.parametrize(("joint", "korean"), [("knee", "무릎"), ("elbow", "팔꿈치")])
def test_a_joint_is_named_in_the_users_language(joint: str, korean: str) -> None:
    caveat = (Caveat(Doubt.JOINT_HIDDEN, {"joint": joint}),)
    assert joint in replies.doubt_sentences(caveat, "en")[0]
    assert korean in replies.doubt_sentences(caveat, "ko")[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", [*REFUSALS, *FAILURES], ids=lambda error: type(error).__name__)
def test_every_error_is_one_clear_sentence(error: AnalysisError | ExecutorError, language: str) -> None:
    text = replies.problem(error, language)
    assert len(text) > 10
    assert not re.search(r"[{}<>]|Error|sha256", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clip_too_long_is_told_both_lengths_without_needless_decimals(language: str) -> None:
    numbers = re.findall(r"[\d.]*\d", replies.problem(TooLong(duration_s=183.4, limit_s=180.0), language))
    assert numbers == ["183.4", "180"]


def test_what_a_user_named_is_escaped_in_an_error() -> None:
    assert "&lt;yoga&gt; &amp; co" in replies.problem(UnknownExercise(name="<yoga> & co"), "en")


@pytest.mark.parametrize(
    ("kilograms", "units", "written"),
    [
        (60.0, "kg", "60 kg"),
        (62.5, "kg", "62.5 kg"),
        (62.54, "kg", "62.5 kg"),
        (100.0, "kg", "100 kg"),
        (45.359237, "lb", "100 lb"),
        (60.0, "lb", "132.3 lb"),
    ],
)
def test_a_weight_is_written_in_the_users_unit(kilograms: float, units: str, written: str) -> None:
    assert replies.weight(kilograms, units) == written


@pytest.mark.parametrize(
    ("share", "bar"),
    [
        (-0.5, "▱▱▱▱▱▱▱▱▱▱▱▱ 0%"),
        (0.0, "▱▱▱▱▱▱▱▱▱▱▱▱ 0%"),
        (0.5, "▰▰▰▰▰▰▱▱▱▱▱▱ 50%"),
        (1.0, "▰▰▰▰▰▰▰▰▰▰▰▰ 100%"),
        (1.7, "▰▰▰▰▰▰▰▰▰▰▰▰ 100%"),
    ],
)
def test_a_progress_bar_fills_from_left_to_right(share: float, bar: str) -> None:
    assert replies.progress_bar(share, "Watching…") == f"Watching…\n{bar}"


@pytest.mark.parametrize(
    ("place", "english"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_a_place_in_line_is_an_ordinal(place: int, english: str) -> None:
    assert (replies.ordinal(place, "en"), replies.ordinal(place, "ko")) == (english, f"{place}번째")


@pytest.mark.parametrize(("confidence", "percent"), [(1.0, 99), (0.9987, 99), (0.981, 98), (0.5, 50)])
def test_nobody_is_a_hundred_percent_sure(confidence: float, percent: int) -> None:
    assert sureness(Recognition("squat", confidence)) == percent
