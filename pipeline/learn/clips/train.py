"""Teach the recogniser of clips, measure it by source, write weights and card.

    spotter train clips DATA --out pipeline/weights

Needs the `train` extra. DATA is a folder of packed pose tracks. What is half done is kept under `work` and gone on
from.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from pipeline.learn.clips import card
from pipeline.learn.clips.export import WEIGHT_TYPES, export
from pipeline.learn.clips.figures import (
    ABUNDANT,
    Held,
    calibrating,
    calibration,
    crossed,
    drawn_confusion,
    idle_named,
    measured,
    tables,
)
from pipeline.learn.clips.idle import Made, stills, with_idlers
from pipeline.learn.clips.lessons import Clips, Lessons, answers, lessons_of, real, simulated
from pipeline.learn.clips.network import RECIPES, Member, Team, kept, teach
from pipeline.learn.tracks import read_tracks
from pipeline.recognize.decide import decide, pool
from pipeline.recognize.network import Network, open_network
from pipeline.recognize.windows import Floats
from pipeline.values import Array

CLIP_WINDOWS: Final = (14, 34)  # of a clip of 30 s: those that name it, those that tell where something else begins
TIMED: Final = 20  # times


@dataclass(frozen=True, slots=True)
class Options:
    """data: folder of packed tracks. out: where weights and card go. work: where half-done work is kept.

    each: simulated windows of each name. members: networks of each recipe, whose mean answers.
    """

    data: Path
    out: Path
    work: Path
    each: int = 200
    members: int = 2
    folds: int = 6
    seed: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class School:
    """Simulated lessons: bodies that nothing cuts off, and bodies in pictures that cut some of them off."""

    whole: Lessons
    cut_off: Lessons


def train_clips(options: Options) -> dict[str, Any]:
    """Weights, card, confusion matrix and figures are written under `out`; the figures are given back."""
    options.work.mkdir(parents=True, exist_ok=True)
    made_up = (simulated(options.each, options.seed, _bar, options.work, cut_off=cut_off) for cut_off in (False, True))
    school = School(*made_up)
    clips = real(tqdm(read_tracks(options.data), desc="reading", ncols=90))
    made = stills(clips, options.seed)
    held = cross_validate(clips, school, made, options)
    said = {"names": answers(), **asdict(calibration(clips, held.logs, calibrating(clips))), "seed": options.seed}
    answered, given = crossed(clips, held)
    figures = {**tables(clips, answered, given), "stills": idle_named(clips, held)}
    figures["simulation_alone"] = _alone(clips, school, options)
    team = _team(clips, school, made, np.ones(len(clips), dtype=bool), options, "everything")
    figures["precision"] = _precisions(team, said, clips.unguessed)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "recognizer.onnx").write_bytes(export(team.whole, said))
    (options.out / "recognizer_cut_off.onnx").write_bytes(export(team.cut_off, said))
    (options.out / "recognizer.json").write_text(json.dumps({**said, **figures}, indent=1) + "\n", encoding="utf-8")
    (options.out / "recognizer_confusion.png").write_bytes(drawn_confusion(clips, answered))
    written = card.text(figures, said, options.each, len(team.whole), len(clips))
    (options.out / "recognizer.md").write_text(written, encoding="utf-8")
    return figures


def cross_validate(clips: Clips, school: School, made: Made, options: Options) -> Held:
    """Every clip, and every still made of one, answered by a team that saw no clip of its source."""
    fold = folds(clips.sources, options.folds)
    still_fold = fold[made.clip]
    logs, still_logs = (np.zeros((len(rows), len(answers()))) for rows in (fold, still_fold))
    for number in range(options.folds):
        team = _team(clips, school, made, fold != number, options, f"fold {number + 1}")
        held, still = fold == number, still_fold == number
        logs[held] = pooled(clips, team)[held]
        still_logs[still] = team.log_probabilities(made.summaries[still])
    return Held(logs, fold, still_logs, still_fold)


def _team(clips: Clips, school: School, made: Made, chosen: npt.NDArray[np.bool_], options: Options, what: str) -> Team:
    """Taught by both kinds of simulated lessons, and by the chosen real ones."""

    def taught(lessons: Lessons, both_looks: bool) -> Lessons:
        return with_idlers(lessons_of(clips, chosen, both_looks=both_looks), made, lessons, chosen)

    whole = _ensemble(school.whole, taught(school.whole, False), options, what)
    return Team(whole, _ensemble(school.cut_off, taught(school.cut_off, True), options, f"{what} cut off"))


def folds(sources: npt.NDArray[np.str_], count: int) -> npt.NDArray[np.int_]:
    """A fold for each clip, all of a source in one, as even in size as can be."""
    load = np.zeros(count)
    where: dict[str, int] = {}
    names, sizes = np.unique(sources, return_counts=True)
    for index in np.argsort(-sizes, kind="stable"):
        where[str(names[index])] = int(load.argmin())
        load[load.argmin()] += sizes[index]
    return np.array([where[str(source)] for source in sources])


def pooled(clips: Clips, team: Team) -> Array:
    """(M, K) pooled logarithms a clip."""
    logs = team.log_probabilities(clips.unguessed)
    return np.stack([pool(logs[clips.of == clip]) for clip in range(len(clips))])


def _alone(clips: Clips, school: School, options: Options) -> dict[str, float | None]:
    """Figures, without push-ups, of networks that saw no real clip: what simulation is worth."""
    whole = _ensemble(school.whole, None, options, "simulation alone")
    cut_off = _ensemble(school.cut_off, None, options, "simulation alone cut off")
    logs = pooled(clips, Team(whole, cut_off))
    fitted = calibration(clips, logs, calibrating(clips))
    answered = [fitted.answers(answers(), row) for row in logs]
    chosen = (clips.names != ABUNDANT) & np.isin(clips.names, answers()[:-1])
    return measured(answered, [decide(one, fitted.working_point) for one in answered], clips, chosen).rounded()


def _ensemble(lessons: Lessons, taught: Lessons | None, options: Options, what: str) -> list[Member]:
    """`members` networks of each recipe, every one with a seed of its own; those taught before are read."""
    wanted = [(recipe, options.seed * 100 + number) for recipe in RECIPES for number in range(options.members)]
    found = []
    for recipe, seed in tqdm(wanted, desc=what, ncols=90):
        path = options.work / f"{what.replace(' ', '_')}-{options.each}-{recipe.width}-{seed}.pt"
        found.append(kept(path, lambda r=recipe, s=seed: teach(lessons, taught, len(answers()), r, s)))  # type: ignore[misc]
    return found


def _precisions(team: Team, said: dict[str, Any], summaries: Floats) -> dict[str, dict[str, float]]:
    """Size, time of a clip of 30 s, and the largest change of a probability, of each way to store the weights."""
    exact = np.exp(team.log_probabilities(summaries))
    figures = {}
    for precision in WEIGHT_TYPES:
        models = export(team.whole, said, precision), export(team.cut_off, said, precision)
        network = open_network(*models)
        found = np.exp(network.log_probabilities(summaries))
        same = (found.argmax(axis=1) == exact.argmax(axis=1)).mean()
        off = np.abs(found - exact).max()
        times_ms = {
            "window_ms": _time_ms(network, summaries, (1,)),
            "clip_ms": _time_ms(network, summaries, CLIP_WINDOWS),
        }
        figures[precision] = {
            "bytes": sum(len(model) for model in models),
            **times_ms,
            "same": float(same),
            "off": float(off),
        }
    return {key: {name: round(value, 4) for name, value in row.items()} for key, row in figures.items()}


def _time_ms(network: Network, summaries: Floats, batches: tuple[int, ...]) -> float:
    """Of processor, the median of TIMED times: all batches of so many windows one after the other."""
    taken = []
    for _ in range(TIMED):
        started = time.process_time()
        for count in batches:
            network.log_probabilities(summaries[:count])
        taken.append(time.process_time() - started)
    return float(np.median(taken)) * 1000


def _bar(names: Iterable[str]) -> Iterable[str]:
    return tqdm(list(names), desc="simulating", ncols=90)  # type: ignore[no-any-return]
