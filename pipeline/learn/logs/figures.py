"""The figures of the recogniser's card, from answers about people that the networks were not trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from pipeline.evaluate.names import right as said_right
from pipeline.learn.class_measures import (
    accuracy,
    class_rows,
    confusion,
    expected_calibration_error,
    fit_temperature,
    macro_f1,
)
from pipeline.learn.logs.lessons import ANSWERS, ULIFT, ULIFT_EXERCISES
from pipeline.learn.logs.recordings import PUNCHES, REST, LabelledLog
from pipeline.learn.logs.rest_figures import work_and_rest
from pipeline.learn.logs.trials import Trial
from pipeline.learn.working_point import fit_working_point
from pipeline.motion.network import Calibration
from pipeline.motion.recognize import answers, catalogue_name
from pipeline.motion.signals import RATE_HZ
from pipeline.motion.windows import FRAMES
from pipeline.recognize.decide import NO_EXERCISE, decide, softmax
from pipeline.values import UNKNOWN, Array, Mask

AS_RECORDED: Final = "as recorded"
WITHOUT_GRAVITY: Final = "without gravity"
WORKING_POINTS: Final = tuple(np.round(np.arange(0.50, 0.96, 0.01), 2))  # likelier right than wrong, or it is asked
WANTED_RIGHT: Final = 0.96  # of the answers given without asking, every class alike: of the logs themselves it is 0.97
_AS_IS: Final = {"temperature": 1.0, "working_point": 0.5}
UNCALIBRATED: Final = {"classes": ANSWERS, "calibration": _AS_IS, "without_gravity": _AS_IS}
LIFTS: Final = tuple(ANSWERS.index(name) for name in ULIFT_EXERCISES)
BLOWS: Final = tuple(ANSWERS.index(name) for name in PUNCHES)


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Logs answered by networks that saw none of their people. Trials by change; all but AS_RECORDED are of the sets
    of uLift only, in the order of the logs."""

    logs: Sequence[LabelledLog]
    trials: Mapping[str, Trial]

    @property
    def truth(self) -> npt.NDArray[np.int_]:
        return np.array([ANSWERS.index(one.label) for one in self.logs])

    @property
    def lifts(self) -> Mask:
        """Which logs are sets of uLift."""
        return np.array([one.data_set == ULIFT and one.label != REST for one in self.logs])


def calibration(held: Held) -> Calibration:
    """Temperature and working point on what was held out and lasted a window at least; every class of a data set
    weighs by the root of its logs."""
    whole = np.array([one.log.duration_s * RATE_HZ >= FRAMES for one in held.logs])
    logs = [one for one, long in zip(held.logs, whole, strict=True) if long]
    pooled, truth, weight = held.trials[AS_RECORDED].pooled[whole], held.truth[whole], _even_weight(logs)
    temperature = fit_temperature(pooled, truth, weight)
    names = [catalogue_name(one.label) for one in logs]
    rows = softmax(pooled, temperature).tolist()
    answered = [answers(dict(zip(ANSWERS, row, strict=True))) for row in rows]
    point = fit_working_point(answered, names, weight, WORKING_POINTS, WANTED_RIGHT)
    return Calibration(temperature, point)


def figures_of(held: Held, plain: Calibration, without_gravity: Calibration) -> dict[str, Any]:
    """All that the card says of recognition."""
    truth, lifts, temperature = held.truth, held.lifts, plain.temperature
    probability = softmax(held.trials[AS_RECORDED].pooled, temperature)
    sets = [one for one, lift in zip(held.logs, lifts, strict=True) if lift]
    return {
        "sets": {name: _of_lifts(held, trial, temperature) for name, trial in held.trials.items()},
        "classes": {ANSWERS[one]: _rounded(asdict(row)) for one, row in class_rows(truth, probability).items()},
        "rest": work_and_rest(held.logs, held.trials[AS_RECORDED]),
        "punches": _punches(held, probability),
        "data_sets": {key: _rounded(row) for key, row in _others(held, probability).items()},
        "calibration_error": round(expected_calibration_error(truth[lifts], probability[lifts]), 4),
        "answers": _rounded(_answered(held.logs, probability, plain.working_point)),
        "answers_without_gravity": _rounded(
            _answered(
                sets,
                softmax(held.trials[WITHOUT_GRAVITY].pooled, without_gravity.temperature),
                without_gravity.working_point,
            )
        ),
    }


def confusion_of(held: Held) -> Array:
    """Shares of every answer's logs called each answer, as recorded."""
    return confusion(held.truth, held.trials[AS_RECORDED].pooled.argmax(axis=1), len(ANSWERS))


def _of_lifts(held: Held, trial: Trial, temperature: float) -> dict[str, float]:
    """Of uLift sets: among the fifteen, as its own papers count, by all evidence and by windows alone; among all."""
    own = held.lifts if len(trial.pooled) == len(held.logs) else np.ones(len(trial.pooled), dtype=np.bool_)
    chosen, alone, truth = trial.pooled[own], trial.by_windows[own], _lift_numbers(held)
    of_fifteen = softmax(chosen[:, LIFTS], temperature)
    among_all = float(np.mean(chosen.argmax(axis=1) == np.array(LIFTS)[truth]))
    figures = {
        "sets": float(len(truth)),
        "accuracy": accuracy(truth, of_fifteen),
        "macro_f1": macro_f1(truth, of_fifteen.argmax(axis=1)),
        "accuracy_of_windows_alone": accuracy(truth, alone[:, LIFTS]),
    }
    return _rounded({**figures, "accuracy_of_all_answers": among_all})


def figures_of_workouts(held: Held, pooled: Mapping[str, Array]) -> dict[str, dict[str, float]]:
    """Of uLift sets among the fifteen, the sets of a workout named together: (M, C) of each change."""
    truth = _lift_numbers(held)
    rows = {name: softmax(answers[:, LIFTS], 1.0) for name, answers in pooled.items()}
    return {
        name: _rounded(
            {"sets": len(truth), "accuracy": accuracy(truth, row), "macro_f1": macro_f1(truth, row.argmax(axis=1))}
        )
        for name, row in rows.items()
    }


def _lift_numbers(held: Held) -> npt.NDArray[np.int_]:
    """Which of the fifteen each set of uLift is."""
    lifts = [one.label for one, lift in zip(held.logs, held.lifts, strict=True) if lift]
    return np.array([ULIFT_EXERCISES.index(label) for label in lifts])


def _punches(held: Held, probability: Array) -> dict[str, dict[str, float]]:
    """Of every person whose punches were held out: type right among all answers, and among the four."""
    rows: dict[str, dict[str, float]] = {}
    for person in sorted({one.person for one in held.logs if one.label in PUNCHES}):
        chosen = np.array([one.person == person and one.label in PUNCHES for one in held.logs])
        truth = held.truth[chosen]
        of_four = np.array(BLOWS)[probability[chosen][:, BLOWS].argmax(axis=1)]
        among_all = float(np.mean(probability[chosen].argmax(axis=1) == truth))
        figures = {"logs": float(chosen.sum()), "accuracy": float(np.mean(of_four == truth))}
        rows[person] = _rounded({**figures, "accuracy_of_all_answers": among_all})
    return rows


def _others(held: Held, probability: Array) -> dict[str, dict[str, float]]:
    """Of every data set: logs named right among all answers."""
    rows: dict[str, dict[str, float]] = {}
    for data_set in sorted({one.data_set for one in held.logs}):
        chosen = np.array([one.data_set == data_set for one in held.logs])
        right = probability[chosen].argmax(axis=1) == held.truth[chosen]
        rows[data_set] = {"logs": float(chosen.sum()), "accuracy": float(right.mean())}
    return rows


def _answered(logs: Sequence[LabelledLog], probability: Array, working_point: float) -> dict[str, float]:
    """What a user is told of sets of exercises: how many are named without asking, how many of those rightly; and how
    many logs of nothing in the catalogue are named all the same."""
    said = [decide(answers(dict(zip(ANSWERS, row, strict=True))), working_point) for row in probability.tolist()]
    names = [catalogue_name(one.label) for one in logs]
    exercise = np.array([name not in (UNKNOWN, NO_EXERCISE) for name in names])
    named = np.array([one.known and one.name != NO_EXERCISE for one in said])
    right = np.array([said_right(one, name) for one, name in zip(said, names, strict=True)])
    return {
        "named": float(named[exercise].mean()),
        "right_when_named": float(right[exercise & named].mean()) if (exercise & named).any() else float("nan"),
        "rest_or_foreign_logs": float((~exercise).sum()),
        "rest_or_foreign_named": float(named[~exercise].sum()),
    }


def _even_weight(logs: Sequence[LabelledLog]) -> Array:
    keys = [f"{one.data_set} {one.label}" for one in logs]
    found, counts = np.unique(keys, return_counts=True)
    number = dict(zip(found.tolist(), counts.tolist(), strict=True))
    return np.array([1 / np.sqrt(number[key]) for key in keys])


def _rounded(row: Mapping[str, float]) -> dict[str, float]:
    return {key: round(float(value), 4) for key, value in row.items()}
