"""Small dense networks over windows' summaries. Uses torch.

Each member of the ensemble is trained on simulated and real windows, about half and half; their mean probability
answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import torch
from torch import nn

from pipeline.learn.begun import written_whole
from pipeline.learn.clips.lessons import Lessons
from pipeline.values import Array, Floats

CUT: Final = 4.0  # standard deviations
Taught = TypeVar("Taught")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is taught. Chosen by cross-validation on development tracks, once."""

    width: int = 192
    steps: int = 700
    batch: int = 128
    real_share: float = 0.4  # of a batch, the rest is simulated
    rate: float = 2e-3
    decay: float = 0.05
    noise: float = 0.15  # of a standard deviation, added to the numbers
    smoothing: float = 0.05


RECIPES: Final = (Recipe(), Recipe(width=256, steps=1200))  # both kinds err differently: their mean is surer


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One taught network: inputs are (x - middle) / width, cut at 4, 0 where x is NaN (not known)."""

    middle: Floats
    width: Floats
    layers: nn.Sequential

    def log_probabilities(self, summaries: Floats) -> Array:
        """(N, K)."""
        with torch.no_grad():
            logs = self.layers(_scaled(summaries, self.middle, self.width)).log_softmax(-1)
        return np.asarray(logs.numpy(), dtype=np.float64)


def kept(path: Path, taught: Callable[[], Taught]) -> Taught:
    """The network in the file; taught and written there, whole or not at all, where there is none."""
    if not path.exists():
        written_whole(path, lambda half: torch.save(taught(), half))
    return torch.load(path, weights_only=False)  # type: ignore[no-any-return]


def ensemble_logs(members: Sequence[Member], summaries: Floats) -> Array:
    """(N, K) logarithms of the members' mean probability."""
    return np.asarray(np.log(np.mean([np.exp(one.log_probabilities(summaries)) for one in members], axis=0)))


@dataclass(frozen=True, slots=True, eq=False)
class Team:
    """Members whose mean answers for windows in which all is known, and members for the others."""

    whole: Sequence[Member]
    cut_off: Sequence[Member]

    def log_probabilities(self, summaries: Floats) -> Array:
        """(N, K)."""
        unknown = np.isnan(summaries).any(axis=1)
        logs = ensemble_logs(self.whole, summaries)
        if unknown.any():
            logs[unknown] = ensemble_logs(self.cut_off, summaries[unknown])
        return logs


def teach(simulated: Lessons, real: Lessons | None, count: int, recipe: Recipe, seed: int) -> Member:
    """A network of `count` answers taught by both, or by simulation alone; the same seed gives the same network."""
    generator = torch.manual_seed(seed)
    share = recipe.real_share if real is not None and len(real.answer) else 0.0
    lessons = [(simulated, 1 - share)] + ([(real, share)] if real is not None and share else [])
    seen = np.concatenate([part.summaries[:: max(1, len(part.summaries) // 3000)] for part, _ in lessons])
    middle, width = np.nanmean(seen, axis=0), np.nanstd(seen, axis=0) + np.float32(0.02)
    decks = [
        (_scaled(part.summaries, middle, width), torch.tensor(part.answer), torch.tensor(part.weight), share)
        for part, share in lessons
    ]
    layers = _layers(seen.shape[1], count, recipe.width)
    optimizer = torch.optim.AdamW(layers.parameters(), recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=recipe.steps)
    loss = nn.CrossEntropyLoss(label_smoothing=recipe.smoothing)
    for _ in range(recipe.steps):
        given, wanted = _draw(decks, recipe, generator)
        optimizer.zero_grad()
        loss(layers(given), wanted).backward()
        optimizer.step()
        schedule.step()
    return Member(middle, width, layers.eval())


def _draw(decks: Sequence[Any], recipe: Recipe, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """A batch, each deck's share of it drawn by weight, the numbers blurred by up to `noise`."""
    given, wanted = [], []
    for values, answer, weight, share in decks:
        rows = torch.multinomial(weight, int(recipe.batch * share), replacement=True, generator=generator)
        given.append(values[rows])
        wanted.append(answer[rows])
    clean = torch.cat(given)
    blur = torch.randn(clean.shape, generator=generator) * torch.rand((len(clean), 1), generator=generator)
    return clean + recipe.noise * blur, torch.cat(wanted)


def _layers(inputs: int, answers: int, width: int) -> nn.Sequential:
    half = width // 2
    return nn.Sequential(
        *(nn.Dropout(0.2), nn.Linear(inputs, width), nn.BatchNorm1d(width), nn.GELU()),
        *(nn.Dropout(0.3), nn.Linear(width, half), nn.BatchNorm1d(half), nn.GELU()),
        *(nn.Dropout(0.3), nn.Linear(half, answers)),
    )


def _scaled(summaries: Floats, middle: Floats, width: Floats) -> torch.Tensor:
    even = np.nan_to_num(np.clip((summaries - middle) / width, -CUT, CUT))
    return torch.tensor(even, dtype=torch.float32)
