"""Train the network of `reps/beat` on simulated clips, and write its matrices.

    python -m pipeline.learn.counter.network --clips 1400 --minutes 5 --out pipeline/weights/counter_beat.npz

Needs the `train` extra (torch). Real clips are not used: their counts train the choice among candidates afterwards.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch

from pipeline.learn.beat_network import BeatNetwork, Lesson, Teaching, teach
from pipeline.learn.counter.clips import SimulatedClip, drawn_clip
from pipeline.reps.beat import EVERY, OUTPUTS, channels_of
from pipeline.reps.body import body_of
from pipeline.values import Array, Floats

RATE_HZ = 30.0 / EVERY
REACHES = (1, 2, 4, 8, 16, 32)  # frames between the taps of each layer: half a second to a set
_TEACHING = Teaching(RATE_HZ, batch=12, frames=256, point_weight=3.0)
_POINT_S = 0.12  # how far from a turning point the network may still call it one
_FIRST_SEED = 1_000_000  # away from those that the scorer learns from


def lesson_of(clip: SimulatedClip) -> Lesson | None:
    """The clip as a training sample."""
    body = body_of(clip.track)
    if body is None:
        return None
    channels = channels_of(body)
    return Lesson(channels, truth_of(clip.cycles - body.times_s[0], clip.edges - body.times_s[0], len(channels)))


def truth_of(cycles_s: Array, edges_s: Array, frames: int) -> Array:
    """(T, 4) busy, rest, turn, rate; cycles (N, 3) seconds from the first frame. Cut ones are busy and turn, too."""
    times_s = np.arange(frames) / RATE_HZ
    truth = np.zeros((frames, len(OUTPUTS)))
    for start_s, turn_s, end_s in np.concatenate([cycles_s, edges_s]):
        inside = (times_s >= start_s) & (times_s < end_s)
        truth[inside, 0] = 1
        truth[inside, 3] = 1 / ((end_s - start_s) * RATE_HZ)
        for column, at_s in ((1, start_s), (1, end_s), (2, turn_s)):
            truth[:, column] = np.maximum(truth[:, column], np.exp(-(((times_s - at_s) / _POINT_S) ** 2) / 2))
    return truth


def trembling(channels: Floats, rng: np.random.Generator) -> Floats:
    """The channels with a little noise."""
    return channels + rng.normal(0, 0.01, channels.shape).astype(np.float32)


def main() -> None:
    """Simulate the clips, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=1400)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    drawn = (lesson_of(drawn_clip(np.random.default_rng(_FIRST_SEED + seed))) for seed in range(options.clips))
    lessons = [lesson for lesson in drawn if lesson is not None]
    torch.manual_seed(0)
    network = BeatNetwork(lessons[0].channels.shape[1], REACHES)
    teach(network, lessons, _TEACHING, trembling, options.minutes, seed=0)
    matrices: dict[str, Any] = {name: value.astype(np.float16) for name, value in network.matrices().items()}
    np.savez_compressed(options.out, **matrices)


if __name__ == "__main__":
    main()
