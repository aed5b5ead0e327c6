"""Training windows of doing nothing, made of real clips, which hardly contain any.

A network that was never trained on a real person standing about calls it a slow curl. So people who stand upright in
real clips are frozen, and added to the real windows, with simulated idlers, at the weight of one exercise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.learn.clips.lessons import Clips, Lessons, answers, summaries
from pipeline.learn.simulate.faults import wander
from pipeline.recognize.decide import NO_EXERCISE
from pipeline.recognize.windows import ANKLE, FRAMES, RATE_HZ, SHOULDER, WRIST, Windows, together
from pipeline.values import Floats, Indices, Mask

IDLE_WEIGHT: Final = 1.0  # beside an exercise's 1
STILL_SHARE: Final = 0.5  # of that, the rest are simulated
STILLS: Final = 300
SWAY: Final = (0.03, 0.12)  # share of a real window's own movement that is left in a still one
SWAY_M: Final = 0.006  # and what is added of slow wandering


@dataclass(frozen=True, slots=True)
class Standing:
    """When a real person counts as standing with low hands. Our estimates.

    upright: cosine of the trunk's angle to the room's up. legs_m, hands_m: the ankles so far under the hips, the
    higher hand at most so far above them.
    """

    upright: float = 0.93
    legs_m: float = 0.55
    hands_m: float = 0.25


STANDING: Final = Standing()


@dataclass(frozen=True, slots=True, eq=False)
class StillWindows:
    """Windows in which a real person was made to stand still: summaries (N, F), clip (N,) of each, the windows."""

    summaries: Floats
    clip: Indices
    cut: Windows

    def of(self, chosen: Mask) -> Floats:
        """Those made of chosen clips."""
        return np.asarray(self.summaries[chosen[self.clip]])


def with_idlers(real: Lessons, still_windows: StillWindows, simulated: Lessons, chosen: Mask) -> Lessons:
    """The real lessons, and beside them stills made of the chosen clips and the simulated idlers."""
    idle = answers().index(NO_EXERCISE)
    weight = IDLE_WEIGHT * real.weight.sum() / max(1, len(np.unique(real.answer)))
    parts = [
        real,
        _lessons(still_windows.of(chosen), idle, weight * STILL_SHARE),
        _lessons(simulated.summaries[simulated.answer == idle], idle, weight * (1 - STILL_SHARE)),
    ]
    return Lessons(*(np.concatenate([getattr(part, key) for part in parts]) for key in Lessons.__dataclass_fields__))


def _lessons(rows: Floats, answer: int, weight: float) -> Lessons:
    return Lessons(rows, np.full(len(rows), answer), np.full(len(rows), weight / max(1, len(rows))))


def stills(clips: Clips, seed: int, count: int = STILLS) -> StillWindows:
    """`count` windows of somebody who stands and hardly moves, every source alike often; none where nobody stands."""
    rng = np.random.default_rng([seed, len(answers())])
    window, frame = np.nonzero(_stands(clips.cut))
    rows = _drawn(clips.sources[clips.of[window]], count, rng)
    held = [_held(clips.cut, int(window[row]), int(frame[row]), rng) for row in rows]
    if not held:
        return StillWindows(clips.summaries[:0], clips.of[window[rows]], clips.cut.rows(slice(0)))
    return StillWindows(summaries(held), clips.of[window[rows]], together(held))


def _stands(cut: Windows) -> Mask:
    """(N, FRAMES)."""
    above = -cut.world_m[..., 1]  # metres above the hips' middle
    trunk = (cut.world_m[:, :, SHOULDER] + cut.world_m[:, :, SHOULDER + 1]) / 2
    upright = -trunk[..., 1] > STANDING.upright * np.linalg.norm(trunk, axis=-1)
    ankles = (above[:, :, ANKLE] + above[:, :, ANKLE + 1]) / 2
    hands = above[:, :, [WRIST, WRIST + 1]].max(axis=-1)
    return np.asarray(upright & (ankles < -STANDING.legs_m) & (hands < STANDING.hands_m))


def _held(cut: Windows, window: int, frame: int, rng: np.random.Generator) -> Windows:
    """One frame for a whole window, with little of the window's own movement and a slow wandering."""
    world, image = cut.world_m[window], cut.image_px[window]
    left = rng.uniform(*SWAY)
    sway = wander(FRAMES, RATE_HZ, SWAY_M, world.shape[1:], rng)
    still = world[frame] + left * (world - world.mean(axis=0)) + sway
    drawn = image[frame] + left * (image - image.mean(axis=0))
    return Windows(still[None].astype(np.float32), drawn[None].astype(np.float32))


def _drawn(groups: npt.NDArray[np.str_], count: int, rng: np.random.Generator) -> Indices:
    """`count` rows, every group alike often; none of none."""
    if not len(groups):
        return np.zeros(0, dtype=int)
    _, group, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    share = 1 / sizes[group]
    return rng.choice(len(groups), count, p=share / share.sum())
