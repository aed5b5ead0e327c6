"""The body as the counter sees it: at even times, without gaps, in units of its own size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.kinematics import (
    JOINTS,
    LEFT_ANKLE,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_ANKLE,
    RIGHT_ELBOW,
    RIGHT_HIP,
    RIGHT_KNEE,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
    SMOOTHING,
    JointAngles,
    Smoothing,
    body_scale_px_per_m,
    joint_angles,
    smooth,
)
from pipeline.values import Array, PoseTrack

MAIN = (
    NOSE,
    LEFT_SHOULDER,
    RIGHT_SHOULDER,
    LEFT_ELBOW,
    RIGHT_ELBOW,
    LEFT_WRIST,
    RIGHT_WRIST,
    LEFT_HIP,
    RIGHT_HIP,
    LEFT_KNEE,
    RIGHT_KNEE,
    LEFT_ANKLE,
    RIGHT_ANKLE,
)
PAIRS = (LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST, LEFT_HIP, LEFT_KNEE, LEFT_ANKLE)  # the right one is the next
OTHER_SIDE = (1, 0, 3, 2, 5, 4, 7, 6)  # of the eight angles: left, right, left, right ...
RIGHT_ANGLE_DEG = 90.0  # angles are divided by it: 1 is a large movement, as is 1 metre
_SHORTEST_S = 0.4  # a body seen for less shows no repetition
_LEAST_FRAMES = 8
_COURSE_DIRECTIONS = 8
_DEVIATION = 1 / 0.6745 / 70**0.5  # of white noise, from the median size of its fourth differences


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A body in even time.

    times_s (T,); points (T, 33, 2) metres of body, x right, y up; world (T, 33, 3) metres; visibility (33,) means;
    image_angles and world_angles (T, 8) right angles, left and right of each of `JOINTS`; pose (T, D) the whole pose,
    in which a distance of 1 is a large change; course (T, C) the same, centred, in its few principal components, which
    hold nearly all of its variance; unsided (T, E) and unsided_course: the same of a pose without left and right;
    scale_px_per_m; angles as measured; jitter: how much the pose trembles from picture to picture before any smoothing.
    """

    times_s: Array
    points: Array
    world: Array
    visibility: Array
    image_angles: Array
    world_angles: Array
    pose: Array
    course: Array
    unsided: Array
    unsided_course: Array
    scale_px_per_m: float
    angles: JointAngles
    jitter: float

    @property
    def duration_s(self) -> float:
        return float(self.times_s[-1] - self.times_s[0])

    def middle(self, left: int) -> Array:
        """(T, 2) between a left landmark and the right one after it, weighted by visibility."""
        one, other = self.visibility[left], self.visibility[left + 1]
        return np.asarray((self.points[:, left] * one + self.points[:, left + 1] * other) / (one + other + 1e-6))


def body_of(track: PoseTrack, smoothing: Smoothing = SMOOTHING) -> Body | None:
    """The body of a track, or None where it is seen too briefly or too rarely for a repetition."""
    even = smooth(track, smoothing)
    if min(track.seen.sum(), even.seen.sum()) < _LEAST_FRAMES or even.duration_s < _SHORTEST_S:
        return None  # too few, or too far apart to be bridged
    image, world = _filled(even.image_px), _filled(even.world_m)
    scale = body_scale_px_per_m(image)
    if not scale > 1e-3:
        return None
    times = even.times_s
    angles = joint_angles(PoseTrack(times, image, world, even.visibility, even.width_px, even.height_px))
    count = 2 * len(JOINTS)
    image_angles = angles.image_deg.reshape(len(times), count) / RIGHT_ANGLE_DEG
    world_angles = angles.world_deg.reshape(len(times), count) / RIGHT_ANGLE_DEG
    points = image / scale * np.array([1.0, -1.0])
    visibility = even.visibility.mean(axis=0)
    pose = _whole_pose(points, visibility, world_angles)
    unsided = _unsided_pose(points, visibility, world_angles)
    return Body(
        times_s=times,
        points=points,
        world=world,
        visibility=visibility,
        image_angles=image_angles,
        world_angles=world_angles,
        pose=pose,
        course=_course(pose),
        unsided=unsided,
        unsided_course=_course(unsided),
        scale_px_per_m=scale,
        angles=angles,
        jitter=_jitter(track, visibility, scale),
    )


def _filled(values: Array) -> Array:
    """Fills the gaps that smoothing left: the counter needs one stretch. What is reported keeps its NaN."""
    flat = values.reshape(len(values), -1)
    known = np.flatnonzero(np.isfinite(flat).all(axis=1))
    right = np.clip(np.searchsorted(known, np.arange(len(flat))), 1, len(known) - 1)
    before, after = known[right - 1], known[right]
    part = np.clip((np.arange(len(flat)) - before) / (after - before), 0, 1)[:, None]
    return np.asarray((flat[before] * (1 - part) + flat[after] * part).reshape(values.shape))


def _whole_pose(points: Array, visibility: Array, world_angles: Array) -> Array:
    """Limbs about the hips, joint angles, and where the shoulders are; weights chosen on the tuned sources."""
    limbs, shoulders = _limbs_and_shoulders(points, visibility)
    return np.concatenate([limbs[:, MAIN].reshape(len(points), -1), world_angles * 0.7, shoulders], axis=1)


def _unsided_pose(points: Array, visibility: Array, world_angles: Array) -> Array:
    """The mean and the distance of each left-right pair, weighted as the whole pose.

    The same for a step with either leg, and where MediaPipe mistakes one leg for the other.
    """
    limbs, shoulders = _limbs_and_shoulders(points, visibility)
    pairs = np.stack([limbs[:, PAIRS], limbs[:, [left + 1 for left in PAIRS]]], axis=-1)
    angles = world_angles.reshape(len(points), -1, 2) * 0.7
    parts = [part for both in (pairs, angles) for part in (both.sum(axis=-1), np.abs(both[..., 0] - both[..., 1]))]
    flat = [part.reshape(len(points), -1) / np.sqrt(2) for part in parts]
    return np.concatenate([*flat, limbs[:, NOSE], shoulders], axis=1)


def _limbs_and_shoulders(points: Array, visibility: Array) -> tuple[Array, Array]:
    """(T, 33, 2) landmarks about the hips, weighted by visibility; (T, 2) where the shoulders are."""
    hips = (points[:, LEFT_HIP] + points[:, RIGHT_HIP]) / 2
    shoulders = (points[:, LEFT_SHOULDER] + points[:, RIGHT_SHOULDER]) / 2
    return (points - hips[:, None]) * np.clip(visibility, 0.1, 1)[:, None] * 1.5, shoulders


def _jitter(track: PoseTrack, visibility: Array, scale_px_per_m: float) -> float:
    """Standard deviation of the pose about a smooth course, as the length of its vector.

    From fourth differences of the raw frames, which contain no movement under 2 Hz, by their medians, which single
    outliers do not change.
    """
    angles = joint_angles(track).world_deg.reshape(len(track.times_s), -1) / RIGHT_ANGLE_DEG
    pose = _whole_pose(track.image_px / scale_px_per_m, visibility, angles)
    pose = pose[np.isfinite(pose).all(axis=1)]
    differences = np.diff(pose, n=4, axis=0)
    return float(np.linalg.norm(np.median(np.abs(differences), axis=0)) * _DEVIATION)


def _course(pose: Array) -> Array:
    centred = pose - pose.mean(axis=0)
    return np.asarray(centred @ principal_axes(centred)[:_COURSE_DIRECTIONS].T)


def principal_axes(centred: Array) -> Array:
    """Principal axes as rows, greatest variance first; from the small covariance matrix, which is fastest."""
    _, vectors = np.linalg.eigh(centred.T @ centred)
    return np.asarray(vectors[:, ::-1].T)


def grid_steps(seconds: float) -> int:
    """The number of grid frames in that time."""
    return round(seconds * SMOOTHING.grid_hz)
