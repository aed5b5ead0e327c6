"""The figures of the recogniser's cross-validation: calibration, figures by source and by name, confusions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from pipeline.chart.confusion import draw_confusion
from pipeline.evaluate.names import confused, confusion_matrix, right
from pipeline.learn.clips.lessons import Clips, answers
from pipeline.learn.clips.measures import (
    WANTED_RIGHT,
    WORKING_POINTS,
    Measures,
    fit_short_power,
    fit_temperatures,
    measure,
)
from pipeline.learn.clips.pieces import Pieces
from pipeline.learn.working_point import fit_working_point
from pipeline.recognize.decide import NO_EXERCISE, SHORT_S, Answers, Calibration, calibrate, calibrated, decide, pool
from pipeline.values import UNKNOWN, Array, Indices, Mask, Recognition

ABUNDANT: Final = "push_up"  # more than half of the development clips: every figure is given without it too


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Clips' pooled logarithms (M, K) from networks that saw no clip of their source, and the fold of each; the same
    (S, K), (S,) of windows of real people who were made to stand still; and logarithms (P, K) of short pieces."""

    logs: Array
    fold: Indices
    still_logs: Array
    still_fold: Indices
    piece_logs: Array
    pieces: Pieces


@cache
def calibration(clips: Clips, held: Held, without: int | None = None) -> Calibration:
    """Temperatures and working point of the calibrating clips, those of one fold left out, every name weighing by the
    root of its number of clips; and how much less sure of short ones, from pieces of all filmed clips, the abundant
    name's apart."""
    among = np.ones(len(clips), dtype=bool) if without is None else held.fold != without
    names, chosen = answers(), calibrating(clips) & among
    known = chosen & np.isin(clips.names, names[:-1])
    warm = fit_temperatures(names, held.logs[known], list(clips.names[known]), _weight(clips.names[known]))
    answered = [calibrate(names, row, *warm) for row in held.logs[chosen]]
    truth = list(clips.names[chosen])
    point = fit_working_point(answered, truth, _weight(clips.names[chosen]), WORKING_POINTS, WANTED_RIGHT)
    usual = Calibration(*warm, point)
    filmed = among & ~clips.generated & np.isin(clips.names, names[:-1])
    rows = np.flatnonzero(filmed[held.pieces.clip] & (held.pieces.length_s < SHORT_S))
    own, length_s = clips.names[held.pieces.clip[rows]], held.pieces.length_s[rows]
    kind = np.where(own == ABUNDANT, -length_s, length_s)

    def asked(power: float) -> list[Recognition]:
        return said_of_pieces(held, rows, replace(usual, short_power=power))

    return replace(usual, short_power=fit_short_power(asked, list(own), kind))


def said_of_pieces(held: Held, rows: Indices, sure: Calibration) -> list[Recognition]:
    """What is said of these pieces."""
    warm = np.array([[sure.temperature_of(seen_s)] for seen_s in held.pieces.seen_s[rows].tolist()]).reshape(-1, 1)
    likely = calibrated(answers(), held.piece_logs[rows], warm, sure.kin_temperature)
    return [decide(Answers(answers(), row), sure.working_point) for row in likely]


def crossed(clips: Clips, held: Held) -> tuple[list[Answers], list[Recognition]]:
    """What is answered and said of each clip: each fold with temperatures and working point from the other folds."""
    answered: list[Answers] = [None] * len(clips)  # type: ignore[list-item]
    given: list[Recognition] = [None] * len(clips)  # type: ignore[list-item]
    for number in np.unique(held.fold):
        fitted = calibration(clips, held, number)
        for clip in np.flatnonzero(held.fold == number):
            answered[clip] = fitted.answers(answers(), held.logs[clip], clips.seen_s[clip])
            given[clip] = decide(answered[clip], fitted.working_point)
    return answered, given


def idle_named(clips: Clips, held: Held) -> dict[str, int]:
    """How many windows of people who stand still are called an exercise, or no_exercise, without asking."""
    said: list[Recognition] = []
    for number in np.unique(held.still_fold):
        fitted = calibration(clips, held, number)
        rows = held.still_logs[held.still_fold == number]
        said += [decide(fitted.answers(answers(), pool(row[None])), fitted.working_point) for row in rows]
    idle = sum(one.name == NO_EXERCISE for one in said)
    return {"windows": len(said), "exercise": sum(one.known for one in said) - idle, "no_exercise": idle}


def pieces_named(clips: Clips, held: Held) -> dict[str, dict[str, float | None]]:
    """Of pieces of each length, out of filmed clips, generated ones and push-ups: how many, the share named without
    asking, the share of these right, and the same were short ones no less sure; each fold as the others would have
    it."""
    fold, known = held.fold[held.pieces.clip], np.isin(clips.names, answers()[:-1])[held.pieces.clip]
    own, made_up = clips.names[held.pieces.clip], clips.generated[held.pieces.clip]
    named, right_too = np.zeros((2, len(fold)), dtype=bool), np.zeros((2, len(fold)), dtype=bool)
    for number in np.unique(held.fold):
        fitted = calibration(clips, held, number)
        rows = np.flatnonzero(fold == number)
        for row, sure in enumerate((fitted, replace(fitted, short_power=0.0))):
            said = said_of_pieces(held, rows, sure)
            named[row, rows] = [one.known for one in said]
            right_too[row, rows] = [one.known and right(one, name) for one, name in zip(said, own[rows], strict=True)]
    kinds = {"": ~made_up & (own != ABUNDANT), " generated": made_up, " push-ups": own == ABUNDANT}
    found: dict[str, dict[str, float | None]] = {}
    for kind, chosen in kinds.items():
        for length_s in np.unique(held.pieces.length_s).tolist():
            rows = np.flatnonzero(known & chosen & (held.pieces.length_s == length_s))
            if len(rows):
                found[f"{length_s:g} s{kind}"] = _piece_row(named[:, rows], right_too[:, rows])
    return found


def _piece_row(named: Mask, right_too: Mask) -> dict[str, float | None]:
    told = named.sum(axis=1)
    shares = [
        round(good / count, 3) if count else None for good, count in zip(right_too.sum(axis=1), told, strict=True)
    ]
    return {
        "pieces": named.shape[1],
        "named": round(float(named[0].mean()), 3),
        "right": shares[0],
        "named_before": round(float(named[1].mean()), 3),
        "right_before": shares[1],
    }


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


def measured(answered: list[Answers], given: list[Recognition], clips: Clips, chosen: Mask) -> Measures:
    rows = np.flatnonzero(chosen)
    return measure([answered[k] for k in rows], [given[k] for k in rows], [str(clips.names[k]) for k in rows])


def calibrating(clips: Clips) -> Mask:
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
