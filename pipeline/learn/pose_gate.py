"""The gate between the networks for photos, fitted on photos and filmed stills that taught neither of them."""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.photo.gate import Gate
from pipeline.values import Array

ROUNDS: Final = 30  # of Newton's method; it stands still after about eight
HELD_BACK: Final = 1e-3  # weight of the squared coefficients: no evidence alone decides


def fit_gate(yoga: Array, gym: Array) -> Gate:
    """The gate between evidence (N, 3) of photos of yoga and evidence (M, 3) of the gym, both kinds weighing alike."""
    both = np.concatenate([yoga, gym])
    wanted = np.concatenate([np.ones(len(yoga)), np.zeros(len(gym))])
    weight = np.where(wanted > 0, 1 / len(yoga), 1 / len(gym))
    middle, width = both.mean(axis=0), both.std(axis=0) + 1e-6
    found = _regression(np.column_stack([(both - middle) / width, np.ones(len(both))]), wanted, weight)
    slopes = found[:-1] / width
    yoga_slope, pose_slope, exercise_slope = map(float, slopes)
    return Gate(yoga_slope, pose_slope, exercise_slope, float(found[-1] - slopes @ middle))


def _regression(seen: Array, wanted: Array, weight: Array) -> Array:
    """Coefficients of a logistic regression, by Newton's method."""
    found = np.zeros(seen.shape[1])
    held_back = HELD_BACK * np.eye(len(found))
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-seen @ found))
        slope = seen.T @ (weight * (likely - wanted)) + held_back @ found
        curve = (seen * (weight * likely * (1 - likely))[:, None]).T @ seen + held_back
        found = found - np.linalg.solve(curve, slope)
    return found
