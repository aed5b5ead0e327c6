"""Where the telephone stands, how it is held, and where a point of the room lands in its picture.

Camera axes: x right, y down, z away from the camera; a pinhole whose picture is `width_px` x `height_px`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.values import Array

SHAKE_HZ = (0.35, 0.9, 1.7, 3.1)  # how a hand sways: breath, stance, tremor's slow end
SHAKE_SHARES = (1.0, 0.6, 0.3, 0.12)


@dataclass(frozen=True, slots=True)
class Camera:
    """yaw_deg 0 films the athlete from the front, 90 from the athlete's right side, 180 from behind.

    The lens looks at the middle of the picture's subject from `height_m` above the floor, `distance_m` away.
    shake_deg is the standard deviation of each of the three angles of a hand-held telephone.
    """

    yaw_deg: float = 60.0
    height_m: float = 1.1
    distance_m: float = 3.4
    fov_deg: float = 58.0  # of the longer side of the picture, as a telephone's main lens has
    shake_deg: float = 0.0
    width_px: int = 360
    height_px: int = 480

    @property
    def focal_px(self) -> float:
        return float(max(self.width_px, self.height_px) / 2 / np.tan(np.deg2rad(self.fov_deg / 2)))


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One moment's camera: point_camera = rotation @ (point_room - position_m)."""

    rotation: Array
    position_m: Array
    focal_px: float
    width_px: int
    height_px: int

    def seen(self, points_m: Array) -> Array:
        """(..., 3) the same points in camera axes."""
        return np.asarray((points_m - self.position_m) @ self.rotation.T)

    def pixels(self, points_m: Array) -> Array:
        """(..., 2) where points of the room land, in pixels from the left upper corner."""
        x, y, z = np.moveaxis(self.seen(points_m), -1, 0)
        centre = (self.width_px / 2, self.height_px / 2)
        return np.stack([centre[0] + self.focal_px * x / z, centre[1] + self.focal_px * y / z], axis=-1)

    def floor(self) -> Array:
        """(3, 3) the homography from the floor's (x, z, 1) in metres to pixels."""
        lens = np.array([[self.focal_px, 0, self.width_px / 2], [0, self.focal_px, self.height_px / 2], [0, 0, 1.0]])
        return np.asarray(
            lens @ np.column_stack([self.rotation[:, 0], self.rotation[:, 2], -self.rotation @ self.position_m])
        )


def views(camera: Camera, target_m: Array, times_s: Array, seed: int) -> list[View]:
    """The camera at each moment. It looks at `target_m` (3,) along the room's -z; the athlete is what turns."""
    position = np.array([target_m[0], camera.height_m, target_m[2] + camera.distance_m])
    down = np.arctan2(camera.height_m - target_m[1], camera.distance_m)
    angles = sway(times_s, seed) * np.deg2rad(camera.shake_deg)
    return [
        View(_rotation(down + pitch, yaw, roll), position, camera.focal_px, camera.width_px, camera.height_px)
        for pitch, yaw, roll in angles
    ]


def sway(times_s: Array, seed: int) -> Array:
    """(T, 3) a smooth wander of standard deviation 1: sums of slow sines with phases of their own."""
    phases = np.random.default_rng(seed).uniform(0, 2 * np.pi, (3, len(SHAKE_HZ)))
    waves = np.sin(2 * np.pi * np.multiply.outer(times_s, SHAKE_HZ)[:, None, :] + phases)
    return np.asarray(waves @ SHAKE_SHARES / np.sqrt(np.sum(np.square(SHAKE_SHARES)) / 2))


def turned(yaw_deg: float) -> Array:
    """(3, 3) the rotation about the vertical that shows the camera the athlete from `yaw_deg`."""
    cos, sin = np.cos(np.deg2rad(yaw_deg)), np.sin(np.deg2rad(yaw_deg))
    return np.array([[cos, 0, sin], [0, 1.0, 0], [-sin, 0, cos]])


def _rotation(down: float, aside: float, roll: float) -> Array:
    """Rows are the camera's axes in the room: right, down, away; tilted down, panned and rolled (radians)."""
    cos, sin = np.cos, np.sin
    level = np.diag([1.0, -1.0, -1.0])
    tilt = np.array([[1, 0, 0], [0, cos(down), -sin(down)], [0, sin(down), cos(down)]])
    pan = np.array([[cos(aside), 0, sin(aside)], [0, 1, 0], [-sin(aside), 0, cos(aside)]])
    spin = np.array([[cos(roll), -sin(roll), 0], [sin(roll), cos(roll), 0], [0, 0, 1]])
    return np.asarray(spin @ tilt @ pan @ level)
