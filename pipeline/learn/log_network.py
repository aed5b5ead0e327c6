"""The recogniser of logs: a small residual convolutional network on raw signals, taught with PyTorch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn
from tqdm import tqdm

from pipeline.learn.log_augment import Batch, Pool, Variety
from pipeline.learn.log_recordings import Recording
from pipeline.motion.axes import SEEN, along_axes
from pipeline.motion.windows import Floats
from pipeline.values import Array

KERNEL = 5


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is taught. Chosen on five development people, once."""

    widths: tuple[int, ...] = (48, 64, 96, 128)
    steps: int = 3000
    batch: int = 128
    rate: float = 3e-3
    decay: float = 0.02
    dropout: float = 0.3
    smoothing: float = 0.05
    variety: Variety = field(default_factory=Variety)


class Residual(nn.Module):  # type: ignore[misc]
    """Two convolutions and a short cut; the first may halve the clock."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Conv1d(inputs, outputs, KERNEL, stride, KERNEL // 2, bias=False)
        self.first_norm = nn.BatchNorm1d(outputs)
        self.second = nn.Conv1d(outputs, outputs, KERNEL, 1, KERNEL // 2, bias=False)
        self.second_norm = nn.BatchNorm1d(outputs)
        self.short = nn.Conv1d(inputs, outputs, 1, stride, bias=False)
        self.short_norm = nn.BatchNorm1d(outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inside = torch.relu(self.first_norm(self.first(x)))
        return torch.relu(self.second_norm(self.second(inside)) + self.short_norm(self.short(x)))


class LogNetwork(nn.Module):  # type: ignore[misc]
    """Channels (N, SEEN, FRAMES) to logits (N, answers)."""

    def __init__(self, answers: int, recipe: Recipe) -> None:
        super().__init__()
        stem, *widths = recipe.widths
        self.stem = nn.Conv1d(SEEN, stem, 7, 2, 3, bias=False)
        self.stem_norm = nn.BatchNorm1d(stem)
        self.blocks = nn.ModuleList(
            Residual(inputs, outputs, 1 if number == 0 else 2)
            for number, (inputs, outputs) in enumerate(zip([stem, *widths[:-1]], widths, strict=True))
        )
        self.dropout = nn.Dropout(recipe.dropout)
        self.head = nn.Linear(2 * widths[-1], answers)

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """(N, C, T/8) before pooling."""
        x = torch.relu(self.stem_norm(self.stem(x)))
        for block in self.blocks:
            x = block(x)
        return x

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        seen = self.features(x)
        return self.head(self.dropout(torch.cat([seen.mean(dim=2), seen.amax(dim=2)], dim=1)))


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Recordings to learn from: the answer (index) and the weight of each, i.e. how often it is drawn."""

    recordings: Sequence[Recording]
    answer: Array
    weight: Array


def teach(lessons: Lessons, network: LogNetwork, recipe: Recipe, seed: int, what: str = "teaching") -> LogNetwork:
    """The network taught, in evaluation mode; the same seed teaches the same."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    pool = Pool(lessons.recordings)
    optimizer = torch.optim.AdamW(network.parameters(), recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=recipe.steps, pct_start=0.15)
    loss = nn.CrossEntropyLoss(label_smoothing=recipe.smoothing)
    chances = lessons.weight / lessons.weight.sum()
    network.train()
    bar = tqdm(range(recipe.steps), desc=what, ncols=90, mininterval=5)
    for _ in bar:
        which = rng.choice(len(chances), recipe.batch, p=chances)
        given = torch.from_numpy(seen(pool.draw(which, recipe.variety, rng)))
        optimizer.zero_grad()
        missed = loss(network(given), torch.from_numpy(lessons.answer[which]))
        missed.backward()
        optimizer.step()
        schedule.step()
        bar.set_postfix(loss=f"{missed.item():.3f}", refresh=False)
    network.eval()
    return network


def seen(batch: Batch) -> Floats:
    """What the network is given of a batch."""
    return along_axes(batch.acceleration_m_s2, batch.rotation_rad_s, batch.gyroscope)


def log_probabilities(network: LogNetwork, given: Floats) -> Array:
    """(N, answers) of N windows' channels."""
    with torch.no_grad():
        parts = [network(part).log_softmax(1) for part in torch.from_numpy(given).split(512)]
    return np.asarray(torch.cat(parts).numpy(), dtype=np.float64)
