"""Which count it is: every candidate is scored, candidates of one count add up, the largest sum wins."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from pipeline.reps.beat import Beat
from pipeline.reps.body import Body
from pipeline.reps.candidates import Candidate
from pipeline.reps.features import CANDIDATE_FEATURES, NOTHING_FEATURES, candidate_features, nothing_features
from pipeline.values import Array

WEIGHTS = Path(__file__).parent.parent / "weights" / "counter.json"
_WORTH_TELLING = 0.15  # a runner-up with less probability is not worth a sentence


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """Weights of the features, in their order. How they were learned: `learn/counter.py`."""

    candidate: Array
    nothing: Array


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The best candidate (None: nothing to count), the probability of its count, and the next likely count."""

    candidate: Candidate | None
    confidence: float
    runner_up: int | None


@cache
def shipped_scorer() -> Scorer:
    """The weights that come with Spotter."""
    weights = json.loads(WEIGHTS.read_text())
    candidate = np.array([weights["candidate"][name] for name in CANDIDATE_FEATURES])
    return Scorer(candidate, np.array([weights["nothing"][name] for name in NOTHING_FEATURES]))


def choose(body: Body, found: list[Candidate], beat: Beat, scorer: Scorer) -> Choice:
    """The likeliest count and the candidate that shows it best."""
    features = candidate_features(body, found, beat)
    scores = features @ scorer.candidate
    chances = count_chances(found, scores, float(nothing_features(body, features, beat) @ scorer.nothing))
    ranked = sorted(chances, key=lambda count: -chances[count])
    likeliest = ranked[0]
    others = [count for count in ranked[1:] if chances[count] >= _WORTH_TELLING]
    showing = [index for index, candidate in enumerate(found) if candidate.cycles == likeliest]
    best = found[max(showing, key=lambda index: scores[index])] if showing else None
    return Choice(best, chances[likeliest], others[0] if others else None)


def count_chances(found: list[Candidate], scores: Array, nothing: float) -> Mapping[int, float]:
    """Probability of each count: exp(score) summed over its candidates, 0 standing for nothing to count."""
    top = max([nothing, *scores.tolist()])
    sums = {0: float(np.exp(nothing - top))}
    for candidate, score in zip(found, scores.tolist(), strict=True):
        sums[candidate.cycles] = sums.get(candidate.cycles, 0.0) + float(np.exp(score - top))
    total = sum(sums.values())
    return {count: value / total for count, value in sums.items()}
