"""Cut a pose track into windows of evenly spaced frames, about five seconds each: the recogniser's input.

Landmarks beyond the picture's edge are guesses of the pose network, and poor ones where the edge cuts off the legs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.values import Array, Floats, Mask, PoseTrack

RATE_HZ: Final = 12.0  # twice the quickest movement looked for (jump rope, about 3 Hz) and some room
FRAMES: Final = 64  # of a window: 5.3 s, one slow repetition or more
HOP: Final = 24  # frames from one window to the next: 2 s
FARTHEST_S: Final = 0.5  # from the nearest moment in which somebody is seen: what is farther is not bridged but missing
MOSTLY_OUTSIDE: Final = 0.5  # of a window's frames: a landmark outside the picture for longer is a guess
FEWEST_FRAMES: Final = 6  # half a second: less shows no movement

# nose, ears, shoulders, elbows, wrists, index fingers, hips, knees, ankles, toes of MediaPipe's 33
LANDMARKS_USED: Final = (0, 7, 8, 11, 12, 13, 14, 15, 16, 19, 20, 23, 24, 25, 26, 27, 28, 31, 32)
NOSE, EAR, SHOULDER, ELBOW, WRIST, FINGER, HIP, KNEE, ANKLE, TOE = 0, 1, 3, 5, 7, 9, 11, 13, 15, 17
TRUNK: Final = (SHOULDER, SHOULDER + 1, HIP, HIP + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """N windows: world_m (N, FRAMES, 19, 3) and image_px (N, FRAMES, 19, 2), in the track's own axes.

    A landmark that is unknown in a window is NaN throughout it, see `windows`.
    """

    world_m: Floats
    image_px: Floats

    def __len__(self) -> int:
        return len(self.world_m)

    def rows(self, chosen: slice | Mask) -> Windows:
        """The chosen windows."""
        return Windows(self.world_m[chosen], self.image_px[chosen])


def windows(track: PoseTrack, *, guessed: bool = False) -> Windows:
    """The track's windows, none where too little of a person is seen; a short track is played forwards and backwards.

    Landmarks mostly outside the picture are unknown, unless MediaPipe's guesses are asked for (`guessed`).
    """
    used = list(LANDMARKS_USED)
    both = np.concatenate([track.world_m[:, used], track.image_px[:, used]], axis=2)
    seen = np.isfinite(both).all(axis=(1, 2))
    if seen.sum() < FEWEST_FRAMES:
        return _split(np.empty((0, FRAMES, len(used), 5)))
    even, missing = _even(track.times_s[seen], both[seen])
    if len(even) < FEWEST_FRAMES:
        return _split(np.empty((0, FRAMES, len(used), 5)))
    cut = _split(_cut(even, missing))
    return cut if guessed else _without_guesses(cut, track.width_px, track.height_px)


def seen_s(track: PoseTrack) -> float:
    """Seconds from the first to the last frame with somebody in it; 0 where there is none."""
    times_s = track.times_s[track.seen]
    return float(times_s[-1] - times_s[0]) if len(times_s) else 0.0


def together(cut: Sequence[Windows]) -> Windows:
    """All windows of at least one cut, in order."""
    return Windows(np.concatenate([one.world_m for one in cut]), np.concatenate([one.image_px for one in cut]))


def _split(both: Array) -> Windows:
    return Windows(both[..., :3].astype(np.float32), both[..., 3:].astype(np.float32))


def _without_guesses(cut: Windows, width_px: int, height_px: int) -> Windows:
    """Shoulders and hips are always kept as guessed, since everything is measured from them."""
    beyond = ((cut.image_px < 0) | (cut.image_px > np.array([width_px, height_px]))).any(axis=-1)
    outside = beyond.mean(axis=1) > MOSTLY_OUTSIDE
    outside[:, list(TRUNK)] = False
    unknown = np.where(outside, np.nan, 0).astype(np.float32)[:, None, :, None]
    return Windows(cut.world_m + unknown, cut.image_px + unknown)


def _even(times_s: Array, values: Array) -> tuple[Array, Mask]:
    """Values at RATE_HZ from the first to the last time, and which of them lie in a gap too long to bridge."""
    grid = np.arange(times_s[0], times_s[-1] + 1e-6, 1 / RATE_HZ)
    flat = _smooth(times_s, values.reshape(len(values), -1))
    right = np.clip(np.searchsorted(times_s, grid), 1, len(times_s) - 1)
    before, after = times_s[right - 1], times_s[right]
    part = np.clip((grid - before) / (after - before), 0, 1)[:, None]
    even = flat[right - 1] * (1 - part) + flat[right] * part
    missing = np.minimum(np.abs(grid - before), np.abs(grid - after)) > FARTHEST_S
    return even.reshape(len(grid), *values.shape[1:]), missing


def _smooth(times_s: Array, flat: Array) -> Array:
    """Mean of three neighbours where the track has more frames than are kept, so that jitter is not aliased."""
    if len(flat) < 5 or np.median(np.diff(times_s)) > 0.6 / RATE_HZ:
        return flat
    padded = np.concatenate([flat[:1], flat, flat[-1:]])
    return np.asarray((padded[:-2] + padded[1:-1] + padded[2:]) / 3)


def _cut(even: Array, missing: Mask) -> Array:
    """(N, FRAMES, ...) windows a hop apart and one at the end, without those of which more than half is missing."""
    count = len(even)
    if count < FRAMES:
        fold = np.abs((np.arange(FRAMES) + count - 1) % (2 * count - 2) - (count - 1))
        return even[fold][None]
    starts = sorted({*range(0, count - FRAMES + 1, HOP), count - FRAMES})
    kept = [start for start in starts if missing[start : start + FRAMES].mean() < 0.5]
    return (
        np.stack([even[start : start + FRAMES] for start in kept]) if kept else np.empty((0, FRAMES, *even.shape[1:]))
    )
