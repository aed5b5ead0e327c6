"""Smooth a pose track and compute joint angles, visibility and body scale.

`smooth` resamples a track to an even time base and removes jitter; `joint_angles` measures elbows, shoulders, hips and
knees in the picture and in space; `body_scale_px_per_m` is the body's size in the picture. Angles are interior: 180
degrees is straight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.ndimage import median_filter
from scipy.signal import butter, sosfiltfilt

from pipeline.values import Array, PoseTrack

NOSE = 0
LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST = range(11, 17)
LEFT_HIP, RIGHT_HIP, LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE = range(23, 29)

JOINTS: dict[str, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    "elbow": ((LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST), (RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST)),
    "shoulder": ((LEFT_HIP, LEFT_SHOULDER, LEFT_ELBOW), (RIGHT_HIP, RIGHT_SHOULDER, RIGHT_ELBOW)),
    "hip": ((LEFT_SHOULDER, LEFT_HIP, LEFT_KNEE), (RIGHT_SHOULDER, RIGHT_HIP, RIGHT_KNEE)),
    "knee": ((LEFT_HIP, LEFT_KNEE, LEFT_ANKLE), (RIGHT_HIP, RIGHT_KNEE, RIGHT_ANKLE)),
}

# The least angle that a joint can reach: two standard deviations beyond the flexion of healthy men (142 ± 5.6 degrees,
# Boone & Azen 1979). Pull-ups from behind often look bent to 10: such an angle is a guess.
MOST_BENT_DEG = {"elbow": 27.0}

# Bones that tell the scale: from, to, metres in an adult of middle height (Winter, Biomechanics and Motor Control).
_BONES_M = (
    (LEFT_SHOULDER, LEFT_HIP, 0.50),
    (RIGHT_SHOULDER, RIGHT_HIP, 0.50),
    (LEFT_SHOULDER, RIGHT_SHOULDER, 0.36),
    (LEFT_HIP, LEFT_KNEE, 0.42),
    (RIGHT_HIP, RIGHT_KNEE, 0.42),
    (LEFT_KNEE, LEFT_ANKLE, 0.42),
    (RIGHT_KNEE, RIGHT_ANKLE, 0.42),
    (LEFT_SHOULDER, LEFT_ELBOW, 0.30),
    (RIGHT_SHOULDER, RIGHT_ELBOW, 0.30),
)


@dataclass(frozen=True, slots=True)
class Smoothing:
    """How a track is resampled and smoothed."""

    grid_hz: float = 30.0  # the rate at which poses are taken; lifting has nothing above a few hertz
    cut_off_hz: float = 4.0  # Winter: 4 to 6 Hz keeps human limb movement; chosen on the tuned development sources
    median_frames: int = 3  # takes out the single wild frame
    longest_gap_s: float = 1.0  # half a usual repetition: beyond it nobody knows what the body did


SMOOTHING: Final = Smoothing()


@dataclass(frozen=True, slots=True, eq=False)
class JointAngles:
    """Angles of the joints in `JOINTS` over time, left then right.

    times_s (T,); image_deg and world_deg (T, J, 2) degrees, as drawn in the picture and as estimated in space;
    visibility (T, J, 2) the least of the joint's three landmarks, 0..1; in_plane (J, 2) how far each limb lies in the
    picture plane, 0 (points at the camera) to 1.
    """

    times_s: Array
    image_deg: Array
    world_deg: Array
    visibility: Array
    in_plane: Array

    def best_deg(self, joint: str) -> Array:
        """(T,) degrees: sides weighted by visibility, the picture weighted by how far the limb lies in its plane."""
        index = list(JOINTS).index(joint)
        mixed = self._mixed_deg()[:, index]
        weight = np.mean(np.nan_to_num(self.visibility[:, index]), axis=0) ** 2 + 1e-6
        return np.asarray((mixed * weight).sum(axis=1) / weight.sum())

    def side_deg(self, joint: str, side: int) -> Array:
        """(T,) degrees of one side (0 left, 1 right)."""
        return np.asarray(self._mixed_deg()[:, list(JOINTS).index(joint), side])

    def seen_share(self, joint: str) -> float:
        """Mean visibility of the side that is seen better, 0..1."""
        return float(self._seen(joint).max()) if len(self.times_s) else 0.0

    def better_side(self, joint: str) -> int:
        """The side that is seen better, 0 left, 1 right."""
        return int(self._seen(joint).argmax())

    def _seen(self, joint: str) -> Array:
        """(2,) mean visibility of either side."""
        return np.asarray(np.nan_to_num(self.visibility[:, list(JOINTS).index(joint)]).mean(axis=0))

    def _mixed_deg(self) -> Array:
        return np.asarray(self.image_deg * self.in_plane + self.world_deg * (1 - self.in_plane))


def smooth(track: PoseTrack, smoothing: Smoothing = SMOOTHING) -> PoseTrack:
    """The track resampled to an even grid from the first to the last frame with a body, jitter removed.

    A three-frame median, linear interpolation onto the grid, then a second-order Butterworth low-pass forwards and
    backwards (zero phase: turning points stay where they are). Gaps longer than `longest_gap_s` are NaN, with
    visibility 0. Of a track with fewer than two frames with a body, those frames are returned as they are.
    """
    seen = np.flatnonzero(np.isfinite(track.image_px).all(axis=(1, 2)) & np.isfinite(track.world_m).all(axis=(1, 2)))
    times = track.times_s[seen]
    if len(seen) < 2:
        return _replaced(track, times, track.image_px[seen], track.world_m[seen], track.visibility[seen])
    grid = _grid_s(times, smoothing.grid_hz)
    image, world, visibility = (
        _resampled(times, values[seen], grid, smoothing.median_frames)
        for values in (track.image_px, track.world_m, track.visibility)
    )
    unknown = _gap_s(times, grid) > smoothing.longest_gap_s
    image, world = (_low_passed(values, smoothing) for values in (image, world))
    image[unknown], world[unknown], visibility[unknown] = np.nan, np.nan, 0.0
    return _replaced(track, grid, image, world, visibility)


def joint_angles(track: PoseTrack) -> JointAngles:
    """The angles of every joint in `JOINTS` at every time of the track (NaN where nobody is seen)."""
    triples = [side for joint in JOINTS.values() for side in joint]
    shape = (len(track.times_s), len(JOINTS), 2)
    image = np.stack([angle_deg(track.image_px, triple) for triple in triples], axis=1).reshape(shape)
    world = np.stack([angle_deg(track.world_m, triple) for triple in triples], axis=1).reshape(shape)
    visibility = np.stack([track.visibility[:, triple].min(axis=1) for triple in triples], axis=1).reshape(shape)
    in_plane = np.array([_in_plane(track.world_m, triple) for triple in triples]).reshape(shape[1:])
    return JointAngles(track.times_s, image, world, visibility, in_plane)


def body_scale_px_per_m(image_px: Array) -> float:
    """Pixels per metre of body, from (T, 33, 2): by the bones that look longest, since others are foreshortened."""
    ratios = [np.linalg.norm(image_px[:, a] - image_px[:, b], axis=1) / metres for a, b, metres in _BONES_M]
    longest = np.sort(np.array(ratios), axis=0)[-4:-1].mean(axis=0)
    return float(np.nanmedian(longest)) + 1e-6 if np.isfinite(longest).any() else float("nan")


def _replaced(track: PoseTrack, times_s: Array, image: Array, world: Array, visibility: Array) -> PoseTrack:
    return PoseTrack(times_s, image, world, visibility, track.width_px, track.height_px, track.people)


def _grid_s(times_s: Array, grid_hz: float) -> Array:
    return np.asarray(times_s[0] + np.arange(0, times_s[-1] - times_s[0] + 1e-6, 1 / grid_hz))


def _resampled(times_s: Array, values: Array, grid_s: Array, median_frames: int) -> Array:
    flat = values.reshape(len(times_s), -1)
    if len(flat) > median_frames:
        flat = median_filter(flat, (median_frames, 1), mode="nearest")
    right = np.clip(np.searchsorted(times_s, grid_s), 1, len(times_s) - 1)
    part = np.clip((grid_s - times_s[right - 1]) / (times_s[right] - times_s[right - 1]), 0, 1)[:, None]
    even = flat[right - 1] * (1 - part) + flat[right] * part
    return np.asarray(even.reshape((len(grid_s), *values.shape[1:])))


def _gap_s(times_s: Array, grid_s: Array) -> Array:
    """Length of the gap between seen frames that each grid time falls into."""
    right = np.clip(np.searchsorted(times_s, grid_s), 1, len(times_s) - 1)
    on_frame = np.minimum(np.abs(grid_s - times_s[right]), np.abs(grid_s - times_s[right - 1])) < 1e-6
    return np.asarray(np.where(on_frame, 0.0, times_s[right] - times_s[right - 1]))


def _low_passed(values: Array, smoothing: Smoothing) -> Array:
    """Padded by mirroring at both ends, so that a clip cut at a turning point keeps it."""
    pad = min(len(values) - 1, int(smoothing.grid_hz))
    if pad < 6:
        return values.copy()
    mirrored = np.concatenate([values[pad:0:-1], values, values[-2 : -pad - 2 : -1]])
    sections = butter(2, smoothing.cut_off_hz, fs=smoothing.grid_hz, output="sos")
    return np.array(sosfiltfilt(sections, mirrored, axis=0, padlen=0)[pad : pad + len(values)])


def angle_deg(points: Array, triple: tuple[int, int, int]) -> Array:
    """(T,) degrees at the middle one of three landmarks of (T, 33, 2 or 3)."""
    first, corner, last = (points[:, index] for index in triple)
    one, other = first - corner, last - corner
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1) + 1e-9
    return np.asarray(np.degrees(np.arccos(np.clip((one * other).sum(axis=1) / lengths, -1, 1))))


def _in_plane(world_m: Array, triple: tuple[int, int, int]) -> float:
    """0 where either bone points at the camera more than 60 degrees out of the picture plane, 1 within 25."""
    shares = []
    for a, b in (triple[:2], triple[1:]):
        bone = world_m[:, a] - world_m[:, b]
        shares.append(np.linalg.norm(bone[:, :2], axis=1) / (np.linalg.norm(bone, axis=1) + 1e-9))
    worst = np.minimum(*shares)
    known = worst[np.isfinite(worst)]
    return float(np.clip((np.median(known) - 0.5) / 0.4, 0, 1)) if len(known) else 0.0
