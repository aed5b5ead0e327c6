"""A phone that films the simulated athlete: its position, and what a perfect pose network would see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.values import Array

MEDIAPIPE_AXES = np.array([1.0, -1.0, -1.0])  # x right, y up, z to the camera -> x right, y down, z away
FOCAL = 1.1  # focal length over the frame's longer side: a phone's main camera


@dataclass(frozen=True, slots=True)
class Camera:
    """yaw 0 films the athlete's front, 90 one side, 180 the back; pitch positive looks down on the athlete."""

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    distance_m: float = 3.5
    width_px: int = 720
    height_px: int = 1280

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> Camera:
        """A random camera: all around, more often square to a side or the front; low on the floor or held high."""
        kind = rng.random()
        side, front = rng.choice([-90.0, 90.0]), rng.choice([0.0, 0.0, 0.0, 180.0])
        square = side if kind < 0.5 else front
        yaw = rng.uniform(-180, 180) if kind < 0.25 or kind > 0.75 else rng.normal(square, 20)
        wide = bool(rng.random() < 0.5)
        return cls(
            yaw_deg=float(yaw),
            pitch_deg=float(np.clip(rng.normal(4, 9), -15, 35)),
            roll_deg=float(rng.normal(0, 3)),
            distance_m=float(rng.uniform(2.2, 6.0)),
            width_px=1280 if wide else 720,
            height_px=720 if wide else 1280,
        )

    def turned(self, points: Array) -> Array:
        """Points (..., 3) of the athlete's room in the camera's axes: x right, y up, z towards the camera."""
        return points @ _rotation(self.yaw_deg, self.pitch_deg, self.roll_deg).T

    def projected(self, scene: Array) -> Array:
        """Pixels (T, J, 2), x right, y down, of points in the camera's axes about the middle of the picture."""
        depth_m = np.maximum(self.distance_m - scene[..., 2:], 0.3)
        longest = max(self.width_px, self.height_px)
        centre = np.array([self.width_px / 2, self.height_px / 2])
        return centre + scene[..., :2] * [1.0, -1.0] / depth_m * FOCAL * longest


def _rotation(yaw_deg: float, pitch_deg: float, roll_deg: float) -> Array:
    (cy, cp, cr), (sy, sp, sr) = (f(np.deg2rad([yaw_deg, pitch_deg, roll_deg])) for f in (np.cos, np.sin))
    yaw = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    pitch = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    roll = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(roll @ pitch @ yaw)
