"""A whole set of an exercise as channels over time: what the networks of whole sets look at.

Twice, once in seconds and once stretched so that every repetition takes as long; and each of the two along the
sensor's own axes, which the network takes in all eight signings that a half-turn of the device or another maker's sign
can give, and along axes that no turning changes. Where an app took gravity out, "up" is no direction that is known;
the channels are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from pipeline.motion.axes import LARGEST, USUAL_JERK_G_S
from pipeline.motion.signals import RATE_HZ
from pipeline.motion.windows import FRAMES, Floats
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import Array

SHORTEST: Final = FRAMES  # frames: less is one window, which the windows' own network sees whole
LONGEST: Final = 1500  # frames looked at, from the middle: a minute; no set of uLift is longer
PERIOD_FRAMES: Final = 48  # that one repetition is stretched to
STRETCHED: Final = (100, 1500)  # fewest and most frames of a set so stretched
PERIODS_S: Final = (0.5, 8.0)  # that a repetition may take
AS_CLEAR: Final = 0.85  # of the clearest period
LEAST_GRAVITY: Final = 0.25  # g, of a set's mean
SIGNINGS: Final = np.array(list(product((1, -1), repeat=3)), dtype=np.float32)  # as recorded first
AXES: Final = 3  # of the channels along the sensor's own axes: those that another signing changes, the first
OWN, FREE = 5, 8  # channels along the sensor's own axes, and along axes that turning does not change


@dataclass(frozen=True, slots=True, eq=False)
class SetChannels:
    """own and own_stretched (1, OWN, T), as recorded; free and free_stretched (1, FREE, T)."""

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
    """The set (T, 3) leans to one side by more than a movement that comes back does."""
    return bool(np.linalg.norm(acceleration_m_s2.mean(axis=0)) >= LEAST_GRAVITY * GRAVITY_M_S2)


def period_frames(force: Array, clear: float = AS_CLEAR) -> float:
    """The time after which a signal (3, T) is most like itself, by autocorrelation; T has SHORTEST frames or more. The
    shortest that is `clear` times as clear as the clearest is taken, not its double."""
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
    """(3, 3) columns in which the force varies, the most last."""
    moving = force - force.mean(axis=1, keepdims=True)
    return np.asarray(np.linalg.eigh(moving @ moving.T)[1])


def _leaning(values: Array) -> Array:
    """Pointed to the side where it goes further."""
    return values if ((values - values.mean()) ** 3).sum() >= 0 else -values


def _sizes(force: Array) -> Array:
    """(2, T) length of the force about 1 g, and of its change."""
    jerk = np.linalg.norm(np.diff(force, axis=1, prepend=force[:, :1]), axis=0) * (RATE_HZ / USUAL_JERK_G_S)
    return np.stack([np.linalg.norm(force, axis=0) - 1, jerk])


def _cut(rows: Array) -> Floats:
    return np.ascontiguousarray(np.clip(rows, -LARGEST, LARGEST), dtype=np.float32)
