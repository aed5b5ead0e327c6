"""What the bot says about a report, an error or a weight: complete, in both languages, and within Telegram's limits."""

from __future__ import annotations

import html
import re
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import captions, names, replies
from bot.captions import CAPTION_LIMIT, Corrections, caption, title
from bot.chart_words import chart_words, progress_words
from bot.executor_errors import DeadlineExceeded, ExecutorError, MemoryExceeded, WorkerBroken
from bot.names import exercise_name, sureness
from bot.sentences import LANGUAGES
from pipeline.catalogue import exercises
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
from pipeline.kinematics import JOINTS
from pipeline.values import UNKNOWN, Candidate, Caveat, Doubt, Finding, HeldPose, Recognition, SetReport
from tests.pipeline.reports import FIVE_SQUATS, NO_REPS, ONE_SQUAT, PLANK, UNKNOWN_SET

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
DEEP = Finding(
    "squat_depth_parallel", "severe", (1, 2), 12.0, 0.0, "°", "Sink until your hips reach knee height.", "FMS"
)
SOME_CURL = Recognition("hammer_curl", 0.9, (Candidate("biceps_curl", 0.3),), coarse=True)
NO_EXERCISE = Recognition("no_exercise", 0.9)
LONGEST = {language: max(exercises().values(), key=lambda e: len(e.names[language])).name for language in ("en", "ko")}
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


def caveats(doubts: list[Doubt]) -> tuple[Caveat, ...]:
    return tuple(Caveat(doubt, FACTS) for doubt in doubts)


def read(text: str) -> str:
    """The text as Telegram counts it: after the entities are parsed."""
    return html.unescape(re.sub(r"</?[a-z]+>", "", text))


def long_report(language: str, doubts: list[Doubt]) -> SetReport:
    recognition = Recognition(LONGEST[language], 0.9)
    return replace(FIVE_SQUATS, recognition=recognition, findings=(DEEP,), caveats=caveats(doubts))


@pytest.mark.parametrize("language", LANGUAGES)
@given(doubts=st.lists(st.sampled_from(list(Doubt)), max_size=80))
def test_a_caption_is_within_the_limit_whatever_is_doubted(language: str, doubts: list[Doubt]) -> None:
    text = caption(long_report(language, doubts), language, "lb", Corrections(12, 100.0))
    assert len(read(text)) <= CAPTION_LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
def test_doubts_are_cut_and_numbers_never(language: str) -> None:
    doubts = list(Doubt) * 6
    text = read(caption(long_report(language, doubts), language, "lb", Corrections(12, 100.0)))
    numbers = read(caption(long_report(language, []), language, "lb", Corrections(12, 100.0)))
    assert text.startswith(numbers)
    said = [line.removeprefix("· ") for line in text.removeprefix(numbers).strip().split("\n")]
    assert said == list(replies.doubt_sentences(caveats(doubts), language)[: len(said)])
    assert 5 < len(said) < len(doubts)


def test_a_caption_says_what_how_often_how_fast_and_what_to_mend() -> None:
    text = caption(replace(FIVE_SQUATS, findings=(DEEP,)), "en", "kg", Corrections(6, 62.5))
    assert FIVE_SQUATS.tempo is not None
    assert read(text).split("\n") == [
        "Squat · 5 reps",
        f"Tempo {FIVE_SQUATS.tempo} s  (lower – pause – lift – rest)",
        f"Time under tension {FIVE_SQUATS.tempo.time_under_tension_s:.0f} s",
        "Your count: 6 (I saw 5).",
        "Weight 62.5 kg",
        "➤ Sink until your hips reach knee height.",
    ]


def test_a_caption_without_reps_has_no_numbers() -> None:
    assert read(caption(replace(NO_REPS, caveats=()), "en", "kg")) == "Squat · no complete rep seen"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tempo_that_nobody_could_time_is_left_out(language: str) -> None:
    assert "?-" not in caption(UNKNOWN_SET, language, "kg")


@pytest.mark.parametrize("guess", [Recognition(UNKNOWN, 0.3, (Candidate("squat", 0.3),)), SOME_CURL])
def test_the_user_is_asked_which_one_where_there_are_names_to_press(guess: Recognition) -> None:
    question = "Which one?"
    assert question in caption(replace(UNKNOWN_SET, recognition=guess), "en", "kg")
    assert question not in caption(FIVE_SQUATS, "en", "kg") + caption(UNKNOWN_SET, "en", "kg")


@pytest.mark.parametrize(
    ("recognition", "asked"),
    [
        (Recognition("squat", 0.9, (Candidate("lunge", 0.1),)), ()),
        (Recognition(UNKNOWN, 0.3, tuple(Candidate(name, 0.1) for name in "abcd")), ("a", "b", "c")),
        (Recognition(UNKNOWN, 0.0), ()),
        (SOME_CURL, ("hammer_curl", "biceps_curl")),
    ],
)
def test_names_are_asked_about_where_the_exercise_is_not_known(
    recognition: Recognition, asked: tuple[str, ...]
) -> None:
    assert names.likely_names(recognition) == asked


def test_what_is_no_markup_is_escaped() -> None:
    text = caption(replace(FIVE_SQUATS, findings=(replace(DEEP, rule="new", cue="Hips < knees & brace"),)), "en", "kg")
    assert "➤ Hips &lt; knees &amp; brace" in text


@pytest.mark.parametrize(
    ("report", "english", "korean"),
    [
        (NO_REPS, "Squat · no complete rep seen", "스쿼트 · 끝까지 한 반복이 안 보여요"),
        (ONE_SQUAT, "Squat · 1 rep", "스쿼트 · 1회"),
        (FIVE_SQUATS, "Squat · 5 reps", "스쿼트 · 5회"),
        (PLANK, "Plank · 42 s held", "플랭크 · 42초 버티기"),
        (UNKNOWN_SET, "6 reps of something", "이름 모를 운동 · 6회"),
        (replace(UNKNOWN_SET, reps=UNKNOWN_SET.reps[:1]), "1 rep of something", "이름 모를 운동 · 1회"),
        (replace(UNKNOWN_SET, reps=()), "No exercise recognised", "어떤 운동인지 모르겠어요"),
        (replace(NO_REPS, recognition=NO_EXERCISE), "No exercise recognised", "어떤 운동인지 모르겠어요"),
        (replace(PLANK, recognition=Recognition(UNKNOWN, 0.3)), "No exercise recognised", "어떤 운동인지 모르겠어요"),
        (replace(FIVE_SQUATS, recognition=SOME_CURL), "Biceps curl · 5 reps", "이두 컬 · 5회"),
    ],
)
def test_a_title_says_what_and_how_often(report: SetReport, english: str, korean: str) -> None:
    assert (title(report, "en"), title(report, "ko")) == (english, korean)


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


def test_a_cue_is_translated_or_the_catalogues_own() -> None:
    assert replies.cue(DEEP, "en") == DEEP.cue
    assert "무릎" in replies.cue(DEEP, "ko")
    assert replies.cue(replace(DEEP, rule="new_rule"), "ko") == DEEP.cue


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


@pytest.fixture
def every_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose fonts draw any language."""
    monkeypatch.setattr("bot.chart_words.can_draw", lambda _: True)


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
    monkeypatch.setattr("bot.chart_words.can_draw", lambda _: False)
    labelled = replace(PLANK, curve=replace(PLANK.curve, label="hip angle"))
    assert chart_words(labelled, "ko") == chart_words(labelled, "en")
    assert progress_words("ko", "kg") == progress_words("en", "kg")


@pytest.mark.parametrize(("confidence", "percent"), [(1.0, 99), (0.9987, 99), (0.981, 98), (0.5, 50)])
def test_nobody_is_a_hundred_percent_sure(confidence: float, percent: int) -> None:
    assert sureness(Recognition("squat", confidence)) == percent


def test_punches_have_a_pace_instead_of_time_under_tension() -> None:
    jabs = replace(FIVE_SQUATS, recognition=Recognition("jab", 0.9))
    lasted_s = jabs.reps[-1].turn_s - jabs.reps[0].turn_s
    assert f"{60 * 4 / lasted_s:.0f} a minute" in caption(jabs, "en", "kg")
    assert "under tension" not in caption(jabs, "en", "kg")
    assert "a minute" not in caption(replace(jabs, reps=jabs.reps[:2]), "en", "kg")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 3, captions.POSES_SHOWN + 2])
def test_the_poses_of_a_flow_are_listed_with_their_seconds(language: str, count: int) -> None:
    poses = tuple(HeldPose("downward_facing_dog", 60.0 + 10 * n, 67.0 + 10 * n, 0.9, 0.012) for n in range(count))
    flow = replace(PLANK, recognition=Recognition(UNKNOWN, 0.0), hold_s=7.0, poses=poses, caveats=())
    text = caption(flow, language, "kg")
    assert text.count("1.2 cm") == min(count, captions.POSES_SHOWN)
    assert "1:00 – 1:07" in text
    assert names.pose_name("downward_facing_dog", language) in text
    assert len(text) <= CAPTION_LIMIT
    assert names.likely_names(flow.recognition) == ()
