"""Held-out logs named as a user's would be: as recorded, and as another wrist, sign, rate or phone would have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d, uniform_filter1d
from tqdm import tqdm

from pipeline.learn.logs.augment import any_turns
from pipeline.learn.logs.gravity import followed
from pipeline.learn.logs.recordings import LabelledLog
from pipeline.motion.network import LogNetwork
from pipeline.motion.recognize import pooled_logs
from pipeline.motion.signals import RATE_HZ
from pipeline.motion.windows import cut, even
from pipeline.recognize.decide import pool
from pipeline.values import Array, MotionLog

HOP: Final = round(2 * RATE_HZ)  # frames between windows: half as dense as the product's, for time's sake
SLOW_S: Final = 0.15  # over which acceleration is smoothed to gravity, standard deviation
FOLLOWED_S: Final = 0.25  # likewise, to gravity's direction

Change = Callable[[MotionLog, np.random.Generator], MotionLog]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What a network said of logs: pooled (M, C) a log, and each window's logs (W, C) with the log it is `of` (W,)."""

    pooled: Array
    window_logs: Array
    of: npt.NDArray[np.int_]

    @property
    def by_windows(self) -> Array:
        """(M, C) what its windows alone say of each log."""
        return np.stack([pool(self.window_logs[self.of == number]) for number in range(len(self.pooled))])

    @classmethod
    def joined(cls, parts: Sequence[Trial]) -> Trial:
        """The parts one after the other."""
        before = np.cumsum([0, *(len(part.pooled) for part in parts[:-1])])
        of = [part.of + first for part, first in zip(parts, before, strict=True)]
        logs = np.concatenate([part.window_logs for part in parts])
        return cls(np.concatenate([part.pooled for part in parts]), logs, np.concatenate(of))


def attempt(net: LogNetwork, logs: Sequence[LabelledLog], change: Change, seed: int, what: str = "trying") -> Trial:
    """Every log answered, changed first; the same seed changes alike."""
    rng = np.random.default_rng(seed)
    changed = [change(one.log, rng) for one in tqdm(logs, desc=what, ncols=90, mininterval=5)]
    frames = [even(one) for one in changed]
    said = [net.log_probabilities(cut(one, HOP)) for one in frames]
    sets = [net.of_sets(has_gravity=one.has_gravity) for one in changed]
    told = [None if own is None else own.log_evidence(one.values[:, :3]) for own, one in zip(sets, frames, strict=True)]
    pooled = [pooled_logs(rows, net.classes, own, one) for rows, own, one in zip(said, sets, told, strict=True)]
    of = np.repeat(np.arange(len(said)), [len(rows) for rows in said])
    return Trial(np.stack(pooled), np.concatenate(said), of)


def attempt_workouts(
    net: LogNetwork, logs: Sequence[LabelledLog], change: Change, seed: int, what: str = "trying workouts"
) -> Array:
    """(M, C) of every log, those of a workout changed alike and named together, as the sets of one log are."""
    workouts = sorted({one.workout for one in logs})
    pooled = np.empty((len(logs), len(net.classes)))
    for number, workout in enumerate(tqdm(workouts, desc=what, ncols=90, mininterval=5)):
        rows = [row for row, one in enumerate(logs) if one.workout == workout]
        frames = [even(change(logs[row].log, np.random.default_rng([seed, number]))) for row in rows]
        said = [net.log_probabilities(cut(one, HOP)) for one in frames]
        told = [None] * len(rows) if net.sets is None else net.sets.log_evidences([one.values[:, :3] for one in frames])
        pooled[rows] = [pooled_logs(own, net.classes, net.sets, one) for own, one in zip(said, told, strict=True)]
    return pooled


def as_recorded(log: MotionLog, _: np.random.Generator) -> MotionLog:
    return log


def half_turned(log: MotionLog, rng: np.random.Generator) -> MotionLog:
    """By 180 degrees about one of the device's own axes, each as likely."""
    return _turned(log, np.diag(2 * np.eye(3)[rng.integers(3)] - 1))


def negated(log: MotionLog, _: np.random.Generator) -> MotionLog:
    """All signs of the acceleration flipped, as between iOS and Android."""
    return _with(log, -log.acceleration_m_s2, log.rotation_rad_s)


def turned_anyhow(log: MotionLog, rng: np.random.Generator) -> MotionLog:
    return _turned(log, any_turns(1, rng)[0].astype(np.float64))


def without_gravity(log: MotionLog, _: np.random.Generator) -> MotionLog:
    """Less the mean over the two seconds around, as phones leave gravity out."""
    count = max(1, round(2 * len(log.times_s) / max(log.duration_s, 1e-9)))
    return _less(log, uniform_filter1d(log.acceleration_m_s2, count, axis=0, mode="nearest"))


def gravity_followed(log: MotionLog, _: np.random.Generator) -> MotionLog:
    """Less 1 g along gravity's direction, as phones with a gyroscope leave gravity out. Without one its direction is
    read from the acceleration, and with it goes what is slow of the movement, too: harder than the phones' own."""
    rate_hz = len(log.times_s) / max(log.duration_s, 1e-9)
    return _less(log, followed(log.acceleration_m_s2, FOLLOWED_S, rate_hz))


def at_rate(rate_hz: float) -> Change:
    """Read off at another rate, with the aliases that a plain device would record."""

    def change(log: MotionLog, _: np.random.Generator) -> MotionLog:
        times_s = np.arange(log.times_s[0], log.times_s[-1], 1 / rate_hz)
        both = np.concatenate([log.acceleration_m_s2, log.rotation_rad_s], axis=1)
        read = np.stack([np.interp(times_s, log.times_s, column) for column in both.T], axis=1)
        return MotionLog(times_s, read[:, :3], read[:, 3:], log.source)

    return change


def with_gyroscope(log: MotionLog, rng: np.random.Generator) -> MotionLog:
    """Beside a gyroscope that fits: as gravity's direction turns, and about it, which acceleration does not show, as
    much to and fro."""
    slow = gaussian_filter1d(log.acceleration_m_s2, SLOW_S * len(log.times_s) / log.duration_s, axis=0, mode="nearest")
    down = slow / (np.linalg.norm(slow, axis=1, keepdims=True) + 1e-9)
    turning = -np.cross(down, np.gradient(down, log.times_s, axis=0))
    to_and_fro = np.sin(2 * np.pi * rng.uniform(0.1, 0.5) * log.times_s + rng.uniform(0, 2 * np.pi))
    about = down * (np.abs(turning).mean() * to_and_fro)[:, None]
    return _with(log, log.acceleration_m_s2, turning + about + rng.normal(0, 0.02, turning.shape))


CHANGES: Final[Mapping[str, Change]] = {
    "as recorded": as_recorded,
    "turned 180°": half_turned,
    "signs flipped": negated,
    "read at 25 Hz": at_rate(25.0),
    "read at 50 Hz": at_rate(50.0),
    "read at 10 Hz": at_rate(10.0),
    "any rotation": turned_anyhow,
    "without gravity": without_gravity,
    "without gravity, its direction followed": gravity_followed,
    "with a made gyroscope": with_gyroscope,
}


def _turned(log: MotionLog, turn: Array) -> MotionLog:
    return _with(log, log.acceleration_m_s2 @ turn, log.rotation_rad_s @ turn)


def _less(log: MotionLog, gravity_m_s2: Array) -> MotionLog:
    return replace(log, acceleration_m_s2=log.acceleration_m_s2 - gravity_m_s2, has_gravity=False)


def _with(log: MotionLog, acceleration_m_s2: Array, rotation_rad_s: Array) -> MotionLog:
    return MotionLog(log.times_s, acceleration_m_s2, rotation_rad_s, log.source, log.has_gravity)
