"""Which leg is the left one, kept from picture to picture.

Seen from the side, one leg before the other, MediaPipe takes the left one for the right one and back, several times in
a lunge. Each time knees and feet jump by a stride, and every angle and height of a leg with them. Legs go on as they
went: where exchanging them brings them much nearer to where they should be by now, they go by each other's names. Where
that is comes from an alpha-beta filter (Kalata 1984), so that legs which pass each other fast, as a mountain climber's,
are left alone.
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
    """Chosen on five takes of rendered lunges and on two real clips of legs that alternate fast.

    share: legs are exchanged where that leaves less than this share of their way from where they should be;
    least_way_m: shorter ways, metres of body, prove nothing. settling_s and speed_share: how soon the filter follows
    a leg, and how much of what it had not foreseen it takes for a change of speed. longest_step_s: in a longer time
    legs may have gone anywhere.
    """

    share: float = 0.4
    least_way_m: float = 0.1
    settling_s: float = 0.05
    speed_share: float = 0.3
    longest_step_s: float = 0.5


RULES: Final = LegRules()


def legs_kept(track: PoseTrack) -> PoseTrack:
    """The track with each leg under its own name throughout."""
    changed = legs_changed(track.times_s, track.image_px, track.cuts_s)
    if not changed.any():
        return track
    image, world, visibility = (_exchanged(v, changed) for v in (track.image_px, track.world_m, track.visibility))
    return replace(track, image_px=image, world_m=world, visibility=visibility)


def legs_changed(times_s: Array, image_px: Array, cuts_s: Sequence[float] = ()) -> Mask:
    """(T,) True where the legs of (T, 33, 2) go by each other's names: by those that they have on fewer pictures.

    Each shot, and what lies on either side of a long gap, is looked at by itself.
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
    """(T,) True where the legs (T, 2, 4, 2) are not under the names that they had in the first picture."""
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
