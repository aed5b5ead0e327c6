"""Summarise each window as a row of numbers: mean, range and speed of each channel, and whether both sides move
together.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.recognize.channels import Channels
from pipeline.recognize.windows import FRAMES, RATE_HZ
from pipeline.values import Floats

QUANTILES: Final = tuple(round(share * (FRAMES - 1)) for share in (0.05, 0.25, 0.5, 0.75, 0.95))
LOW, MIDDLE, HIGH = QUANTILES[0], QUANTILES[2], QUANTILES[4]


def summarize(seen: Channels) -> Floats:
    """(N, F) numbers a window; swapping left and right changes none of them. NaN where nothing is known."""
    both, apart = _mean(seen.left, seen.right), np.sort(np.abs(seen.left - seen.right), axis=1)
    body = np.concatenate([seen.centre, both], axis=2)
    ordered = np.sort(body, axis=1)
    left, right = _reach(seen.left), _reach(seen.right)
    rows = [
        *(ordered[:, frame] for frame in QUANTILES),
        ordered[:, HIGH] - ordered[:, LOW],
        _speed(body),
        apart[:, MIDDLE],
        apart[:, HIGH],
        np.fmax(left, right),
        np.fmin(left, right),
        _together(seen.left, seen.right),
    ]
    return np.concatenate(rows, axis=1).astype(np.float32)


def _mean(left: Floats, right: Floats) -> Floats:
    """Mean of both sides, or of one where the other is unknown."""
    return np.where(np.isnan(left), right, np.where(np.isnan(right), left, (left + right) / 2))


def _reach(values: Floats) -> Floats:
    ordered = np.sort(values, axis=1)
    return np.asarray(ordered[:, HIGH] - ordered[:, LOW])


def _speed(values: Floats) -> Floats:
    """Mean absolute change a second."""
    return np.asarray(np.abs(np.diff(values, axis=1)).mean(axis=1) * RATE_HZ)


def _together(left: Floats, right: Floats) -> Floats:
    """Correlation of both sides over the window: 1 together, -1 alternating, near 0 where nothing moves."""
    a, b = left - left.mean(axis=1, keepdims=True), right - right.mean(axis=1, keepdims=True)
    power = np.sqrt((a**2).mean(axis=1) * (b**2).mean(axis=1) + 1e-5)
    return np.asarray((a * b).mean(axis=1) / power)
