from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np
import pytest

import pipeline.analyze
import pipeline.analyze_log
from bot.tasks import DrawnSet, Recount
from bot.workers.work import perform
from pipeline.catalogue import exercises
from pipeline.pose.estimator import PoseEstimator
from pipeline.recognize.decide import Answers, decide
from pipeline.recognize.earlier_names import expecting_named, with_earlier_name
from pipeline.tracks import to_bytes
from pipeline.values import UNKNOWN, Candidate, Doubt, Recognition
from pipeline.video.decode import Sampling
from tests.bot.house import STILL
from tests.pipeline.motion.test_analyze_log import SOURCE, workout
from tests.pipeline.reports import FIVE_SQUATS

KIN = (Candidate("barbell_biceps_curl", 0.3), Candidate("hammer_curl", 0.2))
SOME_CURL = Recognition("biceps_curl", 0.97, KIN, coarse=True)
AS_BEFORE = replace(SOME_CURL, name="hammer_curl", alternatives=KIN[:1], coarse=False, as_before=True)


@pytest.mark.parametrize(
    ("told", "called"),
    [
        ((), SOME_CURL),
        (("hammer_curl",), AS_BEFORE),
        (("squat", "hammer_curl", "lunge", "hammer_curl"), AS_BEFORE),
        (("hammer_curl", "biceps_curl"), SOME_CURL),  # who does both is asked
        (("hammer_curl", "hammer_curl", "hammer_curl", "biceps_curl"), AS_BEFORE),  # long ago
        (("zottman_curl",), SOME_CURL),  # not in the catalogue
        (("squat",), SOME_CURL),
    ],
)
def test_where_only_the_family_is_sure_the_name_told_before_holds(told: tuple[str, ...], called: Recognition) -> None:
    assert with_earlier_name(SOME_CURL, told) == called


def test_a_name_that_the_movement_makes_unlikely_does_not_hold() -> None:
    assert with_earlier_name(replace(SOME_CURL, alternatives=KIN[:1]), ("hammer_curl",)).coarse


@pytest.mark.parametrize(
    "sure", [Recognition("biceps_curl", 0.97, KIN), Recognition("unknown", 0.4, KIN), Recognition("squat", 1.0)]
)
def test_what_is_sure_or_unknown_stays_so(sure: Recognition) -> None:
    assert with_earlier_name(sure, ("hammer_curl",)) == sure


NAMES = (*exercises(), UNKNOWN)
LIKELY = {"squat": 0.7, "lunge": 0.2, "biceps_curl": 0.03, "hammer_curl": 0.02}
UNSURE = Answers(NAMES, np.array([LIKELY.get(name, 0.05 / (len(NAMES) - len(LIKELY))) for name in NAMES]))


def test_what_somebody_named_before_is_expected_again() -> None:
    assert not decide(UNSURE, 0.75).known
    expected = expecting_named(UNSURE, ("squat", "squat"))
    assert decide(expected, 0.75).name == "squat"
    assert expected.probabilities.sum() == pytest.approx(1)
    assert dict(expected.ranked)["lunge"] < 0.2


def test_other_exercises_become_a_little_less_likely_not_impossible() -> None:
    elsewhere = expecting_named(UNSURE, ("hammer_curl",))
    assert elsewhere.ranked[0][0] == "squat"
    assert elsewhere.ranked[0][1] == pytest.approx(0.7, abs=0.1)
    curls = [dict(elsewhere.ranked)[name] for name in ("biceps_curl", "hammer_curl")]
    assert sum(curls) > 0.05
    assert curls[0] / curls[1] == pytest.approx(1.5)  # which of the family it is, the movement says


@pytest.mark.parametrize("told", [(), ("zottman_curl",), (UNKNOWN,)])
def test_names_that_no_network_knows_change_nothing(told: tuple[str, ...]) -> None:
    assert expecting_named(UNSURE, told) is UNSURE


def test_a_clip_and_a_log_are_called_so_and_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Recognition(UNKNOWN, 0.4)
    monkeypatch.setattr(pipeline.analyze, "recognize", lambda _, told: SOME_CURL if told == ("hammer_curl",) else asked)
    clip = pipeline.analyze.measure_set(STILL, FIVE_SQUATS.source, told_before=("hammer_curl",))
    monkeypatch.setattr(pipeline.analyze_log, "name_spans", lambda _, spans: [SOME_CURL] * len(spans))
    moved = [
        found.report for found in pipeline.analyze_log.analyze_log(workout((6,)), SOURCE, told_before=("hammer_curl",))
    ]
    for report in (clip, *moved):
        assert report.recognition == AS_BEFORE
        assert Doubt.NAMED_AS_BEFORE in {caveat.doubt for caveat in report.caveats}
    assert moved


def test_counted_again_a_set_keeps_the_name_told_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.analyze, "recognize", lambda *_: SOME_CURL)
    before = replace(FIVE_SQUATS, recognition=AS_BEFORE)
    nobody = cast("PoseEstimator", None)  # a recount looks at no picture
    drawn = perform(Recount(to_bytes(STILL), before, "en", None), nobody, Sampling(), lambda _: None)
    assert isinstance(drawn, DrawnSet)
    assert drawn.report.recognition == AS_BEFORE


def test_drawn_again_a_set_is_the_one_that_was_told() -> None:
    """In a caption it had been called so, and alone it might be counted otherwise than in its workout."""
    (found, *_) = pipeline.analyze_log.analyze_log(workout((6,)), SOURCE)
    told = replace(found.report, recognition=Recognition("upright_row", 1.0, given=True), reps=found.report.reps[:-1])
    task, nobody = Recount(to_bytes(found.track), told, "en", None), cast("PoseEstimator", None)
    drawn = perform(task, nobody, Sampling(), lambda _: None)
    assert isinstance(drawn, DrawnSet)
    assert (drawn.report.recognition, drawn.report.reps) == (told.recognition, told.reps)
    assert len(drawn.report.curve.times_s)
    renamed = perform(replace(task, exercise="squat"), nobody, Sampling(), lambda _: None)
    assert isinstance(renamed, DrawnSet)
    assert (renamed.report.recognition.name, renamed.report.rep_count) == ("squat", found.report.rep_count)
    assert renamed.report.span_s == told.span_s is not None
