"""Cross-validation: each clip is answered by networks and convolutions that were trained without its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from pipeline.learn.clips.figures import Held
from pipeline.learn.clips.idle import StillWindows, with_idlers
from pipeline.learn.clips.lessons import Clips, Lessons, answers, answers_aside, lessons_of
from pipeline.learn.clips.network import RECIPES, Member, Team, kept, teach
from pipeline.learn.clips.pieces import Pieces
from pipeline.learn.clips.ridge import Ridge, RidgeTraining
from pipeline.recognize.convolutions import SHARE
from pipeline.recognize.decide import beside, pool
from pipeline.values import Array, Floats, Indices, Mask

ALONE = "simulation alone"


@dataclass(frozen=True, slots=True)
class Options:
    """data: folder of packed tracks. out: where weights and card go. work: where half-done work is kept.

    each: simulated windows of each name. members: networks of each recipe, whose mean answers.
    """

    data: Path
    out: Path
    work: Path
    each: int = 300
    members: int = 2
    folds: int = 6
    seed: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Predictions:
    """Log probabilities (N, K) of real windows, (S, K) of stills made of them, and (P, K) of short pieces of
    the clips.
    """

    logs: Array
    stills: Array
    pieces: Array

    def fill(self, other: Predictions, chosen: Sequence[Mask]) -> None:
        """The other's answers stand here where they are chosen, of each kind."""
        kinds = ((self.logs, other.logs), (self.stills, other.stills), (self.pieces, other.pieces))
        for (mine, its), rows in zip(kinds, chosen, strict=True):
            mine[rows] = its[rows]


TrainAndPredict = Callable[[Mask, str], Predictions]  # trains on the chosen clips; their name in file names


@dataclass(frozen=True, slots=True, eq=False)
class TrainingData:
    """All training data: simulated windows of whole bodies and of bodies cut off by the picture's edge; real clips,
    stills made of them, and short pieces cut out of them.
    """

    whole: Lessons
    cut_off: Lessons
    clips: Clips
    still_windows: StillWindows
    pieces: Pieces

    @property
    def everything(self) -> Mask:
        """All clips chosen."""
        return np.ones(len(self.clips), dtype=bool)


def folds(sources: npt.NDArray[np.str_], count: int) -> Indices:
    """A fold for each clip, all clips of a source in one, of sizes as even as possible."""
    load = np.zeros(count)
    where: dict[str, int] = {}
    names, sizes = np.unique(sources, return_counts=True)
    for index in np.argsort(-sizes, kind="stable"):
        where[str(names[index])] = int(load.argmin())
        load[load.argmin()] += sizes[index]
    return np.array([where[str(source)] for source in sources])


def cross_validate(data: TrainingData, count: int, predict: TrainAndPredict) -> Predictions:
    """Every real window, still and piece answered by networks trained on clips of other folds."""
    fold = folds(data.clips.sources, count)
    of = [fold[clip] for clip in (data.clips.of, data.still_windows.clip, data.pieces.clip)]
    told = Predictions(*(np.zeros((len(rows), len(answers()))) for rows in of))
    for number in range(count):
        told.fill(predict(fold != number, f"fold {number + 1}"), [rows == number for rows in of])
    return told


def held(data: TrainingData, count: int, told: Predictions) -> Held:
    """The same, clip by clip."""
    fold = folds(data.clips.sources, count)
    pieces = np.stack([pool(row[None]) for row in told.pieces]) if len(told.pieces) else told.pieces
    logs = pooled(data.clips, told.logs)
    return Held(logs, fold, told.stills, fold[data.still_windows.clip], pieces, data.pieces)


def pooled(clips: Clips, logs: Array) -> Array:
    """(M, K) pooled logarithms a clip of windows' (N, K)."""
    return np.stack([pool(logs[clips.of == clip]) for clip in range(len(clips))])


def both_kinds(data: TrainingData, networks: Predictions, convolutions: Predictions) -> Predictions:
    """What the networks and the convolutions say together; of windows in which all is known, as at run time."""
    return Predictions(
        _both(data.clips.unguessed, networks.logs, convolutions.logs),
        beside(networks.stills, convolutions.stills, SHARE),
        _both(data.pieces.unguessed, networks.pieces, convolutions.pieces),
    )


def _both(unguessed: Floats, networks: Array, convolutions: Array) -> Array:
    known = ~np.isnan(unguessed).any(axis=1)
    logs = networks.copy()
    logs[known] = beside(logs[known], convolutions[known], SHARE)
    return logs


def predicted_by_networks(data: TrainingData, team: Team) -> Predictions:
    """What the team says of all real windows, stills and pieces."""
    seen = (data.clips.unguessed, data.still_windows.summaries, data.pieces.unguessed)
    return Predictions(*(team.log_probabilities(rows) for rows in seen))


def predicted_by_convolutions(ridge_training: RidgeTraining, ridge: Ridge) -> Predictions:
    """What the linear model says of them, as guessed outside the picture."""
    seen = (ridge_training.clips.summaries, ridge_training.still_windows.summaries, ridge_training.pieces)
    return Predictions(*(ridge.log_probabilities(rows) for rows in seen))


def team(data: TrainingData, options: Options, chosen: Mask, what: str) -> Team:
    """Networks trained on both kinds of simulated windows and on the chosen clips."""

    def taught(lessons: Lessons, both_looks: bool) -> Lessons:
        real = lessons_of(data.clips, chosen, both_looks=both_looks)
        return with_idlers(real, data.still_windows, lessons, chosen)

    whole = _ensemble(data.whole, taught(data.whole, False), options, what)
    return Team(whole, _ensemble(data.cut_off, taught(data.cut_off, True), options, f"{what} cut off"))


def member_aside(data: TrainingData, options: Options, simulated: Lessons) -> Member:
    """One network of the first recipe that also knows the names marked `aside`, by simulation; it is not used for
    cut-off bodies.
    """
    taught = with_idlers(lessons_of(data.clips, data.everything), data.still_windows, simulated, data.everything)
    path = options.work / f"aside-{options.each}-{options.seed}.pt"
    count, seed = len(answers_aside()), options.seed * 100
    return kept(path, lambda: teach(simulated, taught, count, RECIPES[0], seed))


def team_alone(data: TrainingData, options: Options) -> Team:
    """Networks trained without real clips."""
    whole = _ensemble(data.whole, None, options, ALONE)
    return Team(whole, _ensemble(data.cut_off, None, options, f"{ALONE} cut off"))


def ridge(ridge_training: RidgeTraining, options: Options, number: int, chosen: Mask | None, what: str) -> Ridge:
    """The linear model over the draw of that number; loaded where it was trained before."""
    path = options.work / f"{_stem(what)}-{options.each}-draw-{number}.pt"
    return kept(path, lambda: ridge_training.taught(chosen))


def _ensemble(lessons: Lessons, taught: Lessons | None, options: Options, what: str) -> Sequence[Member]:
    """`members` networks of each recipe, every one with a seed of its own; those taught before are read."""
    wanted = [(recipe, options.seed * 100 + number) for recipe in RECIPES for number in range(options.members)]
    found = []
    for recipe, seed in tqdm(wanted, desc=what, ncols=90):
        path = options.work / f"{_stem(what)}-{options.each}-{recipe.width}-{seed}.pt"
        found.append(kept(path, lambda r=recipe, s=seed: teach(lessons, taught, len(answers()), r, s)))  # type: ignore[misc]
    return found


def _stem(what: str) -> str:
    return what.replace(" ", "_")
