"""Where a small network sees repetitions in a log: frame by frame, whether one is going on, begins or is halfway.

It was taught on real sets and real rest, cut and joined at random (`learn/log_counter/rounds.py`), so it knows what
lies between sets. It does not count: `segments.py` finds the repetitions that explain best what it says. Another one
was taught logs whose gravity an app took out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from pipeline.motion.beat_channels import channels_of
from pipeline.motion.signals import Motion
from pipeline.reps.beat import network_outputs
from pipeline.values import Array

Weights = dict[str, Array]

WEIGHTS = Path(__file__).parent.parent / "weights"


@dataclass(frozen=True, slots=True, eq=False)
class LogBeat:
    """(T,) each, at FRAME_HZ: chances (0..1) of being within a set, of a repetition's beginning or end near here and
    of its middle near here; and repetitions a frame: their sum over a set is the network's own count."""

    busy: Array
    edge: Array
    middle: Array
    rate: Array


def beat_of(motion: Motion, weights: Weights | None = None) -> LogBeat:
    """What the network with these weights, or the shipped one, sees in the movement."""
    return LogBeat(*network_outputs(weights or shipped_weights(gravity=motion.has_gravity), channels_of(motion)).T)


@cache
def shipped_weights(*, gravity: bool = True) -> Weights:
    """The network's matrices by name."""
    with np.load(WEIGHTS / ("log_counter.npz" if gravity else "log_counter_bare.npz")) as stored:
        return {name: stored[name].astype(np.float64) for name in stored.files}
