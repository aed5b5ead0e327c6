"""Which count it is: every candidate is scored, candidates of one count add up, the largest sum wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from pipeline.reps.beat import Beat
from pipeline.reps.body import Body
from pipeline.reps.candidates import Candidate
from pipeline.reps.features import CANDIDATE_FEATURES, NOTHING_FEATURES, candidate_features, nothing_features
from pipeline.reps.fitted import fitted
from pipeline.reps.stillness import keeps_still, outdoes_trembling, rises
from pipeline.values import Array

WEIGHTS = Path(__file__).parent.parent / "weights" / "counter.json"


@dataclass(frozen=True, slots=True)
class Caution:
    """When to say nothing rather than a number; probabilities, and the gait feature (metres times a share)."""

    # Sources left out, 0.3 loses 2 of the 217 tuned clips more, and 0.5 wins none; of 60 simulated clips with nothing
    # to count 1.1 on average have a phantom, 0.9 at 0.3 and 1.9 at 0.5.
    nothing_from: float = 0.4
    # Where somebody said what was done, it hardly was nothing. Chosen on 468 simulated sets of all names and 146
    # simulated clips with nothing to count: 16 sets more have a count, 11 of them within one, and 20 clips instead of 4
    # would be given a phantom, had somebody named them. All these counts are told with their doubt.
    nothing_named_from: float = 0.8
    walking_from: float = 0.18  # twice the most of any tuned clip with reps (0.09); 0.8 % of simulated sets go beyond
    worth_telling: float = 0.15  # a runner-up with less is not worth a sentence, but beside a count that is unlikely:
    unlikely_below: float = 0.5  # all others together are likelier; of eight such of simulated sets two were right
    # Of a body that keeps still a count is believed only where its trunk rises, and where no two counts nearly tie that
    # lie farther apart than a tenth. Elsewhere a set torn between counts is told with its doubt, not as none.
    still_unsure_below: float = 0.6
    alike: float = 0.1


CAUTION: Final = Caution()


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """Weights of the features, in their order. How they were learned: `learn/counter/choice.py`."""

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
    return Scorer(*fitted(WEIGHTS, candidate=CANDIDATE_FEATURES, nothing=NOTHING_FEATURES))


def choose(body: Body, found: list[Candidate], beat: Beat, scorer: Scorer, named: bool = False) -> Choice:
    """The likeliest count and the candidate that shows it best; none where the body walks or it may well be nothing.

    `named` where somebody told what was done: then it takes more to say that it was nothing.
    """
    features = candidate_features(body, found, beat)
    scores = features @ scorer.candidate
    clip = nothing_features(body, features, beat)
    chances = count_chances(found, scores, float(clip @ scorer.nothing))
    ranked = sorted(chances, key=lambda count: -chances[count])
    walks = clip[NOTHING_FEATURES.index("gait")] >= CAUTION.walking_from
    still = keeps_still(body)
    favourite = next((count for count in ranked if count or not named), 0)
    shows = rises(found, favourite) or (named and outdoes_trembling(body, favourite))
    trembles = still and (about(chances, favourite) < CAUTION.still_unsure_below or not shows)
    nothing_from = CAUTION.nothing_named_from if named else CAUTION.nothing_from
    likeliest = 0 if walks or trembles or chances[0] >= nothing_from else favourite
    # what a walk or a tremble might be is no guess worth a sentence
    idles = not likeliest and (walks or (trembles if named else still))
    showing = [index for index, candidate in enumerate(found) if candidate.cycles == likeliest]
    best = found[max(showing, key=lambda index: scores[index])] if showing else None
    return Choice(best, chances[likeliest], None if idles else runner_up(chances, likeliest))


def about(chances: Mapping[int, float], count: int) -> float:
    """The probability of this count and of those that hardly differ from it: one jump more or less of fourteen."""
    return sum(chance for other, chance in chances.items() if abs(other - count) <= CAUTION.alike * count)


def runner_up(chances: Mapping[int, float], chosen: int) -> int | None:
    """The likeliest other count where it is worth telling: it is likely itself, or the chosen one is not."""
    others = [count for count in chances if count != chosen]
    if not others:
        return None
    best = max(others, key=lambda count: chances[count])
    unlikely = chosen > 0 and chances[chosen] < CAUTION.unlikely_below
    return best if unlikely or chances[best] >= CAUTION.worth_telling else None


def count_chances(found: list[Candidate], scores: Array, nothing: float) -> Mapping[int, float]:
    """Probability of each count: exp(score) summed over its candidates, 0 standing for nothing to count."""
    top = max([nothing, *scores.tolist()])
    sums = {0: float(np.exp(nothing - top))}
    for candidate, score in zip(found, scores.tolist(), strict=True):
        sums[candidate.cycles] = sums.get(candidate.cycles, 0.0) + float(np.exp(score - top))
    total = sum(sums.values())
    return {count: value / total for count, value in sums.items()}
