"""Made-up logs of what data sets lack: a device that lies still, and movement that is no exercise."""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.learn.logs.recordings import REST, LabelledLog
from pipeline.motion.signals import RATE_HZ
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import UNKNOWN, Array, MotionLog

ROWS: Final = 500
DATA_SET: Final = "made_up"
HARMONICS: Final = 4


def made_up(count: int, rng: np.random.Generator) -> list[LabelledLog]:
    """So many logs of each kind: stillness is rest, aimless swinging is unknown."""
    kinds = ((REST, _lying_still), (UNKNOWN, _swinging_aimlessly))
    return [
        LabelledLog(f"{label}_{number}", f"{DATA_SET}/d{number}", label, make(rng))
        for label, make in kinds
        for number in range(count)
    ]


def _lying_still(rng: np.random.Generator) -> MotionLog:
    force = GRAVITY_M_S2 * _direction(rng) + rng.normal(0, rng.uniform(0.01, 0.1), (ROWS, 3))
    return _log(force, rng.normal(0, 0.005, (ROWS, 3)), rng)


def _swinging_aimlessly(rng: np.random.Generator) -> MotionLog:
    """Every axis repeats itself in its own way at one rate, which drifts: as of strokes, strides or play."""
    drift = np.cumsum(rng.normal(0, 0.02, ROWS))
    phase = 2 * np.pi * (np.exp(rng.uniform(np.log(0.3), np.log(2.5))) * np.arange(ROWS) / RATE_HZ + drift)
    lean = _direction(rng) + rng.uniform(0, 1.5) * _harmonic(phase, rng)
    gravity = GRAVITY_M_S2 * lean / np.linalg.norm(lean, axis=1, keepdims=True)
    force = gravity + np.exp(rng.uniform(np.log(0.5), np.log(20))) * _harmonic(phase, rng)
    return _log(force, np.exp(rng.uniform(np.log(0.3), np.log(8))) * _harmonic(phase, rng), rng)


def _harmonic(phase: Array, rng: np.random.Generator) -> Array:
    """(T, 3) sums of a few harmonics of size about one, the higher ones smaller."""
    number = np.arange(1, HARMONICS + 1)
    size = rng.normal(size=(HARMONICS, 3)) / number[:, None]
    waves = np.cos(phase[:, None, None] * number[:, None] + rng.uniform(0, 2 * np.pi, (HARMONICS, 3)))
    return np.asarray((waves * size).sum(axis=1) / np.sqrt((size**2).sum()))


def _direction(rng: np.random.Generator) -> Array:
    vector = rng.normal(size=3)
    return np.asarray(vector / np.linalg.norm(vector))


def _log(force: Array, rotation: Array, rng: np.random.Generator) -> MotionLog:
    """Half of the devices have no gyroscope."""
    turning = rotation if rng.random() < 0.5 else np.full_like(rotation, np.nan)
    return MotionLog(np.arange(ROWS) / RATE_HZ, force, turning, DATA_SET)
