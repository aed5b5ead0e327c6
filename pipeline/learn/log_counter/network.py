"""Train the network of `motion/beat` on takes of known repetitions. Needs the `train` extra (torch)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import torch

from pipeline.learn.beat_network import BeatNetwork, Lesson, Teaching
from pipeline.learn.log_counter.takes import Take
from pipeline.motion.beat_channels import COUNT, FRAME_HZ, SIGNED, channels_of
from pipeline.values import Array, Floats

_REACHES = (1, 2, 4, 8, 16, 32, 64)  # frames between the taps of each layer: ten seconds to either side
TEACHING = Teaching(FRAME_HZ, batch=16, frames=512, point_weight=2.0)  # 41 s
_POINT_S = 0.16  # how far from an edge the network may still call it one


def lesson_of(take: Take) -> Lesson:
    """The take as a training sample, in half precision, since there are thousands."""
    channels = channels_of(take.motion)
    return Lesson(channels.astype(np.float16), truth_of(take.sets, len(channels)).astype(np.float16))


def truth_of(sets: Sequence[Array], frames: int) -> Array:
    """(T, 4) of sets of edges (N + 1,) seconds."""
    times_s = np.arange(frames) / FRAME_HZ
    truth = np.zeros((frames, 4))
    for edges_s in sets:
        truth[(times_s >= edges_s[0]) & (times_s < edges_s[-1]), 0] = 1
        for at_s in edges_s:
            truth[:, 1] = np.maximum(truth[:, 1], _bump(times_s, at_s))
        for start_s, end_s in pairwise(edges_s):
            truth[:, 2] = np.maximum(truth[:, 2], _bump(times_s, (start_s + end_s) / 2))
            truth[(times_s >= start_s) & (times_s < end_s), 3] = 1 / max((end_s - start_s) * FRAME_HZ, 1)
    return truth


def _bump(times_s: Array, at_s: float) -> Array:
    return np.asarray(np.exp(-(((times_s - at_s) / _POINT_S) ** 2) / 2))


def new_network(seed: int) -> BeatNetwork:
    """An untrained network."""
    torch.manual_seed(seed)
    return BeatNetwork(COUNT, _REACHES)


def turned(channels: Floats, rng: np.random.Generator) -> Floats:
    """The channels with random signs where the sign is arbitrary."""
    main, second = rng.choice([-1, 1], 2)
    channels[:, list(SIGNED)] *= [main, main, second]
    return channels
