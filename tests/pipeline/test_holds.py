"""A hold gives its seconds and its steadiness; a body that moves there and back holds nothing for long."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.catalogue.load import exercises
from pipeline.holds import measure_hold
from tests.pipeline.stick_figures import Lift, changed, held, lifted


@pytest.mark.parametrize("name", ["plank", "wall_sit", "side_plank"])
@pytest.mark.parametrize("seconds", [3.0, 20.0])
def test_a_hold_is_as_long_as_it_was(name: str, seconds: float) -> None:
    hold = measure_hold(held(name, seconds), exercises()[name])
    assert hold is not None
    assert hold.held_s == pytest.approx(seconds, abs=0.2)
    assert hold.steadiness > 0.85


def test_a_trembling_hold_is_less_steady() -> None:
    calm = held("plank", 8.0)
    sway = 0.03 * np.sin(calm.times_s * 5)[:, None, None]
    swaying = changed(calm, image_px=calm.image_px + sway * [0.0, 400.0])
    steady, shaky = measure_hold(calm), measure_hold(swaying)
    assert steady is not None
    assert shaky is not None
    assert shaky.steadiness < steady.steadiness
    assert shaky.sway_m > 2 * steady.sway_m


def test_getting_into_place_is_not_held() -> None:
    track = lifted("squat", [Lift(1.0, 6.0, 1.0)], before_s=1.0, after_s=1.0).track
    hold = measure_hold(track)
    assert hold is not None
    assert hold.held_s == pytest.approx(6.5, abs=0.7)  # the bottom, and the slow ends of the way there and back


def test_reps_are_no_hold() -> None:
    assert measure_hold(held("squat", 5.0), exercises()["squat"]) is None


@pytest.mark.parametrize(("wobble_s", "held_s"), [(0.3, 8.0), (1.2, 4.0)])
def test_a_wobble_ends_no_hold_and_getting_up_does(wobble_s: float, held_s: float) -> None:
    still = held("plank", 8.0)
    away = np.abs(still.times_s - 4.0) < wobble_s / 2
    image_px = np.array(still.image_px)
    image_px[np.ix_(away, np.arange(11, 17))] -= [0.0, 300.0]
    hold = measure_hold(changed(still, image_px=image_px))
    assert hold is not None
    assert hold.held_s == pytest.approx(held_s, abs=0.9)
