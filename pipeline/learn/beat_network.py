"""The beat network of clips and of logs, and its training. Needs the `train` extra (torch).

`counter/network.py` trains it on bodies, `log_counter/network.py` on sensor logs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.learn.begun import written_whole
from pipeline.values import Array, Floats

Batch = tuple[Tensor, Tensor, Tensor]  # channels (B, C, T), truth (B, 4, T), known (B, T)
Varied = Callable[[Floats, np.random.Generator], Floats]  # augments channels (T, C)

OUTPUTS = 4  # busy, rest or edge, turn or middle, rate
_WIDTH = 40
_RATE = 2e-3
_TOLD_EVERY = 100  # steps


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A training sample: channels (T, C), and targets (T, 4): busy, where one repetition ends and the next begins,
    where one turns, repetitions per frame.
    """

    channels: npt.NDArray[np.floating]
    truth: npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Teaching:
    """Settings of the training: frames_hz of the channels; samples and frames in a batch; weight of points against
    none.
    """

    frames_hz: float
    batch: int
    frames: int
    point_weight: float


@dataclass(slots=True)
class Progress:
    """Steps done, and seconds of one core they took."""

    steps: int = 0
    spent_s: float = 0.0


class BeatNetwork(nn.Module):  # type: ignore[misc]  # torch is optional and untyped here
    """Residual dilated convolutions over time, without normalisation, so that numpy can run it in a few lines."""

    def __init__(self, channels: int, reaches: Sequence[int]) -> None:
        super().__init__()
        self.reaches = tuple(reaches)
        self.enter = nn.Conv1d(channels, _WIDTH, 5, padding=2)
        self.look = nn.ModuleList(nn.Conv1d(_WIDTH, _WIDTH, 3, padding=reach, dilation=reach) for reach in reaches)
        self.mix = nn.ModuleList(nn.Conv1d(_WIDTH, _WIDTH, 1) for _ in reaches)
        self.leave = nn.Conv1d(_WIDTH, OUTPUTS, 1)

    def forward(self, channels: Tensor) -> Tensor:
        signal = self.enter(channels)
        for look, mix in zip(self.look, self.mix, strict=True):
            signal = signal + mix(functional.relu(look(functional.relu(signal))))
        return self.leave(functional.relu(signal))

    def matrices(self) -> dict[str, Array]:
        """The matrices that `reps.beat.network_outputs` reads."""
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


def teach(
    network: BeatNetwork,
    lessons: Sequence[Lesson],
    plan: Teaching,
    varied: Varied,
    minutes: float,
    seed: int,
    checkpoint: Path | None = None,
) -> None:
    """Train the network for so many minutes of one core; the learning rate warms up, then falls as a cosine.

    A checkpoint is written every hundred steps; training resumes from an existing one.
    """
    network.train()
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=1e-2)
    rng = np.random.default_rng(seed)
    progress = recalled(network, checkpoint, optimiser, rng)
    begun_s = time.process_time() - progress.spent_s
    for batch in _batches(lessons, plan, varied, rng):
        progress.spent_s = time.process_time() - begun_s
        share = progress.spent_s / (60 * minutes)
        if share >= 1 or progress.steps % _TOLD_EVERY == 0:
            _kept(network, optimiser, rng, progress, checkpoint)
        if share >= 1:
            break
        loss = _stepped(network, optimiser, batch, plan, _rate(progress.steps, share))
        if progress.steps % _TOLD_EVERY == 0:
            print(f"step {progress.steps}, {100 * share:.0f} %, loss {loss:.4f}", flush=True)
        progress.steps += 1
    network.eval()


def recalled(
    network: BeatNetwork,
    checkpoint: Path | None,
    optimiser: torch.optim.Optimizer | None = None,
    rng: np.random.Generator | None = None,
) -> Progress:
    """Load a checkpoint into network, optimiser and generator; returns its progress, none where there is no
    such file.
    """
    if checkpoint is None or not checkpoint.is_file():
        return Progress()
    saved = torch.load(checkpoint, weights_only=False)  # our own file, written by _kept
    network.load_state_dict(saved["network"])
    if optimiser is not None:
        optimiser.load_state_dict(saved["optimiser"])
    if rng is not None:
        rng.bit_generator.state = saved["rng"]
    return Progress(*saved["progress"])


def _kept(
    network: BeatNetwork,
    optimiser: torch.optim.Optimizer,
    rng: np.random.Generator,
    progress: Progress,
    checkpoint: Path | None,
) -> None:
    if checkpoint is None:
        return
    states = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "rng": rng.bit_generator.state}
    whole = {**states, "progress": (progress.steps, progress.spent_s)}
    written_whole(checkpoint, lambda half: torch.save(whole, half))


def _rate(steps: int, share: float) -> float:
    return float(_RATE * min(1, (steps + 1) / 100) * (0.02 + 0.98 * (1 + np.cos(np.pi * share)) / 2))


def _stepped(
    network: BeatNetwork, optimiser: torch.optim.Optimizer, batch: Batch, plan: Teaching, rate: float
) -> float:
    for group in optimiser.param_groups:
        group["lr"] = rate
    loss = _loss(network, batch, plan)
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return float(loss.item())


def _loss(network: BeatNetwork, batch: Batch, plan: Teaching) -> Tensor:
    channels, truth, known = batch
    logits = network(channels)
    weight = torch.tensor([1.0, plan.point_weight, plan.point_weight])[:, None]
    points = functional.binary_cross_entropy_with_logits(
        logits[:, :3], truth[:, :3], reduction="none", pos_weight=weight
    )
    rate = functional.softplus(logits[:, 3])
    off = ((rate - truth[:, 3]) * known).sum(dim=1).abs() / (1 + (truth[:, 3] * known).sum(dim=1))
    frame_off = ((rate - truth[:, 3]) * plan.frames_hz).abs()
    shares = ((points.mean(dim=1) + 0.3 * frame_off) * known).sum() / known.sum()
    return shares + 0.3 * off.mean()


def _batches(lessons: Sequence[Lesson], plan: Teaching, varied: Varied, rng: np.random.Generator) -> Iterator[Batch]:
    """Endless batches of random stretches."""
    while True:
        drawn = [lessons[int(rng.integers(len(lessons)))] for _ in range(plan.batch)]
        stretches = [_stretch(lesson, plan.frames, varied, rng) for lesson in drawn]
        channels, truth, known = (torch.from_numpy(np.stack(parts)) for parts in zip(*stretches, strict=True))
        yield channels.transpose(1, 2), truth.transpose(1, 2), known


def _stretch(lesson: Lesson, frames: int, varied: Varied, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """`frames` consecutive frames of the sample, zero-padded, and 1 where they are its own."""
    length = len(lesson.channels)
    first = int(rng.integers(0, max(1, length - frames + 1)))
    short = min(frames, length - first)
    channels, truth = (np.zeros((frames, values.shape[1]), np.float32) for values in (lesson.channels, lesson.truth))
    channels[:short], truth[:short] = lesson.channels[first : first + short], lesson.truth[first : first + short]
    return varied(channels, rng), truth, (np.arange(frames) < short).astype(np.float32)
