"""Estimate how likely nothing is trained around each window of a log, given the windows before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.motion.network import REST
from pipeline.motion.recognize import WindowScores
from pipeline.values import UNKNOWN, Array


@dataclass(frozen=True, slots=True)
class RestRules:
    """How quickly rest and work alternate, for smoothing each window by its neighbours.

    turn_s: mean time until one becomes the other (the median set of uLift takes 17 s, and rests are longer).
    """

    turn_s: float = 30.0


RULES: Final = RestRules()
SUREST: Final = 1e-4  # a window's probability of rest is kept this far from 0 and 1


def rest_probability(scores: WindowScores) -> Array:
    """(W,) the probability that nothing is trained around each window's centre, given the windows before and after.

    Windows that look like nothing known count for neither. Forward-backward algorithm over two states (Rabiner 1989)
    that last turn_s on average.
    """
    known = np.maximum(1 - scores.of(UNKNOWN), SUREST)
    resting = np.clip(scores.of(REST) / known, SUREST, 1 - SUREST)
    likely = np.stack([1 - resting, resting], axis=1)
    steps_s = np.diff(scores.times_s)
    forward = _passed(likely, steps_s, RULES.turn_s)
    backward = _passed(likely[::-1], steps_s[::-1], RULES.turn_s)[::-1]
    both = forward * backward / likely
    return np.asarray(both[:, 1] / both.sum(axis=1))


def _passed(likely: Array, steps_s: Array, turn_s: float) -> Array:
    """(W, 2) each state's probability from the windows so far."""
    passed = np.empty_like(likely)
    state = np.array([0.5, 0.5])
    for index, own in enumerate(likely):
        if index:
            turned = 0.5 * (1 - np.exp(-2 * steps_s[index - 1] / turn_s))
            state = state * (1 - turned) + state[::-1] * turned
        state = state * own
        state = state / state.sum()
        passed[index] = state
    return passed
