"""The beat network: frame by frame, whether a repetition is going on, where it rests and where it turns.

The network knows no exercise. It was trained on simulated clips alone (`learn/counter/network.py`), which show getting
into place, walking, balancing and holding too: swings alone do not tell those from repetitions. It does not count: its
output is evidence for or against each candidate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.ndimage import maximum_filter1d

from pipeline.kinematics import LEFT_HIP, RIGHT_HIP
from pipeline.reps.body import MAIN, Body, grid_steps
from pipeline.values import Array, Indices

WEIGHTS = Path(__file__).parent.parent / "weights" / "counter_beat.npz"
EVERY = 2  # the network sees every second frame of the grid: 15 Hz, enough for the quickest repetition
OUTPUTS = ("busy", "rest", "turn", "rate")
_NEAR_S = 0.15  # turning points of different signals lie this far apart
_WIDEST = 3.0  # channels are clipped here: landmarks thrown far outside the picture


@dataclass(frozen=True, slots=True, eq=False)
class Beat:
    """The network's output at the body's times, (T,) each.

    The probability that a repetition is going on, that one starts or ends near here, that one turns near here (0..1);
    and repetitions per frame, whose sum over the clip is the network's own count.
    """

    busy: Array
    rest: Array
    turn: Array
    rate: Array

    def prefers_rest_first(self, extremes: Indices) -> float:
        """How much more rest is seen at the 1st, 3rd, 5th ... turning point than at the others, per turning point."""
        even, odd = extremes[0::2], extremes[1::2]
        as_given = self.rest[even].mean() + self.turn[odd].mean()
        other_way = self.rest[odd].mean() + self.turn[even].mean()
        return float(as_given - other_way)


def beat_of(body: Body) -> Beat:
    """The shipped network's output for this body."""
    outputs = network_outputs(shipped_weights(), channels_of(body))
    frames = np.arange(len(body.times_s)) / EVERY
    at = np.arange(len(outputs))
    busy, rest, turn, rate = (np.interp(frames, at, column) for column in outputs.T)
    near = 2 * grid_steps(_NEAR_S) + 1
    return Beat(busy, maximum_filter1d(rest, near), maximum_filter1d(turn, near), rate / EVERY)


def channels_of(body: Body) -> Array:
    """(T / EVERY, C): limbs about the hips in picture and space, joint angles, position of the hips, visibility."""
    main = list(MAIN)
    hips = (body.points[:, LEFT_HIP] + body.points[:, RIGHT_HIP]) / 2
    frames = len(hips)
    parts = (
        (body.points[:, main] - hips[:, None]).reshape(frames, -1),
        body.world[:, main].reshape(frames, -1) * 2,
        body.image_angles - 1,
        body.world_angles - 1,
        hips - np.median(hips, axis=0),
        np.tile(body.visibility[main], (frames, 1)),
    )
    return np.clip(np.concatenate(parts, axis=1)[::EVERY], -_WIDEST, _WIDEST)


@cache
def shipped_weights() -> dict[str, Array]:
    """The network's matrices by name."""
    with np.load(WEIGHTS) as stored:
        return {name: stored[name].astype(np.float64) for name in stored.files}


def network_outputs(weights: dict[str, Array], channels: Array) -> Array:
    """(T, 4) in the order of `OUTPUTS`: an input layer, residual layers of growing dilation, and an output layer."""
    signal = _convolved(channels, weights["in_w"], weights["in_b"], 1)
    for index, reach in enumerate(weights["reaches"].astype(int)):
        inner = np.maximum(_convolved(np.maximum(signal, 0), weights[f"a{index}_w"], weights[f"a{index}_b"], reach), 0)
        signal = signal + inner @ weights[f"b{index}_w"] + weights[f"b{index}_b"]
    logits = np.maximum(signal, 0) @ weights["out_w"] + weights["out_b"]
    chances = 1 / (1 + np.exp(-np.clip(logits[:, :3], -30, 30)))
    return np.concatenate([chances, np.logaddexp(0, logits[:, 3:])], axis=1)


def _convolved(signal: Array, weights: Array, bias: Array, reach: int) -> Array:
    """(T, out) dilated convolution of (T, in) with weights (taps, in, out), taps `reach` frames apart, zero-padded."""
    taps = len(weights)
    edge = reach * (taps // 2)
    padded = np.pad(signal, ((edge, edge), (0, 0)))
    result = np.tile(bias, (len(signal), 1))
    for tap in range(taps):
        result += padded[tap * reach : tap * reach + len(signal)] @ weights[tap]
    return result
