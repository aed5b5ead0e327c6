"""Frames come as densely as the movement needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.kinematics import RIGHT_WRIST, body_scale_px_per_m
from pipeline.pose.person import Person
from pipeline.pose.quickness import RULES, PaceController, speed_m_s
from pipeline.reps import count_reps
from pipeline.values import PoseTrack
from pipeline.video.pace import Pace, Thinning
from tests.athlete import Take, landmarks
from tests.pipeline.stick_figures import Lift, lifted

CALM_HZ, QUICK_HZ = 15.0, 30.0
TRACK = landmarks(Take("squat", reps=2))
STANDING = Person(np.array(TRACK.image_px[0]), np.array(TRACK.world_m[0]), np.array(TRACK.visibility[0]))


def scale_px_per_m() -> float:
    return body_scale_px_per_m(STANDING.image_px[None])


def reaching(metres: float) -> Person:
    image = STANDING.image_px.copy()
    image[RIGHT_WRIST, 0] += metres * scale_px_per_m()
    return Person(image, STANDING.world_m, STANDING.visibility)


def rates(people: Sequence[Person | None]) -> list[float]:
    """The pace after each frame, at 15 Hz."""
    pace = Pace(CALM_HZ)
    pace_controller, found = PaceController(pace, CALM_HZ, QUICK_HZ), []
    for index, person in enumerate(people):
        pace_controller.update(index / CALM_HZ, person)
        found.append(pace.rate_hz)
    return found


@given(st.floats(0.1, 8.0))
def test_speed_is_in_metres_of_body_a_second(speed: float) -> None:
    assert speed_m_s(STANDING, reaching(speed * 0.1), 0.1) == pytest.approx(speed, rel=1e-6)


def test_a_punch_is_seen_densely_and_for_a_while_after_it() -> None:
    punch = [reaching(0.2 * step) for step in range(4)]
    found = rates([STANDING] * 4 + punch + [punch[-1]] * 20)
    assert found[3] == CALM_HZ
    assert QUICK_HZ in found[4:7]
    last_quick = max(index for index, rate in enumerate(found) if rate == QUICK_HZ)
    assert last_quick / CALM_HZ >= 7 / CALM_HZ + RULES.hold_s - 1 / CALM_HZ
    assert found[-1] == CALM_HZ


def test_one_landmark_s_slip_changes_nothing() -> None:
    assert set(rates([STANDING] * 4 + [reaching(0.25)] + [STANDING] * 4)) == {CALM_HZ}


def test_a_slow_set_is_seen_calmly() -> None:
    squats = [
        Person(np.array(TRACK.image_px[index]), np.array(TRACK.world_m[index]), np.array(TRACK.visibility[index]))
        for index in range(0, len(TRACK.times_s), 2)
    ]
    assert set(rates(squats)) == {CALM_HZ}


def test_nobody_is_not_fast() -> None:
    assert set(rates([STANDING, None, None, reaching(0.5), None])) == {CALM_HZ}


def test_what_is_hardly_seen_does_not_count() -> None:
    hidden = Person(reaching(1.0).image_px, STANDING.world_m, np.zeros(33))
    assert speed_m_s(STANDING, hidden, 0.1) == 0.0


def hopping(rate_hz: float, height_m: float, seconds: float) -> list[Person]:
    """Standing, the whole body going up and down so often a second, at 15 pictures a second."""
    found = []
    for time_s in np.arange(0, seconds, 1 / CALM_HZ):
        image = STANDING.image_px.copy()
        image[:, 1] -= height_m * (1 - np.cos(2 * np.pi * rate_hz * time_s)) / 2 * scale_px_per_m()
        found.append(Person(image, STANDING.world_m, STANDING.visibility))
    return found


def test_hops_over_a_rope_are_seen_densely_though_they_are_slow() -> None:
    found = rates(hopping(2.5, 0.08, 5.0))
    assert set(found[: round(0.5 * CALM_HZ)]) == {CALM_HZ}
    assert set(found[round(1.3 * CALM_HZ) :]) == {QUICK_HZ}


@pytest.mark.parametrize(("rate_hz", "height_m"), [(1.0, 0.08), (2.5, 0.02), (0.5, 0.3)])
def test_slow_or_tiny_ups_and_downs_are_seen_calmly(rate_hz: float, height_m: float) -> None:
    assert set(rates(hopping(rate_hz, height_m, 6.0))) == {CALM_HZ}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_trembling_is_seen_calmly(seed: int) -> None:
    rng = np.random.default_rng(seed)
    noise_px = rng.normal(0, 0.008, (60, 33, 2)) * scale_px_per_m()
    people = [Person(STANDING.image_px + off, STANDING.world_m, STANDING.visibility) for off in noise_px]
    assert set(rates(people)) == {CALM_HZ}


def at_their_pace(track: PoseTrack) -> PoseTrack:
    """The frames of a 30 Hz track that the pace_controller lets through at 12 Hz and more."""
    pace = Pace(12.0)
    thinning, pace_controller, kept = Thinning(pace), PaceController(pace, 12.0, 30.0), []
    for index, time_s in enumerate(track.times_s.tolist()):
        if thinning.takes(time_s):
            pace_controller.update(time_s, Person(track.image_px[index], track.world_m[index], track.visibility[index]))
            kept.append(index)
    image, world, visibility = track.image_px[kept], track.world_m[kept], track.visibility[kept]
    return replace(track, times_s=track.times_s[kept], image_px=image, world_m=world, visibility=visibility)


@pytest.mark.parametrize(("name", "rep_s"), [("jump_rope", 0.36), ("jab", 0.42), ("cross", 0.5)])
def test_what_is_quick_and_small_is_counted_at_the_pace_it_asks_for(name: str, rep_s: float) -> None:
    reps = [Lift(rep_s / 2, 0.0, rep_s / 2, 0.0)] * 20
    track = at_their_pace(lifted(name, reps, yaw_deg=50.0, jitter_m=0.003).track)
    assert abs(count_reps(track).complete - 20) <= 1
