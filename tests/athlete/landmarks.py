"""MediaPipe's 33 landmarks of the athlete, projected exactly: a pose track without a renderer or a network."""

from __future__ import annotations

import numpy as np

from pipeline.values import LANDMARKS, Array, PoseTrack
from tests.athlete.body import Body
from tests.athlete.camera import View, turned, views
from tests.athlete.kinematics import Joint, Motion, unit
from tests.athlete.take import Take, frame_times, motion, timeline

# (landmark, to the left, up, to the front) from the middle of the head, in statures
FACE = (
    (0, 0.0, 0.0, 0.068),
    (1, 0.01, 0.018, 0.056),
    (2, 0.018, 0.019, 0.054),
    (3, 0.026, 0.019, 0.05),
    (4, -0.01, 0.018, 0.056),
    (5, -0.018, 0.019, 0.054),
    (6, -0.026, 0.019, 0.05),
    (7, 0.045, 0.008, 0.0),
    (8, -0.045, 0.008, 0.0),
    (9, 0.015, -0.024, 0.052),
    (10, -0.015, -0.024, 0.052),
)
BONY = (*range(11, 17), *range(23, 29), 29, 30, 31, 32)
ENDS = ("SHOULDER", "ELBOW", "WRIST", "HIP", "KNEE", "ANKLE", "HEEL", "TOE")
JOINTS = dict(zip(BONY, (Joint[f"{side}_{end}"] for end in ENDS for side in ("L", "R")), strict=True))
FINGERS = ((17, -0.02), (19, 0.015), (21, 0.028))  # little finger, index, thumb of the left hand; the right ones follow


def landmarks(take: Take) -> PoseTrack:
    """The pose track that a perfect network would see of `take`: every landmark in view, visibility 1."""
    line = timeline(take)
    times_s = frame_times(take, line.truth.duration_s)
    return track(take, times_s, motion(take, line, times_s))


def track(take: Take, times_s: Array, moved: Motion) -> PoseTrack:
    """`moved`, seen by the take's camera at `times_s`."""
    points = landmark_points(moved, take.body) @ turned(take.camera.yaw_deg).T
    seen = views(take.camera, target(take, moved), times_s, take.seed)
    hips = points[:, [23, 24]].mean(axis=1, keepdims=True)
    world = np.stack([(row - hip) @ view.rotation.T for row, hip, view in zip(points, hips, seen, strict=True)])
    image = np.stack([view.pixels(row) for row, view in zip(points, seen, strict=True)])
    visibility = np.ones((len(times_s), LANDMARKS))
    return PoseTrack(times_s, image, world, visibility, take.camera.width_px, take.camera.height_px)


def target(take: Take, moved: Motion) -> Array:
    """(3,) what the camera points at: the middle of all that the athlete passes through."""
    joints = (moved.joints_m @ turned(take.camera.yaw_deg).T).reshape(-1, 3)
    return np.asarray((joints.min(axis=0) + joints.max(axis=0)) / 2)


def landmark_points(moved: Motion, body: Body) -> Array:
    """(T, 33, 3) the landmarks in the athlete's own room axes."""
    points = np.zeros((len(moved), LANDMARKS, 3))
    for index, *offset in FACE:
        points[:, index] = moved.joints_m[:, Joint.HEAD] + moved.head @ (np.array(offset) * body.stature_m)
    for index, joint in JOINTS.items():
        points[:, index] = moved.joints_m[:, joint]
    for right in (0, 1):
        wrist, hand = (moved.joints_m[:, joint + right] for joint in (Joint.L_WRIST, Joint.L_HAND))
        across = unit(np.cross(hand - wrist, moved.chest[:, :, 2])) * (1 - 2 * right) * body.stature_m
        for index, aside in FINGERS:
            points[:, index + right] = hand + aside * across
    return points


__all__ = ["View", "landmark_points", "landmarks", "target", "track"]
