"""Movements that are not in the catalogue, so that the recogniser learns to say "unknown".

Half take the legs of one exercise and the arms of another; half have random angles. A quarter is tracked so badly that
nothing can be known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from pipeline.catalogue import Movement, exercises
from pipeline.learn.simulate.faults import Faults
from pipeline.learn.simulate.scene import USUAL_FAULTS
from pipeline.learn.simulate.track import draw_movement

HOPELESS: Final = Faults(
    bias=0.08, drift=0.12, shared_drift=0.08, jitter=0.03, far_limb=0.2, swap_chance=0.5, straighter=0.7
)
HOPELESS_SHARE: Final = 0.25
ARM_KEYS: Final = ("upper_arm", "forearm", "arms", "plumb", "other")


def draw_stranger(rng: np.random.Generator) -> tuple[Movement, Faults]:
    """A movement that is no exercise, and its tracking errors."""
    faults = HOPELESS if rng.random() < HOPELESS_SHARE else USUAL_FAULTS
    return (_mixed(rng) if rng.random() < 0.5 else _random(rng)), faults


def _mixed(rng: np.random.Generator) -> Movement:
    """The trunk and legs of one exercise under the moving arms of another."""
    legs = _some_table(rng, lambda table: "hip" in table or "legs" in table)
    arms = _some_table(rng, lambda table: len(table.get("upper_arm", ())) > 1)
    below = {key: value for key, value in legs.items() if key not in ARM_KEYS}
    return Movement.parse({**below, **{key: arms[key] for key in ("upper_arm", "forearm") if key in arms}})


def _some_table(rng: np.random.Generator, wanted: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any]:
    """Of names that do not stand aside: one more of those teaches the networks that do not know it nothing new."""
    known = (entry for entry in exercises().values() if not entry.aside)
    tables = [table for entry in known for table in entry.movements if wanted(table)]
    return tables[int(rng.integers(len(tables)))]


def _random(rng: np.random.Generator) -> Movement:
    """Angles anywhere a body can bend to, mostly upright, on the legs of some exercise."""
    stations = int(rng.integers(2, 4))
    base = float(rng.choice([0.0, 0.0, 0.0, 60.0, -40.0, -90.0, 80.0]))
    thigh = float(rng.uniform(-20, 100))
    table: dict[str, Any] = {
        "trunk": _walk(rng, base, 25, stations, (-135, 150)),
        "side_lean": _walk(rng, 0, 25, stations, (-60, 60)),
        "thigh": _walk(rng, thigh, 30, stations, (-90, 170)),
        "knee": _walk(rng, max(thigh, 5), 35, stations, (0, 150)),
        "stance": _walk(rng, 8, 12, stations, (-5, 60)),
        "twist": float(rng.normal(0, 20)),
        "upper_arm": [[float(rng.uniform(0, 180)), float(rng.uniform(-60, 120))] for _ in range(stations)],
        "forearm": [[float(rng.uniform(0, 180)), float(rng.uniform(-60, 180))] for _ in range(stations)],
        "mode": str(rng.choice(["together", "alternate", "opposite", "one_side", "cycle"])),
        "seconds": [0.7, 4.5],
    }
    return Movement.parse(table)


def _walk(rng: np.random.Generator, around: float, size: float, count: int, limits: tuple[float, float]) -> list[float]:
    return [float(value) for value in np.clip(around + rng.normal(0, size, count), *limits)]


def draw_known(name: str, rng: np.random.Generator) -> tuple[Movement, Faults]:
    """A variant of a catalogue exercise, tracked as people usually are."""
    return draw_movement(exercises()[name], rng), USUAL_FAULTS
