"""Find where the repetitions of a counted set begin and end, from their known number (forced alignment).

Published sets begin with the first repetition and end with the last, so evenly spaced edges are a fair start. A network
trained on those finds the real edges; the likeliest ones of the known number train the next network, as speech
recognisers learn where sounds lie from transcripts (Rabiner 1989).
"""

from __future__ import annotations

import numpy as np

from pipeline.motion.beat import LogBeat
from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.segments import LENGTHS, Prices, repetition_scores
from pipeline.values import Array

_EVEN = 12.0  # price of a length other than the mean, times the square of the logarithm
_LOST = 3.0  # price of each mean repetition left out at either end of the set


def aligned_s(beat: LogBeat, reps: int, prices: Prices) -> Array:
    """(reps + 1,) seconds of the likeliest edges of so many repetitions, end to end."""
    earned = repetition_scores(beat, prices)
    mean = (len(earned) - 1) / reps
    earned = earned - _EVEN * np.log(LENGTHS / mean) ** 2
    best = [-_LOST * np.arange(len(earned)) / mean]
    chosen = []
    for _ in range(reps):
        starts = np.maximum(np.arange(len(earned))[:, None] - LENGTHS, 0)
        scores = earned + best[-1][starts]
        chosen.append(scores.argmax(axis=1))
        best.append(scores.max(axis=1))
    end = int((best[-1] - _LOST * np.arange(len(earned))[::-1] / mean).argmax())
    return _read_back(chosen, end) / FRAME_HZ


def _read_back(chosen: list[Array], end: int) -> Array:
    edges = [end]
    for lengths in chosen[::-1]:
        edges.append(edges[-1] - int(LENGTHS[int(lengths[edges[-1]])]))
    return np.array(edges[::-1], dtype=np.float64)
