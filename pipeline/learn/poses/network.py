"""Networks over the features of a still body, what they are taught and how. Uses torch.

The mean logarithm of a network's answers to the body and to its mirror image is what is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, TypeVar

import numpy as np
import torch
from torch import nn

from pipeline.learn.poses.joints import ROWS, JointNet
from pipeline.learn.poses.spoil import SPOILING, Spoiling
from pipeline.photo.shape import Shapes
from pipeline.photo.space import Bodies, rows_of
from pipeline.values import Array, Floats, Indices, Mask

Seen = TypeVar("Seen", Shapes, Bodies)

CUT: Final = 5.0  # standard deviations: a feature beyond it says only "far"
BLOCKS: Final = 2
LEAST_WIDTH: Final = 0.05  # of a feature's standard deviation: what hardly varies must not be blown up


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is taught; chosen on a validation fold by `search`.

    kind "dense" is a residual network over all features, "joints" attention among landmarks, of a width of its own.
    balance 0 draws photos as they come, 1 every pose alike; mixing is the Beta parameter of mixed pairs (Zhang 2018),
    0 for none; weighted counts rare poses' mistakes more instead of drawing them oftener.
    """

    kind: Literal["dense", "joints"] = "dense"
    width: int = 384
    epochs: int = 60
    batch: int = 256
    rate: float = 2e-3
    decay: float = 0.05
    dropout: float = 0.3
    smoothing: float = 0.1
    balance: float = 0.0
    weighted: float = 0.0
    mixing: float = 0.0
    patience: int = 8  # looks at the watched photos, one every `look` epochs, without a better one
    look: int = 5
    spoiling: Spoiling = field(default_factory=lambda: SPOILING)


@dataclass(frozen=True, slots=True, eq=False)
class Lessons(Generic[Seen]):
    """N bodies and the number of the right answer to each (N,); chance (N,) how often each is drawn, None: as the
    recipe's `balance` has it."""

    seen: Seen
    answer: Indices
    chance: Array | None = None

    def rows(self, chosen: Indices | Mask) -> Lessons[Seen]:
        """The chosen ones."""
        chance = None if self.chance is None else self.chance[chosen]
        return Lessons(self.seen.rows(chosen), self.answer[chosen], chance)


class PoseNet(nn.Module):  # type: ignore[misc]
    """F features to K logits: one wide layer, residual blocks, one answer layer."""

    def __init__(self, inputs: int, answers: int, width: int, dropout: float) -> None:
        super().__init__()
        self.first = nn.Sequential(nn.Dropout(0.05), nn.Linear(inputs, width), nn.BatchNorm1d(width), nn.GELU())
        self.blocks = nn.ModuleList(_block(width, dropout) for _ in range(BLOCKS))
        self.last = nn.Sequential(nn.BatchNorm1d(width), nn.GELU(), nn.Dropout(dropout), nn.Linear(width, answers))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        rows = self.first(rows)
        for block in self.blocks:
            rows = rows + block(rows)
        return self.last(rows)


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One taught network: inputs are (x - middle) / width of its first features, cut at CUT."""

    middle: Floats
    width: Floats
    net: PoseNet | JointNet

    @property
    def answers(self) -> int:
        """How many it chooses among."""
        return int(self.net.last[-1].out_features)

    def rows(self, seen: Shapes | Bodies) -> torch.Tensor:
        """(N, F) what the network reads of the bodies."""
        scaled = (rows_of(seen)[:, : len(self.middle)] - self.middle) / self.width
        return torch.tensor(np.clip(scaled, -CUT, CUT), dtype=torch.float32)

    def logs(self, seen: Shapes | Bodies) -> Array:
        """(N, K) mean logarithms of the answers to the bodies and to their mirror images."""
        with torch.no_grad():
            both = [self._logs(one) for one in (seen, seen.mirrored())]
        return np.asarray((both[0] + both[1]) / 2, dtype=np.float64)

    def _logs(self, seen: Shapes | Bodies) -> Floats:
        return np.asarray(self.net(self.rows(seen)).log_softmax(-1).numpy())


def ensemble_logs(members: Sequence[Member], seen: Shapes | Bodies) -> Array:
    """(N, K) mean of the members' logarithms, as logarithms of probabilities."""
    mean = np.mean([member.logs(seen) for member in members], axis=0)
    return np.asarray(mean - np.log(np.exp(mean).sum(axis=1, keepdims=True)))


def untaught(lessons: Lessons[Any], count: int, recipe: Recipe) -> Member:
    """A network of `count` answers as chance made it, its inputs scaled as the lessons are."""
    if recipe.kind == "joints":
        return Member(np.zeros(ROWS, np.float32), np.ones(ROWS, np.float32), JointNet(count, recipe.dropout))
    plain = rows_of(lessons.seen)
    middle, width = plain.mean(axis=0), plain.std(axis=0) + np.float32(LEAST_WIDTH)
    return Member(middle, width, PoseNet(plain.shape[1], count, recipe.width, recipe.dropout))


def _block(width: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(
        *(nn.Dropout(dropout), nn.Linear(width, width), nn.BatchNorm1d(width), nn.GELU()),
        *(nn.Dropout(dropout), nn.Linear(width, width)),
    )
