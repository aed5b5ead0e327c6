"""From the windows' answers to one: a name, a family, or "unknown" with what to ask about.

The mean log probability of the windows, a prior of how common the names are, and a temperature give calibrated
probabilities. Members of a family may look alike (a hammer curl and a barbell curl), so the decision is made on the
family's sum, and a second temperature softens the shares within it: networks are far surer of the grip than a body can
show.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from pipeline.catalogue import exercises
from pipeline.values import UNKNOWN, Array, Candidate, Recognition

NO_EXERCISE: Final = "no_exercise"
ALTERNATIVES: Final = 3  # buttons that fit in one row of a phone
FAINTEST: Final = 1e-30  # the least probability: the shares within a family must be defined
FAINT_LOG: Final = float(np.log(1e-6))  # one kind of member alone may not rule a name out
FLOOR: Final = 1e-4  # one window alone may not rule a name out
SHORT_S: Final = 3.0  # anything shorter may be half a repetition: see weights/recognizer.md
BRIEFEST_S: Final = 0.4  # the shortest track that gives a window


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Calibrated probabilities (K,) of the names, "unknown" last."""

    names: tuple[str, ...]
    probabilities: Array

    @property
    def families(self) -> dict[str, float]:
        """Each family's probability, the sum over its members; "unknown" is a family of its own."""
        families, members = _membership(self.names)
        return dict(zip(families, (members @ self.probabilities).tolist(), strict=True))

    @property
    def ranked(self) -> list[tuple[str, float]]:
        """Names with their probabilities, best first."""
        order = np.argsort(-self.probabilities, kind="stable")
        return [
            (self.names[index], probability)
            for index, probability in zip(order, self.probabilities[order].tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Calibration:
    """How answers are calibrated, and from which probability (working point) on an exercise is named without asking.

    short_power: the temperature grows with this power of how many times shorter than SHORT_S somebody is seen.
    """

    temperature: float
    kin_temperature: float
    working_point: float
    short_power: float = 0.0

    def answers(self, names: Sequence[str], logs: Array, seen_s: float = math.inf) -> Answers:
        """The calibrated answer of a clip's pooled log probabilities (K,), in which somebody is seen for seen_s."""
        return calibrate(names, logs, self.temperature_of(seen_s), self.kin_temperature)

    def temperature_of(self, seen_s: float) -> float:
        """The temperature for a track in which somebody is seen for seen_s."""
        shorter = max(1.0, SHORT_S / max(seen_s, BRIEFEST_S))
        return float(self.temperature * shorter**self.short_power)


def pool(window_logs: Array) -> Array:
    """(K,) mean of the windows' log probabilities (N, K), each kept above FLOOR."""
    return np.asarray(np.log(np.exp(window_logs) + FLOOR).mean(axis=0))


def beside(logs: Array, others: Array, share: float) -> Array:
    """(N, K) weighted geometric mean of two members' log probabilities; the others have the weight `share` of 1."""
    mean = (1 - share) * np.logaddexp(logs, FAINT_LOG) + share * np.logaddexp(others, FAINT_LOG)
    return np.asarray(mean - np.logaddexp.reduce(mean, axis=1, keepdims=True))


def softmax(logs: Array, temperature: float | Array = 1.0) -> Array:
    """(..., K) probabilities of log scores at this temperature, which is one number or (..., 1)."""
    scaled = logs / temperature
    likely = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=-1, keepdims=True))


def calibrate(names: Sequence[str], logs: Array, temperature: float, kin_temperature: float = 1.0) -> Answers:
    """The Answers of pooled log probabilities (K,), see `calibrated`."""
    return Answers(tuple(names), calibrated(tuple(names), logs, temperature, kin_temperature))


def calibrated(names: tuple[str, ...], logs: Array, temperature: float | Array, kin_temperature: float) -> Array:
    """(..., K) probabilities of pooled log probabilities, with the prior of commonness, softened by the temperature.

    temperature is one number or (..., 1). Shares within a family are softened once more by kin_temperature; the
    family's sum stays.
    """
    likely = softmax(logs + prior(names), temperature)
    _, members = _membership(names)
    shares = np.maximum(likely, FAINTEST) ** (1 / kin_temperature)
    return np.asarray(shares * ((likely @ members.T / (shares @ members.T)) @ members))


@cache
def _membership(names: tuple[str, ...]) -> tuple[tuple[str, ...], Array]:
    """The families of the names, and a (families, K) matrix of ones where a name is a member."""
    own = [family_of(name) for name in names]
    families = tuple(dict.fromkeys(own))
    return families, np.array([[float(family == one) for one in own] for family in families])


@cache
def prior(names: tuple[str, ...]) -> Array:
    """(K,) log of how often each name is sent."""
    return np.log(np.array([commonness(name) for name in names], dtype=np.float64))


def decide(answers: Answers, working_point: float) -> Recognition:
    """The name where it is sure enough; the family's likeliest member (`coarse`) where only the family is; else
    "unknown".
    """
    families = answers.families
    family = max(families, key=lambda key: families[key])
    if family == UNKNOWN or families[family] < working_point:
        return _unsure(answers)
    name, alone = next((name, p) for name, p in answers.ranked if family_of(name) == family)
    coarse = alone < working_point
    others = [(other, p) for other, p in answers.ranked if other not in (name, UNKNOWN, NO_EXERCISE)]
    if coarse:
        others.sort(key=lambda candidate: family_of(candidate[0]) != family)
    return Recognition(name, _capped(families[family] if coarse else alone), _candidates(others), coarse=coarse)


def asked(recognition: Recognition) -> Recognition:
    """The same as "unknown", with the recognised name as the first to ask about."""
    first = Candidate(recognition.name, recognition.confidence)
    return Recognition(UNKNOWN, recognition.confidence, (first, *recognition.alternatives)[:ALTERNATIVES])


def family_of(name: str) -> str:
    """The name's family; "unknown" is its own."""
    return exercises()[name].family if name in exercises() else name


def commonness(name: str) -> int:
    """How often a name is sent, 1 to 5; 1 for a name outside the catalogue."""
    return exercises()[name].commonness if name in exercises() else 1


def _unsure(answers: Answers) -> Recognition:
    likely = [(name, p) for name, p in answers.ranked if name not in (UNKNOWN, NO_EXERCISE)]
    return Recognition(UNKNOWN, _capped(likely[0][1]), _candidates(likely))


def _candidates(ranked: Sequence[tuple[str, float]]) -> tuple[Candidate, ...]:
    return tuple(Candidate(name, _capped(p)) for name, p in ranked[:ALTERNATIVES])


def _capped(probability: float) -> float:
    return min(1.0, probability)  # a sum of probabilities may be rounded above 1
