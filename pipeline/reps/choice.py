"""Choose the count: every candidate is scored, the scores of one count add up, the largest sum wins."""

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
from pipeline.reps.stillness import exceeds_jitter, is_still, trunk_rises
from pipeline.reps.weights import read_weights
from pipeline.values import Array

WEIGHTS = Path(__file__).parent.parent / "weights" / "counter.json"


@dataclass(frozen=True, slots=True)
class ChoiceRules:
    """When to report nothing rather than a number; probabilities, and the gait feature (metres times a share)."""

    # With sources left out in turn, 0.3 loses 2 more of the 217 tuned clips, and 0.5 wins none; of 60 simulated clips
    # with nothing to count 1.1 on average get a phantom, 0.9 at 0.3 and 1.9 at 0.5.
    nothing_from: float = 0.4
    # Where somebody named the exercise, there probably was one. Chosen on 468 simulated sets of all names and 146
    # simulated clips with nothing to count: 16 more sets get a count, 11 of them within one, and 20 clips instead of 4
    # would get a phantom if somebody named them. All these counts are reported with their doubt.
    nothing_named_from: float = 0.8
    walking_from: float = 0.18  # twice the most of any tuned clip with reps (0.09); 0.8 % of simulated sets go beyond
    worth_telling: float = (
        0.15  # least probability of a runner-up that is reported, unless the count itself is unlikely:
    )
    unlikely_below: float = 0.5  # all others together are likelier; of eight such simulated sets two were right
    # For a body that keeps still a count is reported only where its trunk rises, and where no two counts more than a
    # tenth apart nearly tie. For other bodies a set torn between counts is reported with its doubt, not as none.
    still_unsure_below: float = 0.6
    alike: float = 0.1


RULES: Final = ChoiceRules()


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """Weights of the features, in their order. How they were trained: `learn/counter/choice.py`."""

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
    return Scorer(*read_weights(WEIGHTS, candidate=CANDIDATE_FEATURES, nothing=NOTHING_FEATURES))


def choose(body: Body, found: list[Candidate], beat: Beat, scorer: Scorer, named: bool = False) -> Choice:
    """The likeliest count and its best candidate; no candidate where the body walks or there may well be nothing to
    count.

    `named`: somebody said what exercise it is; then more is needed to report nothing.
    """
    features = candidate_features(body, found, beat)
    scores = features @ scorer.candidate
    clip = nothing_features(body, features, beat)
    chances = count_chances(found, scores, float(clip @ scorer.nothing))
    ranked = sorted(chances, key=lambda count: -chances[count])
    walks = clip[NOTHING_FEATURES.index("gait")] >= RULES.walking_from
    still = is_still(body)
    favourite = next((count for count in ranked if count or not named), 0)
    shows = trunk_rises(found, favourite) or (named and exceeds_jitter(body, favourite))
    trembles = still and (probability_near(chances, favourite) < RULES.still_unsure_below or not shows)
    nothing_from = RULES.nothing_named_from if named else RULES.nothing_from
    likeliest = 0 if walks or trembles or chances[0] >= nothing_from else favourite
    # no runner-up for a walk or for jitter
    idles = not likeliest and (walks or (trembles if named else still))
    showing = [index for index, candidate in enumerate(found) if candidate.cycles == likeliest]
    best = found[max(showing, key=lambda index: scores[index])] if showing else None
    return Choice(best, chances[likeliest], None if idles else runner_up(chances, likeliest))


def probability_near(chances: Mapping[int, float], count: int) -> float:
    """The probability of this count and of those within RULES.alike of it: one jump more or less of fourteen."""
    return sum(chance for other, chance in chances.items() if abs(other - count) <= RULES.alike * count)


def runner_up(chances: Mapping[int, float], chosen: int) -> int | None:
    """The likeliest other count, where it is likely itself or the chosen one is not; else None."""
    others = [count for count in chances if count != chosen]
    if not others:
        return None
    best = max(others, key=lambda count: chances[count])
    unlikely = chosen > 0 and chances[chosen] < RULES.unlikely_below
    return best if unlikely or chances[best] >= RULES.worth_telling else None


def count_chances(found: list[Candidate], scores: Array, nothing: float) -> Mapping[int, float]:
    """Probability of each count: exp(score) summed over its candidates, normalised; 0 stands for nothing to count."""
    top = max([nothing, *scores.tolist()])
    sums = {0: float(np.exp(nothing - top))}
    for candidate, score in zip(found, scores.tolist(), strict=True):
        sums[candidate.cycles] = sums.get(candidate.cycles, 0.0) + float(np.exp(score - top))
    total = sum(sums.values())
    return {count: value / total for count, value in sums.items()}
