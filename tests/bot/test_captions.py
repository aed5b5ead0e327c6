"""What stands under a chart: complete, in both languages, and within Telegram's limits."""

from __future__ import annotations

import html
import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sentences import LANGUAGES, sentences
from bot.words import captions, names, replies
from bot.words.captions import CAPTION_LIMIT, Corrections, caption, title
from pipeline.catalogue import exercises
from pipeline.catalogue.rules import rules
from pipeline.values import UNKNOWN, Candidate, Caveat, Doubt, Finding, HeldPose, Recognition, SetReport, Tempo
from tests.bot.test_replies import FACTS
from tests.pipeline.reports import CARRY, EIGHT_CURLS, FIVE_SQUATS, NO_REPS, ONE_SQUAT, PLANK, UNKNOWN_SET

DEEP = Finding(
    "squat_depth_parallel", "severe", (1, 2), 12.0, 0.0, "°", "Sink until your hips reach knee height.", "FMS"
)
SOME_CURL = Recognition("hammer_curl", 0.9, (Candidate("biceps_curl", 0.3),), coarse=True)
NO_EXERCISE = Recognition("no_exercise", 0.9)
LONGEST = {language: max(exercises().values(), key=lambda e: len(e.names[language])).name for language in ("en", "ko")}


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
    numbers = "\n".join(line for line in text.split("\n") if not line.startswith("· "))
    assert "12" in numbers
    assert "220.5" in numbers
    assert text.startswith(numbers)
    said = [line.removeprefix("· ") for line in text.removeprefix(numbers).strip().split("\n")]
    assert said == list(replies.doubt_sentences(caveats(doubts), language)[: len(said)])
    assert 5 < len(said) < len(doubts)


def test_a_caption_says_what_how_often_how_fast_and_what_to_mend() -> None:
    text = caption(replace(FIVE_SQUATS, findings=(DEEP,)), "en", "kg", Corrections(6, 62.5))
    assert FIVE_SQUATS.tempo is not None
    assert read(text).split("\n") == [
        "Squat · 6 reps",
        "Tempo 1.9-0.4-1.3-0.6 s  (lower – pause – lift – rest)",
        f"Time under tension {FIVE_SQUATS.tempo.time_under_tension_s:.0f} s",
        "Your count: 6 (I saw 5).",
        "Weight 62.5 kg",
        "➤ Sink until your hips reach knee height.",
    ]


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (FIVE_SQUATS, True),
        (replace(PLANK, caveats=()), True),
        (replace(FIVE_SQUATS, caveats=(Caveat(Doubt.TIMES_UNSURE),)), True),
        (replace(FIVE_SQUATS, caveats=(Caveat(Doubt.VIEW_HIDES_RANGE, {"view": "front"}),)), False),
        (replace(FIVE_SQUATS, caveats=(Caveat(Doubt.JOINT_HIDDEN, {"joint": "knee"}),)), False),
        (replace(FIVE_SQUATS, findings=(DEEP,)), False),
        (replace(FIVE_SQUATS, form_judged=()), False),
        (replace(FIVE_SQUATS, recognition=SOME_CURL), False),
        (NO_REPS, False),
        (UNKNOWN_SET, False),
    ],
)
def test_what_of_the_form_is_fine_is_told_only_where_it_was_seen(report: SetReport, told: bool) -> None:
    assert ("fine as far as I can see" in caption(report, "en", "kg")) is told


def test_what_of_the_form_was_looked_at_is_named() -> None:
    assert "✓ Depth, lockout: fine" in caption(FIVE_SQUATS, "en", "kg")
    assert "✓ 깊이, 끝까지 펴기: 보이는 범위에서는" in caption(FIVE_SQUATS, "ko", "kg")
    pushed = replace(FIVE_SQUATS, form_judged=("depth", "line"))
    assert "✓ Depth, body line: fine" in caption(pushed, "en", "kg")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_aspect_that_is_judged_has_its_word(language: str) -> None:
    judged = {rule.aspect for rule in rules() if rule.unit == "°"}
    assert judged == set(sentences(language)["aspect"])


def test_where_nothing_was_counted_it_is_told_once_and_what_to_do_next() -> None:
    title, step = read(caption(replace(NO_REPS, caveats=(Caveat(Doubt.NO_MOVEMENT),)), "en", "kg")).split("\n")
    assert title == "Squat · no complete rep seen"
    assert "Fix the count" in step
    assert "from the side" in step
    log = replace(NO_REPS, source=replace(NO_REPS.source, kind="log"))
    assert "from the side" not in caption(log, "en", "kg")
    assert caption(replace(log, recognition=NO_EXERCISE, caveats=()), "en", "kg").count("\n") == 0


@pytest.mark.parametrize(
    ("way_s", "told"),
    [
        ((1.74, 0.2, 1.3, math.nan), "Tempo about 1.5-0.0-1.5 s  (lower – pause – lift)\n"),
        ((0.1, 0.0, 0.2, math.nan), None),
    ],
)
def test_a_rough_tempo_is_told_in_half_seconds_and_none_of_which_nothing_is_left(
    way_s: tuple[float, float, float, float], told: str | None
) -> None:
    timed = replace(FIVE_SQUATS, tempo=Tempo(*way_s, sum(way_s[:3])))
    assert f"Tempo {way_s[0]:.1f}-{way_s[1]:.1f}-{way_s[2]:.1f} s" in read(caption(timed, "en", "kg"))
    rough = read(caption(replace(timed, caveats=(Caveat(Doubt.TIMES_UNSURE),)), "en", "kg"))
    assert told in rough if told else "Tempo" not in rough
    assert ("Time under tension" in rough) is bool(told)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        ((2.0, 0.5, 1.0, 0.1), "Tempo 2.0-0.1-1.0-0.5 s  (lower – rest – lift – pause)"),
        ((2.0, 0.5, 1.0, math.nan), "Tempo 2.0-1.0-0.5 s  (lower – lift – pause)"),
    ],
)
def test_a_curl_is_told_to_pause_at_the_top(seconds: tuple[float, float, float, float], told: str) -> None:
    assert told in read(caption(replace(EIGHT_CURLS, tempo=Tempo(*seconds, 20.0)), "en", "kg"))


def test_of_punches_on_a_clip_no_lowering_is_told() -> None:
    jabs = replace(FIVE_SQUATS, recognition=Recognition("jab", 0.9))
    assert "Tempo" not in caption(jabs, "en", "kg")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tempo_that_nobody_could_time_is_left_out(language: str) -> None:
    assert "?-" not in caption(UNKNOWN_SET, language, "kg")


@pytest.mark.parametrize("guess", [Recognition(UNKNOWN, 0.3, (Candidate("squat", 0.3),)), SOME_CURL])
def test_the_user_is_asked_which_one_where_there_are_names_to_press(guess: Recognition) -> None:
    question = "Which one?"
    assert question in caption(replace(UNKNOWN_SET, recognition=guess), "en", "kg")
    assert question not in caption(FIVE_SQUATS, "en", "kg") + caption(UNKNOWN_SET, "en", "kg")


def test_what_is_asked_about_is_not_told_as_a_doubt_too_and_nothing_seen_is_not_asked_about() -> None:
    guess = Recognition(UNKNOWN, 0.3, (Candidate("squat", 0.3),))
    asked = caption(replace(UNKNOWN_SET, recognition=guess), "en", "kg")
    assert "can't tell which exercise" not in asked
    assert "can't tell which exercise" in caption(UNKNOWN_SET, "en", "kg")
    unseen = caption(replace(NO_REPS, recognition=guess), "en", "kg")
    assert "Which one?" not in unseen
    assert "tell me which exercise it was" in unseen
    assert "from the side" in unseen


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
        (CARRY, "Farmer's carry · moved for 24 s", "파머스 캐리 · 24초 동안 움직임"),
        (
            replace(CARRY, hold_s=None),
            "Farmer's carry · nothing to time",
            "파머스 캐리 · 잴 수 있는 구간이 안 보여요",
        ),
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


def test_a_cue_is_translated_or_the_catalogues_own() -> None:
    assert replies.cue(DEEP, "en") == DEEP.cue
    assert "무릎" in replies.cue(DEEP, "ko")
    assert replies.cue(replace(DEEP, rule="new_rule"), "ko") == DEEP.cue


def test_what_is_done_for_its_speed_has_a_pace_and_no_tempo() -> None:
    jacks = replace(FIVE_SQUATS, recognition=replace(FIVE_SQUATS.recognition, name="jumping_jack"))
    told = caption(jacks, "en", "kg")
    assert "a minute" in told
    assert "Tempo" not in told
    assert "tension" not in told
    untimed = replace(
        jacks, reps=tuple(replace(rep, turn_s=math.nan, start_s=math.nan, end_s=math.nan) for rep in jacks.reps)
    )
    assert "a minute" not in caption(untimed, "en", "kg")


def test_a_rough_time_under_tension_is_told_as_one() -> None:
    assert "Time under tension 18 s" in caption(FIVE_SQUATS, "en", "kg")
    rough = replace(FIVE_SQUATS, caveats=(Caveat(Doubt.TIMES_UNSURE),))
    assert "Time under tension about 18 s" in caption(rough, "en", "kg")
