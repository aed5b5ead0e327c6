"""Input channels of the counting network, independent of how the sensor is turned or mirrored.

How much moves along gravity and across it, how posture changes, the movement along its own principal directions, and
its autocorrelation at a range of lags: where it repeats, one of the lags is its period.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.ndimage import gaussian_filter1d, uniform_filter1d

from pipeline.motion.signals import RATE_HZ, Motion, low_passed
from pipeline.values import Array, Indices

EVERY = 2  # the network sees every second frame
FRAME_HZ = RATE_HZ / EVERY  # 12.5, the rate of the slowest wristbands, so that fast ones look the same
LAGS = np.unique(np.round(FRAME_HZ * np.geomspace(0.32, 8.0, 28)).astype(int))  # frames: repetitions of 0.3 to 8 s
SIGNED = (7, 8, 9)  # channels whose sign is arbitrary
COUNT = 12 + len(LAGS)
AXES_WIDTH_S = 2.5  # standard deviation of the window in which a movement's own directions are looked for


@dataclass(frozen=True, slots=True)
class Bands:
    """Hz and m/s^2. Weights and bodies move below 4 Hz; gravity turns with the posture, below 0.35 Hz."""

    fastest: float = 4.0
    gravity: float = 0.35
    drift: float = 0.12
    posture: float = 1.2
    least_gravity: float = 3.0  # less than this is a log without gravity: there is no vertical
    jitter: float = 0.15  # of a sensor that lies still


BANDS: Final = Bands()


def channels_of(motion: Motion) -> Array:
    """(T / EVERY, COUNT): every channel, about -3 to 3."""
    acceleration = low_passed(motion.acceleration, BANDS.fastest, RATE_HZ)[::EVERY]
    moving = acceleration - below(acceleration, BANDS.drift)
    parts = (_upright(acceleration), _effort(moving), _own_directions(moving), _alike(moving))
    return np.column_stack(parts)


def below(values: Array, below_hz: float) -> Array:
    """(T, ...) at FRAME_HZ, low-passed at below_hz."""
    return low_passed(values, below_hz, FRAME_HZ)


def _upright(acceleration: Array) -> Array:
    """(T, 5): along gravity, across it, the size, the posture's distance from the usual one, its change."""
    slow = below(acceleration, BANDS.gravity)
    down = slow / np.maximum(np.linalg.norm(slow, axis=1, keepdims=True), BANDS.least_gravity)
    quick = acceleration - slow
    vertical = (quick * down).sum(axis=1)
    across = np.linalg.norm(quick - vertical[:, None] * down, axis=1)
    size = np.linalg.norm(acceleration, axis=1)
    posture = below(acceleration, BANDS.posture)
    away = np.linalg.norm(posture - below(acceleration, BANDS.drift), axis=1)
    turning = np.linalg.norm(np.gradient(posture, axis=0), axis=1) * FRAME_HZ
    columns = (vertical, across, size - below(size, BANDS.drift), away / 2, turning / 4)
    return np.column_stack([np.arcsinh(column) for column in columns])


def _effort(moving: Array) -> Array:
    """(T, 2): the logarithm of how much moves, now and within a few seconds."""
    energy = (moving**2).sum(axis=1) + BANDS.jitter**2
    return np.column_stack([np.log(gaussian_filter1d(energy, width * FRAME_HZ)) / 2 for width in (0.3, 1.5)])


def _own_directions(moving: Array) -> Array:
    """(T, 5): along the local main direction (slowly, quickly) and the second, and how much the first two explain."""
    directions, strengths = local_axes(moving)
    usual = np.sqrt(strengths[:, 0]) + BANDS.jitter
    along = np.einsum("tdk,td->tk", directions, moving) / usual[:, None]
    slowly = np.einsum("td,td->t", directions[:, :, 0], below(moving, BANDS.posture)) / usual
    shares = strengths[:, :2] / (strengths.sum(axis=1, keepdims=True) + BANDS.jitter**2)
    return np.column_stack([np.clip(np.column_stack([slowly, along[:, :2]]), -3, 3), shares])


def local_axes(moving: Array) -> tuple[Array, Array]:
    """(T, 3, 3) directions as columns and (T, 3) variances about each frame, largest first, signs continuous."""
    products = moving[:, :, None] * moving[:, None, :]
    strengths, axes = np.linalg.eigh(gaussian_filter1d(products, AXES_WIDTH_S * FRAME_HZ, axis=0))
    axes = axes[:, :, ::-1]
    turns = np.sign((axes[1:] * axes[:-1]).sum(axis=1))
    signs = np.concatenate([np.ones((1, 3)), np.cumprod(np.where(turns == 0, 1, turns), axis=0)])
    return axes * signs[:, None, :], np.maximum(strengths[:, ::-1], 0)


def _alike(moving: Array) -> Array:
    """(T, lags) correlation around each frame of the movement half a lag before with that half a lag after."""
    return np.column_stack([_alike_at(moving, int(lag)) for lag in LAGS])


def _alike_at(moving: Array, lag: int) -> Array:
    earlier, later = (_shifted(moving, by) for by in (-(lag // 2), lag - lag // 2))
    products = np.column_stack([(a * b).sum(axis=1) for a, b in ((earlier, later), (earlier, earlier), (later, later))])
    both, first, second = _averaged(products, 0.5 * lag + 0.3 * FRAME_HZ).T
    return np.asarray(both / (np.sqrt(np.maximum(first * second, 0)) + BANDS.jitter**2))


def _averaged(values: Array, width: float) -> Array:
    """Means around each frame with triangular weights of standard deviation `width` frames, zero-padded."""
    size = round(width * np.sqrt(6))
    return np.asarray(
        uniform_filter1d(uniform_filter1d(values, size, axis=0, mode="constant"), size, axis=0, mode="constant")
    )


def _shifted(values: Array, by: int) -> Array:
    """values[t + by], 0 beyond the ends."""
    shifted, frames = np.zeros_like(values), len(values)
    kept: Indices = np.arange(max(0, -by), min(frames, frames - by))
    shifted[kept] = values[kept + by]
    return shifted
