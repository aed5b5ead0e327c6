"""Measure how long somebody kept moving, for exercises told by seconds instead of repetitions (carries, crawls)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.ndimage import maximum_filter1d, minimum_filter1d, uniform_filter1d

from pipeline.kinematics import JOINTS, LEFT_ANKLE, LEFT_HIP, LEFT_KNEE, RIGHT_ANKLE, RIGHT_HIP, RIGHT_KNEE
from pipeline.reps.body import Body, body_of, grid_steps
from pipeline.reps.runs import runs
from pipeline.values import Array, Mask, PoseTrack

LEGS = [2 * list(JOINTS).index(joint) + side for joint in ("hip", "knee") for side in (0, 1)]  # of the eight angles


@dataclass(frozen=True, slots=True)
class BoutRules:
    """When legs are at work. Distances are in right angles and metres of body alike, as in `reps/body`.

    around_s: a step falls within this time either way, even at a slow pace. going: least distance that legs move in
    that time; on the development tracks legs that stand under curls and presses move .1 to .4, those of a rendered
    athlete who shuffles half steps .4, who walks 1.0 and more. elsewhere: how far the legs' mean angles may be from
    their usual ones while moving; bending down for a weight reaches 1.0 and more, turning round less than .4. stride_s:
    angles are averaged over this time. bridged_s: a stop this short, or a step out of the picture, does not end a bout.
    shortest_s: less is a step aside. another_share: a second bout is mentioned from this share of the longest one's
    length on.
    """

    around_s: float = 0.75
    going: float = 0.3
    elsewhere: float = 0.7
    stride_s: float = 1.0
    bridged_s: float = 2.0
    shortest_s: float = 2.0
    another_share: float = 1 / 3


RULES: Final = BoutRules()


@dataclass(frozen=True, slots=True)
class Bout:
    """The longest stretch of moving; `others` is the number of further ones worth mentioning."""

    start_s: float
    end_s: float
    others: int = 0

    @property
    def moved_s(self) -> float:
        """Whole seconds: either end is known to half a second."""
        return float(round(self.end_s - self.start_s))


def measure_bout(track: PoseTrack) -> Bout | None:
    """The longest stretch in which the legs kept moving and the body did not bend down; None where there is none.

    Steps are not counted: there was no clip of walking people to check a count against.
    """
    body = body_of(track)
    if body is None:
        return None
    going = _going(body)
    apart = _elsewhere(body, going)
    spans = [
        (float(body.times_s[first]), float(body.times_s[last]))
        for first, last in _bridged(runs(going & ~apart), apart, grid_steps(RULES.bridged_s))
    ]
    spans = sorted((span for span in spans if _length(span) >= RULES.shortest_s), key=_length, reverse=True)
    if not spans:
        return None
    others = sum(_length(span) >= RULES.another_share * _length(spans[0]) for span in spans[1:])
    return Bout(*spans[0], others)


def _length(span: tuple[float, float]) -> float:
    return span[1] - span[0]


def _going(body: Body) -> Mask:
    """(T,) True from the legs' first movement to their last; False where nobody is seen."""
    reach = grid_steps(RULES.around_s)
    legs = np.concatenate([body.world_angles[:, LEGS], _about_hips(body)], axis=1)
    span = maximum_filter1d(legs, 2 * reach + 1, axis=0) - minimum_filter1d(legs, 2 * reach + 1, axis=0)
    near = np.linalg.norm(span, axis=1) >= RULES.going
    # What is near a motion begins and ends `reach` too far out, but where the recording itself begins and ends.
    going = minimum_filter1d(near.astype(np.int8), 2 * reach + 1, mode="nearest").astype(bool)
    seen: Mask = body.angles.visibility.max(axis=(1, 2)) > 0
    return np.asarray(going & seen)


def _about_hips(body: Body) -> Array:
    """(T, 8) knees and ankles relative to the middle of the hips, metres of body."""
    hips = (body.points[:, LEFT_HIP] + body.points[:, RIGHT_HIP]) / 2
    ends = body.points[:, [LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE]]
    return np.asarray((ends - hips[:, None]).reshape(len(hips), -1))


def _elsewhere(body: Body, going: Mask) -> Mask:
    """(T,) True where hip and knee angles, averaged over a stride, are far from their usual ones while moving."""
    if not going.any():
        return np.zeros(len(going), dtype=bool)
    mean = uniform_filter1d(body.world_angles[:, LEGS], grid_steps(RULES.stride_s), axis=0)
    return np.asarray(np.linalg.norm(mean - np.median(mean[going], axis=0), axis=1) > RULES.elsewhere)


def _bridged(found: list[tuple[int, int]], apart: Mask, longest: int) -> list[tuple[int, int]]:
    """Runs at most `longest` apart joined to one, unless the body was elsewhere between them."""
    joined = found[:1]
    for (_, before), (after, last) in pairwise(found):
        if after - before <= longest and not apart[before:after].any():
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((after, last))
    return joined
