"""The beat networks of sensor logs: frame by frame, whether a repetition is going on, begins, or is halfway.

They were trained on real sets and real rest, cut and joined at random (`learn/log_counter/rounds.py`), so they know
what lies between sets. The second was trained on edges that the first found, so that their mean is as sharp as each.
They do not count: `segments.py` finds the repetitions that explain their output best. A third is for logs without
gravity.
"""

from __future__ import annotations

from collections.abc import Sequence
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
WITH_GRAVITY, WITHOUT = ("log_counter.npz", "log_counter_mate.npz"), ("log_counter_bare.npz",)


@dataclass(frozen=True, slots=True, eq=False)
class LogBeat:
    """The networks' output at FRAME_HZ, (T,) each.

    Probabilities (0..1) of being within a set, of a repetition's beginning or end near here and of its middle near
    here; and repetitions per frame, whose sum over a set is the networks' own count.
    """

    busy: Array
    edge: Array
    middle: Array
    rate: Array


def beat_of(motion: Motion, team: Sequence[Weights] | None = None) -> LogBeat:
    """The mean output of the networks with these weights, or of the shipped ones."""
    channels: Array = channels_of(motion).astype(np.float32)  # twice as quick
    seen = [network_outputs(one, channels) for one in team or shipped_team(gravity=motion.has_gravity)]
    return LogBeat(*np.asarray(np.mean(seen, axis=0, dtype=np.float64)).T)


@cache
def shipped_team(*, gravity: bool = True) -> tuple[Weights, ...]:
    """Each shipped network's matrices by name, for logs with gravity or without."""
    return tuple(_read(WEIGHTS / name) for name in (WITH_GRAVITY if gravity else WITHOUT))


def _read(path: Path) -> Weights:
    with np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}
