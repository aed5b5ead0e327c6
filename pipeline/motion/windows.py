"""Cut a sensor log into windows of an even clock, five seconds each: the recogniser's input."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.motion.signals import RATE_HZ, bridged
from pipeline.sensors.clock import resample
from pipeline.values import Array, Floats, Mask, MotionLog

FRAMES: Final = 125  # of a window: 5 s, one slow repetition or more
HOP: Final = 25  # frames from one window to the next: 1 s
FEWEST_FRAMES: Final = 12  # half a second: less shows no movement
WINDOW_S: Final = FRAMES / RATE_HZ


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """A log on the even clock: values (T, 6) at RATE_HZ from start_s on, acceleration beside rotation.

    `measured` (T,) is False in gaps. Rotation is 0 where there is no gyroscope.
    """

    start_s: float
    values: Array
    measured: Mask
    gyroscope: bool


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """centres_s (N,) in the log's own time; acceleration_m_s2 and rotation_rad_s (N, FRAMES, 3), float32.

    rotation_rad_s is 0 where `gyroscope` is False.
    """

    centres_s: Array
    acceleration_m_s2: Floats
    rotation_rad_s: Floats
    gyroscope: bool

    def __len__(self) -> int:
        return len(self.centres_s)

    def without_gyroscope(self) -> Windows:
        """The same as if the device had no gyroscope."""
        return replace(self, rotation_rad_s=np.zeros_like(self.rotation_rad_s), gyroscope=False)


def windows(log: MotionLog, hop: int = HOP) -> Windows:
    """The log's windows, `hop` frames apart and one at the end, without those of which more than half is missing.

    None where the log is shorter than half a second; a log shorter than a window is repeated from its start to fill it.
    """
    return cut(even(log), hop)


def cut(frames: Frames, hop: int = HOP) -> Windows:
    """The windows of a log on the even clock, see `windows`."""
    count = len(frames.values)
    if count < FEWEST_FRAMES:
        return _split(np.empty(0), np.empty((0, FRAMES, 6)), gyroscope=False)
    starts = np.array(window_starts(count, hop))
    rows = (starts[:, None] + np.arange(FRAMES)) % max(count, FRAMES)
    kept = np.resize(frames.measured, max(count, FRAMES))[rows].mean(axis=1) > 0.5
    centres_s = frames.start_s + (starts + min(FRAMES, count) / 2 - 0.5) / RATE_HZ
    values = np.resize(frames.values, (max(count, FRAMES), 6))[rows]
    return _split(centres_s[kept], values[kept], gyroscope=frames.gyroscope)


def window_starts(count: int, hop: int) -> list[int]:
    """First frames of the windows of a signal of `count` frames."""
    if count <= FRAMES:
        return [0]
    return sorted({*range(0, count - FRAMES + 1, hop), count - FRAMES})


def even(log: MotionLog) -> Frames:
    """The log at RATE_HZ, its gaps filled by linear interpolation and marked."""
    uniform = resample(log, RATE_HZ)
    measured = np.asarray(np.isfinite(uniform.acceleration_m_s2).all(axis=1))
    gyroscope = bool(np.isfinite(uniform.rotation_rad_s).any())
    values = np.concatenate([uniform.acceleration_m_s2, uniform.rotation_rad_s], axis=1)
    start_s = float(log.times_s[0]) if len(log.times_s) else 0.0
    return Frames(start_s, np.column_stack([bridged(column) for column in values.T]), measured, gyroscope)


def _split(centres_s: Array, both: Array, *, gyroscope: bool) -> Windows:
    return Windows(centres_s, both[..., :3].astype(np.float32), both[..., 3:].astype(np.float32), gyroscope)
