"""Choose how many repetitions a run has: every plausible number is scored, the likeliest wins.

`segments.py` finds where repetitions follow one another, and about how many. Readings of many views of the movement,
none of which uses the network's output, speak for or against each number; this evidence is weighed with how well so
many repetitions fit the beat.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from pipeline.motion.beat import LogBeat
from pipeline.motion.placing import Placement, place_repetitions, unevenness
from pipeline.motion.reading_features import READING_FEATURES, reading_features
from pipeline.motion.readings import RULES, Reading, readings_of
from pipeline.motion.stretch import stretch_of
from pipeline.motion.templates import template_views
from pipeline.motion.views import Bank, views_of
from pipeline.recognize.decide import softmax
from pipeline.reps.weights import read_weights
from pipeline.values import Array, Indices

WEIGHTS = Path(__file__).parent.parent / "weights" / "log_choice.json"
NUMBER_FEATURES = ("readings", "placed", "uneven", "off", "off_share", "seen", "more", "fewer", "single")
_FAINTEST = -12.0  # natural logarithm: least share of the evidence for a number
_BADLY_PLACED = -15.0  # natural logarithm, for a number that cannot be placed


@dataclass(frozen=True, slots=True)
class ChoiceRules:
    """How much of a log belongs to a run, and which other number is worth reporting."""

    around: float = 0.6  # of a repetition, before and after: room for a first or last one that was missed
    worth_telling: float = 0.15  # probability of the next likely number, as for clips


CHOICE: Final = ChoiceRules()


@dataclass(frozen=True, slots=True, eq=False)
class LogScorer:
    """Weights of READING_FEATURES and NUMBER_FEATURES. How they were trained: `learn/log_counter/choice.py`."""

    reading: Array
    number: Array


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """edges (N + 1,) frames, the probability (0..1) of their number, and the next likely number if worth reporting."""

    edges: Indices
    chance: float
    runner_up: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The evidence for each number.

    The readings and their features; numbers (K,) with the best placement of so many repetitions each; and their
    features (K, G), whose first column is for the readings' evidence and still empty.
    """

    readings: list[Reading]
    reading_features: Array
    numbers: Indices
    placements: list[Placement]
    number_features: Array


@cache
def shipped_scorer() -> LogScorer:
    """The weights that come with Spotter."""
    return LogScorer(*read_weights(WEIGHTS, reading=READING_FEATURES, number=NUMBER_FEATURES))


def choose(bank: Bank, beat: LogBeat, run: Indices, bounds: tuple[int, int], scorer: LogScorer) -> Choice:
    """The likeliest number for a run with edges (N + 1,), frames; `bounds`: where its neighbours end and begin."""
    evidence = evidence_of(bank, beat, run, bounds)
    chances = number_chances(evidence, scorer)
    order = np.argsort(-chances, kind="stable")
    number = int(evidence.numbers[order[0]])
    edges = run if number == len(run) - 1 else evidence.placements[order[0]].edges
    telling = len(order) > 1 and chances[order[1]] >= CHOICE.worth_telling
    return Choice(edges, float(chances[order[0]]), int(evidence.numbers[order[1]]) if telling else None)


def number_chances(evidence: Evidence, scorer: LogScorer) -> Array:
    """(K,) the probability of each number."""
    features = evidence.number_features.copy()
    features[:, 0] = number_evidence(evidence, scorer.reading)
    return softmax(features @ scorer.number)


def number_evidence(evidence: Evidence, weights: Array) -> Array:
    """(K,) natural logarithm of each number's share of exp(score), summed over its readings."""
    shares = np.zeros(len(evidence.numbers))
    if evidence.readings:
        scores = evidence.reading_features @ weights
        loud, reps = np.exp(scores - scores.max()), np.array([reading.reps for reading in evidence.readings])
        shares = np.array([loud[reps == number].sum() for number in evidence.numbers])
    return np.asarray(np.maximum(np.log(shares / max(shares.sum(), 1e-300) + 1e-12), _FAINTEST))


def evidence_of(bank: Bank, beat: LogBeat, run: Indices, bounds: tuple[int, int]) -> Evidence:
    """All evidence for the numbers that a run (N + 1,), frames of its edges, may have."""
    seen, start, end = len(run) - 1, int(run[0]), int(run[-1])
    around = CHOICE.around * (end - start) / seen
    first, last = max(bounds[0], int(start - around)), min(bounds[1], len(bank.shape) - 1, int(end + around)) + 1
    inside = (float(start - first), float(min(end, last - 1) - first))
    stretch = stretch_of(bank.shape[first:last], beat.busy[first:last], inside)
    readings = readings_of((*views_of(bank, first, last), *template_views(stretch)), inside, seen)
    features = reading_features(stretch, readings)
    away = RULES.away_of(seen)
    places = [one for one in place_repetitions(beat, start, end, seen, seen + away) if one.reps >= seen - away]
    if all(one.reps != seen for one in places):
        places.append(Placement(run, max((one.score for one in places), default=0.0)))
    numbers = np.array([one.reps for one in places])
    own = float(beat.rate[start:end].sum())
    return Evidence(readings, features, numbers, places, _number_features(places, seen, own))


def _number_features(places: list[Placement], seen: int, own: float) -> Array:
    """(K, G) in the order of NUMBER_FEATURES; `own` is the network's own count."""
    best = max(one.score for one in places)
    rows = [
        (
            0.0,
            max(one.score - best, _BADLY_PLACED),
            min(unevenness(one.edges), 0.6),
            abs(one.reps - own),
            min(abs(np.log(one.reps / max(own, 0.1))), 1.5),
            float(one.reps == seen),
            float(one.reps > seen),
            float(one.reps < seen),
            float(one.reps == 1),
        )
        for one in places
    ]
    return np.array(rows)
