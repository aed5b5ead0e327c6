"""Teach the recogniser of sensor logs, measure it on people held out, write weights and card.

    spotter train logs DATA --out pipeline/weights

Needs the `train` extra. What is half done is kept under `work` and gone on from.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from tqdm import tqdm

from pipeline.chart.confusion import draw_confusion
from pipeline.learn import log_card
from pipeline.learn.class_measures import accuracy
from pipeline.learn.log_answering import Answering, hold_out, lifts_of, size_and_time
from pipeline.learn.log_experiments import Plan, experiments
from pipeline.learn.log_export import Precision, export
from pipeline.learn.log_figures import (
    AS_RECORDED,
    UNCALIBRATED,
    WITHOUT_GRAVITY,
    Held,
    calibration,
    confusion_of,
    figures_of,
)
from pipeline.learn.log_lessons import ANSWERS, folds, lessons
from pipeline.learn.log_made_up import made_up
from pipeline.learn.log_network import Recipe, seen
from pipeline.learn.log_recordings import LabelledLog, Recording, read_logs
from pipeline.learn.log_sets import teach_sets
from pipeline.learn.log_teaching import drawn
from pipeline.learn.log_teams import Team, on_everyone, taught_persons, watched_of, without
from pipeline.learn.log_trials import CHANGES, attempt
from pipeline.motion.network import Calibration, open_network

PRECISIONS: Final[tuple[Precision, ...]] = ("single", "half", "eight_bit")
MADE_UP: Final = 200  # logs of each kind, twenty seconds each
CALIBRATED: Final = {"calibration": AS_RECORDED, "without_gravity": WITHOUT_GRAVITY}  # by which change
TYPICAL_WINDOWS: Final = 512  # on which the scales of eight-bit calculation are found


@dataclass(frozen=True, slots=True)
class Options:
    """data: folder of the sets. out: where weights and card go. work: where half-done work is kept.

    judged: how many of the folds are answered, for half the time at half the evidence. share: of the usual steps.
    """

    data: Path
    out: Path
    work: Path
    folds: int = 4
    judged: int = 4
    share: float = 1.0
    seed: int = 1
    with_experiments: bool = True

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """One: a second, taught briefly, bought 0.4 points as recorded, cost 1.7 of turned sets and twice the time."""
        return (replace(Recipe(), steps=max(1, round(self.share * Recipe().steps))),)


def train_logs(options: Options) -> dict[str, Any]:
    """Weights, card, confusion matrix and figures are written under `out`; the figures are given back."""
    torch.set_num_threads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    logs = [*read_logs(options.data), *made_up(MADE_UP, np.random.default_rng(options.seed))]
    recordings = [Recording.of(one) for one in tqdm(logs, desc="reading", ncols=90)]
    fold = folds(recordings, options.folds, options.seed)
    numbers = range(min(options.judged, options.folds))
    teams = [without(number, recordings, fold, options) for number in numbers]
    sets = [_sets_of(recordings, taught_persons(number, fold), options) for number in numbers]
    held = hold_out(
        [Answering(team, own, _in_fold(logs, fold, n)) for n, (team, own) in enumerate(zip(teams, sets, strict=True))]
    )
    watched = [_watching(number, team, logs, recordings, fold, options) for number, team in enumerate(teams)]
    calibrations = {name: _calibrated(watched, change) for name, change in CALIBRATED.items()}
    said: dict[str, Any] = {"classes": ANSWERS, "seed": options.seed}
    said.update({name: asdict(one) for name, one in calibrations.items()})
    figures = figures_of(held, *calibrations.values())
    figures["precision"] = _precisions(teams[0], _in_fold(logs, fold, 0), recordings)
    figures["whole_sets"] = size_and_time(sets[0], lifts_of(_in_fold(logs, fold, 0)))
    if options.with_experiments:
        figures["experiments"] = _experiments(logs, recordings, fold)
    everyone = on_everyone(recordings, teams[0], options)
    of_everyone = _sets_of(recordings, set(fold), options)
    _write(options, everyone, of_everyone, said, figures, held)
    _write_card(options, everyone, said, figures, logs)
    return figures


def _sets_of(recordings: Sequence[Recording], persons: Collection[str], options: Options) -> bytes:
    return teach_sets([one for one in recordings if one.person in persons], options.seed)


def _calibrated(watched: Sequence[Answering], change: str) -> Calibration:
    """By every log of the people watched, changed so."""
    return calibration(hold_out(watched, {AS_RECORDED: CHANGES[change]}))


def _watching(
    number: int,
    team: Team,
    logs: Sequence[LabelledLog],
    recordings: Sequence[Recording],
    fold: Mapping[str, int],
    options: Options,
) -> Answering:
    """The team with the logs of those who were watched while it was taught: neither taught nor judged, nor taught to
    this network of whole sets."""
    taught = taught_persons(number, fold)
    watched = watched_of(taught, options.seed)
    sets = _sets_of(recordings, taught - watched, options)
    return Answering(team, sets, [one for one in logs if one.person in watched])


def _in_fold(logs: Sequence[LabelledLog], fold: Mapping[str, int], number: int) -> list[LabelledLog]:
    return [one for one in logs if fold[one.person] == number]


def _precisions(
    team: Team, held: Sequence[LabelledLog], recordings: Sequence[Recording]
) -> dict[str, dict[str, float]]:
    """Size, time of one window alone and accuracy of held-out sets, by their windows alone, at each precision."""
    draw = drawn(lessons(recordings), Recipe())
    typical = seen(draw(TYPICAL_WINDOWS, np.random.default_rng(0))[0])
    sets = lifts_of(held)
    truth = np.array([ANSWERS.index(one.label) for one in sets])
    rows: dict[str, dict[str, float]] = {}
    for precision in PRECISIONS:
        model = export(team, UNCALIBRATED, precision, typical)
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
    return experiments(kept, lifts_of(_in_fold(logs, fold, 0)), Plan())


def _write(
    options: Options, team: Team, sets: bytes, said: dict[str, Any], figures: dict[str, Any], held: Held
) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "motion.onnx").write_bytes(export(team, said))
    (options.out / "motion_sets.onnx").write_bytes(sets)
    (options.out / "motion.json").write_text(json.dumps({**said, **figures}, indent=1) + "\n", encoding="utf-8")
    (options.out / "motion_confusion.png").write_bytes(draw_confusion(ANSWERS, confusion_of(held)))


def _write_card(
    options: Options, team: Team, said: dict[str, Any], figures: dict[str, Any], logs: Sequence[LabelledLog]
) -> None:
    parameters = sum(part.numel() for network in team for part in network.parameters())
    card = log_card.text(figures, said, options, logs, parameters)
    (options.out / "motion.md").write_text(card, encoding="utf-8")
