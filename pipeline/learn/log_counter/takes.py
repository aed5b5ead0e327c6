"""Recordings of known repetitions for training the log counter: sets and rests, cut, joined and varied at random.

A piece is a stretch of one set with the edges of its repetitions, or a stretch of rest without any. A take joins a few
as in a workout, and plays them as another person or device would: slower or faster, with another gain, noise, rate, and
with or without gravity. Rotating the sensor changes nothing that the counter sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.evaluate.recordings import Recording
from pipeline.learn.logs.gravity import without_gravity
from pipeline.motion.signals import RATE_HZ, Motion, low_passed, motion_of
from pipeline.values import Array


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """acceleration (T, 3) at RATE_HZ; edges (N + 1,) seconds between which the N repetitions lie, empty for rest."""

    acceleration: Array
    edges_s: Array
    person: str = ""
    session: str = ""
    label: str = ""

    @property
    def reps(self) -> int:
        return max(0, len(self.edges_s) - 1)

    @property
    def duration_s(self) -> float:
        return len(self.acceleration) / RATE_HZ


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """A recording made of pieces, and for each of its sets the edges of the repetitions, in its own seconds."""

    motion: Motion
    sets: tuple[Array, ...]

    @property
    def reps(self) -> int:
        return sum(len(edges) - 1 for edges in self.sets)


@dataclass(frozen=True, slots=True)
class Wear:
    """How far a take is varied; shares are of the takes that each variation applies to."""

    tempo: float = 0.35  # largest natural logarithm of the speed, either way
    gain: float = 0.25  # likewise, of what moves
    noise_m_s2: float = 0.3  # largest standard deviation
    slow_share: float = 0.4
    slowest_hz: float = 10.0
    no_gravity_share: float = 0.12


WEAR: Final = Wear()


def piece_of(recording: Recording, edges_s: Array | None = None) -> Piece:
    """The recording as a piece; without given edges its repetitions are taken as evenly spaced from end to end."""
    motion = motion_of(recording.log)
    if edges_s is None:
        edges_s = np.linspace(0, motion.duration_s, recording.reps + 1) if recording.reps else np.empty(0)
    return Piece(motion.acceleration, edges_s, recording.person, recording.session, recording.label)


def cut(piece: Piece, first: int, last: int, slack_s: tuple[float, float] = (0.0, 0.0)) -> Piece:
    """Repetitions first up to but without last of the piece, with at most slack_s before and after."""
    start_s = max(0.0, piece.edges_s[first] - slack_s[0])
    end_s = min(piece.duration_s, piece.edges_s[last] + slack_s[1])
    edges_s = np.clip(piece.edges_s[first : last + 1], start_s, end_s) - start_s
    return _between(piece, start_s, end_s, edges_s)


def rested(piece: Piece, start_s: float, seconds: float) -> Piece:
    """A part of a rest."""
    return _between(piece, start_s, start_s + seconds, np.empty(0))


def joined(pieces: Sequence[Piece]) -> Take:
    """The pieces one after the other."""
    starts_s = np.concatenate([[0.0], np.cumsum([piece.duration_s for piece in pieces])])
    sets = [piece.edges_s + start_s for piece, start_s in zip(pieces, starts_s, strict=False) if piece.reps]
    acceleration = np.concatenate([piece.acceleration for piece in pieces])
    return Take(Motion(np.arange(len(acceleration)) / RATE_HZ, acceleration), tuple(sets))


def worn(take: Take, rng: np.random.Generator, wear: Wear = WEAR) -> Take:
    """The take as recorded by another device."""
    speed = float(np.exp(rng.uniform(-wear.tempo, wear.tempo)))
    acceleration, sets = _played(take, speed)
    slow = low_passed(acceleration, 0.3, RATE_HZ)
    moving = (acceleration - slow) * np.exp(rng.uniform(-wear.gain, wear.gain))
    acceleration = moving if rng.random() < wear.no_gravity_share else moving + slow
    acceleration = acceleration + rng.normal(0, rng.uniform(0, wear.noise_m_s2), acceleration.shape)
    if rng.random() < wear.slow_share:
        acceleration = slowed(acceleration, rng.uniform(wear.slowest_hz, RATE_HZ))
    return Take(Motion(np.arange(len(acceleration)) / RATE_HZ, acceleration), sets)


def take_without_gravity(take: Take, rng: np.random.Generator) -> Take:
    """The take without what an app would remove as gravity."""
    left = without_gravity(take.motion.acceleration, rng)
    return replace(take, motion=replace(take.motion, acceleration=left, has_gravity=False))


def slowed(acceleration: Array, rate_hz: float) -> Array:
    """As recorded at this rate, resampled to the even grid."""
    frames_s = np.arange(len(acceleration)) / RATE_HZ
    read_s = np.arange(0, frames_s[-1], 1 / rate_hz)
    return np.column_stack([np.interp(frames_s, read_s, np.interp(read_s, frames_s, axis)) for axis in acceleration.T])


def _played(take: Take, speed: float) -> tuple[Array, tuple[Array, ...]]:
    frames = np.arange(0, len(take.motion.acceleration) - 1, speed)
    played = np.column_stack([np.interp(frames, np.arange(len(axis)), axis) for axis in take.motion.acceleration.T])
    return played, tuple(edges / speed for edges in take.sets)


def _between(piece: Piece, start_s: float, end_s: float, edges_s: Array) -> Piece:
    first, last = round(start_s * RATE_HZ), round(end_s * RATE_HZ)
    return Piece(piece.acceleration[first:last], edges_s, piece.person, piece.session, piece.label)


class TakeSampler:
    """Draws random takes from the sets and rests of some people."""

    def __init__(self, sets: Sequence[Piece], rests: Sequence[Piece]) -> None:
        self._sets = [piece for piece in sets if piece.reps >= 1 and piece.duration_s >= 2]
        self._rests = [piece for piece in rests if piece.duration_s >= 3]
        self._labels = sorted({piece.label for piece in self._sets})
        self._by_label = {name: [p for p in self._sets if p.label == name] for name in self._labels}

    def take(self, rng: np.random.Generator, longest_s: float = 40.0) -> Take:
        """Sets and rests alternately until it is long enough; one in six is rest alone, one in four a single set."""
        kind = rng.random()
        if kind < 1 / 6:
            return joined([self._rest(rng, 5, 30) for _ in range(int(rng.integers(1, 3)))])
        if kind < 5 / 12:
            return joined([self._set(rng)])
        pieces: list[Piece] = []
        while sum(piece.duration_s for piece in pieces) < longest_s:
            if pieces or rng.random() < 0.5:
                pieces.append(self._rest(rng, 2, 15))
            pieces.append(self._set(rng))
        return joined([*pieces, self._rest(rng, 2, 15)] if rng.random() < 0.5 else pieces)

    def _set(self, rng: np.random.Generator) -> Piece:
        """A whole set, or some of its repetitions."""
        own = self._by_label[self._labels[int(rng.integers(len(self._labels)))]]
        piece = own[int(rng.integers(len(own)))]
        if piece.reps < 2 or rng.random() < 0.25:
            return piece
        first = int(rng.integers(0, piece.reps))
        last = int(rng.integers(first + 1, piece.reps + 1))
        before, after = np.abs(rng.normal(0, 0.12, 2)) * (piece.edges_s[-1] - piece.edges_s[0]) / piece.reps
        return cut(piece, first, last, (float(before), float(after)))

    def _rest(self, rng: np.random.Generator, shortest_s: float, longest_s: float) -> Piece:
        piece = self._rests[int(rng.integers(len(self._rests)))]
        seconds = min(rng.uniform(shortest_s, longest_s), piece.duration_s)
        return rested(piece, rng.uniform(0, piece.duration_s - seconds), seconds)
