"""Split a set where the exercise changes without a rest: where the recogniser's windows change their mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.motion.count import CountedSet
from pipeline.motion.recognize import WindowScores, catalogue_name
from pipeline.recognize import NO_EXERCISE
from pipeline.values import UNKNOWN, Array


@dataclass(frozen=True, slots=True)
class PartingRules:
    """When one set is split into two: natural logarithms over the windows, of which five a second apart overlap."""

    least_gain: float = 20.0
    fewest_reps: int = 2
    shortest_s: float = 4.0
    floor: float = 1e-3  # one window alone may not rule a name out


RULES: Final = PartingRules()


def split_by_exercise(counted: CountedSet, scores: WindowScores) -> tuple[CountedSet, ...]:
    """The set, or the sets it consists of, each of one exercise."""
    edges_s = np.concatenate(counted.runs)
    gains = [_gain(scores, counted, at_s) for at_s in edges_s.tolist()]
    best = int(np.argmax(gains))
    if gains[best] < RULES.least_gain:
        return (counted,)
    before, after = _cut(counted, float(edges_s[best]))
    return (*split_by_exercise(before, scores), *split_by_exercise(after, scores))


def _gain(scores: WindowScores, counted: CountedSet, at_s: float) -> float:
    """How much likelier two names are than one, if the second begins at this edge; 0 where either part is too short."""
    (start_s, end_s), fewest = counted.span_s, min(part.reps for part in _cut(counted, at_s))
    if fewest < RULES.fewest_reps or min(at_s - start_s, end_s - at_s) < RULES.shortest_s:
        return 0.0
    first, second = (_evidence(scores, *span_s) for span_s in ((start_s, at_s), (at_s, end_s)))
    return float(first.max() + second.max() - (first + second).max())


def _evidence(scores: WindowScores, start_s: float, end_s: float) -> Array:
    """(names,) summed log probabilities of the windows whose middle lies in the span."""
    inside = (scores.times_s >= start_s) & (scores.times_s < end_s)
    names = [catalogue_name(name) for name in scores.classes]
    exercises = sorted(set(names) - {UNKNOWN, NO_EXERCISE})
    members = np.array([[float(name == exercise) for exercise in exercises] for name in names])
    return np.asarray(np.log(scores.probability[inside] @ members + RULES.floor).sum(axis=0))


def _cut(counted: CountedSet, at_s: float) -> tuple[CountedSet, CountedSet]:
    before, after = ([run[which(run, at_s)] for run in counted.runs] for which in (np.less_equal, np.greater_equal))
    return _part(counted, before), _part(counted, after)


def _part(counted: CountedSet, runs: Sequence[Array]) -> CountedSet:
    """These runs as a set; it inherits the uncertainty of the whole set's number."""
    part = replace(counted, runs=tuple(run for run in runs if len(run) > 1))
    if counted.runner_up is None:
        return part
    return replace(part, runner_up=max(0, part.reps + counted.runner_up - counted.reps))
