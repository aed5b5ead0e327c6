"""Drop short runs that are no sets: weights picked up and put down, walking about between sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from pipeline.motion.recognize import WindowScores
from pipeline.motion.resting import rest_probability
from pipeline.recognize import NO_EXERCISE
from pipeline.values import UNKNOWN, Array, Recognition

SpanS = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FewRules:
    """When a counted run is no set.

    reps: so few repetitions that the recogniser takes for rest are no set; more are an exercise that it does not know.
    short_rest_s: so near another set, a few are a short set of which the recogniser's windows see little: of 225 such
    runs of four people the network was not trained on none was rest. But where the usual rest between named sets (at
    least firm_sets of them) is longer, a run near a set belongs to getting it ready, and a single repetition without a
    name, where windows a second around are rest with a probability of `resting`, is none either. Of workouts with 15 to
    90 s of rest, a quarter of the sets cut to one to three repetitions, 12 people on whom `resting` was chosen: 27
    instead of 54 runs in rest were reported, and 1 of 32 short sets was not; 6 others: 9 instead of 22, and 2 of 17.
    """

    reps: int = 3
    short_rest_s: float = 20.0
    firm_sets: int = 3
    resting: float = 0.99
    around_s: float = 1.0


RULES: Final = FewRules()


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What is known of a run: its span, its number of repetitions, its exercise, and whether it is a few repetitions
    beside a set, in another posture.
    """

    span_s: SpanS
    reps: int
    recognition: Recognition
    beside: bool = False


def are_sets(runs: Sequence[RunFacts], scores: WindowScores) -> list[bool]:
    """For each run of a log, in order, whether it is a set."""
    long_rests = _rests_long(runs)
    trained_s = [] if long_rests else [run.span_s for run in runs if run.recognition.name != NO_EXERCISE]
    resting = rest_probability(scores) if long_rests else np.empty(0)
    return [not _is_none(run, trained_s, _within(scores, resting, run.span_s)) for run in runs]


def _is_none(run: RunFacts, trained_s: Sequence[SpanS], resting: float) -> bool:
    if run.beside and (run.recognition.given or run.recognition.name in (UNKNOWN, NO_EXERCISE)):
        return True
    if run.recognition.name == NO_EXERCISE:
        return run.reps <= RULES.reps and not _near(run.span_s, trained_s)
    return not run.recognition.known and run.reps == 1 and resting >= RULES.resting


def _rests_long(runs: Sequence[RunFacts]) -> bool:
    """Whether the rests between certain sets are usually longer than a short rest."""
    firm_s = [run.span_s for run in runs if run.recognition.known and _firm(run)]
    rests_s = [after[0] - before[1] for before, after in pairwise(sorted(firm_s))]
    return len(firm_s) >= RULES.firm_sets and float(np.median(rests_s)) > RULES.short_rest_s


def _firm(run: RunFacts) -> bool:
    return run.reps > RULES.reps and run.recognition.name != NO_EXERCISE


def _within(scores: WindowScores, resting: Array, span_s: SpanS) -> float:
    """Mean probability of rest around the run; 0 where not needed, or without a window there."""
    inside = (scores.times_s > span_s[0] - RULES.around_s) & (scores.times_s < span_s[1] + RULES.around_s)
    return float(resting[inside].mean()) if len(resting) and inside.any() else 0.0


def _near(span_s: SpanS, others_s: Sequence[SpanS]) -> bool:
    """Whether less than a short rest lies between the span and one of the others."""
    rest_s = RULES.short_rest_s
    return any(start_s - span_s[1] < rest_s and span_s[0] - end_s < rest_s for start_s, end_s in others_s)
