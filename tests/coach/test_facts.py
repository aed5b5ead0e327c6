"""Facts out of a report, and the arithmetic on them: every figure here was worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from bot.coach.evaluation.scenes import GRIND, HISTORY, SCENES, SHALLOW, SQUAT, TODAY
from bot.coach.facts import Facts, FactsOptions, Language, PastSet, SetFacts, past_set, set_facts
from bot.coach.facts.comparing import best_estimate_kg, changes, heaviest, longest, since_last, slowing, was_a_grind
from bot.coach.facts.estimates import estimated_max_kg, in_units
from bot.coach.facts.growth import growths
from bot.coach.facts.summing import RECENT_DAYS
from bot.coach.guard.quantities import quantities
from bot.coach.telling.against import compare, verdict_key
from bot.coach.telling.next_time import next_weight
from pipeline.values import Caveat, Curve, Doubt, Finding, Recognition, SetReport, Source, Tempo, Timing
from tests.coach.conversation import last_answer

REPORT = SetReport(
    source=Source("clip", "squat.mp4", 31.0, 30.0),
    recognition=Recognition("squat", 0.91),
    reps=SQUAT.reps,
    hold_s=None,
    tempo=SQUAT.tempo,
    curve=Curve(np.array([0.0, 1.0]), np.array([170.0, 80.0]), "knee", "deg"),
    findings=(SHALLOW,),
    caveats=(Caveat(Doubt.ENDS_MID_REP),),
    timing=Timing(1.0, 2.0, 3.0),
    method={},
)


def test_a_report_becomes_facts_with_its_cues_in_the_users_words() -> None:
    def in_korean(finding: Finding) -> str:
        return {"squat_depth_parallel": "더 앉으세요."}[finding.rule]

    facts = set_facts(REPORT, TODAY, FactsOptions(label="스쿼트", weight_kg=60.0, cue=in_korean))
    assert (facts.rep_count, facts.partial_count, facts.label, facts.weight_kg) == (8, 1, "스쿼트", 60.0)
    assert facts.findings == (replace(SHALLOW, cue="더 앉으세요."),)
    assert facts.range_deg == pytest.approx(95.5)
    assert set_facts(REPORT, TODAY, FactsOptions(label="squat")).findings == (SHALLOW,)


def test_what_is_kept_of_a_set_is_what_was_measured() -> None:
    kept = past_set(SQUAT)
    assert (kept.rep_count, kept.weight_kg, kept.done_on) == (8, 60.0, TODAY)


def test_changes_are_told_only_past_their_margin() -> None:
    found = {change.measure: change for change in since_last(SCENES["squat"])}
    assert {measure: change.direction for measure, change in found.items()} == {
        "weight": "more",
        "reps": "more",
        "range": "same",  # 95.5 after 94 degrees: within the 7 of one camera
        "eccentric": "more",
        "concentric": "same",  # 1.2 after 1.3 s
    }
    assert found["weight"].difference == pytest.approx(2.5)
    assert found["eccentric"].difference == pytest.approx(0.5)


def test_a_verdict_needs_all_to_go_one_way() -> None:
    now, last = past_set(SQUAT), HISTORY[1]
    assert verdict_key(changes(last, now)) == "verdict_more"
    assert verdict_key(changes(now, last)) == "verdict_less"
    assert verdict_key(changes(replace(last, rep_count=12), now)) == "verdict_mixed"
    assert verdict_key(changes(now, now)) == "verdict_same"


def test_a_set_of_the_same_workout_is_not_last_time() -> None:
    facts = SCENES["squat"]
    again = replace(facts, history=(replace(past_set(SQUAT), rep_count=6), *facts.history), newer=0)
    for scene, said in ((facts, "than last time"), (again, "than the set before")):
        assert said in " ".join(compare(scene, SQUAT))


def test_bests_are_found() -> None:
    sets = (past_set(SQUAT), *SCENES["squat"].earlier("squat"))
    assert heaviest(sets) == past_set(SQUAT)
    most = longest(sets)
    assert most is not None
    assert (most.rep_count, most.done_on) == (10, date(2026, 2, 24))
    assert heaviest(()) is None
    six = replace(sets[0], rep_count=6)
    assert heaviest((six, sets[0])) == sets[0] == heaviest((sets[0], six))  # of equal weights that of most repetitions


def test_what_was_done_before_the_last_weeks_is_what_has_grown() -> None:
    now = replace(past_set(SQUAT), done_on=TODAY, weight_kg=70.0)
    at_the_edge = replace(now, done_on=TODAY - timedelta(RECENT_DAYS), weight_kg=65.0)
    oldest = replace(now, done_on=TODAY - timedelta(2 * RECENT_DAYS), weight_kg=50.0)
    (grown,) = growths((now, at_the_edge, oldest), TODAY)
    assert (grown.before, grown.now) == (at_the_edge, now)
    (of_few,) = growths((now, replace(at_the_edge, done_on=TODAY - timedelta(2))), TODAY)
    assert of_few.before.done_on == TODAY - timedelta(2)  # the first day is what was before


def test_the_maximum_is_epleys_up_to_ten_repetitions() -> None:
    assert estimated_max_kg(60.0, 8) == pytest.approx(76.0)
    assert estimated_max_kg(60.0, 1) == 60.0
    assert math.isnan(estimated_max_kg(60.0, 11))
    assert best_estimate_kg((past_set(SQUAT),)) == pytest.approx(76.0)


def test_slowing_down_is_measured_on_complete_repetitions() -> None:
    found = slowing(SQUAT)
    assert found is not None
    assert (found.first_s, found.last_s, found.slowest_number) == (1.0, 1.8, 8)
    assert was_a_grind(GRIND)


def test_weights_are_told_in_the_users_unit() -> None:
    assert in_units(60.0, "lb") == pytest.approx(132.28, abs=0.01)
    assert next_weight(SCENES["squat"], 60.0) == "62.5 kg"
    assert next_weight(SCENES["squat_lb"], 60.0) == "137.3 lb"


def test_every_supported_number_is_finite_and_what_is_unknown_is_none() -> None:
    for facts in SCENES.values():
        assert all(math.isfinite(one.value) for one in quantities(facts))
    assert quantities(Facts(TODAY)) == ()


@pytest.mark.parametrize(
    ("asked", "language", "told"),
    [
        ("what is my best?", "en", "I couldn't count anything in your squat sets"),
        ("제일 무거웠던 세트는?", "ko", "squat 세트에서는 셀 수 있는 게 없어서"),
    ],
)
async def test_where_nothing_was_ever_counted_there_is_no_best_set(asked: str, language: Language, told: str) -> None:
    facts = Facts(TODAY, this=SetFacts("squat", "squat", TODAY), language=language)
    assert told in await last_answer(facts, asked)


@pytest.mark.parametrize(("language", "told"), [("en", "set to 1 rep; I had counted 0 reps."), ("ko", "1회로 정하")])
async def test_one_repetition_is_told_as_one(language: Language, told: str) -> None:
    facts = Facts(TODAY, this=SetFacts("squat", "squat", TODAY, corrected_reps=1), language=language)
    assert told in await last_answer(facts, "how many reps did i do?" if language == "en" else "몇 개 했어?")


@pytest.mark.parametrize(
    ("tempo", "told"),
    [
        (Tempo(0.96, 0.157, 0.8, 0.5, 20.0), "1.0 s down, 0.2 s pause, 0.8 s up. That is controlled"),
        (Tempo(2.04, 0.16, 1.0, 0.5, 20.0), "2.0 s down, 0.2 s pause, 1.0 s up. That is controlled"),
        (Tempo(0.94, 0.0, 0.139, 0.5, 20.0), "0.9 s down, 0.1 s up. The lowering is quick"),
    ],
)
async def test_the_tempo_is_told_as_the_chart_writes_it_and_judged_by_that(tempo: Tempo, told: str) -> None:
    facts = Facts(TODAY, this=replace(SQUAT, tempo=tempo))
    assert told in await last_answer(facts, "How was my tempo?")


@pytest.mark.parametrize(
    ("past", "asked", "told"),
    [
        (PastSet("squat", "스쿼트", TODAY, 8, Tempo(2.1, 0.4, 1.2, 0.8, 29.6)), "지난번보다 나았어?", "비슷한 2.1초"),
        (PastSet("plank", "플랭크", TODAY, 0, hold_s=50.0, weight_kg=10.0), "최고 플랭크 기록은?", "50초 버틴 10 kg"),
    ],
)
async def test_what_is_said_in_korean_of_an_earlier_set_is_not_held_for_a_lie(
    past: PastSet, asked: str, told: str
) -> None:
    facts = Facts(TODAY, this=SCENES["squat_ko"].this, history=(past,), language="ko")
    assert told in await last_answer(facts, asked)


async def test_less_than_a_centimetre_of_sway_is_told_as_one() -> None:
    facts = Facts(TODAY, this=SetFacts("plank", "plank", TODAY, hold_s=40.0, sway_m=0.0072))
    assert "swayed 1 cm" in await last_answer(facts, "which rep was the slowest?")
