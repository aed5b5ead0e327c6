"""How like a typical repetition every moment of a stretch is, for each length that a repetition may have there.

Lengths are peaks of the autocorrelation. The typical repetition of a length is the mean of the moments that are most
alike. The likeness to it peaks once a repetition, even where no single axis does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.signal import find_peaks

from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.stretch import Stretch
from pipeline.motion.views import View
from pipeline.values import Array, Indices


@dataclass(frozen=True, slots=True)
class TemplateRules:
    """Which lengths are tried, and from which correlation on moments are alike."""

    lengths: int = 3
    shortest_s: float = 0.35
    longest_s: float = 9.0
    longest_share: float = 0.6  # of the stretch
    least_again: float = 0.05
    apart: float = 0.2  # natural logarithm: least ratio of two different lengths
    tries: int = 5
    similar: float = 0.3
    typical: float = 0.5


RULES: Final = TemplateRules()


def template_views(stretch: Stretch) -> tuple[View, ...]:
    """A view for each likely length, shortest first."""
    frames = len(stretch.shape)
    return tuple(
        View("template", _likeness_everywhere(stretch.shape, length))
        for length in _lengths(stretch)
        if frames - length >= 8
    )


def _lengths(stretch: Stretch) -> list[int]:
    longest = int(min(RULES.longest_s * FRAME_HZ, RULES.longest_share * len(stretch.again)))
    again = gaussian_filter1d(stretch.again[:longest], 0.06 * FRAME_HZ) if longest > 2 else np.zeros(0)
    peaks, _ = find_peaks(again, height=RULES.least_again)
    kept: list[int] = []
    for peak in sorted(peaks.tolist(), key=lambda peak: -float(again[peak])):
        new = peak >= RULES.shortest_s * FRAME_HZ and all(abs(np.log(peak / one)) > RULES.apart for one in kept)
        kept += [peak] if new and len(kept) < RULES.lengths else []
    return sorted(kept)


def _likeness_everywhere(shape: Array, length: int) -> Array:
    """(T,) likeness of the moments around each frame to the typical repetition of this length."""
    window = np.sqrt(np.hanning(length + 2)[1:-1])
    energy = np.convolve((shape**2).sum(axis=1), window[::-1] ** 2, "valid")
    scale = np.sqrt(energy + 0.3 * energy.mean() + 1e-9)
    starts = np.linspace(0, len(scale) - 1, RULES.tries + 2)[1:-1].astype(int).tolist()
    found = [_found(shape, shape[start : start + length], window, scale) for start in starts]
    best = max(found, key=lambda one: one[0])[1]
    typical = np.mean([shape[start : start + length] for start in best.tolist()], axis=0) if len(best) else None
    likeness = _likeness(shape, shape[starts[0] : starts[0] + length] if typical is None else typical, window, scale)
    before = length // 2
    padded = np.pad(likeness, (before, len(shape) - before - len(likeness)), mode="linear_ramp")
    return np.asarray(gaussian_filter1d(padded, max(0.6, min(0.15 * FRAME_HZ, 0.08 * length))))


def _found(shape: Array, one: Array, window: Array, scale: Array) -> tuple[float, Indices]:
    """How much of the stretch is like this one, and where the most alike begin."""
    likeness = _likeness(shape, one, window, scale)
    peaks, _ = find_peaks(likeness, distance=max(1, int(0.6 * len(window))), height=RULES.similar)
    return float(likeness[peaks].sum()), peaks[likeness[peaks] > RULES.typical]


def _likeness(shape: Array, typical: Array, window: Array, scale: Array) -> Array:
    weighted = typical * window[:, None] ** 2
    size = np.sqrt(((typical * window[:, None]) ** 2).sum()) + 1e-9
    products = sum(np.correlate(shape[:, axis], weighted[:, axis], "valid") for axis in range(shape.shape[1]))
    return np.asarray(products / scale / size)
