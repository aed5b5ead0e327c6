"""Yoga or gym: how likely a still body shows a pose of yoga and no exercise, from what both networks answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.values import Array

NEAREST_TO_SURE: Final = 1e-4  # a probability no nearer to 0 or 1 than this: log-odds stay finite


@dataclass(frozen=True, slots=True)
class Gate:
    """Logistic regression; weights of the log-odds that the gym network gives to "yoga", that the pose network gives to
    its likeliest pose and the gym network to its likeliest exercise, and a constant. Fitted by `learn/pose_gate.py`."""

    yoga: float
    pose: float
    exercise: float
    constant: float

    def probability(self, evidence: Array) -> Array:
        """(N,) that the bodies do yoga; evidence (N, 3)."""
        odds = evidence @ np.array([self.yoga, self.pose, self.exercise]) + self.constant
        return np.asarray(1 / (1 + np.exp(-odds)))


EVEN: Final = Gate(0.0, 0.0, 0.0, 0.0)


def evidence(yoga: Array, poses: Array, exercises: Array) -> Array:
    """(N, 3) log-odds, from the probability of yoga (N,), of each pose (N, P) and of each exercise (N, E)."""
    return np.stack([_log_odds(one) for one in (yoga, poses.max(axis=1), exercises.max(axis=1))], axis=1)


def _log_odds(probability: Array) -> Array:
    inside = np.clip(probability, NEAREST_TO_SURE, 1 - NEAREST_TO_SURE)
    return np.asarray(np.log(inside / (1 - inside)))
