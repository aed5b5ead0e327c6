"""Measure the log counter on people it was not trained on: whole sets, crops, joins with real rest, rest alone.

Three in four whole sets are of ten, so half of those taken here are not; crops and joins of a person's own sets and
rests have every count. Some are rotated and mirrored at random, or as recorded by another device.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.learn.log_counter.takes import Piece, Take, cut, joined, rested, slowed
from pipeline.motion.beat import Weights
from pipeline.motion.choose import LogScorer
from pipeline.motion.count import find_runs
from pipeline.motion.signals import RATE_HZ, Motion, low_passed
from pipeline.values import Array

USUAL = 10  # repetitions of three sets in four


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """True and answered numbers (N,) of one kind of takes."""

    true: Array
    said: Array

    def __str__(self) -> str:
        off = np.abs(self.said - self.true)
        shares = f"exact {100 * (off == 0).mean():5.1f} %  within 1 {100 * (off <= 1).mean():5.1f} %"
        return f"{shares}  MAE {off.mean():.2f}  n {len(off)}"


def takes_of(pieces: Sequence[Piece], each: int, rng: np.random.Generator) -> dict[str, list[Take]]:
    """Takes by kind, `each` of every kind; the pieces must be of people not trained on."""
    sets, rests = [piece for piece in pieces if piece.reps], [piece for piece in pieces if not piece.reps]
    odd, usual = ([piece for piece in sets if (piece.reps == USUAL) is same] for same in (False, True))
    whole = [joined([piece]) for piece in [*_some(odd, each // 2, rng), *_some(usual, each // 2, rng)]]
    crops = [joined([_cropped(piece, rng)]) for piece in _some(sets, each, rng)]
    return {
        "whole, half not 10": whole,
        "crops": crops,
        "crops of 1 or 2": [joined([_cropped(piece, rng, 1, 2)]) for piece in _some(sets, each, rng)],
        "joins, rest between": [_workout(sets, rests, rng) for _ in range(each)],
        "rest alone": [joined([_rested(piece, rng, 5, 31)]) for piece in _some(rests, each, rng)],
        "crops, turned and mirrored": [turned(take, rng) for take in crops],
        "crops at 25 Hz": [device(take, 25.0, rng) for take in crops],
        "crops, another device at 12.5 Hz": [device(take, 12.5, rng) for take in crops],
        "whole, another device at 12.5 Hz": [device(take, 12.5, rng) for take in whole],
    }


def counted(team: Sequence[Weights], takes: Sequence[Take], scorer: LogScorer | None = None) -> Counted:
    """The answers of the networks with these weights, with `scorer` (default: the shipped one)."""
    said = [sum(run.reps for run in find_runs(take.motion, team, scorer)) for take in takes]
    return Counted(np.array([take.reps for take in takes]), np.array(said))


def turned(take: Take, rng: np.random.Generator) -> Take:
    """The take with the sensor worn in a random rotation, mirrored half of the time."""
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0] * rng.choice([-1, 1])
    return Take(Motion(take.motion.times_s, take.motion.acceleration @ turn.T), take.sets)


def device(take: Take, rate_hz: float, rng: np.random.Generator) -> Take:
    """The take as recorded by another device: rotated, other gain and offset, more noise, fewer samples."""
    acceleration = turned(take, rng).motion.acceleration
    slow = low_passed(acceleration, 0.3, RATE_HZ)
    louder = slow + (acceleration - slow) * np.exp(rng.uniform(-0.2, 0.2)) + rng.normal(0, 0.2, 3)
    read = slowed(louder, rate_hz)
    return Take(Motion(take.motion.times_s, read + rng.normal(0, 0.15, read.shape)), take.sets)


def _some(pieces: Sequence[Piece], count: int, rng: np.random.Generator) -> list[Piece]:
    return [pieces[int(index)] for index in rng.permutation(len(pieces))[:count]]


def _cropped(piece: Piece, rng: np.random.Generator, fewest: int = 2, most: int = 99) -> Piece:
    reps = int(rng.integers(min(fewest, piece.reps), min(most, piece.reps) + 1))
    first = int(rng.integers(0, piece.reps - reps + 1))
    return cut(piece, first, first + reps)


def _rested(piece: Piece, rng: np.random.Generator, shortest_s: float, longest_s: float) -> Piece:
    seconds = min(rng.uniform(shortest_s, longest_s), piece.duration_s)
    return rested(piece, rng.uniform(0, piece.duration_s - seconds), seconds)


def _workout(sets: Sequence[Piece], rests: Sequence[Piece], rng: np.random.Generator) -> Take:
    """Two or three cropped sets of one session, with 5 to 15 s of the person's own rest between them."""
    one = sets[int(rng.integers(len(sets)))]
    own = [piece for piece in sets if piece.session == one.session]
    between = [piece for piece in rests if piece.session == one.session]
    between = between or [piece for piece in rests if piece.person == one.person] or list(rests)
    parts = [_cropped(own[int(rng.integers(len(own)))], rng)]
    for _ in range(int(rng.integers(1, 3))):
        parts.append(_rested(between[int(rng.integers(len(between)))], rng, 5, 15))
        parts.append(_cropped(own[int(rng.integers(len(own)))], rng))
    return joined(parts)
