"""Time each repetition (leaves rest, arrives at the turn, leaves it, is back) by the signals that show it best.

Which signal is cleanest differs from clip to clip: a shoulder's height where an elbow is hidden, an elbow's angle in
the picture where its depth is guessed. A clean signal goes straight from each rest to each turn. The cleanest few of
each kind are fitted with a chain of holds and moves (see `chain`); the answer is their median, weighted by cleanness.
How far they disagree is kept, since it shows a wrong time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from pipeline.kinematics import Smoothing
from pipeline.reps.body import Body, grid_steps
from pipeline.reps.chain import Chain, fit_chain
from pipeline.reps.phases import Phases, move_times
from pipeline.reps.signals import Signal, signals_of
from pipeline.values import Array, Indices


@dataclass(frozen=True, slots=True)
class SignalTrust:
    """How much each kind of signal counts. Chosen on the tuned takes of tests/pipeline/timing_takes.py.

    Heights and distances follow a joint by its cosine: near a straight limb they leave late and arrive early, so that
    they are not used to measure how far signals disagree.
    """

    joint_in_picture: float = 1.0
    joint_in_space: float = 1.0
    other_angle: float = 1.0
    component: float = 0.7
    place: float = 0.3
    each: int = 3  # signals of each kind
    longest_detour: float = (
        0.1  # path beyond the straight one, as a share of it: more is noise, unless nothing is cleaner
    )
    detour_noise: float = 0.01  # detours below this are as good as none
    smallest_swing: float = 0.04  # 4 cm or 4 degrees
    middle: tuple[float, float] = (0.2, 0.8)  # shares of the votes between which they count as disagreeing
    least_votes: int = 3  # two that agree may both be wrong
    reach_s: float = 0.5  # how far the first or last turning point may move outwards
    least_share: float = 0.5  # of the usual swing: a signal in which some repetition is smaller does not show it


TRUST: Final = SignalTrust()
# Straight signals are equally clean. Which of them are used must not depend on the last bits of a track: with noise
# of 2e-7 in their visibility 20 of 93 real ones were timed differently, by up to 0.2 s.
DETOUR_DECIMALS = 6
# Limb movement in a lift lies below (Winter: 4 to 6 Hz); a lower cut-off would round its ends.
SHARP = Smoothing(cut_off_hz=8.0)


@dataclass(frozen=True, slots=True, eq=False)
class TimedSignal:
    """A signal scaled to 0 at rest and 1 at the turns, its own turning points, and its path beyond the straight one."""

    values: Array
    extremes: Indices
    detour: float
    kind: str


def time_cycles(body: Body, extremes: Indices, joint: str) -> list[Phases] | None:
    """The phases of each cycle between the turning points `extremes`; None where no signal shows them.

    `body` should be smoothed as little as its noise allows: every low-pass makes movements longer.
    """
    views = [view for signal in signals_of(body) if (view := _timed_signal(signal, extremes, joint))]
    fitted = [(view, chain) for view in _chosen(views) if (chain := _fitted(body.times_s, view))]
    if not fitted:
        return None
    weights = np.array([_weight(view, chain) for view, chain in fitted])
    starts_s, ends_s = (np.array([getattr(chain, name) for _, chain in fitted]) for name in ("starts_s", "ends_s"))
    heard = weights * [view.kind != "place" for view, _ in fitted]
    spread_s = np.maximum(vote_spread(starts_s, heard), vote_spread(ends_s, heard))
    phases = _phases(_quantile(starts_s, weights, 0.5), _quantile(ends_s, weights, 0.5), spread_s)
    return phases if all(one.leaves_s < one.turn_s < one.returns_s for one in phases) else None


def refine_extremes(signal: Array, extremes: Indices, reach: int) -> Indices:
    """The same turning points moved to the extremes of `signal`, which is low at rest.

    Each turn lies between its neighbours, each rest between turns, the outer ones up to `reach` frames further out.
    Points that would come out of order stay where they were.
    """
    turns = [int(a + signal[a : b + 1].argmax()) for a, b in zip(extremes[0:-2:2], extremes[2::2], strict=True)]
    inner = [int(a + signal[a : b + 1].argmin()) for a, b in pairwise(turns)]
    first_from, last_to = max(0, int(extremes[0]) - reach), min(len(signal), int(extremes[-1]) + reach + 1)
    first = first_from + int(signal[first_from : turns[0] + 1].argmin())
    last = turns[-1] + int(signal[turns[-1] : last_to].argmin())
    points = [first, *(index for pair in zip(turns, [*inner, last], strict=True) for index in pair)]
    return np.array(points) if all(b > a for a, b in pairwise(points)) else extremes


def _timed_signal(signal: Signal, extremes: Indices, joint: str) -> TimedSignal | None:
    kind = _kind(signal, joint)
    swing = float(np.median(signal.values[extremes[1::2]]) - np.median(signal.values[extremes[0::2]]))
    if kind is None or not abs(swing) >= TRUST.smallest_swing:
        return None
    turned = signal.values * np.sign(swing)
    points = refine_extremes(turned, extremes, grid_steps(TRUST.reach_s))
    swings = np.abs(np.diff(turned[points]))
    usual = float(np.median(swings))
    if swings.min() < TRUST.least_share * usual:
        return None
    path = float(np.abs(np.diff(turned[points[0] : points[-1] + 1])).sum())
    values = (turned - np.median(turned[points[0::2]])) / usual
    detour = round(path / float(swings.sum()) - 1, DETOUR_DECIMALS)
    return TimedSignal(values, points, detour, kind)


def _kind(signal: Signal, joint: str) -> str | None:
    """The field of `SignalTrust` for this signal; None for kinds that show a time badly."""
    if signal.family.endswith("_angle"):
        own = signal.name.split()[1] == joint
        return ("joint_in_picture" if signal.family == "image_angle" else "joint_in_space") if own else "other_angle"
    if signal.family.startswith(("component", "change")):
        return "component"
    return "place" if signal.family in ("height", "offset", "distance") else None


def _chosen(views: Iterable[TimedSignal]) -> list[TimedSignal]:
    """The cleanest of each kind; all but the very cleanest must be clean enough."""
    ordered = sorted(views, key=lambda view: view.detour)
    asked = [
        view for kind in dict.fromkeys(view.kind for view in ordered) for view in _first(ordered, kind, TRUST.each)
    ]
    return [view for view in asked if view is ordered[0] or view.detour <= TRUST.longest_detour]


def _first(ordered: list[TimedSignal], kind: str, count: int) -> list[TimedSignal]:
    return [view for view in ordered if view.kind == kind][:count]


def _fitted(times_s: Array, view: TimedSignal) -> Chain | None:
    moves = [move_times(times_s, view.values, int(a), int(b)) for a, b in pairwise(view.extremes)]
    try:
        return fit_chain(times_s, view.values, np.array(moves))
    except np.linalg.LinAlgError:
        return None


def _weight(view: TimedSignal, chain: Chain) -> float:
    doubt = TRUST.detour_noise + view.detour + chain.noise
    return float(getattr(TRUST, view.kind) / doubt)


def vote_spread(values: Array, weights: Array) -> Array:
    """(H,) the range of the middle of the votes in each column of (S, H); NaN where there are too few."""
    if np.count_nonzero(weights) < TRUST.least_votes:
        return np.full(values.shape[1], np.nan)
    low, high = TRUST.middle
    return _quantile(values, weights, high) - _quantile(values, weights, low)


def _quantile(values: Array, weights: Array, share: float) -> Array:
    """(H,) the weighted quantile of each column of (S, H)."""
    order = np.argsort(values, axis=0)
    reached = np.cumsum(weights[order], axis=0) >= weights.sum() * share
    return np.asarray(np.take_along_axis(values, order, axis=0)[reached.argmax(axis=0), np.arange(values.shape[1])])


def _phases(starts_s: Array, ends_s: Array, spread_s: Array) -> list[Phases]:
    """The phases of each cycle; where the median end lies behind the next start, they meet half way."""
    met = (ends_s[:-1] + starts_s[1:]) / 2
    ends, starts = (
        np.append(np.minimum(ends_s[:-1], met), ends_s[-1]),
        np.append(starts_s[0], np.maximum(starts_s[1:], met)),
    )
    spread = np.maximum(spread_s[0::2], spread_s[1::2])
    rows = zip(starts[0::2], ends[0::2], starts[1::2], ends[1::2], spread, strict=True)
    return [Phases(*(float(time_s) for time_s in row)) for row in rows]
