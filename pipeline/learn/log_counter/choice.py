"""Train the weights of `motion/choose`: which of a run's possible numbers is the right one.

The likelihood of a run is that of its true number: exp(score) summed over the readings of that number, over the sum of
all. The weights of readings, which do not use the network, may be trained on the network's own training people; the
weight of the network's count beside them only on people it was not trained on, or it would be trusted too much.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from pipeline.learn.log_counter.takes import Take
from pipeline.motion.beat import Weights, beat_of
from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.choose import NUMBER_FEATURES, Evidence, LogScorer, evidence_of, number_evidence
from pipeline.motion.reading_features import READING_FEATURES
from pipeline.motion.segments import segments
from pipeline.motion.views import bank_of
from pipeline.values import Array, Mask

HELD_SMALL = 10.0  # price of half the squares of the standardised weights of readings
HELD_SMALL_NUMBER = 0.5
_SHARED = 0.3  # of the shorter of the two: a run and a set that share less are two things
_COVERED = 0.6  # of its set: a run that covers less was not meant to count it


class TaughtTooBriefly(ValueError):
    """The network finds no repetitions yet, so there is nothing to choose among."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One run as the choice sees it, and its true number of repetitions."""

    evidence: Evidence
    truth: int


def examples_of(takes: Sequence[Take], team: Sequence[Weights]) -> Iterator[Example]:
    """Every run that the networks find and that is one set of the take."""
    for take in takes:
        bank, beat = bank_of(take.motion), beat_of(take.motion, team)
        runs = segments(beat)
        for index, run in enumerate(runs):
            truth = true_number(take.sets, (run[0] / FRAME_HZ, run[-1] / FRAME_HZ))
            before = int(runs[index - 1][-1]) if index else 0
            after = int(runs[index + 1][0]) if index + 1 < len(runs) else len(beat.rate)
            if truth is not None:
                yield Example(evidence_of(bank, beat, run, (before, after)), truth)


def true_number(sets: Sequence[Array], span_s: tuple[float, float]) -> int | None:
    """The repetitions of the one set in a span; None where there is none, several, or only a part of one."""
    length_s = span_s[1] - span_s[0]

    def shared_s(edges_s: Array) -> float:
        return float(min(edges_s[-1], span_s[1]) - max(edges_s[0], span_s[0]))

    met = [one for one in sets if shared_s(one) > _SHARED * min(length_s, float(one[-1] - one[0]))]
    if len(met) != 1 or length_s <= _COVERED * float(met[0][-1] - met[0][0]):
        return None
    return len(met[0]) - 1


def fitted(teachers: Sequence[Example], strangers: Sequence[Example]) -> LogScorer:
    """The weights under which the true numbers are likeliest.

    Those of readings are fitted on the network's training people, those of numbers on people it was not trained on.
    Raises TaughtTooBriefly where the network found no run to learn from.
    """
    reading = _fit_readings(teachers)
    return LogScorer(reading, _fit_numbers(strangers, reading))


def write(scorer: LogScorer, path: Path, note: str) -> None:
    """The weights as the JSON that `motion/choose` reads."""
    table = {
        "learned": note,
        "reading": dict(zip(READING_FEATURES, scorer.reading.round(5).tolist(), strict=True)),
        "number": dict(zip(NUMBER_FEATURES, scorer.number.round(5).tolist(), strict=True)),
    }
    path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def _fit_readings(examples: Sequence[Example]) -> Array:
    """(F,) of the readings; an example whose number no reading has teaches nothing."""
    known = [one for one in examples if any(reading.reps == one.truth for reading in one.evidence.readings)]
    _require(known)
    features = np.concatenate([one.evidence.reading_features for one in known])
    right = [np.array([reading.reps == one.truth for reading in one.evidence.readings]) for one in known]
    return _likeliest(features, right, HELD_SMALL)


def _fit_numbers(examples: Sequence[Example], reading: Array) -> Array:
    """(G,) of the numbers."""
    known = [one for one in examples if one.truth in one.evidence.numbers]
    _require(known)
    rows = [
        np.column_stack([number_evidence(one.evidence, reading), one.evidence.number_features[:, 1:]]) for one in known
    ]
    right = [one.evidence.numbers == one.truth for one in known]
    return _likeliest(np.concatenate(rows), right, HELD_SMALL_NUMBER)


def _require(examples: Sequence[Example]) -> None:
    if not examples:
        raise TaughtTooBriefly(
            "the network finds no set whose number is among those to choose from: teach it for longer"
        )


def _likeliest(features: Array, right: Sequence[Mask], held_small: float) -> Array:
    """Weights of features (N, F) as they come, of which those of each example follow one another."""
    scale = features.std(axis=0) + 1e-6
    scaled = ((features - features.mean(axis=0)) / scale).astype(np.float32)
    lengths = [len(one) for one in right]
    group, starts = np.repeat(np.arange(len(right)), lengths), np.cumsum([0, *lengths[:-1]])
    true = np.concatenate(right).astype(np.float64)

    def loss(weights: Array) -> tuple[float, Array]:
        scores = (scaled @ weights.astype(np.float32)).astype(np.float64)
        grown = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total, spoken = (np.add.reduceat(values, starts) for values in (grown, grown * true))
        pull = grown / total[group] - grown * true / (spoken[group] + 1e-300)
        value = float((np.log(total) - np.log(spoken + 1e-300)).sum()) + held_small / 2 * float(weights @ weights)
        return value, (scaled.T @ pull.astype(np.float32)).astype(np.float64) + held_small * weights

    found = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(found.x / scale)
