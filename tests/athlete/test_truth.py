"""The judge is judged first: what a take says of itself agrees with how its athlete moves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.athlete import Frames, Pace, Take, movements, timeline
from tests.athlete.take import frame_times

seconds = st.floats(0.2, 4.0)
paces = st.builds(Pace, seconds, st.floats(0.0, 2.0), seconds, st.floats(0.0, 2.0), st.floats(0.0, 1.0))
counted = st.sampled_from([name for name, movement in movements().items() if movement.kind == "reps"])


@given(counted, st.integers(1, 12), paces)
@settings(max_examples=50)
def test_every_rep_leaves_rest_turns_and_is_back(exercise: str, reps: int, pace: Pace) -> None:
    line = timeline(Take(exercise, reps=reps, pace=pace))
    assert len(line.truth.reps) == line.truth.rep_count == reps
    for rep in line.truth.reps:
        assert line.depth(np.array([rep.start_s, rep.turn_s, rep.end_s])) == pytest.approx([0, 1, 0], abs=1e-6)
        assert line.depth(np.array([rep.start_s + 0.1, rep.end_s - 0.1])).min() > 0


@given(counted, paces, st.floats(0.5, 2.0))
@settings(max_examples=30)
def test_a_pace_k_times_as_long_makes_reps_k_times_as_long(exercise: str, pace: Pace, k: float) -> None:
    longer = Pace(pace.eccentric_s * k, pace.pause_s * k, pace.concentric_s * k, pace.rest_s * k, pace.slowing)
    before, after = (timeline(Take(exercise, pace=one)).truth.reps for one in (pace, longer))
    assert [rep.duration_s for rep in after] == pytest.approx([rep.duration_s * k for rep in before])


def test_the_phase_that_comes_first_is_the_exercises_own() -> None:
    pace = Pace(eccentric_s=2.0, pause_s=0.0, concentric_s=1.0)
    squat, curl = (timeline(Take(name, reps=1, pace=pace)).truth.reps[0] for name in ("squat", "barbell_biceps_curl"))
    assert (squat.turn_s - squat.start_s, curl.turn_s - curl.start_s) == pytest.approx((2.0, 1.0))


def test_slowing_makes_the_last_lift_longer_by_its_share() -> None:
    reps = timeline(Take("squat", reps=5, pace=Pace(concentric_s=1.0, slowing=0.5))).truth.reps
    assert (reps[0].concentric_s, reps[-1].concentric_s) == pytest.approx((1.0, 1.5))
    assert {rep.eccentric_s for rep in reps} == {Pace().eccentric_s}


def test_a_partial_rep_is_no_complete_one() -> None:
    truth = timeline(Take("squat", reps=3, depths=(1.0, 0.4, 1.0))).truth
    assert [rep.complete for rep in truth.reps] == [True, False, True]
    assert truth.rep_count == 2


def test_a_clip_cut_into_its_first_rep_holds_one_complete_rep_less() -> None:
    truth = timeline(Take("squat", reps=3, lead_in_s=0.5, cut_s=1.0)).truth
    assert truth.reps[0].start_s == pytest.approx(-0.5)
    assert truth.rep_count == 2


def test_a_hold_has_seconds_and_no_reps() -> None:
    truth = timeline(Take("plank", hold_s=7.0)).truth
    assert (truth.kind, truth.rep_count, truth.hold_s) == ("hold", 0, 7.0)


@given(st.floats(15, 120), st.floats(0, 0.3), st.floats(0, 0.3), st.integers(0, 99))
@settings(max_examples=40)
def test_frames_come_in_order_at_about_their_rate(rate_hz: float, jitter: float, dropped: float, seed: int) -> None:
    times_s = frame_times(Take("squat", frames=Frames(rate_hz, jitter, dropped), seed=seed), 10.0)
    assert times_s[0] == 0
    assert (np.diff(times_s) > 0).all()
    assert len(times_s) == pytest.approx(10 * rate_hz * (1 - dropped), rel=0.25)
