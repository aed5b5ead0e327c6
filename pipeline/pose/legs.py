"""Undo swaps of the left and the right leg, so that each leg keeps its name from picture to picture.

Where one leg hides the other (seen from the side), MediaPipe swaps left and right, several times in a lunge. Each time
knees and feet jump by a stride, and every angle and height of a leg with them. An alpha-beta filter (Kalata 1984)
predicts where each leg should be; where exchanging the legs brings them much nearer to that, they were swapped. Since
the filter knows their speed, legs that really pass each other fast, as a mountain climber's, are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.kinematics import body_scale_px_per_m
from pipeline.values import Array, Mask, PoseTrack

LEFT, RIGHT = (
    np.array([25, 27, 29, 31]),
    np.array([26, 28, 30, 32]),
)  # knee, ankle, heel, toes; from the side both hips lie at one place


@dataclass(frozen=True, slots=True)
class LegRules:
    """Constants of the swap test; chosen on five takes of rendered lunges and two real clips of fast alternating legs.

    share: legs are exchanged where that leaves less than this share of their distance from the prediction.
    least_way_m: at smaller distances, metres of body, nothing is exchanged. settling_s and speed_share: time constant
    of the filter, and the share of the prediction error taken as a change of speed. longest_step_s: after a longer
    gap the filter starts anew.
    """

    share: float = 0.4
    least_way_m: float = 0.1
    settling_s: float = 0.05
    speed_share: float = 0.3
    longest_step_s: float = 0.5


RULES: Final = LegRules()


def relabel_legs(track: PoseTrack) -> PoseTrack:
    """The track with every swap of the legs undone."""
    changed = swapped_legs(track.times_s, track.image_px, track.cuts_s)
    if not changed.any():
        return track
    image, world, visibility = (_exchanged(v, changed) for v in (track.image_px, track.world_m, track.visibility))
    return replace(track, image_px=image, world_m=world, visibility=visibility)


def swapped_legs(times_s: Array, image_px: Array, cuts_s: Sequence[float] = ()) -> Mask:
    """(T,) True where the legs of image_px (T, 33, 2) are swapped; the naming on most pictures is taken as right.

    Each shot, and the parts before and after a long gap, are judged by themselves.
    """
    changed = np.zeros(len(times_s), dtype=bool)
    seen = np.flatnonzero(np.isfinite(image_px).all(axis=(1, 2)))
    if len(seen) < 2:
        return changed
    legs_m = image_px[seen][:, np.stack([LEFT, RIGHT])] / body_scale_px_per_m(image_px[seen])
    gaps = np.flatnonzero(np.diff(times_s[seen]) > RULES.longest_step_s) + 1
    begins = np.union1d(gaps, np.searchsorted(times_s[seen], cuts_s)).astype(int)
    for stretch in np.split(np.arange(len(seen)), begins):
        if not len(stretch):
            continue
        other = _followed(times_s[seen[stretch]], legs_m[stretch])
        changed[seen[stretch]] = ~other if other.mean() > 0.5 else other
    return changed


def _followed(times_s: Array, legs_m: Array) -> Mask:
    """(T,) True where the legs (T, 2, 4, 2) are swapped against the first picture."""
    other = np.zeros(len(times_s), dtype=bool)
    place_m, speed_m_s = legs_m[0], np.zeros_like(legs_m[0])
    for index, step_s in enumerate(np.diff(times_s), start=1):
        expected_m = place_m + speed_m_s * step_s
        one, exchanged = legs_m[index], legs_m[index][::-1]
        now, swapped = (exchanged, one) if other[index - 1] else (one, exchanged)
        way_m = _mean_way(now, expected_m)
        changes = way_m >= RULES.least_way_m and _mean_way(swapped, expected_m) < RULES.share * way_m
        other[index] = other[index - 1] ^ changes
        unforeseen_m = (1 - np.exp(-step_s / RULES.settling_s)) * ((swapped if changes else now) - expected_m)
        place_m, speed_m_s = expected_m + unforeseen_m, speed_m_s + RULES.speed_share * unforeseen_m / step_s
    return other


def _mean_way(now_m: Array, before_m: Array) -> float:
    return float(np.linalg.norm(now_m - before_m, axis=-1).mean())


def _exchanged(values: Array, rows: Mask) -> Array:
    """(T, 33, ...) with left and right legs exchanged in these rows."""
    exchanged = values.copy()
    for here, there in ((LEFT, RIGHT), (RIGHT, LEFT)):
        exchanged[np.ix_(rows, here)] = values[np.ix_(rows, there)]
    return exchanged
