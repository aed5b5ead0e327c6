"""Teaching the recogniser of logs with PyTorch: batches drawn by weight, early stopping, checkpoints to go on from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm import tqdm

from pipeline.learn.begun import written_whole
from pipeline.learn.logs.augment import Batch, Pool
from pipeline.learn.logs.network import LogNetwork, Recipe, seen
from pipeline.learn.logs.recordings import Recording
from pipeline.values import Array, Floats

WATCHED_WINDOWS: Final = 1024

Draw = Callable[[int, np.random.Generator], tuple[Batch, npt.NDArray[np.int_]]]


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Recordings to learn from: the answer (index) of each, and how often it is drawn."""

    recordings: Sequence[Recording]
    answer: npt.NDArray[np.int_]
    weight: Array


@dataclass(slots=True)
class Progress:
    """Where a teaching is: the step, the best loss on the watched people, when it was, and the network of then."""

    step: int = 0
    best_loss: float = float("inf")
    best_step: int = 0
    best: dict[str, Any] | None = None


def drawn(lessons: Lessons, recipe: Recipe) -> Draw:
    """Windows drawn from the lessons by weight and changed as the recipe says."""
    pool, chances = Pool(lessons.recordings), lessons.weight / lessons.weight.sum()

    def draw(count: int, rng: np.random.Generator) -> tuple[Batch, npt.NDArray[np.int_]]:
        which = rng.choice(len(chances), count, p=chances)
        return pool.draw(which, recipe.variety, rng), lessons.answer[which]

    return draw


def teach(
    draw: Draw,
    network: LogNetwork,
    recipe: Recipe,
    seed: int,
    *,
    watched: Lessons | None = None,
    checkpoint: Path | None = None,
    what: str = "teaching",
) -> LogNetwork:
    """The network taught, in evaluation mode: the running mean of its weights, as of the step that did best on the
    watched people, if there are any.

    A checkpoint is written at every look and gone on from where there is one; the same seed teaches the same.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    optimizer = torch.optim.AdamW(network.parameters(), recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=recipe.steps, pct_start=0.15)
    kept_share = 1 - 1 / recipe.averaged_over
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(kept_share), use_buffers=True)
    parts = {"network": network, "mean": mean, "optimizer": optimizer, "schedule": schedule}
    progress = _resumed(parts, rng, checkpoint)
    look = _look(watched, recipe)
    bar = tqdm(total=recipe.steps, initial=progress.step, desc=what, ncols=90, mininterval=5)
    while progress.step < recipe.steps and not _stale(progress, recipe):
        missed = _step(draw, network, optimizer, recipe, rng)
        schedule.step()
        mean.update_parameters(network)
        progress.step += 1
        bar.update()
        bar.set_postfix(loss=f"{missed:.3f}", best=f"{progress.best_loss:.3f}", refresh=False)
        if progress.step % recipe.look_every == 0 or progress.step == recipe.steps:
            _noted(progress, mean.module, look)
            _kept(parts, rng, progress, checkpoint)
    bar.close()
    network.load_state_dict(mean.module.state_dict() if progress.best is None else progress.best)
    network.eval()
    return network


def _step(draw: Draw, network: LogNetwork, optimizer: Any, recipe: Recipe, rng: np.random.Generator) -> float:
    network.train()
    batch, answer = draw(recipe.batch, rng)
    optimizer.zero_grad()
    given, wanted = torch.from_numpy(seen(batch)), torch.from_numpy(answer)
    share = float(rng.beta(recipe.mixed, recipe.mixed))
    logits = network(share * given + (1 - share) * given.flip(0))
    parts = [
        nn.functional.cross_entropy(logits, side, label_smoothing=recipe.smoothing) for side in (wanted, wanted.flip(0))
    ]
    missed = share * parts[0] + (1 - share) * parts[1]
    missed.backward()
    optimizer.step()
    return float(missed.item())


def _look(watched: Lessons | None, recipe: Recipe) -> tuple[Floats, npt.NDArray[np.int_]] | None:
    """The same windows of the watched people at every look."""
    if watched is None:
        return None
    batch, answer = drawn(watched, recipe)(WATCHED_WINDOWS, np.random.default_rng(0))
    return seen(batch), answer


def _noted(progress: Progress, network: LogNetwork, look: tuple[Floats, npt.NDArray[np.int_]] | None) -> None:
    if look is None:
        return
    network.eval()
    with torch.no_grad():
        missed = nn.functional.cross_entropy(network(torch.from_numpy(look[0])), torch.from_numpy(look[1])).item()
    if missed < progress.best_loss:
        progress.best_loss, progress.best_step = missed, progress.step
        progress.best = {name: values.clone() for name, values in network.state_dict().items()}


def _stale(progress: Progress, recipe: Recipe) -> bool:
    return progress.best is not None and progress.step - progress.best_step >= recipe.patience * recipe.look_every


def _kept(parts: dict[str, Any], rng: np.random.Generator, progress: Progress, checkpoint: Path | None) -> None:
    if checkpoint is None:
        return
    states = {name: part.state_dict() for name, part in parts.items()}
    said = (progress.step, progress.best_loss, progress.best_step, progress.best)
    whole = {**states, "rng": rng.bit_generator.state, "progress": said}
    written_whole(checkpoint, lambda half: torch.save(whole, half))


def _resumed(parts: dict[str, Any], rng: np.random.Generator, checkpoint: Path | None) -> Progress:
    if checkpoint is None or not checkpoint.is_file():
        return Progress()
    saved = torch.load(checkpoint, weights_only=False)  # our own file, written by _kept
    for name, part in parts.items():
        part.load_state_dict(saved[name])
    rng.bit_generator.state = saved["rng"]
    return Progress(*saved["progress"])
