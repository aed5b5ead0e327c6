"""Project windows onto four kinds of axes, of which three do not depend on how the device is worn.

The sensor's own axes tell devices that are always worn alike (in which glove it is). The same with their signs set by
the window's mean acceleration: unchanged when the sensor is turned by half or another maker flips the signs. Up (the
mean acceleration, which is gravity's where gravity is included) and across (the horizontal direction that moves most,
pointed to where its movement leans): unchanged by any rotation. And the principal axes of the movement: also valid
without gravity.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.motion.signals import RATE_HZ
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import Floats

SEEN: Final = 23  # input rows of the network
USUAL_ROTATION_RAD_S: Final = 5.0  # a brisk turn of the forearm: makes rotations about as large as accelerations in g
USUAL_JERK_G_S: Final = 10.0  # likewise for the change of acceleration
LARGEST: Final = 4.0  # g, or as much of the others; rows are clipped: one spike must not drown a window


def along_axes(acceleration_m_s2: Floats, rotation_rad_s: Floats, gyroscope: Floats) -> Floats:
    """(N, SEEN, T) of windows (N, T, 3); gyroscope (N,) is 1 where rotation was measured, else 0."""
    force = acceleration_m_s2 / np.float32(GRAVITY_M_S2)
    turning = rotation_rad_s / np.float32(USUAL_ROTATION_RAD_S)
    own = [*np.moveaxis(force, 2, 0), *np.moveaxis(turning, 2, 0)]
    force, turning = _pointed(force, turning)
    up = _unit(force.mean(axis=1))
    vertical = _dot(force, up)
    jerk = _length(np.diff(force, axis=1, prepend=force[:, :1])) * np.float32(RATE_HZ / USUAL_JERK_G_S)
    rows = [
        *own,
        *np.moveaxis(force, 2, 0),
        *np.moveaxis(turning, 2, 0),
        _length(force) - 1,
        vertical - 1,
        *_level(force - vertical[..., None] * up[:, None], up),
        *_principal(force),
        jerk,
        _length(turning),
        np.abs(_dot(turning, up)),
        np.broadcast_to(gyroscope[:, None], vertical.shape),
    ]
    return np.asarray(np.clip(np.stack(rows, axis=1), -LARGEST, LARGEST), np.float32)


def _pointed(force: Floats, turning: Floats) -> tuple[Floats, Floats]:
    """Axes flipped towards the mean force; rotation, which has a handedness and no maker's sign, is flipped
    with them.
    """
    sign = np.where(force.mean(axis=1, keepdims=True) < 0, np.float32(-1), np.float32(1))
    return force * sign, turning * sign * sign.prod(axis=2, keepdims=True)


def _level(level: Floats, up: Floats) -> tuple[Floats, Floats]:
    """The components along the horizontal direction that moves most, and across it (N, T); each leans to its positive
    side.
    """
    moving = level - level.mean(axis=1, keepdims=True)
    spread = moving.transpose(0, 2, 1) @ moving
    along = np.asarray(np.linalg.eigh(spread)[1][:, :, 2], np.float32)
    across = _unit(np.cross(up, along))
    return _leaning(level, along), _leaning(level, across)


def _principal(force: Floats) -> tuple[Floats, ...]:
    """(N, T) along each axis in which the force varies, the most first; each leans to its positive side."""
    moving = force - force.mean(axis=1, keepdims=True)
    axes = np.asarray(np.linalg.eigh(moving.transpose(0, 2, 1) @ moving)[1], np.float32)
    return tuple(_leaning(moving, axes[:, :, number]) for number in (2, 1, 0))


def _leaning(level: Floats, direction: Floats) -> Floats:
    values = _dot(level, direction)
    centred = values - values.mean(axis=1, keepdims=True)
    lean = (centred * centred * centred).sum(axis=1)
    return np.asarray(values * np.where(lean < 0, np.float32(-1), np.float32(1))[:, None])


def _dot(vectors: Floats, direction: Floats) -> Floats:
    """(N, T) of vectors (N, T, 3) along one direction a window (N, 3)."""
    return np.asarray((vectors @ direction[..., None])[..., 0], np.float32)


def _length(vectors: Floats) -> Floats:
    return np.asarray(np.sqrt((vectors * vectors).sum(axis=-1)))


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / (_length(vectors)[..., None] + np.float32(1e-6)), np.float32)
