"""A whole set of an exercise as channels over time: the input of the networks of whole sets.

Twice: once in seconds, and once stretched so that every repetition takes equally long. Each of the two along the
sensor's own axes (the network tries all eight signs that a half-turn of the device or another maker's convention can
give) and along axes that no rotation changes. Where an app removed gravity, "up" is no known direction; the channels
are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from pipeline.motion.axes import LARGEST, USUAL_JERK_G_S
from pipeline.motion.signals import RATE_HZ
from pipeline.motion.windows import FRAMES
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import Array, Floats

SHORTEST: Final = FRAMES  # frames: a shorter set is one window, which the windows' network sees whole
LONGEST: Final = 1500  # frames used, from the middle: a minute; no set of uLift is longer
PERIOD_FRAMES: Final = 48  # one repetition is stretched to it
STRETCHED: Final = (100, 1500)  # fewest and most frames of a stretched set
PERIODS_S: Final = (0.5, 8.0)  # shortest and longest repetition
AS_CLEAR: Final = 0.85  # of the clearest period's correlation
LEAST_GRAVITY: Final = 0.25  # g, of a set's mean
SIGNINGS: Final = np.array(list(product((1, -1), repeat=3)), dtype=np.float32)  # as recorded first
AXES: Final = 3  # the first channels along the sensor's own axes, which the signs change
OWN, FREE = 5, 8  # channels along the sensor's own axes, and along axes that turning does not change


@dataclass(frozen=True, slots=True, eq=False)
class SetChannels:
    """own and own_stretched (1, OWN, T), signs as recorded; free and free_stretched (1, FREE, T)."""

    own: Floats
    own_stretched: Floats
    free: Floats
    free_stretched: Floats


def set_channels(acceleration_m_s2: Array) -> SetChannels | None:
    """Channels of a set (T, 3) at RATE_HZ; None where it is shorter than a window."""
    force = _middle(acceleration_m_s2.T / GRAVITY_M_S2)
    if force.shape[1] < SHORTEST:
        return None
    stretched = _resized(force, int(np.clip(force.shape[1] * PERIOD_FRAMES / period_frames(force), *STRETCHED)))
    return SetChannels(_own(force), _own(stretched), _free(force), _free(stretched))


def feels_gravity(acceleration_m_s2: Array) -> bool:
    """Whether the set (T, 3) contains gravity: it leans to one side by more than a movement that comes back does."""
    return bool(np.linalg.norm(acceleration_m_s2.mean(axis=0)) >= LEAST_GRAVITY * GRAVITY_M_S2)


def period_frames(force: Array, clear: float = AS_CLEAR) -> float:
    """The period in frames of a signal (3, T), by autocorrelation; T is at least SHORTEST.

    The shortest that is `clear` times as clear as the clearest, not a multiple of it.
    """
    moving = force - force.mean(axis=1, keepdims=True)
    count = moving.shape[1]
    spectrum = np.fft.rfft(moving, 2 * count)
    alike = np.fft.irfft((spectrum * spectrum.conj()).real.sum(axis=0))[:count]
    alike = alike / np.arange(count, 0, -1)
    first, last = (round(period_s * RATE_HZ) for period_s in PERIODS_S)
    tried = alike[first : min(last, count * 2 // 3)]
    peaks = 1 + np.flatnonzero((tried[1:-1] >= tried[:-2]) & (tried[1:-1] >= tried[2:]))
    if not len(peaks):
        return float(first + tried.argmax())
    best = float(tried[peaks].max())
    return float(first + peaks[tried[peaks] >= min(best, clear * best)][0])


def _middle(force: Array) -> Array:
    spare = max(0, force.shape[1] - LONGEST) // 2
    return force[:, spare : spare + LONGEST]


def _resized(values: Array, count: int) -> Array:
    at = np.linspace(0, values.shape[1] - 1, count)
    return np.stack([np.interp(at, np.arange(values.shape[1]), row) for row in values])


def _own(force: Array) -> Floats:
    return _cut(np.concatenate([force, _sizes(force)])[None])


def _free(force: Array) -> Floats:
    mean = force.mean(axis=1)
    up = mean / (np.linalg.norm(mean) + 1e-6)
    vertical = up @ force
    level = force - up[:, None] * vertical
    along = _axes(level)[:, 2]
    level_rows = [_leaning(direction @ level) for direction in (along, np.cross(up, along))]
    principal = [_leaning(direction @ (force - mean[:, None])) for direction in _axes(force).T[::-1]]
    return _cut(np.stack([vertical - 1, *level_rows, *principal, *_sizes(force)])[None])


def _axes(force: Array) -> Array:
    """(3, 3) columns: the principal axes of the force, the greatest last."""
    moving = force - force.mean(axis=1, keepdims=True)
    return np.asarray(np.linalg.eigh(moving @ moving.T)[1])


def _leaning(values: Array) -> Array:
    """Flipped to the side where it goes farther."""
    return values if ((values - values.mean()) ** 3).sum() >= 0 else -values


def _sizes(force: Array) -> Array:
    """(2, T) length of the force relative to 1 g, and of its change."""
    jerk = np.linalg.norm(np.diff(force, axis=1, prepend=force[:, :1]), axis=0) * (RATE_HZ / USUAL_JERK_G_S)
    return np.stack([np.linalg.norm(force, axis=0) - 1, jerk])


def _cut(rows: Array) -> Floats:
    return np.ascontiguousarray(np.clip(rows, -LARGEST, LARGEST), dtype=np.float32)
