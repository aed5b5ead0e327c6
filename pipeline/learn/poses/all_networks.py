"""Name a still body by all networks together: calibrate their weighing, and measure it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from pipeline.learn.class_measures import expected_calibration_error, fit_temperature
from pipeline.learn.poses.figures import fit_points
from pipeline.learn.poses.network import Member, ensemble_logs
from pipeline.photo.answer import ALTERNATIVES, Answer, Level, group_of, large_group_of
from pipeline.photo.name import NAMES, POSES, Weighing, answered, gym_log_odds, mixed
from pipeline.photo.shape import Shapes
from pipeline.photo.space import Bodies
from pipeline.values import Array, Indices

# how much of what is said is to be right; of exercises more is asked of the stills chosen on, as it is right less often
# where a publisher is left out: at 0.95 there 0.92 are
WANTED_RIGHT: Final[Mapping[str, Mapping[Level, float]]] = {
    "pose": {"name": 0.95, "group": 0.95, "large_group": 0.95},
    "exercise": {"name": 0.97, "group": 0.95, "large_group": 0.95},
}
KINDS: Final = ("pose", "exercise")
# how sure of yoga or gym an answer must be: 1 in 180 stills of the calibrated sources is then named as a pose; 0.97
# would be 1 in 210 and name 45 instead of 55 % of the watched photos; the own point of exercises asks for more anyway
KIND_SURE: Final[Mapping[str, float]] = {"pose": 0.9, "exercise": 0.5}
BINS: Final = 10  # of sureness
ROUNDS: Final = 30  # of Newton's method; it stands still after about eight
HELD_BACK: Final = 1e-6  # keeps the curve from being flat

Points = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class AllNetworks:
    """The networks that name a photo: poses alone, poses and exercises, exercises in space."""

    poses: Sequence[Member]
    stills: Sequence[Member]
    space: Sequence[Member]

    def logs(self, seen: Shapes, placed: Bodies | None = None) -> Array:
        """(N, K) logarithms over NAMES; without depth what is in space says nothing."""
        space = None if placed is None else ensemble_logs(self.space, placed)
        return mixed(ensemble_logs(self.poses, seen), ensemble_logs(self.stills, seen.unhidden()), space)


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Stills with the networks' log scores (N, K) and the true name (N,)."""

    logs: Array
    truth: Indices

    def rows(self, chosen: Any) -> Scored:
        """The chosen ones."""
        return Scored(self.logs[chosen], self.truth[chosen])


def joined_scores(parts: Sequence[Scored]) -> Scored:
    """All of them in one."""
    return Scored(np.concatenate([one.logs for one in parts]), np.concatenate([one.truth for one in parts]))


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The calibrated answers to N stills: probability (N, K) of NAMES, the answer told, truth (N,)."""

    probability: Array
    given: tuple[Answer, ...]
    truth: Indices


@dataclass(frozen=True, slots=True)
class Calibration:
    """How logarithms are weighed, and from which probability on something is said, kind by kind."""

    weighing: Weighing
    sure_from: Points


def calibrated(yoga: Scored, gym: Scored) -> Calibration:
    """Temperatures and odds that surprise least, and the points from which on an answer is right often enough.

    Yoga and the gym weigh alike, and every exercise by the root of its stills.
    """
    both = joined_scores([yoga, gym])
    weight = np.concatenate([_even(yoga.truth), _even(gym.truth, 0.5)])
    slope, odds = _kinds(both, weight)
    weighing = Weighing(_temperature(yoga, True, 0.0), _temperature(gym, False, 0.5), slope, odds)
    probability = weighing.probability(both.logs)
    of_kind = probability.argmax(axis=1) < len(POSES)
    points = {}
    for kind, chosen in zip(KINDS, (of_kind, ~of_kind), strict=True):
        levels = fit_points(both.truth[chosen], probability[chosen], NAMES, WANTED_RIGHT[kind])
        points[kind] = levels | {"kind": KIND_SURE[kind]}
    return Calibration(weighing, points)


def _temperature(scored: Scored, pose: bool, balance: float) -> float:
    """Of the poses among themselves, or of the exercises."""
    among = slice(0, len(POSES)) if pose else slice(len(POSES), None)
    own = scored.rows((scored.truth < len(POSES)) == pose)
    return fit_temperature(own.logs[:, among], own.truth - (0 if pose else len(POSES)), _even(own.truth, balance))


def _kinds(scored: Scored, weight: Array) -> tuple[float, float]:
    """Slope and constant of the gym's log-odds over the networks' own, by Newton's method."""
    seen = np.column_stack([gym_log_odds(scored.logs), np.ones(len(scored.truth))])
    found, wanted = np.array([1.0, 0.0]), scored.truth >= len(POSES)
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-seen @ found))
        curve = (seen * (weight * likely * (1 - likely))[:, None]).T @ seen + HELD_BACK * np.eye(2)
        found = found - np.linalg.solve(curve, seen.T @ (weight * (likely - wanted)))
    return float(found[0]), float(found[1])


def answers_of(scored: Scored, calibration: Calibration) -> Answers:
    """The answers to stills under this calibration."""
    probability = calibration.weighing.probability(scored.logs)
    given = tuple(answered(row, calibration.sure_from) for row in probability)
    return Answers(probability, given, scored.truth)


def joined_answers(parts: Sequence[Answers]) -> Answers:
    """All of it in one, each part as it was calibrated."""
    return Answers(
        np.concatenate([one.probability for one in parts]),
        tuple(given for one in parts for given in one.given),
        np.concatenate([one.truth for one in parts]),
    )


def overall_figures(said: Answers) -> dict[str, float]:
    """Shares (0..1) of the stills: right at once, among the three that are offered, by family or group; what is said by
    name or by group, and right of these; taken for the other kind; and the calibration error."""
    probability, given, truth = said.probability, said.given, said.truth
    first = probability.argmax(axis=1)
    level = np.array([one.level for one in given])
    sound = np.array([_is(one, NAMES[true]) for one, true in zip(given, truth, strict=True)])
    named, grouped = level == "name", np.isin(level, ["group", "large_group"])
    offered = [
        NAMES[true] in [name.name for name in one.names[:ALTERNATIVES]] for one, true in zip(given, truth, strict=True)
    ]
    kin = [group_of(NAMES[likeliest]) == group_of(NAMES[true]) for likeliest, true in zip(first, truth, strict=True)]
    return {
        "stills": len(truth),
        "top_1": float((first == truth).mean()),
        "top_3": float(np.mean(offered)),
        "family": float(np.mean(kin)),
        "other_kind": float(((first < len(POSES)) != (truth < len(POSES))).mean()),
        "said": float(named.mean()),
        "said_right": _mean(sound[named]),
        "group_said": float(grouped.mean()),
        "group_right": _mean(sound[grouped]),
        "calibration_error": expected_calibration_error(truth, probability),
    }


def error_of_both(yoga: Answers, gym: Answers) -> float:
    """The calibration error (over ten bins, Guo 2017) where photos of yoga and of the gym come alike often, which is
    what the weighing takes for granted: of either alone, how likely the other was is counted as doubt."""
    both = joined_answers([yoga, gym])
    weight = np.concatenate([_even(part.truth) / 2 for part in (yoga, gym)])
    sure = both.probability.max(axis=1)
    gaps = weight * ((both.probability.argmax(axis=1) == both.truth) - sure)
    return float(np.abs(np.bincount(np.minimum((sure * BINS).astype(int), BINS - 1), gaps)).sum())


def _is(given: Answer, name: str) -> bool:
    """What is said of a still is true of this name."""
    return given.said in {"name": (name,), "group": (group_of(name),)}.get(given.level, (large_group_of(name),))


def _even(truth: Indices, balance: float = 0.0) -> Array:
    """Weights that sum to one, rare names' more: 0 as they come, 1 every name alike."""
    weight = np.bincount(truth)[truth] ** -float(balance)
    return np.asarray(weight / weight.sum())


def _mean(right: Array) -> float:
    return float(right.mean()) if len(right) else math.nan
