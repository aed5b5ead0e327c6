"""Teach the recogniser, measure it by source, write weights and card.

    python -m pipeline.learn.train_recognizer --tracks DIR --out pipeline/weights

Needs the `train` extra. Without --tracks it learns from simulation alone and keeps the calibration of the shipped file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from pipeline.learn import recognizer_card
from pipeline.learn.recognizer_lessons import Clips, Lessons, answers, lessons_of, real, simulated
from pipeline.learn.recognizer_measures import Measures, fit_temperature, fit_working_point, measure
from pipeline.learn.recognizer_network import RECIPES, Member, ensemble_logs, export, teach
from pipeline.learn.tracks import read_tracks
from pipeline.recognize.decide import Answers, calibrate, decide, pool
from pipeline.values import UNKNOWN, Array, Recognition

Truths = npt.NDArray[np.bool_]

ABUNDANT: Final = "push_up"  # more than half of the development clips: every figure is given without it too


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Clips' pooled logarithms (M, K) from networks that saw no clip of their source, and the fold of each."""

    logs: Array
    fold: npt.NDArray[np.int_]


def main(arguments: Sequence[str] | None = None) -> None:
    """Weights, card and figures written under --out."""
    options = _parser().parse_args(arguments)
    lessons = simulated(options.each, np.random.default_rng(options.seed), _bar)
    clips = real(read_tracks(options.tracks))
    held = cross_validate(clips, lessons, options)
    temperature, point = calibration(clips, held, _calibrating(clips))
    figures = {**crossed(clips, held), "simulation_alone": _alone(clips, lessons, options)}
    everything = lessons_of(clips, np.ones(len(clips), dtype=bool))
    members = _ensemble(lessons, everything, options, "teaching")
    said = {"names": answers(), "temperature": temperature, "working_point": point, "seed": options.seed}
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "recognizer.onnx").write_bytes(export(members, said))
    (options.out / "recognizer.json").write_text(json.dumps({**said, **figures}, indent=1) + "\n", encoding="utf-8")
    card = recognizer_card.text(figures, said, options.each, len(members), len(clips))
    (options.out / "recognizer.md").write_text(card, encoding="utf-8")
    print(json.dumps(figures, indent=1))


def cross_validate(clips: Clips, lessons: Lessons, options: argparse.Namespace) -> Held:
    """Every clip answered by an ensemble that saw no clip of its source."""
    fold = folds(clips.sources, options.folds)
    logs = np.zeros((len(clips), len(answers())))
    for number in range(options.folds):
        members = _ensemble(lessons, lessons_of(clips, fold != number), options, f"fold {number + 1}")
        held = np.flatnonzero(fold == number)
        logs[held] = pooled(clips, members)[held]
    return Held(logs, fold)


def folds(sources: npt.NDArray[np.str_], count: int) -> npt.NDArray[np.int_]:
    """A fold for each clip, all of a source in one, as even in size as can be."""
    load = np.zeros(count)
    where: dict[str, int] = {}
    names, sizes = np.unique(sources, return_counts=True)
    for index in np.argsort(-sizes, kind="stable"):
        where[str(names[index])] = int(load.argmin())
        load[load.argmin()] += sizes[index]
    return np.array([where[str(source)] for source in sources])


def pooled(clips: Clips, members: Sequence[Member]) -> Array:
    """(M, K) pooled logarithms a clip."""
    logs = ensemble_logs(members, clips.summaries)
    return np.stack([pool(logs[clips.of == clip]) for clip in range(len(clips))])


def calibration(clips: Clips, held: Held, chosen: Truths) -> tuple[float, float]:
    """Temperature and working point of the chosen clips, every name weighing by the root of its number of clips."""
    names = answers()
    known = chosen & np.isin(clips.names, names[:-1])
    temperature = fit_temperature(names, held.logs[known], list(clips.names[known]), _weight(clips.names[known]))
    answered = [calibrate(names, row, temperature) for row in held.logs[chosen]]
    return temperature, fit_working_point(answered, list(clips.names[chosen]), _weight(clips.names[chosen]))


def crossed(clips: Clips, held: Held) -> dict[str, Any]:
    """Figures by source: each fold judged with temperature and working point from the other folds."""
    answered: list[Answers] = [None] * len(clips)  # type: ignore[list-item]
    given: list[Recognition] = [None] * len(clips)  # type: ignore[list-item]
    for number in np.unique(held.fold):
        temperature, point = calibration(clips, held, _calibrating(clips) & (held.fold != number))
        for clip in np.flatnonzero(held.fold == number):
            answered[clip] = calibrate(answers(), held.logs[clip], temperature)
            given[clip] = decide(answered[clip], point)
    return _tables(clips, answered, given)


def _tables(clips: Clips, answered: list[Answers], given: list[Recognition]) -> dict[str, Any]:
    known = np.isin(clips.names, answers()[:-1])
    groups = {
        "all": known,
        "without_push_ups": known & (clips.names != ABUNDANT),
        **{f"source {source}": known & (clips.sources == source) for source in np.unique(clips.sources)},
        **{f"name {name}": known & (clips.names == name) for name in np.unique(clips.names[known])},
    }
    foreign = [one.known for one, name in zip(given, clips.names, strict=True) if name == "other"]
    rows = {key: _measured(answered, given, clips, chosen) for key, chosen in groups.items() if chosen.any()}
    return {
        "by_source": {key: row.rounded() for key, row in rows.items()},
        "not_in_catalogue": {"clips": len(foreign), "named": sum(foreign)},
    }


def _measured(answered: list[Answers], given: list[Recognition], clips: Clips, chosen: Truths) -> Measures:
    rows = np.flatnonzero(chosen)
    return measure([answered[k] for k in rows], [given[k] for k in rows], [str(clips.names[k]) for k in rows])


def _alone(clips: Clips, lessons: Lessons, options: argparse.Namespace) -> dict[str, float | None]:
    """Figures, without push-ups, of networks that saw no real clip: what simulation is worth."""
    logs = pooled(clips, _ensemble(lessons, None, options, "simulation alone"))
    temperature, point = calibration(clips, Held(logs, np.zeros(len(clips), dtype=int)), _calibrating(clips))
    answered = [calibrate(answers(), row, temperature) for row in logs]
    chosen = (clips.names != ABUNDANT) & np.isin(clips.names, answers()[:-1])
    return _measured(answered, [decide(one, point) for one in answered], clips, chosen).rounded()


def _ensemble(lessons: Lessons, taught: Lessons | None, options: argparse.Namespace, what: str) -> list[Member]:
    """`members` networks of each recipe, every one with a seed of its own."""
    wanted = [(recipe, options.seed * 100 + number) for recipe in RECIPES for number in range(options.members)]
    return [teach(lessons, taught, len(answers()), recipe, seed) for recipe, seed in tqdm(wanted, desc=what, ncols=90)]


def _calibrating(clips: Clips) -> Truths:
    """Filmed clips that somebody could name, or tell to be none of the names; not the abundant one."""
    return np.asarray(~clips.generated & (clips.names != UNKNOWN) & (clips.names != ABUNDANT))


def _weight(names: npt.NDArray[np.str_]) -> Array:
    found, counts = np.unique(names, return_counts=True)
    number = dict(zip(found, counts, strict=True))
    return np.array([1 / np.sqrt(number[name]) for name in names])


def _bar(items: Iterable[str], what: str) -> Iterable[str]:
    return tqdm(list(items), desc=what, ncols=90)  # type: ignore[no-any-return]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tracks", type=Path, required=True, help="folder with index.csv and packed tracks")
    parser.add_argument("--out", type=Path, default=Path("pipeline/weights"), help="where weights and card go")
    parser.add_argument("--each", type=int, default=200, help="simulated windows of each name")
    parser.add_argument("--members", type=int, default=2, help="networks of each recipe, whose mean answers")
    parser.add_argument("--folds", type=int, default=6, help="of cross-validation, grouped by source")
    parser.add_argument("--seed", type=int, default=1, help="of everything that is drawn")
    return parser


if __name__ == "__main__":
    main()
