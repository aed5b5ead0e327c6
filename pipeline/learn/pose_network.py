"""Networks over the features of a still body: taught with early stopping and checkpoints. Uses torch.

Every batch is spoiled anew, so that no photo is seen twice alike. The mean logarithm of the network's answers to the
body and to its mirror image is what is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from pipeline.learn.pose_joints import ROWS, JointNet
from pipeline.learn.pose_spoil import SPOILING, Spoiling, spoil
from pipeline.photo.features import features
from pipeline.photo.shape import Floats, Shapes
from pipeline.values import Array

Ints = npt.NDArray[np.int_]
Progress = Callable[[int, float], None]

CUT: Final = 5.0  # standard deviations: a feature beyond it says only "far"
BLOCKS: Final = 2
STEEPEST: Final = 5.0  # norm of a step's gradients: attention now and then leaps at first
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
class Lessons:
    """N bodies and the number of the right answer to each (N,); chance (N,) how often each is drawn, None: as the
    recipe's `balance` has it."""

    seen: Shapes
    answer: Ints
    chance: Array | None = None

    def rows(self, chosen: npt.NDArray[np.int_] | npt.NDArray[np.bool_]) -> Lessons:
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

    def rows(self, seen: Shapes) -> torch.Tensor:
        """(N, F) what the network reads of the bodies."""
        scaled = (features(seen)[:, : len(self.middle)] - self.middle) / self.width
        return torch.tensor(np.clip(scaled, -CUT, CUT), dtype=torch.float32)

    def logs(self, seen: Shapes) -> Array:
        """(N, K) mean logarithms of the answers to the bodies and to their mirror images."""
        with torch.no_grad():
            both = [self._logs(one) for one in (seen, seen.mirrored())]
        return np.asarray((both[0] + both[1]) / 2, dtype=np.float64)

    def _logs(self, seen: Shapes) -> Floats:
        return np.asarray(self.net(self.rows(seen)).log_softmax(-1).numpy())


def ensemble_logs(members: Sequence[Member], seen: Shapes) -> Array:
    """(N, K) mean of the members' logarithms, as logarithms of probabilities."""
    mean = np.mean([member.logs(seen) for member in members], axis=0)
    return np.asarray(mean - np.log(np.exp(mean).sum(axis=1, keepdims=True)))


def teach(
    lessons: Lessons,
    count: int,
    recipe: Recipe,
    seed: int,
    watched: Lessons | None = None,
    checkpoint: Path | None = None,
    progress: Progress = lambda _epoch, _loss: None,
    start: Member | None = None,
) -> Member:
    """A network of `count` answers, the same for the same seed; with `start` what that one knows is gone on from.

    With `watched` lessons teaching ends when they have not been answered better for recipe.patience looks, and the best
    weights are kept. With `checkpoint` each epoch is written there, and an interrupted teaching goes on from it.
    """
    torch.manual_seed(seed)
    member = deepcopy(start) if start else _untaught(lessons, count, recipe)
    course = _Course(member, lessons, recipe, seed, watched)
    course.resume(checkpoint)
    while not course.over:
        loss = course.epoch()
        course.save(checkpoint)
        progress(course.done, loss)
    return course.best()


def _untaught(lessons: Lessons, count: int, recipe: Recipe) -> Member:
    if recipe.kind == "joints":
        return Member(np.zeros(ROWS, np.float32), np.ones(ROWS, np.float32), JointNet(count, recipe.dropout))
    plain = features(lessons.seen)
    middle, width = plain.mean(axis=0), plain.std(axis=0) + np.float32(LEAST_WIDTH)
    return Member(middle, width, PoseNet(plain.shape[1], count, recipe.width, recipe.dropout))


class _Course:
    """The state of one teaching, epoch by epoch."""

    def __init__(self, member: Member, lessons: Lessons, recipe: Recipe, seed: int, watched: Lessons | None) -> None:
        self._member, self._lessons, self._recipe, self._seed, self._watched = member, lessons, recipe, seed, watched
        self._steps = max(1, len(lessons.answer) // recipe.batch)
        frequency = np.bincount(lessons.answer, minlength=member.answers).astype(float)
        self._chance = frequency[lessons.answer] ** -recipe.balance if lessons.chance is None else lessons.chance
        weight = np.where(frequency > 0, np.maximum(frequency, 1) ** -recipe.weighted, 0)
        self._loss = nn.CrossEntropyLoss(
            torch.tensor(weight / weight[lessons.answer].mean(), dtype=torch.float32), label_smoothing=recipe.smoothing
        )
        self._optimizer = torch.optim.AdamW(member.net.parameters(), recipe.rate, weight_decay=recipe.decay)
        total = self._steps * recipe.epochs
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimizer, recipe.rate, total_steps=total, pct_start=0.15
        )
        self._best: tuple[float, dict[str, Any]] | None = None
        self._waited = self.done = 0

    @property
    def _taught_how(self) -> str:
        return repr((asdict(self._recipe), len(self._member.middle), len(self._lessons.answer)))

    @property
    def over(self) -> bool:
        return self.done >= self._recipe.epochs or self._waited > self._recipe.patience

    def epoch(self) -> float:
        """Every photo is shown about once; the mean loss. What is drawn depends on the seed and the epoch alone."""
        rng = np.random.default_rng((self._seed, self.done))
        torch.manual_seed(self._seed * 1000 + self.done)
        self._member.net.train()
        loss = float(np.mean([self._step(rng) for _ in range(self._steps)]))
        self._member.net.eval()
        self.done += 1
        if self._watched is not None and self.done % self._recipe.look == 0:
            self._look(self._watched)
        return loss

    def _step(self, rng: np.random.Generator) -> float:
        chance = self._chance / self._chance.sum()
        rows = rng.choice(len(chance), self._recipe.batch, p=chance)
        seen = spoil(self._lessons.seen.rows(rows), self._recipe.spoiling, rng)
        given = self._member.rows(seen)
        wanted = torch.tensor(self._lessons.answer[rows])
        loss = self._mixed(given, wanted, rng) if self._recipe.mixing else self._loss(self._member.net(given), wanted)
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._member.net.parameters(), STEEPEST)
        self._optimizer.step()
        self._schedule.step()
        return float(loss.detach())

    def _mixed(self, given: torch.Tensor, wanted: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
        share, other = (
            float(rng.beta(self._recipe.mixing, self._recipe.mixing)),
            torch.tensor(rng.permutation(len(given))),
        )
        said = self._member.net(share * given + (1 - share) * given[other])
        return share * self._loss(said, wanted) + (1 - share) * self._loss(said, wanted[other])

    def _look(self, watched: Lessons) -> None:
        logs = self._member.logs(watched.seen)
        surprise = float(-logs[np.arange(len(logs)), watched.answer].mean())
        self._waited += 1
        if self._best is None or surprise < self._best[0]:
            kept = {key: value.clone() for key, value in self._member.net.state_dict().items()}
            self._best, self._waited = (surprise, kept), 0

    def best(self) -> Member:
        """The member with the best weights that were looked at; the last ones where none were."""
        if self._best is not None:
            self._member.net.load_state_dict(self._best[1])
        self._member.net.eval()
        return self._member

    def save(self, path: Path | None) -> None:
        """All that going on needs lies at the path."""
        if path is None:
            return
        state = {
            "recipe": self._taught_how,
            "net": self._member.net.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._schedule.state_dict(),
            "best": self._best,
            "counts": (self.done, self._waited),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def resume(self, path: Path | None) -> None:
        """Teaching goes on where it was saved under the same recipe; a checkpoint of another recipe is not used."""
        if path is None or not path.exists():
            return
        state = torch.load(path, weights_only=True)
        if state["recipe"] != self._taught_how:
            return
        self._member.net.load_state_dict(state["net"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        self._best, (self.done, self._waited) = state["best"], state["counts"]


def _block(width: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(
        *(nn.Dropout(dropout), nn.Linear(width, width), nn.BatchNorm1d(width), nn.GELU()),
        *(nn.Dropout(dropout), nn.Linear(width, width)),
    )
