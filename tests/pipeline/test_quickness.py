"""Frames come as densely as the movement needs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.kinematics import RIGHT_WRIST, body_scale_px_per_m
from pipeline.pose.person import Person
from pipeline.pose.quickness import RULES, Pacemaker, speed_m_s
from pipeline.video.pace import Pace
from tests.athlete import Take, landmarks

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
    pacemaker, found = Pacemaker(pace, CALM_HZ, QUICK_HZ), []
    for index, person in enumerate(people):
        pacemaker.saw(index / CALM_HZ, person)
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
