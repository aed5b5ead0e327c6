"""Augment batches of windows: as other people, other wrists and other devices would have recorded them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter1d

from pipeline.learn.logs.recordings import PUNCHES, Recording
from pipeline.motion.signals import RATE_HZ
from pipeline.motion.windows import FRAMES
from pipeline.values import Array, Floats

Indices = npt.NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Variety:
    """How far a window is changed, and the share of windows that each change meets."""

    tempo: float = 0.4  # largest logarithm of the speed, either way
    vigour: float = 0.2  # of the logarithm of how much is moved, standard deviation
    slight_deg: float = 25.0  # a band worn a little askew
    anyhow: float = 0.2  # turned in any way at all
    half_turns: float = 0.3  # the band the other way round, or on the other arm
    negated: float = 0.25  # acceleration with the other sign: iOS against Android
    of_punches: float = 0.3  # of these three, for punches: in which glove a fixed sensor sits tells a jab from a cross
    without_gravity: float = 0.15
    slow: float = 0.2  # as of a device of 10 to 12.5 Hz
    without_gyroscope: float = 0.5  # of windows that have one
    offset_m_s2: float = 0.3  # of an axis, standard deviation
    gain: float = 0.03
    noise_m_s2: float = 0.25  # largest


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """acceleration_m_s2 and rotation_rad_s (B, FRAMES, 3); gyroscope (B,) 0 or 1."""

    acceleration_m_s2: Floats
    rotation_rad_s: Floats
    gyroscope: Floats


class Pool:
    """Recordings end to end, so that windows are cut from anywhere in one step."""

    def __init__(self, recordings: Sequence[Recording]) -> None:
        self.lengths = np.array([len(one.values) for one in recordings])
        self.first = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        self.values = np.concatenate([one.values for one in recordings])
        self.slow = np.concatenate([_gravity(one.values[:, :3]) for one in recordings])
        self.gyroscope = np.array([one.gyroscope for one in recordings], dtype=np.float32)
        self.punches = np.array([one.label in PUNCHES for one in recordings])

    def cut(self, which: Indices, start: Array, speed: Array, vigour: Array, gravity: Array) -> Batch:
        """Windows of the recordings `which` (B,) from frame `start`, played at `speed`, round and round if short.

        What moves about gravity grows with the square of the speed, as it would, and with `vigour`; `gravity` is kept
        that much of.
        """
        at = start[:, None] + np.arange(FRAMES) * speed[:, None]
        below = np.floor(at).astype(np.int64)
        part = (at - below)[..., None].astype(np.float32)
        rows = [self.first[which][:, None] + (below + k) % self.lengths[which][:, None] for k in (0, 1)]
        both = self.values[rows[0]] * (1 - part) + self.values[rows[1]] * part
        slow = self.slow[rows[0]]
        grown, turned, kept = (x[:, None, None].astype(np.float32) for x in (vigour * speed**2, speed, gravity))
        return Batch((both[..., :3] - slow) * grown + slow * kept, both[..., 3:] * turned, self.gyroscope[which])

    def draw(self, which: Indices, variety: Variety, rng: np.random.Generator) -> Batch:
        """Windows from anywhere in the recordings, changed as by other wearers and devices."""
        count = len(which)
        speed = np.exp(rng.uniform(-variety.tempo, variety.tempo, count))
        room = np.maximum(self.lengths[which] - FRAMES * speed, 0)
        vigour = np.exp(rng.normal(0, variety.vigour, count))
        gravity = np.where(rng.random(count) < variety.without_gravity, 0.0, 1.0)
        batch = self.cut(which, rng.uniform(0, 1, count) * room, speed, vigour, gravity)
        often = np.where(self.punches[which], variety.of_punches, 1.0)
        return worn_anyhow(as_by_another_device(batch, variety, rng), variety, rng, often)


def worn_anyhow(batch: Batch, variety: Variety, rng: np.random.Generator, often: Array | None = None) -> Batch:
    """The batch as if worn or signed otherwise; rotation turns along, but is not negated with acceleration.

    `often` (B,) is how much of the usual chance of that each window has, 1 where it is not said.
    """
    count = len(batch.gyroscope)
    chance = np.ones(count) if often is None else often
    turn = turns(chance, variety, rng)
    sign = np.where(rng.random(count) < variety.negated * chance, -1, 1).astype(np.float32)[:, None, None]
    return Batch(batch.acceleration_m_s2 @ turn * sign, batch.rotation_rad_s @ turn, batch.gyroscope)


def turns(chance: Array, variety: Variety, rng: np.random.Generator) -> Floats:
    """(B, 3, 3) rotation matrices: some of any kind, the others slight, half-turned now and then; chance (B,)."""
    count = len(chance)
    angle = np.abs(rng.normal(0, np.radians(variety.slight_deg) / 2, count))
    slight = _about(rng.normal(size=(count, 3)), angle)
    half = _about(
        np.eye(3)[rng.integers(0, 3, count)], np.where(rng.random(count) < variety.half_turns * chance, np.pi, 0.0)
    )
    return np.where((rng.random(count) < variety.anyhow * chance)[:, None, None], any_turns(count, rng), half @ slight)


def any_turns(count: int, rng: np.random.Generator) -> Floats:
    """(count, 3, 3) rotations, every one as likely (from uniform unit quaternions)."""
    q = rng.normal(size=(count, 4))
    w, axis = q[:, 0], q[:, 1:]
    length = np.linalg.norm(axis, axis=1)
    return _about(axis, 2 * np.arctan2(length, w))


def _about(axis: Array, angle: Array) -> Floats:
    """Rotation matrices by Rodrigues' formula."""
    x, y, z = (axis / np.maximum(np.linalg.norm(axis, axis=1, keepdims=True), 1e-9)).T
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=1).reshape(-1, 3, 3)
    sin, cos = np.sin(angle)[:, None, None], np.cos(angle)[:, None, None]
    return np.asarray(np.eye(3) + sin * cross + (1 - cos) * cross @ cross, dtype=np.float32)


def as_by_another_device(batch: Batch, variety: Variety, rng: np.random.Generator) -> Batch:
    """The batch with other gains, offsets and noise, some of it slower, some without its gyroscope."""
    count = len(batch.gyroscope)
    gain = 1 + variety.gain * rng.normal(size=(count, 1, 3))
    force = batch.acceleration_m_s2 * gain + variety.offset_m_s2 * rng.normal(size=(count, 1, 3))
    loud = rng.uniform(0, variety.noise_m_s2, (count, 1, 1)).astype(np.float32)
    force = force + loud * rng.standard_normal(force.shape, dtype=np.float32)
    slow = (rng.random(count) < variety.slow)[:, None, None]
    force = np.where(slow, _slowed(force), force)
    turning = np.where(slow, _slowed(batch.rotation_rad_s), batch.rotation_rad_s)
    kept = batch.gyroscope * (rng.random(count) >= variety.without_gyroscope)
    return Batch(force.astype(np.float32), turning * kept[:, None, None].astype(np.float32), kept.astype(np.float32))


def _slowed(values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Every other frame, and straight lines between."""
    kept = values.copy()
    kept[:, 1:-1:2] = (values[:, :-2:2] + values[:, 2::2]) / 2
    return kept


def _gravity(acceleration_m_s2: Floats) -> Floats:
    """What a phone would take for gravity: the mean over the two seconds around."""
    return np.asarray(uniform_filter1d(acceleration_m_s2, int(2 * RATE_HZ), axis=0, mode="nearest"), np.float32)
