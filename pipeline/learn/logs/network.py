"""The recogniser of logs: a small residual convolutional network on raw signals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import torch
from torch import nn

from pipeline.learn.logs.augment import Batch, Variety
from pipeline.motion.axes import SEEN, along_axes
from pipeline.values import Array, Floats

KERNEL: Final = 5
STEM_KERNEL: Final = 7


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is taught. first_stride: of the first block, after the stem's 2; the others halve the clock."""

    widths: tuple[int, ...] = (32, 64, 96, 128)
    first_stride: int = 2
    steps: int = 7000
    batch: int = 128
    rate: float = 3e-3
    decay: float = 0.02
    dropout: float = 0.3
    smoothing: float = 0.05
    mixed: float = 0.2  # of the beta distribution that windows are mixed by (Zhang 2018, mixup)
    averaged_over: float = 300.0  # steps: the network kept is a mean over the last ones (Polyak 1992)
    look_every: int = 500  # steps, at the people watched for early stopping
    patience: int = 8  # looks without a better one
    variety: Variety = field(default_factory=Variety)


class Residual(nn.Module):  # type: ignore[misc]
    """Two convolutions and a short cut; the first may halve the clock."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.first, self.first_norm = convolution(inputs, outputs, KERNEL, stride)
        self.second, self.second_norm = convolution(outputs, outputs, KERNEL, 1)
        self.short, self.short_norm = convolution(inputs, outputs, 1, stride)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inside = torch.relu(self.first_norm(self.first(x)))
        return torch.relu(self.second_norm(self.second(inside)) + self.short_norm(self.short(x)))


class LogNetwork(nn.Module):  # type: ignore[misc]
    """What `along_axes` makes of windows (N, SEEN, FRAMES) to logits (N, answers)."""

    def __init__(self, answers: int, recipe: Recipe) -> None:
        super().__init__()
        stem, *widths = recipe.widths
        self.stem, self.stem_norm = convolution(SEEN, stem, STEM_KERNEL, 2)
        self.blocks = nn.ModuleList(
            Residual(inputs, outputs, recipe.first_stride if number == 0 else 2)
            for number, (inputs, outputs) in enumerate(zip([stem, *widths[:-1]], widths, strict=True))
        )
        self.dropout = nn.Dropout(recipe.dropout)
        self.head = nn.Linear(2 * widths[-1], answers)
        self.to(memory_format=torch.channels_last)

    def stemmed(self, x: torch.Tensor) -> torch.Tensor:
        """(N, C, 1, T/2): a picture one pixel high, channels innermost, which is 1.6 times as quick here as rows."""
        high = x[:, :, None].contiguous(memory_format=torch.channels_last)
        return torch.relu(self.stem_norm(self.stem(high)))

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """(N, C, T/16) before pooling, with three blocks."""
        x = self.stemmed(x)
        for block in self.blocks:
            x = block(x)
        return x[:, :, 0]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.dropout(pooled(self.features(x))))


def convolution(inputs: int, outputs: int, kernel: int, stride: int) -> tuple[nn.Conv2d, nn.BatchNorm2d]:
    """Over time, with the normalisation after it."""
    layer = nn.Conv2d(inputs, outputs, (1, kernel), (1, stride), (0, kernel // 2), bias=False)
    return layer, nn.BatchNorm2d(outputs)


def pooled(features: torch.Tensor) -> torch.Tensor:
    """(N, 2C) mean and largest over time of features (N, C, T)."""
    return torch.cat([features.mean(dim=2), features.amax(dim=2)], dim=1)


def seen(batch: Batch) -> Floats:
    """What the network is given of a batch."""
    return along_axes(batch.acceleration_m_s2, batch.rotation_rad_s, batch.gyroscope)


def log_probabilities(network: LogNetwork, given: Floats) -> Array:
    """(N, answers) of N windows' channels."""
    with torch.no_grad():
        parts = [network(part).log_softmax(1) for part in torch.from_numpy(given).split(512)]
    return np.asarray(torch.cat(parts).numpy(), dtype=np.float64)
