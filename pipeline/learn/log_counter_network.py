"""Teaches the network of `motion/beat` on takes of known repetitions. Needs the `train` extra (torch)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.learn.counter_network import BeatNetwork
from pipeline.learn.log_counter_takes import Take
from pipeline.motion.beat_channels import COUNT, FRAME_HZ, SIGNED, channels_of
from pipeline.values import Array

Floats = npt.NDArray[np.float32]

_WIDTH = 40
_REACHES = (1, 2, 4, 8, 16, 32, 64)  # frames between the taps of each layer: ten seconds to either side
_FRAMES = 512  # of the network, 41 s
_POINT_S = 0.16  # how far from an edge the network may still call it one


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """channels (T, C) and what to say of them (T, 4): busy, edge, middle, rate."""

    channels: Array
    truth: Array


def lesson_of(take: Take) -> Lesson:
    """The take as the network sees it, and the truth; half precision, since there are thousands."""
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


def teach(
    lessons: Sequence[Lesson], minutes: float, seed: int = 0, network: BeatNetwork | None = None, batch: int = 16
) -> BeatNetwork:
    """A network taught for so long, of one core; the learning rate warms up, then falls as a cosine."""
    torch.manual_seed(seed)
    taught = network or BeatNetwork(COUNT, _WIDTH, _REACHES)
    taught.train()
    optimiser = torch.optim.AdamW(taught.parameters(), lr=2e-3, weight_decay=1e-2)
    started = time.process_time()
    for step, (channels, truth, known) in enumerate(_batches(lessons, batch, np.random.default_rng(seed))):
        share = (time.process_time() - started) / (60 * minutes)
        if share >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 100) * (0.02 + 0.98 * (1 + np.cos(np.pi * share)) / 2)
        loss = _loss(taught(channels), truth, known)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(taught.parameters(), 1.0)
        optimiser.step()
        if step % 100 == 0:
            print(f"step {step}, {100 * share:.0f} %, loss {loss.item():.4f}", flush=True)
    taught.eval()
    return taught


def _loss(logits: Tensor, truth: Tensor, known: Tensor) -> Tensor:
    points = functional.binary_cross_entropy_with_logits(
        logits[:, :3], truth[:, :3], reduction="none", pos_weight=torch.tensor([1.0, 2.0, 2.0])[:, None]
    )
    rate = functional.softplus(logits[:, 3])
    off = ((rate - truth[:, 3]) * known).sum(dim=1).abs() / (1 + (truth[:, 3] * known).sum(dim=1))
    frame_off = ((rate - truth[:, 3]) * FRAME_HZ).abs()
    shares = (points.mean(dim=1) * known).sum() / known.sum() + 0.3 * (frame_off * known).sum() / known.sum()
    return shares + 0.3 * off.mean()


def _batches(
    lessons: Sequence[Lesson], batch: int, rng: np.random.Generator
) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Endless (channels (B, C, T), truth (B, 4, T), known (B, T)): random stretches, meaningless signs flipped."""
    while True:
        stretches = [_stretch(lessons[int(rng.integers(len(lessons)))], rng) for _ in range(batch)]
        channels, truth, known = (np.stack(parts) for parts in zip(*stretches, strict=True))
        yield (
            torch.from_numpy(channels.transpose(0, 2, 1)).float(),
            torch.from_numpy(truth.transpose(0, 2, 1)).float(),
            torch.from_numpy(known).float(),
        )


def _stretch(lesson: Lesson, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    length = len(lesson.channels)
    first = int(rng.integers(0, max(1, length - _FRAMES + 1)))
    short = min(_FRAMES, length - first)
    channels, truth = (np.zeros((_FRAMES, values.shape[1]), np.float32) for values in (lesson.channels, lesson.truth))
    channels[:short], truth[:short] = lesson.channels[first : first + short], lesson.truth[first : first + short]
    main, second = rng.choice([-1, 1], 2)
    channels[:, list(SIGNED)] *= [main, main, second]
    return channels, truth, (np.arange(_FRAMES) < short).astype(np.float32)
