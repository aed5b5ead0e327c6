"""Teach the recogniser of sensor logs, measure it on people held out, write weights and card.

    spotter train logs DATA --out pipeline/weights

Needs the `train` extra. What is half done is kept under `work` and gone on from.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from tqdm import tqdm

from pipeline.chart.confusion import draw_confusion
from pipeline.learn import log_card
from pipeline.learn.class_measures import accuracy
from pipeline.learn.log_experiments import Plan, experiments
from pipeline.learn.log_export import Precision, export
from pipeline.learn.log_figures import AS_RECORDED, Held, calibration, confusion_of, figures_of
from pipeline.learn.log_lessons import ANSWERS, ULIFT, folds, lessons
from pipeline.learn.log_made_up import made_up
from pipeline.learn.log_network import LogNetwork, Recipe, seen
from pipeline.learn.log_recordings import REST, LabelledLog, Recording, read_logs
from pipeline.learn.log_teaching import drawn, teach
from pipeline.learn.log_trials import CHANGES, Trial, attempt
from pipeline.motion.network import open_network

PRECISIONS: Final[tuple[Precision, ...]] = ("single", "half", "eight_bit")
UNCALIBRATED: Final = {"classes": ANSWERS, "temperature": 1.0, "working_point": 0.5}
WATCHED_EVERY: Final = 10  # of the people taught, one in so many is watched for early stopping instead
MADE_UP: Final = 200  # logs of each kind, twenty seconds each
TYPICAL_WINDOWS: Final = 512  # on which the scales of eight-bit calculation are found


@dataclass(frozen=True, slots=True)
class Options:
    """data: folder of the sets. out: where weights and card go. work: where half-done work is kept.

    judged: how many of the folds are answered, for half the time at half the evidence.
    """

    data: Path
    out: Path
    work: Path
    folds: int = 4
    judged: int = 4
    steps: int = 2000
    seed: int = 1
    with_experiments: bool = True

    @property
    def recipe(self) -> Recipe:
        return Recipe(steps=self.steps)


def train_logs(options: Options) -> dict[str, Any]:
    """Weights, card, confusion matrix and figures are written under `out`; the figures are given back."""
    torch.set_num_threads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    logs = [*read_logs(options.data), *made_up(MADE_UP, np.random.default_rng(options.seed))]
    recordings = [Recording.of(one) for one in tqdm(logs, desc="reading", ncols=90)]
    fold = folds(recordings, options.folds, options.seed)
    networks = [_without(number, recordings, fold, options) for number in range(min(options.judged, options.folds))]
    held = hold_out(logs, fold, networks)
    said: dict[str, Any] = {"classes": ANSWERS, **calibration(held), "seed": options.seed}
    figures = figures_of(held, said["temperature"], said["working_point"])
    figures["precision"] = _precisions(networks[0], _in_fold(logs, fold, 0), recordings)
    if options.with_experiments:
        figures["experiments"] = _experiments(logs, recordings, fold)
    everyone = _taught(recordings, options, "everyone")
    _write(options, everyone, said, figures, held)
    _write_card(options, everyone, said, figures, logs)
    return figures


def hold_out(logs: Sequence[LabelledLog], fold: Mapping[str, int], networks: Sequence[LogNetwork]) -> Held:
    """Every log answered by the network that saw nobody of its fold; sets of uLift under every change."""
    order = [one for number in range(len(networks)) for one in _in_fold(logs, fold, number)]
    trials: dict[str, list[Trial]] = {name: [] for name in CHANGES}
    for number, network in enumerate(networks):
        opened = open_network(export(network, UNCALIBRATED))
        own = _in_fold(logs, fold, number)
        for name, change in CHANGES.items():
            tried = own if name == AS_RECORDED else _lifts(own)
            trials[name].append(attempt(opened, tried, change, seed=number, what=f"fold {number + 1}, {name}"))
    return Held(order, {name: Trial.joined(parts) for name, parts in trials.items()})


def _without(number: int, recordings: Sequence[Recording], fold: Mapping[str, int], options: Options) -> LogNetwork:
    kept = [one for one in recordings if fold[one.person] != number]
    return _taught(kept, replace(options, seed=options.seed + number), f"fold {number + 1}")


def _taught(recordings: Sequence[Recording], options: Options, what: str) -> LogNetwork:
    """A network taught on most of the recordings; a few people are watched instead, for early stopping."""
    persons = sorted({one.person for one in recordings if one.data_set == ULIFT})
    watched = set(persons[options.seed % WATCHED_EVERY :: WATCHED_EVERY]) if what != "everyone" else set()
    taught, looked_at = ([one for one in recordings if (one.person in watched) is side] for side in (False, True))
    torch.manual_seed(options.seed)
    return teach(
        drawn(lessons(taught), options.recipe),
        LogNetwork(len(ANSWERS), options.recipe),
        options.recipe,
        options.seed,
        watched=lessons(looked_at) if looked_at else None,
        checkpoint=options.work / f"{what.replace(' ', '_')}.pt",
        what=what,
    )


def _in_fold(logs: Sequence[LabelledLog], fold: Mapping[str, int], number: int) -> list[LabelledLog]:
    return [one for one in logs if fold[one.person] == number]


def _lifts(logs: Sequence[LabelledLog]) -> list[LabelledLog]:
    return [one for one in logs if one.data_set == ULIFT and one.label != REST]


def _precisions(
    network: LogNetwork, held: Sequence[LabelledLog], recordings: Sequence[Recording]
) -> dict[str, dict[str, float]]:
    """Size, time of one window alone and accuracy of held-out sets at each precision."""
    draw = drawn(lessons(recordings), Recipe())
    typical = seen(draw(TYPICAL_WINDOWS, np.random.default_rng(0))[0])
    sets = _lifts(held)
    truth = np.array([ANSWERS.index(one.label) for one in sets])
    rows: dict[str, dict[str, float]] = {}
    for precision in PRECISIONS:
        model = export(network, UNCALIBRATED, precision, typical)
        opened = open_network(model)
        tried = attempt(opened, sets, CHANGES[AS_RECORDED], 0, what=precision)
        started = time.perf_counter()
        for window in typical[:200]:
            opened.run(window[None])
        alone_ms = (time.perf_counter() - started) / 200 * 1000
        right = accuracy(truth, tried.pooled)
        rows[precision] = {"bytes": len(model), "window_ms": round(alone_ms, 3), "accuracy": round(right, 4)}
    return rows


def _experiments(
    logs: Sequence[LabelledLog], recordings: Sequence[Recording], fold: Mapping[str, int]
) -> dict[str, dict[str, float]]:
    """On the first fold's people."""
    kept = [one for one in recordings if fold[one.person] != 0]
    return experiments(kept, _lifts(_in_fold(logs, fold, 0)), Plan())


def _write(options: Options, network: LogNetwork, said: dict[str, Any], figures: dict[str, Any], held: Held) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "motion.onnx").write_bytes(export(network, said))
    (options.out / "motion.json").write_text(json.dumps({**said, **figures}, indent=1) + "\n", encoding="utf-8")
    (options.out / "motion_confusion.png").write_bytes(draw_confusion(ANSWERS, confusion_of(held)))


def _write_card(
    options: Options, network: LogNetwork, said: dict[str, Any], figures: dict[str, Any], logs: Sequence[LabelledLog]
) -> None:
    parameters = sum(part.numel() for part in network.parameters())
    card = log_card.text(figures, said, options, logs, parameters)
    (options.out / "motion.md").write_text(card, encoding="utf-8")
