"""Teach the recogniser of clips, measure it by source, write weights and card.

    OPENBLAS_NUM_THREADS=1 spotter train clips DATA --out pipeline/weights

Needs the `train` extra. DATA is a folder of packed pose tracks. What is half done is kept under `work` and gone on
from. The same data, catalogue, code and seed give the same files, to the last bit on one core alone: sums made on
several differ in their last digits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, Final

import numpy as np
import torch
from tqdm import tqdm

from pipeline.learn.begun import begin, digest_of, digest_of_files
from pipeline.learn.clips import card
from pipeline.learn.clips.convolutions import Drawing, draw, mirror_of
from pipeline.learn.clips.cross import (
    ALONE,
    Options,
    Predictions,
    TrainingData,
    both_kinds,
    cross_validate,
    held,
    member_aside,
    predicted_by_convolutions,
    predicted_by_networks,
    ridge,
    team,
    team_alone,
)
from pipeline.learn.clips.export import export
from pipeline.learn.clips.figures import (
    ABUNDANT,
    Held,
    calibration,
    crossed,
    drawn_confusion,
    idle_named,
    measured,
    pieces_named,
    tables,
)
from pipeline.learn.clips.idle import stills
from pipeline.learn.clips.lessons import (
    Clips,
    Lessons,
    answers,
    answers_aside,
    digest,
    looked_at,
    real,
    simulated,
    simulated_aside,
    simulated_channels,
)
from pipeline.learn.clips.network import RECIPES, Member
from pipeline.learn.clips.pieces import pieces
from pipeline.learn.clips.precision import EvaluatedWindows, Recognizer, precisions
from pipeline.learn.clips.ridge import RECIPE, RidgeTraining
from pipeline.learn.tracks import read_tracks
from pipeline.recognize.channels import channels
from pipeline.recognize.decide import Calibration
from pipeline.recognize.windows import windows
from pipeline.values import Mask

__all__ = ["Options", "train_clips"]

DRAWING: Final = Drawing()
DRAWS: Final = 3  # of random convolutions: the first ships, the others tell how much of a figure is chance
EVERYTHING: Final = "everything"

Row = dict[str, float | None]


def train_clips(options: Options) -> dict[str, Any]:
    """Weights, card, confusion matrix and figures are written under `out`; the figures are given back."""
    torch.set_num_threads(1)
    begin(options.work, "clips", _decided_by(options))
    options.out.mkdir(parents=True, exist_ok=True)
    data = _training_data(options)
    ridge_trainings = _ridge_trainings(data, options)
    alone, *together = _held(data, ridge_trainings, options)
    recognizer = Recognizer(
        team(data, options, data.everything, EVERYTHING),
        _calibrated(data, alone),
        ridge(ridge_trainings[0], options, 0, data.everything, EVERYTHING),
        _calibrated(data, together[0]),
        options.seed,
    )
    figures = {
        **_figures(data.clips, together[0]),
        "alone": asdict(recognizer.alone),
        "networks_alone": _row(data.clips, alone),
        "other_draws": [_row(data.clips, one) for one in together[1:]],
        "simulation_alone": _alone(data, ridge_trainings[0], options),
        "precision": precisions(recognizer, _shown(data, ridge_trainings[0], recognizer)),
    }
    beside = simulated_aside(data.whole, options.each, options.seed, _bar, options.work)
    _write(data, recognizer, member_aside(data, options, beside), figures, together[0], options)
    return figures


def _decided_by(options: Options) -> dict[str, object]:
    """What the networks under `work` depend on, beside what their file names say."""
    return {
        "data": digest_of_files([options.data / "index.csv", *sorted(options.data.glob("*.npz"))]),
        "folds": options.folds,
        "seed": options.seed,
        "catalogue": digest_of([(name, digest(name)) for name in answers_aside()]),
        "recipes": digest_of((RECIPES, RECIPE, DRAWING)),
    }


def _training_data(options: Options) -> TrainingData:
    def made_up(cut_off: bool) -> Lessons:
        return simulated(options.each, options.seed, _bar, options.work, cut_off=cut_off)

    read = tqdm(read_tracks(options.data), desc="reading", ncols=90)
    tracks = [one for one in read if len(windows(one.track))]
    clips = real(tracks)
    cut = pieces(tracks, clips, options.seed)
    return TrainingData(made_up(False), made_up(True), clips, stills(clips, options.seed), cut)


def _ridge_trainings(data: TrainingData, options: Options) -> list[RidgeTraining]:
    """One for each draw of convolutions."""
    rows, answer = simulated_channels(options.each, options.seed, _bar, options.work)
    seen = Lessons(rows, answer, 1 / np.bincount(answer)[answer])
    mirror = mirror_of(channels(data.clips.cut.rows(slice(1))))
    drawn = (draw(rows, mirror, (options.seed, number), DRAWING) for number in range(DRAWS))
    return [RidgeTraining(one, seen, data.clips, data.still_windows, data.pieces) for one in drawn]


def _held(data: TrainingData, ridge_trainings: Sequence[RidgeTraining], options: Options) -> list[Held]:
    """Of networks alone, then of these with each draw of convolutions beside them."""

    def of_networks(chosen: Mask, what: str) -> Predictions:
        return predicted_by_networks(data, team(data, options, chosen, what))

    def of_convolutions(number: int, chosen: Mask, what: str) -> Predictions:
        ridge_training = ridge_trainings[number]
        return predicted_by_convolutions(ridge_training, ridge(ridge_training, options, number, chosen, what))

    networks = cross_validate(data, options.folds, of_networks)
    several = (
        cross_validate(data, options.folds, partial(of_convolutions, one)) for one in range(len(ridge_trainings))
    )
    every = [networks, *(both_kinds(data, networks, one) for one in several)]
    return [held(data, options.folds, told) for told in every]


def _calibrated(data: TrainingData, one: Held) -> Calibration:
    return calibration(data.clips, one)


def _figures(clips: Clips, one: Held) -> dict[str, Any]:
    return {**tables(clips, *crossed(clips, one)), "stills": idle_named(clips, one), "pieces": pieces_named(clips, one)}


def _row(clips: Clips, one: Held) -> Row:
    """Figures without push-ups."""
    return measured(*crossed(clips, one), clips, _scarce(clips)).rounded()


def _scarce(clips: Clips) -> Mask:
    return np.asarray((clips.names != ABUNDANT) & np.isin(clips.names, answers()[:-1]))


def _alone(data: TrainingData, ridge_training: RidgeTraining, options: Options) -> Row:
    """Figures, without push-ups, of a team that saw no real clip: what simulation is worth."""
    networks = predicted_by_networks(data, team_alone(data, options))
    convolutions = predicted_by_convolutions(ridge_training, ridge(ridge_training, options, 0, None, ALONE))
    return _row(data.clips, held(data, options.folds, both_kinds(data, networks, convolutions)))


def _shown(data: TrainingData, ridge_training: RidgeTraining, recognizer: Recognizer) -> EvaluatedWindows:
    told = predicted_by_networks(data, recognizer.team), predicted_by_convolutions(ridge_training, recognizer.ridge)
    rows = looked_at(data.clips.cut)
    rows[np.isnan(data.clips.unguessed).any(axis=1)] = np.nan
    return EvaluatedWindows(data.clips.unguessed, rows, both_kinds(data, *told).logs)


def _write(
    data: TrainingData, recognizer: Recognizer, aside: Member, figures: dict[str, Any], one: Held, options: Options
) -> None:
    said = recognizer.said(recognizer.together)
    written = card.text(figures, said, options.each, len(recognizer.team.whole), len(data.clips))
    files = {
        **recognizer.files(),
        "recognizer_aside.onnx": export([aside], {"names": answers_aside(), "seed": options.seed}),
        "recognizer.json": f"{json.dumps({**said, **figures}, indent=1)}\n".encode(),
        "recognizer_confusion.png": drawn_confusion(data.clips, crossed(data.clips, one)[0]),
        "recognizer.md": written.encode(),
    }
    for name, content in files.items():
        (options.out / name).write_bytes(content)


def _bar(names: Iterable[str]) -> Iterable[str]:
    return tqdm(list(names), desc="simulating", ncols=90)  # type: ignore[no-any-return]
