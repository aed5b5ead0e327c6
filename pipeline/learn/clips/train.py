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
    School,
    Told,
    both_kinds,
    cross_validate,
    held,
    member_aside,
    ridge,
    team,
    team_alone,
    told_by_convolutions,
    told_by_networks,
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
from pipeline.learn.clips.precision import Shown, Taught, precisions
from pipeline.learn.clips.ridge import RECIPE, Course
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
    school = _school(options)
    courses = _courses(school, options)
    alone, *together = _held(school, courses, options)
    taught = Taught(
        team(school, options, school.everything, EVERYTHING),
        _calibrated(school, alone),
        ridge(courses[0], options, 0, school.everything, EVERYTHING),
        _calibrated(school, together[0]),
        options.seed,
    )
    figures = {
        **_figures(school.clips, together[0]),
        "alone": asdict(taught.alone),
        "networks_alone": _row(school.clips, alone),
        "other_draws": [_row(school.clips, one) for one in together[1:]],
        "simulation_alone": _alone(school, courses[0], options),
        "precision": precisions(taught, _shown(school, courses[0], taught)),
    }
    beside = simulated_aside(school.whole, options.each, options.seed, _bar, options.work)
    _write(school, taught, member_aside(school, options, beside), figures, together[0], options)
    return figures


def _decided_by(options: Options) -> dict[str, object]:
    """What the networks under `work` were taught by, beside what their files are called by."""
    return {
        "data": digest_of_files([options.data / "index.csv", *sorted(options.data.glob("*.npz"))]),
        "folds": options.folds,
        "seed": options.seed,
        "catalogue": digest_of([(name, digest(name)) for name in answers_aside()]),
        "recipes": digest_of((RECIPES, RECIPE, DRAWING)),
    }


def _school(options: Options) -> School:
    def made_up(cut_off: bool) -> Lessons:
        return simulated(options.each, options.seed, _bar, options.work, cut_off=cut_off)

    read = tqdm(read_tracks(options.data), desc="reading", ncols=90)
    tracks = [one for one in read if len(windows(one.track))]
    clips = real(tracks)
    cut = pieces(tracks, clips, options.seed)
    return School(made_up(False), made_up(True), clips, stills(clips, options.seed), cut)


def _courses(school: School, options: Options) -> list[Course]:
    """One a draw."""
    rows, answer = simulated_channels(options.each, options.seed, _bar, options.work)
    seen = Lessons(rows, answer, 1 / np.bincount(answer)[answer])
    mirror = mirror_of(channels(school.clips.cut.rows(slice(1))))
    drawn = (draw(rows, mirror, (options.seed, number), DRAWING) for number in range(DRAWS))
    return [Course(one, seen, school.clips, school.made, school.pieces) for one in drawn]


def _held(school: School, courses: Sequence[Course], options: Options) -> list[Held]:
    """Of networks alone, then of these with each draw of convolutions beside them."""

    def of_networks(chosen: Mask, what: str) -> Told:
        return told_by_networks(school, team(school, options, chosen, what))

    def of_convolutions(number: int, chosen: Mask, what: str) -> Told:
        course = courses[number]
        return told_by_convolutions(course, ridge(course, options, number, chosen, what))

    networks = cross_validate(school, options.folds, of_networks)
    several = (cross_validate(school, options.folds, partial(of_convolutions, one)) for one in range(len(courses)))
    every = [networks, *(both_kinds(school, networks, one) for one in several)]
    return [held(school, options.folds, told) for told in every]


def _calibrated(school: School, one: Held) -> Calibration:
    return calibration(school.clips, one)


def _figures(clips: Clips, one: Held) -> dict[str, Any]:
    return {**tables(clips, *crossed(clips, one)), "stills": idle_named(clips, one), "pieces": pieces_named(clips, one)}


def _row(clips: Clips, one: Held) -> Row:
    """Figures without push-ups."""
    return measured(*crossed(clips, one), clips, _scarce(clips)).rounded()


def _scarce(clips: Clips) -> Mask:
    return np.asarray((clips.names != ABUNDANT) & np.isin(clips.names, answers()[:-1]))


def _alone(school: School, course: Course, options: Options) -> Row:
    """Figures, without push-ups, of a team that saw no real clip: what simulation is worth."""
    networks = told_by_networks(school, team_alone(school, options))
    convolutions = told_by_convolutions(course, ridge(course, options, 0, None, ALONE))
    return _row(school.clips, held(school, options.folds, both_kinds(school, networks, convolutions)))


def _shown(school: School, course: Course, taught: Taught) -> Shown:
    told = told_by_networks(school, taught.team), told_by_convolutions(course, taught.ridge)
    rows = looked_at(school.clips.cut)
    rows[np.isnan(school.clips.unguessed).any(axis=1)] = np.nan
    return Shown(school.clips.unguessed, rows, both_kinds(school, *told).logs)


def _write(school: School, taught: Taught, aside: Member, figures: dict[str, Any], one: Held, options: Options) -> None:
    said = taught.said(taught.together)
    written = card.text(figures, said, options.each, len(taught.team.whole), len(school.clips))
    files = {
        **taught.files(),
        "recognizer_aside.onnx": export([aside], {"names": answers_aside(), "seed": options.seed}),
        "recognizer.json": f"{json.dumps({**said, **figures}, indent=1)}\n".encode(),
        "recognizer_confusion.png": drawn_confusion(school.clips, crossed(school.clips, one)[0]),
        "recognizer.md": written.encode(),
    }
    for name, content in files.items():
        (options.out / name).write_bytes(content)


def _bar(names: Iterable[str]) -> Iterable[str]:
    return tqdm(list(names), desc="simulating", ncols=90)  # type: ignore[no-any-return]
