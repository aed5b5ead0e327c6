"""The recogniser of logs: a small residual convolutional network on raw signals."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch
from torch import nn

from pipeline.learn.log_augment import Batch, Variety
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
    mixed: float = 0.2  # of the beta distribution that windows are mixed by (Zhang 2018, mixup)
    averaged_over: float = 150.0  # steps: the network kept is a mean over the last ones (Polyak 1992)
    look_every: int = 250  # steps, at the people watched for early stopping
    patience: int = 4  # looks without a better one
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


def seen(batch: Batch) -> Floats:
    """What the network is given of a batch."""
    return along_axes(batch.acceleration_m_s2, batch.rotation_rad_s, batch.gyroscope)


def log_probabilities(network: LogNetwork, given: Floats) -> Array:
    """(N, answers) of N windows' channels."""
    with torch.no_grad():
        parts = [network(part).log_softmax(1) for part in torch.from_numpy(given).split(512)]
    return np.asarray(torch.cat(parts).numpy(), dtype=np.float64)
