"""Teaches the network of `reps/beat` on simulated clips, and writes its matrices.

    python -m pipeline.learn.counter_network --clips 1400 --minutes 5 --out pipeline/weights/counter_beat.npz

Needs the `train` extra (torch). Real clips are not shown to it: their counts choose among candidates afterwards.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.learn.counter_clips import SimulatedClip, drawn_clip
from pipeline.reps.beat import EVERY, OUTPUTS, channels_of
from pipeline.reps.body import body_of
from pipeline.values import Array

RATE_HZ = 30.0 / EVERY
REACHES = (1, 2, 4, 8, 16, 32)  # frames between the taps of each layer: half a second to a set
_WIDTH = 40
_POINT_S = 0.12  # how far from a turning point the network may still call it one
_FIRST_SEED = 1_000_000  # away from those that the scorer learns from


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """channels (T, C) and what to say of them (T, 4), in the order of `OUTPUTS`."""

    channels: Array
    truth: Array


class BeatNetwork(nn.Module):  # type: ignore[misc]  # torch is optional and untyped here
    """Residual dilated convolutions over time, no normalisation, so that numpy can run it in a few lines."""

    def __init__(self, channels: int, width: int = _WIDTH, reaches: Sequence[int] = REACHES) -> None:
        super().__init__()
        self.reaches = tuple(reaches)
        self.enter = nn.Conv1d(channels, width, 5, padding=2)
        self.look = nn.ModuleList(nn.Conv1d(width, width, 3, padding=reach, dilation=reach) for reach in reaches)
        self.mix = nn.ModuleList(nn.Conv1d(width, width, 1) for _ in reaches)
        self.leave = nn.Conv1d(width, len(OUTPUTS), 1)

    def forward(self, channels: Tensor) -> Tensor:
        signal = self.enter(channels)
        for look, mix in zip(self.look, self.mix, strict=True):
            signal = signal + mix(functional.relu(look(functional.relu(signal))))
        return self.leave(functional.relu(signal))

    def matrices(self) -> dict[str, Array]:
        """What `reps.beat.network_outputs` reads."""
        found = {
            "reaches": np.array(self.reaches, dtype=np.float64),
            **_matrix("in", self.enter),
            **_matrix("out", self.leave),
        }
        for index, (look, mix) in enumerate(zip(self.look, self.mix, strict=True)):
            found |= {**_matrix(f"a{index}", look), **_matrix(f"b{index}", mix)}
        return found


def _matrix(name: str, layer: nn.Module) -> dict[str, Array]:
    weight = layer.weight.detach().numpy().transpose(2, 1, 0)
    bias = layer.bias.detach().numpy()
    return {f"{name}_w": weight if len(weight) > 1 else weight[0], f"{name}_b": bias}


def lesson_of(clip: SimulatedClip) -> Lesson | None:
    """The clip as the network sees it, and the truth."""
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


def teach(lessons: list[Lesson], minutes: float, seed: int = 0, batch: int = 12, frames: int = 256) -> BeatNetwork:
    """A network taught for so long; the learning rate warms up, then falls as a cosine."""
    torch.manual_seed(seed)
    network = BeatNetwork(lessons[0].channels.shape[1])
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-2)
    started = time.monotonic()
    for step, (channels, truth, known) in enumerate(_batches(lessons, batch, frames, np.random.default_rng(seed))):
        share = (time.monotonic() - started) / (60 * minutes)
        if share >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 100) * (0.02 + 0.98 * (1 + np.cos(np.pi * share)) / 2)
        loss = _loss(network(channels), truth, known)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        if step % 200 == 0:
            print(f"step {step}, {100 * share:.0f} %, loss {loss.item():.4f}", flush=True)
    network.eval()
    return network


def _loss(logits: Tensor, truth: Tensor, known: Tensor) -> Tensor:
    points = functional.binary_cross_entropy_with_logits(
        logits[:, :3], truth[:, :3], reduction="none", pos_weight=torch.tensor([1.0, 3.0, 3.0])[:, None]
    )
    rate = functional.softplus(logits[:, 3])
    counted, true = (rate * known).sum(dim=1), (truth[:, 3] * known).sum(dim=1)
    off = (counted - true).abs() / (1 + true)
    frame_off = ((rate - truth[:, 3]) * RATE_HZ).abs()
    return (
        (points.mean(dim=1) * known).sum() / known.sum()
        + 0.3 * off.mean()
        + 0.3 * (frame_off * known).sum() / known.sum()
    )


def _batches(
    lessons: list[Lesson], batch: int, frames: int, rng: np.random.Generator
) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Endless (channels (B, C, T), truth (B, 4, T), known (B, T)): random stretches, played slower or faster."""
    while True:
        stretches = [_stretch(lessons[int(rng.integers(len(lessons)))], frames, rng) for _ in range(batch)]
        channels, truth, known = (np.stack(parts) for parts in zip(*stretches, strict=True))
        yield (
            torch.from_numpy(channels.transpose(0, 2, 1)).float(),
            torch.from_numpy(truth.transpose(0, 2, 1)).float(),
            torch.from_numpy(known).float(),
        )


def _stretch(lesson: Lesson, frames: int, rng: np.random.Generator) -> tuple[Array, Array, npt.NDArray[np.bool_]]:
    length = len(lesson.channels)
    first = int(rng.integers(0, max(1, length - frames + 1)))
    part = slice(first, first + frames)
    short = min(frames, length - first)
    channels, truth = (np.zeros((frames, values.shape[1])) for values in (lesson.channels, lesson.truth))
    channels[:short], truth[:short] = lesson.channels[part], lesson.truth[part]
    return channels + rng.normal(0, 0.01, channels.shape), truth, np.arange(frames) < short


def main() -> None:
    """Draws the clips, teaches, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=1400)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    drawn = (lesson_of(drawn_clip(np.random.default_rng(_FIRST_SEED + seed))) for seed in range(options.clips))
    network = teach([lesson for lesson in drawn if lesson is not None], options.minutes)
    matrices: dict[str, Any] = {name: value.astype(np.float16) for name, value in network.matrices().items()}
    np.savez_compressed(options.out, **matrices)


if __name__ == "__main__":
    main()
