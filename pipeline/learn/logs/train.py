"""Teach the recogniser of sensor logs, measure it on people held out, write weights and card.

    spotter train logs DATA --out pipeline/weights

Needs the `train` extra. What is half done is kept under `work` and gone on from.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from tqdm import tqdm

from pipeline.chart.confusion import draw_confusion
from pipeline.learn.begun import begin, digest_of, digest_of_files
from pipeline.learn.class_measures import accuracy
from pipeline.learn.logs import card
from pipeline.learn.logs.answering import Answering, hold_out, hold_out_workouts, lifts_of, set_precisions
from pipeline.learn.logs.experiments import Plan, experiments
from pipeline.learn.logs.export import export
from pipeline.learn.logs.figures import (
    AS_RECORDED,
    UNCALIBRATED,
    WITHOUT_GRAVITY,
    Held,
    calibration,
    confusion_of,
    figures_of,
    figures_of_workouts,
)
from pipeline.learn.logs.lessons import ANSWERS, folds, lessons
from pipeline.learn.logs.made_up import made_up
from pipeline.learn.logs.network import Recipe, seen
from pipeline.learn.logs.recordings import DATA_SETS, LabelledLog, Recording, read_logs
from pipeline.learn.logs.set_export import export_sets
from pipeline.learn.logs.sets import BARE, BARE_DRAWS, DRAWS, teach_sets
from pipeline.learn.logs.teaching import drawn
from pipeline.learn.logs.teams import Team, on_everyone, without
from pipeline.learn.logs.trials import CHANGES, attempt
from pipeline.learn.onnx_graph import WEIGHT_TYPES
from pipeline.motion.network import Calibration, open_network

MADE_UP: Final = 200  # logs of each kind, twenty seconds each
CALIBRATED: Final = {"calibration": AS_RECORDED, "without_gravity": WITHOUT_GRAVITY}  # by which change
TYPICAL_WINDOWS: Final = 512  # on which the scales of eight-bit calculation are found


@dataclass(frozen=True, slots=True)
class Options:
    """data: folder of the sets. out: where weights and card go. work: where half-done work is kept.

    judged: how many of the folds are answered for the card's figures. calibrating: how many more are answered to see
    how sure an answer must be; there must be one. share: of the usual steps.
    """

    data: Path
    out: Path
    work: Path
    folds: int = 4
    judged: int = 1
    calibrating: int = 2
    share: float = 1.0
    seed: int = 1
    with_experiments: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.judged < self.folds or self.calibrating < 1:
            raise ValueError(f"of {self.folds} folds {self.judged} judged leave none to calibrate on")

    @property
    def answered(self) -> range:
        """Numbers of the folds that are left out in turn, the judged first."""
        return range(min(self.folds, self.judged + self.calibrating))

    @property
    def draws(self) -> range:
        """Seeds of the kernels of whole sets."""
        return range(self.seed, self.seed + DRAWS)

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """One: a second, taught briefly, bought 0.4 points as recorded, cost 1.7 of turned sets and twice the time."""
        return (replace(Recipe(), steps=max(1, round(self.share * Recipe().steps))),)


def train_logs(options: Options) -> dict[str, Any]:
    """Weights, card, confusion matrix and figures are written under `out`; the figures are given back."""
    torch.set_num_threads(1)
    begin(options.work, "logs", _decided_by(options))
    options.out.mkdir(parents=True, exist_ok=True)
    logs = [*read_logs(options.data), *made_up(MADE_UP, np.random.default_rng(options.seed))]
    recordings = [Recording.of(one) for one in tqdm(logs, desc="reading", ncols=90)]
    fold = folds(recordings, options.folds, options.seed)
    teams = [without(number, recordings, fold, options) for number in options.answered]
    groups = _in_folds(recordings, fold, options.folds)
    sets = teach_sets(groups, options.draws, options.work)
    bare_sets = teach_sets(groups, options.draws[:BARE_DRAWS], options.work, BARE)
    answering = [
        Answering(team, export_sets(own), export_sets(bare), _in_fold(logs, fold, number))
        for number, team, own, bare in zip(options.answered, teams, sets.without, bare_sets.without, strict=False)
    ]
    held = hold_out(answering[: options.judged])
    calibrations = {name: _calibrated(answering[options.judged :], change) for name, change in CALIBRATED.items()}
    said: dict[str, Any] = {"classes": ANSWERS, "seed": options.seed}
    said.update({name: asdict(one) for name, one in calibrations.items()})
    figures = figures_of(held, *calibrations.values())
    figures["workouts"] = figures_of_workouts(held, hold_out_workouts(answering[: options.judged]))
    figures["precision"] = _precisions(teams[0], _in_fold(logs, fold, 0), recordings)
    figures["precision_of_sets"] = set_precisions(sets.without[0], lifts_of(_in_fold(logs, fold, 0)))
    if options.with_experiments:
        figures["experiments"] = _experiments(logs, recordings, fold)
    everyone = on_everyone(recordings, teams[0], options)
    (options.out / "motion_sets_bare.onnx").write_bytes(export_sets(bare_sets.everyone))
    _write(options, everyone, export_sets(sets.everyone), said, figures, held)
    _write_card(options, everyone, said, figures, logs)
    return figures


def _decided_by(options: Options) -> dict[str, object]:
    """What the networks under `work` were taught by."""
    return {
        "data": digest_of_files(options.data / f"{name}{ending}" for name in DATA_SETS for ending in (".npz", ".csv")),
        "folds": options.folds,
        "share": options.share,
        "seed": options.seed,
        "recipes": digest_of((options.recipes, ANSWERS)),
    }


def _in_folds(recordings: Sequence[Recording], fold: Mapping[str, int], count: int) -> list[list[Recording]]:
    return [[one for one in recordings if fold[one.person] == number] for number in range(count)]


def _calibrated(answering: Sequence[Answering], change: str) -> Calibration:
    """By every log of people that are not judged, answered by networks that did not see them, changed so."""
    return calibration(hold_out(answering, {AS_RECORDED: CHANGES[change]}))


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
    for precision in WEIGHT_TYPES:
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
    (options.out / "motion.onnx").write_bytes(export(team, said))
    (options.out / "motion_sets.onnx").write_bytes(sets)
    (options.out / "motion.json").write_text(json.dumps({**said, **figures}, indent=1) + "\n", encoding="utf-8")
    (options.out / "motion_confusion.png").write_bytes(draw_confusion(ANSWERS, confusion_of(held)))


def _write_card(
    options: Options, team: Team, said: dict[str, Any], figures: dict[str, Any], logs: Sequence[LabelledLog]
) -> None:
    parameters = sum(part.numel() for network in team for part in network.parameters())
    written = card.text(figures, said, options, logs, parameters)
    (options.out / "motion.md").write_text(written, encoding="utf-8")
