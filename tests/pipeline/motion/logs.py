"""Sensor logs whose movement is known."""

from __future__ import annotations

import numpy as np
from scipy.spatial.transform import Rotation

from pipeline.values import Array, MotionLog

GRAVITY_M_S2 = 9.80665


def swinging(duration_s: float, rate_hz: float, frequency_hz: float = 0.5, start_s: float = 100.0) -> MotionLog:
    """An arm that swings: mostly along one axis, unevenly, with gravity leaning along."""
    times_s = np.arange(int(duration_s * rate_hz) + 1) / rate_hz
    phase = 2 * np.pi * frequency_hz * times_s
    swing = np.sin(phase) + 0.4 * np.cos(2 * phase)
    force = np.stack([4 * swing, 1.5 * np.cos(phase) + 0.6 * np.sin(2 * phase), GRAVITY_M_S2 + 2 * swing], axis=1)
    rotation = np.stack([0.3 * swing, 2 * np.cos(phase), 0.2 * swing], axis=1)
    return MotionLog(start_s + times_s, force, rotation, "device")


def still(duration_s: float, rate_hz: float, seed: int = 0) -> MotionLog:
    """A sensor that lies on a table."""
    rng = np.random.default_rng(seed)
    count = int(duration_s * rate_hz) + 1
    force = np.array([0.0, 0.0, GRAVITY_M_S2]) + rng.normal(0, 0.03, (count, 3))
    return MotionLog(np.arange(count) / rate_hz, force, rng.normal(0, 0.002, (count, 3)), "device")


def turned(log: MotionLog, seed: int, *, mirrored: bool = False) -> MotionLog:
    """The same log from a sensor worn in some other way, of the other sign where `mirrored`."""
    turn: Array = Rotation.random(random_state=np.random.default_rng(seed)).as_matrix()
    force = log.acceleration_m_s2 @ turn * (-1 if mirrored else 1)
    return MotionLog(log.times_s, force, log.rotation_rad_s @ turn, log.source, log.has_gravity)
