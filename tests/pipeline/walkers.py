"""The rendered athlete walking: steps, stops and bends for a weight, each as long as it is said to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from pipeline.values import Array, PoseTrack
from tests.athlete.body import Body
from tests.athlete.camera import Camera
from tests.athlete.film import Encoding, write
from tests.athlete.kinematics import Motion, move
from tests.athlete.landmarks import track
from tests.athlete.movements import Movement, movements
from tests.athlete.render import Quality, pictures
from tests.athlete.take import Take

RATE_HZ = 24.0
# One step, from the left heel's strike (first value) to the right one's (last); degrees as in tests/athlete.
STEP: dict[str, list[Any]] = {
    "trunk": [3], "thigh": [25, 14, 3, -8, -12], "shin": [20, 2, -6, -18, -45], "foot": [95, 90, 90, 85, 60],
    "thigh_r": [-12, 6, 20, 27, 25], "shin_r": [-45, -66, -50, -10, 20], "foot_r": [60, 50, 70, 95, 95],
    "place": [[0.045, 0.2], [0.045, -0.2]], "upper": [[0.16, -1, 0.02]], "fore": [[0.12, -1, 0.08]],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """For so many seconds the athlete walks on the spot, stands, or bends down for a weight and comes up again."""

    what: Literal["walk", "stand", "bend"]
    seconds: float


def walked(
    parts: Sequence[Part], yaw_deg: float = 60.0, *, step_s: float = 0.55, reach: float = 1.0, jitter_m: float = 0.004
) -> PoseTrack:
    """The landmarks of these parts one after the other, each step step_s long and `reach` of a usual one wide."""
    moved = _moved(parts, step_s, reach)
    exact = track(_take(yaw_deg), _times_s(moved), moved)
    shaken = np.random.default_rng(3).normal(0, jitter_m, exact.world_m.shape)
    return replace(exact, world_m=exact.world_m + shaken)


def filmed(parts: Sequence[Part], path: Path, yaw_deg: float = 60.0) -> None:
    """`path` holds the clip of these parts."""
    moved = _moved(parts, 0.55, 1.0)
    times_s = _times_s(moved)
    write(path, times_s, pictures(_take(yaw_deg), times_s, moved, Quality()), Encoding())


def _take(yaw_deg: float) -> Take:
    return Take("lunge", camera=Camera(yaw_deg, width_px=288, height_px=384))  # with dumbbells in the hands


def _times_s(moved: Motion) -> Array:
    return np.arange(len(moved)) / RATE_HZ


def _moved(parts: Sequence[Part], step_s: float, reach: float) -> Motion:
    every = [_bending(part) if part.what == "bend" else _stepping(part, step_s, reach) for part in parts]
    joined = (
        np.concatenate(one) for one in zip(*((m.joints_m, m.pelvis, m.chest, m.head) for m in every), strict=True)
    )
    return Motion(*joined)


def _stepping(part: Part, step_s: float, reach: float) -> Motion:
    times_s = np.arange(round(part.seconds * RATE_HZ)) / RATE_HZ
    steps = times_s * (part.what == "walk") / step_s
    number = np.floor(steps + 1e-9).astype(int)
    return move(_step(reach), Body(), steps - number, number % 2 == 1)


def _step(reach: float) -> Movement:
    tables = {key: np.array([row if isinstance(row, list) else [row] for row in rows]) for key, rows in STEP.items()}
    for key in ("thigh", "shin", "thigh_r", "shin_r"):
        tables[key] = tables[key] * reach
    tables["place"] = tables["place"] * [1.0, reach]
    still = movements()["lunge"]
    kept = {key: rows for key, rows in still.tables.items() if key not in tables and not key.endswith("_r")}
    return replace(still, anchor="L_ANKLE", plumb=True, tables=kept | tables)


def _bending(part: Part) -> Motion:
    down = np.sin(np.linspace(0, np.pi, round(part.seconds * RATE_HZ)))
    return move(movements()["deadlift"], Body(), 1 - down, np.zeros(len(down), dtype=bool))
