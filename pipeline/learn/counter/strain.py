"""Make tracks harder without changing their count, as phones, rooms and sparse sampling do.

Stored tracks were taken at 30 Hz and smoothed by MediaPipe; the bot takes 12 Hz where nobody moves fast, unsmoothed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.kinematics import body_scale_px_per_m
from pipeline.photo.looks import MIRROR
from pipeline.values import Array, Indices, PoseTrack

_OTHER_SIDE: Final = list(MIRROR)


@dataclass(frozen=True, slots=True)
class Strain:
    """The probability of each difficulty, and its largest size. tremble_m: 2 to 12 mm were seen on filmed stills."""

    sparse: float = 0.7
    sparse_hz: float = 15.0
    tremble_m: tuple[float, float] = (0.002, 0.012)
    mirror: float = 0.5
    drop: float = 0.3
    drop_share: tuple[float, float] = (0.05, 0.3)
    tempo: float = 0.5
    slower: tuple[float, float] = (0.75, 1.8)
    wait: float = 0.3
    wait_s: float = 2.0
    shake: float = 0.3
    shake_share: float = 0.02  # of the picture's height


STRAIN: Final = Strain()


def strained(track: PoseTrack, rng: np.random.Generator) -> PoseTrack:
    """The track with a random choice of difficulties."""
    if rng.random() < STRAIN.sparse:
        track = thinned(track, STRAIN.sparse_hz)
    track = trembling(track, float(np.exp(rng.uniform(*np.log(STRAIN.tremble_m)))), rng)
    if rng.random() < STRAIN.mirror:
        track = mirrored(track)
    if rng.random() < STRAIN.drop:
        track = with_drops(track, rng.uniform(*STRAIN.drop_share), rng)
    if rng.random() < STRAIN.tempo:
        track = replace(track, times_s=track.times_s * float(np.exp(rng.uniform(*np.log(STRAIN.slower)))))
    if rng.random() < STRAIN.wait:
        track = with_waits(track, rng.uniform(0, STRAIN.wait_s), rng.uniform(0, STRAIN.wait_s))
    if rng.random() < STRAIN.shake:
        track = shaken(track, rng.uniform(0, STRAIN.shake_share) * track.height_px, rng)
    return track


def thinned(track: PoseTrack, rate_hz: float) -> PoseTrack:
    """At most so many frames a second."""
    kept, due_s = np.zeros(len(track.times_s), dtype=bool), float(track.times_s[0])
    for index, time_s in enumerate(track.times_s.tolist()):
        if time_s >= due_s - 0.2 / rate_hz:
            kept[index], due_s = True, max(due_s, time_s - 0.5 / rate_hz) + 1 / rate_hz
    return _frames(track, np.flatnonzero(kept), track.times_s[kept])


def with_drops(track: PoseTrack, share: float, rng: np.random.Generator) -> PoseTrack:
    """The track without a share of its frames, keeping the first and the last."""
    kept = rng.random(len(track.times_s)) >= share
    kept[[0, -1]] = True
    return _frames(track, np.flatnonzero(kept), track.times_s[kept])


def with_waits(track: PoseTrack, before_s: float, after_s: float) -> PoseTrack:
    """The track with its first and last posture held for so long."""
    step_s = track.duration_s / max(1, len(track.times_s) - 1)
    before, after = round(before_s / step_s), round(after_s / step_s)
    last = len(track.times_s) - 1
    rows = np.concatenate([np.zeros(before, int), np.arange(last + 1), np.full(after, last)])
    earlier = track.times_s[0] - step_s * np.arange(before, 0, -1)
    later = track.times_s[-1] + step_s * np.arange(1, after + 1)
    return _frames(track, rows, np.concatenate([earlier, track.times_s, later]))


def trembling(track: PoseTrack, size_m: float, rng: np.random.Generator) -> PoseTrack:
    """The track with noise on every landmark, up to three times as much on badly seen ones, more in depth."""
    found = np.isfinite(track.image_px).all(axis=(1, 2))
    if not found.any():
        return track
    off_m = rng.normal(0, size_m, track.world_m.shape) * (3 - 2 * track.visibility)[..., None]
    image = track.image_px + off_m[..., :2] * body_scale_px_per_m(track.image_px[found])
    return replace(track, image_px=image, world_m=track.world_m + off_m * [1.0, 1.0, 2.0])


def mirrored(track: PoseTrack) -> PoseTrack:
    """The track with left and right exchanged."""
    return replace(
        track,
        image_px=track.image_px[:, _OTHER_SIDE] * [-1, 1] + [track.width_px, 0],
        world_m=track.world_m[:, _OTHER_SIDE] * [-1, 1, 1],
        visibility=track.visibility[:, _OTHER_SIDE],
    )


def shaken(track: PoseTrack, size_px: float, rng: np.random.Generator) -> PoseTrack:
    """The track with the whole picture wandering by about this much, from one second to the next."""
    knots = max(3, round(track.duration_s) + 2)
    at = np.linspace(0, knots - 1, len(track.times_s))
    off_px = np.stack([np.interp(at, np.arange(knots), rng.normal(0, size_px, knots)) for _ in range(2)], axis=1)
    return replace(track, image_px=track.image_px + off_px[:, None])


def _frames(track: PoseTrack, rows: Indices, times_s: Array) -> PoseTrack:
    return replace(
        track,
        times_s=times_s,
        image_px=track.image_px[rows],
        world_m=track.world_m[rows],
        visibility=track.visibility[rows],
    )
