"""What cross-validation says of the recogniser: calibration, figures by source and by name, what was taken for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from pipeline.chart.confusion import draw_confusion
from pipeline.evaluate.names import confused, confusion_matrix
from pipeline.learn.clips.lessons import Clips, answers
from pipeline.learn.clips.measures import Measures, fit_temperatures, fit_working_point, measure
from pipeline.recognize.decide import NO_EXERCISE, Answers, Calibration, calibrate, decide, pool
from pipeline.values import UNKNOWN, Array, Recognition

Truths = npt.NDArray[np.bool_]

ABUNDANT: Final = "push_up"  # more than half of the development clips: every figure is given without it too


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Clips' pooled logarithms (M, K) from networks that saw no clip of their source, and the fold of each; the same
    (S, K), (S,) of windows of real people who were made to stand still."""

    logs: Array
    fold: npt.NDArray[np.int_]
    still_logs: Array
    still_fold: npt.NDArray[np.int_]


def calibration(clips: Clips, logs: Array, chosen: Truths) -> Calibration:
    """Temperatures and working point of the chosen clips, every name weighing by the root of its number of clips."""
    names = answers()
    known = chosen & np.isin(clips.names, names[:-1])
    warm = fit_temperatures(names, logs[known], list(clips.names[known]), _weight(clips.names[known]))
    answered = [calibrate(names, row, *warm) for row in logs[chosen]]
    return Calibration(*warm, fit_working_point(answered, list(clips.names[chosen]), _weight(clips.names[chosen])))


def crossed(clips: Clips, held: Held) -> tuple[list[Answers], list[Recognition]]:
    """What is answered and said of each clip: each fold with temperatures and working point from the other folds."""
    answered: list[Answers] = [None] * len(clips)  # type: ignore[list-item]
    given: list[Recognition] = [None] * len(clips)  # type: ignore[list-item]
    for number in np.unique(held.fold):
        fitted = calibration(clips, held.logs, calibrating(clips) & (held.fold != number))
        for clip in np.flatnonzero(held.fold == number):
            answered[clip] = fitted.answers(answers(), held.logs[clip])
            given[clip] = decide(answered[clip], fitted.working_point)
    return answered, given


def idle_named(clips: Clips, held: Held) -> dict[str, int]:
    """How many windows of people who stand still are called an exercise, or no_exercise, without asking."""
    said: list[Recognition] = []
    for number in np.unique(held.still_fold):
        fitted = calibration(clips, held.logs, calibrating(clips) & (held.fold != number))
        rows = held.still_logs[held.still_fold == number]
        said += [decide(fitted.answers(answers(), pool(row[None])), fitted.working_point) for row in rows]
    idle = sum(one.name == NO_EXERCISE for one in said)
    return {"windows": len(said), "exercise": sum(one.known for one in said) - idle, "no_exercise": idle}


def tables(clips: Clips, answered: list[Answers], given: list[Recognition]) -> dict[str, Any]:
    known = np.isin(clips.names, answers()[:-1])
    groups = {
        "all": known,
        "without_push_ups": known & (clips.names != ABUNDANT),
        **{f"source {source}": known & (clips.sources == source) for source in np.unique(clips.sources)},
        **{f"name {name}": known & (clips.names == name) for name in np.unique(clips.names[known])},
    }
    foreign = [one.known for one, name in zip(given, clips.names, strict=True) if name == "other"]
    rows = {key: measured(answered, given, clips, chosen) for key, chosen in groups.items() if chosen.any()}
    return {
        "by_source": {key: row.rounded() for key, row in rows.items()},
        "not_in_catalogue": {"clips": len(foreign), "named": sum(foreign)},
    }


def measured(answered: list[Answers], given: list[Recognition], clips: Clips, chosen: Truths) -> Measures:
    rows = np.flatnonzero(chosen)
    return measure([answered[k] for k in rows], [given[k] for k in rows], [str(clips.names[k]) for k in rows])


def calibrating(clips: Clips) -> Truths:
    """Filmed clips that somebody could name, or tell to be none of the names; not the abundant one."""
    return np.asarray(~clips.generated & (clips.names != UNKNOWN) & (clips.names != ABUNDANT))


def _weight(names: npt.NDArray[np.str_]) -> Array:
    found, counts = np.unique(names, return_counts=True)
    number = dict(zip(found, counts, strict=True))
    return np.array([1 / np.sqrt(number[name]) for name in names])


def drawn_confusion(clips: Clips, answered: Sequence[Answers]) -> bytes:
    """What was taken for what, by the first name."""
    rows = np.flatnonzero(np.isin(clips.names, answers()[:-1])).tolist()
    first = [Recognition(*answered[row].ranked[0]) for row in rows]
    return draw_confusion(*confusion_matrix(confused([str(clips.names[row]) for row in rows], first)))
