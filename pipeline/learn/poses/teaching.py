"""Teaching a network of still bodies: with early stopping, and with checkpoints that it goes on from. Uses torch.

Every batch is spoiled anew, so that no photo is seen twice alike.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import nn

from pipeline.learn.begun import written_whole
from pipeline.learn.poses.network import Lessons, Member, Recipe, untaught
from pipeline.learn.poses.spoil import spoiled

Progress = Callable[[int, float], None]

STEEPEST: Final = 5.0  # norm of a step's gradients: attention now and then leaps at first


def teach(
    lessons: Lessons[Any],
    count: int,
    recipe: Recipe,
    seed: int,
    watched: Lessons[Any] | None = None,
    checkpoint: Path | None = None,
    progress: Progress = lambda _epoch, _loss: None,
    start: Member | None = None,
) -> Member:
    """A network of `count` answers, the same for the same seed; with `start` what that one knows is gone on from.

    With `watched` lessons teaching ends when they have not been answered better for recipe.patience looks, and the best
    weights are kept. With `checkpoint` each epoch is written there, and an interrupted teaching goes on from it.
    """
    torch.manual_seed(seed)
    member = deepcopy(start) if start else untaught(lessons, count, recipe)
    training = _Training(member, lessons, recipe, seed, watched)
    training.resume(checkpoint)
    while not training.over:
        loss = training.epoch()
        training.save(checkpoint)
        progress(training.done, loss)
    return training.best()


class _Training:
    """The state of one teaching, epoch by epoch."""

    def __init__(
        self, member: Member, lessons: Lessons[Any], recipe: Recipe, seed: int, watched: Lessons[Any] | None
    ) -> None:
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
        seen = spoiled(self._lessons.seen.rows(rows), self._recipe.spoiling, rng)
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

    def _look(self, watched: Lessons[Any]) -> None:
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
        written_whole(path, lambda half: torch.save(state, half))

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
