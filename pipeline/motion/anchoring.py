"""Correct runs that were counted from turn to turn, so that repetitions begin at rest.

Where the way there is slow, or the turn is held, the beat may be taken at its other end: one repetition is missed, and
lifting is called lowering. Before the first repetition and after the last the body is at rest: where the posture there
is that of the middles of the counted repetitions and not that of their edges, the middles are the true edges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.motion.signals import RATE_HZ, Motion, low_passed
from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class AnchorRules:
    """When a run was counted from its turns."""

    posture_hz: float = 1.5
    outside: tuple[float, float] = (0.45, 0.9)  # of a repetition, outside its ends: where the body is back at rest
    least_turn: float = 0.3  # between edges and middles, as a share of gravity: 17 degrees
    along: tuple[float, float] = (0.65, 1.6)  # where the outside posture lies between the edges' posture (0) and the
    # middles' (1): short rests between repetitions are blurred by the filter, the long one outside is not
    aside: float = 0.5  # of that distance: a posture farther off the line is a different one
    fewest_reps: int = 2


RULES: Final = AnchorRules()
_MARGIN_S = 2.0  # so that the filter's edge effects lie outside


def anchor_to_rest(motion: Motion, edges_s: Array, room_s: tuple[float, float]) -> Array:
    """The edges (N + 1,), or one more (N + 2,) where they were turns with rest on either side.

    `room_s`: when what comes before ends, and what comes after begins.
    """
    seen = _postures(motion, edges_s, room_s)
    if seen is None or not all(_is_middle(side, seen.edge, seen.middle) for side in seen.outside):
        return edges_s
    half_s = float(np.median(np.diff(edges_s))) / 2
    return np.array([edges_s[0] - half_s, *((edges_s[1:] + edges_s[:-1]) / 2), edges_s[-1] + half_s])


def rests_outside(motion: Motion, edges_s: Array, room_s: tuple[float, float]) -> bool:
    """Whether the posture before the first repetition and after the last is that of the edges: those are rest."""
    seen = _postures(motion, edges_s, room_s)
    return seen is not None and all(_is_middle(side, seen.middle, seen.edge) for side in seen.outside)


@dataclass(frozen=True, slots=True, eq=False)
class _Postures:
    """Mean posture (3,) at the edges and halfway between; postures (K, 3) before the first and after the last."""

    edge: Array
    middle: Array
    outside: tuple[Array, Array]


def _postures(motion: Motion, edges_s: Array, room_s: tuple[float, float]) -> _Postures | None:
    """None where there are too few repetitions, no room outside, or edges and middles look the same."""
    if len(edges_s) <= RULES.fewest_reps:
        return None
    outside_s = np.linspace(*RULES.outside, 6) * float(np.median(np.diff(edges_s)))
    if edges_s[0] - outside_s[-1] < room_s[0] or edges_s[-1] + outside_s[-1] > room_s[1]:
        return None
    motion = motion.between(edges_s[0] - outside_s[-1] - _MARGIN_S, edges_s[-1] + outside_s[-1] + _MARGIN_S)
    posture = low_passed(motion.acceleration, RULES.posture_hz, RATE_HZ)
    edge = _at(motion, posture, edges_s).mean(axis=0)
    middle = _at(motion, posture, (edges_s[1:] + edges_s[:-1]) / 2).mean(axis=0)
    if float(np.linalg.norm(middle - edge)) < RULES.least_turn * float(np.linalg.norm((edge + middle) / 2)):
        return None
    before, after = (_at(motion, posture, at_s) for at_s in (edges_s[0] - outside_s, edges_s[-1] + outside_s))
    return _Postures(edge, middle, (before, after))


def _is_middle(postures: Array, edge: Array, middle: Array) -> bool:
    """Whether most of the postures are those of the middles."""
    way = middle - edge
    along = (postures - edge) @ way / (way @ way)
    aside = np.linalg.norm(postures - edge - along[:, None] * way, axis=1) / np.linalg.norm(way)
    least, most = RULES.along
    return bool(least <= np.median(along) <= most and np.median(aside) <= RULES.aside)


def _at(motion: Motion, values: Array, at_s: Array) -> Array:
    frames = np.rint((np.asarray(at_s) - motion.times_s[0]) * RATE_HZ).astype(int)
    return np.asarray(values[np.clip(frames, 0, len(values) - 1)])
