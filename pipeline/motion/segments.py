"""Find the repetitions and rests that explain the network's output best: one pass of dynamic programming over a log.

A hidden semi-Markov model (Rabiner 1989, section IV.D): either nothing goes on, or repetitions follow one another, each
of a length, the next of a similar one. A repetition gains evidence of its two edges, its middle and of being within a
set; it costs for a length that contradicts the network's own rate, for a jump in length, and for being first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.ndimage import maximum_filter1d

from pipeline.motion.beat import LogBeat
from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.values import Array, Indices, Mask

LENGTHS = np.unique(np.round(np.geomspace(0.32, 12.0, 56) * FRAME_HZ).astype(int))  # frames, of a repetition
_REST = -1
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Prices:
    """The weights of the evidence, in natural logarithms; chosen on four people of uLift, some of them trained on
    (`learn/log_counter/rounds.py`).
    """

    busy: float = 0.6  # a second within a set, times its log-odds
    edge: float = 1.0
    middle: float = 1.6
    rate: float = 20.0  # times the squared logarithm of the repetitions that the network sees in one
    leap: float = 10.0  # times the squared logarithm of the ratio of two neighbours' lengths
    each: float = -0.5  # a repetition
    first: float = 1.0  # of a set
    edge_base: float = 0.12  # chance of an edge that speaks neither for nor against one
    middle_base: float = 0.12
    widest_odds: float = 4.0
    least_edge: float = 0.03  # chance below which no repetition begins or ends: four frames of five, in a set


PRICES: Final = Prices()


def segments(beat: LogBeat) -> list[Indices]:
    """Frames of the edges (N + 1,) of each run of repetitions, in order."""
    earned = repetition_scores(beat, PRICES)
    possible = _edges(beat.edge) >= PRICES.least_edge
    possible[[0, -1]] = True  # a recording may be cut where a repetition begins
    return _runs(*_forward(earned, possible))


def repetition_scores(beat: LogBeat, prices: Prices) -> Array:
    """(T + 1, lengths): the score by itself of a repetition of each length that ends at each frame."""
    edge = np.log((_edges(beat.edge) + 0.01) / prices.edge_base)
    middle = np.log((maximum_filter1d(beat.middle, 5) + 0.01) / prices.middle_base)
    odds = np.clip(np.log(beat.busy + 1e-6) - np.log(1 - beat.busy + 1e-6), -prices.widest_odds, prices.widest_odds)
    busy, rate = (np.concatenate([[0], np.cumsum(values)]) for values in (odds / FRAME_HZ, beat.rate))
    ends = np.arange(len(busy))[:, None]
    starts = np.maximum(ends - LENGTHS, 0)
    counted = np.log(np.maximum(rate[ends] - rate[starts], 0.05))
    scores = (
        prices.busy * (busy[ends] - busy[starts])
        + prices.edge * (edge[ends] + edge[starts]) / 2
        + prices.middle * middle[np.minimum((starts + ends) // 2, len(middle) - 1)]
        - prices.rate * counted**2
        - prices.each
    )
    return np.asarray(np.where(ends >= LENGTHS, scores, _NEVER))


def _edges(chances: Array) -> Array:
    """(T + 1,) the chance of an edge between two frames."""
    padded = np.concatenate([chances[:1], chances, chances[-1:]])
    return np.asarray(np.maximum(padded[1:], padded[:-1]))


def _forward(earned: Array, possible: Mask) -> tuple[Array, Indices, Indices]:
    """For each frame: the best score with rest there, the length of its last repetition (or _REST), and for each length
    of a repetition ending there the length of the one before it (or _REST).
    """
    frames, count = earned.shape
    leaps = -PRICES.leap * np.log(LENGTHS[:, None] / LENGTHS) ** 2
    following = np.full((frames, count), _NEVER)  # the best score before a repetition of this length starting here
    before, came = (np.full((frames, count), _REST, dtype=np.int64) for _ in range(2))
    resting, rested = np.zeros(frames), np.full(frames, _REST, dtype=np.int64)
    columns = np.arange(count)
    for end in range(1, frames):
        resting[end] = resting[end - 1]
        if not possible[end]:
            continue
        starts = np.maximum(end - LENGTHS, 0)
        after_rest = np.where(possible[starts], resting[starts] - PRICES.first, _NEVER)
        after_rep = following[starts, columns]
        scores = earned[end] + np.maximum(after_rest, after_rep)
        before[end] = np.where(after_rep > after_rest, came[starts, columns], _REST)
        linked = scores[:, None] + leaps
        came[end] = linked.argmax(axis=0)
        following[end] = linked[came[end], columns]
        best = int(scores.argmax())
        if scores[best] > resting[end]:
            resting[end], rested[end] = scores[best], best
    return resting, rested, before


def _runs(resting: Array, rested: Indices, before: Indices) -> list[Indices]:
    """The runs, read back from the end."""
    found: list[Indices] = []
    end = len(resting) - 1
    while end > 0:
        if rested[end] == _REST:
            end -= 1
            continue
        length, edges = int(rested[end]), [end]
        while length != _REST:
            length, end = int(before[end, length]), end - int(LENGTHS[length])
            edges.append(end)
        found.append(np.array(edges[::-1]))
    return found[::-1]
