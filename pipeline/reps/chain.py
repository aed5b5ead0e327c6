"""Fit holds and moves to one signal: when each movement of a set leaves its rest and when it arrives.

A set is a chain: still, away, still, back, still. Each hold is a level; each move leads from one level to the next
along the incomplete beta function, whose two shape numbers give an even speed (1, 1), nearly a half cosine (2, 2) and
minimum jerk (3, 3 exactly; Flash & Hogan 1985), and lopsided curves where they differ. All moves there share one shape,
all moves back another: a person lifts alike within a set. So a shape learned from ten lifts shows where each begins and
ends, which no threshold on a noisy speed can. Damped least squares (Marquardt 1963).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.reps.beta_curve import beta_cdf, beta_pdf
from pipeline.values import Array, Indices


@dataclass(frozen=True, slots=True)
class ChainRule:
    """Settings of the fit. Chosen on the tuned takes of tests/pipeline/timing_takes.py, exact and through pixels."""

    usual_shape: float = 2.4  # between a half cosine and minimum jerk
    shape_spread: float = 0.2  # standard deviation of its logarithm: a prior, weighed against the signal's noise
    together: float = 5.0  # neighbouring frames whose errors are alike: the track's jitter has about 6 Hz
    least_noise: float = 0.0015  # of the range: no camera is better
    middle: tuple[float, float] = (0.3, 0.7)  # shares of a move's time between which it may stall freely
    middle_weight: float = 0.25
    still_band: float = (
        0.08  # of the range: how near the body stays to its level before the first and after the last move
    )
    least_move_s: float = 0.1
    longest_step_s: float = 0.1
    shape_step: float = 0.2
    rounds: tuple[int, int] = (8, 20)  # with a narrow shape first, then with one as free as the noise allows
    first_pull: float = 0.01


RULE: Final = ChainRule()


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """A fitted chain.

    starts_s and ends_s (H,) of the moves, alternately there and back; levels (H + 1,); shapes (2, 2): natural logs of
    the beta function's numbers, of the moves there and back; noise: root mean square residual.
    """

    starts_s: Array
    ends_s: Array
    levels: Array
    shapes: Array
    noise: float = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Misfit:
    """Residuals (T,) and their derivatives by each parameter (T, P), weighted; cost includes the prior of the
    shapes.
    """

    residual: Array
    slopes: Array
    cost: float


def fit_chain(times_s: Array, signal: Array, moves_s: Array) -> Chain:
    """The chain nearest to the signal (T,), which is 0 at rest and 1 at the turns.

    moves_s (H, 2): first guess of each move's start and end. Raises numpy.linalg.LinAlgError where the signal does not
    hold enough of a movement.
    """
    inside = _around(times_s, signal, moves_s)
    times, values = times_s[inside], signal[inside]
    at = np.append(moves_s[:, 0], moves_s[-1, 1])
    shapes = np.full((2, 2), np.log(RULE.usual_shape))
    chain = _in_order(Chain(moves_s[:, 0], moves_s[:, 1], np.interp(at, times, values), shapes), times)
    chain = _descend(times, values, chain, RULE.first_pull, RULE.rounds[0])
    noise = max(chain.noise, RULE.least_noise)
    pull = noise * np.sqrt(RULE.together / len(times)) / RULE.shape_spread
    return _descend(times, values, chain, pull, RULE.rounds[1])


def chain_values(times_s: Array, chain: Chain) -> tuple[Array, Array]:
    """(T,) the chain at each time, and (T, 3 H + 5) its derivatives by starts, ends, levels and shapes."""
    count = len(chain.starts_s)
    half = np.searchsorted(chain.starts_s, times_s, side="right") - 1
    rows = np.arange(len(times_s))
    values = chain.levels[half + 1]
    slopes = np.zeros((len(times_s), 3 * count + 5))
    slopes[rows, 2 * count + half + 1] = 1.0
    move_times = rows[(half >= 0) & (times_s < chain.ends_s[half])]
    j = half[move_times]
    length, step = (chain.ends_s - chain.starts_s)[j], np.diff(chain.levels)[j]
    share = np.clip((times_s[move_times] - chain.starts_s[j]) / length, 1e-9, 1 - 1e-9)
    way, speed, bends = _along(share, j % 2, np.exp(chain.shapes))
    speed *= step / length
    values[move_times] = chain.levels[j] + step * way
    slopes[move_times, j], slopes[move_times, count + j] = speed * (share - 1), -speed * share
    slopes[move_times, 2 * count + j], slopes[move_times, 2 * count + j + 1] = 1 - way, way
    for column, bend in enumerate(bends):
        slopes[move_times, 3 * count + 1 + 2 * (j % 2) + column] = step * bend
    return values, slopes


def _along(share: Array, direction: Indices, shapes: Array) -> tuple[Array, Array, Array]:
    """Progress (T,) and speed (T,) at each share of a move's time, and the derivatives of progress (2, T) by the
    shape's logs.

    direction is 0 there and 1 back; shapes has a row for each.
    """
    way, speed, bends = np.empty_like(share), np.empty_like(share), np.empty((2, len(share)))
    nudge = 1e-3
    for number, (one, other) in enumerate(shapes):
        here = direction == number
        way[here], speed[here] = beta_cdf(one, other, share[here]), beta_pdf(one, other, share[here])
        bends[0, here] = (beta_cdf(one * np.exp(nudge), other, share[here]) - way[here]) / nudge
        bends[1, here] = (beta_cdf(one, other * np.exp(nudge), share[here]) - way[here]) / nudge
    return way, speed, bends


def _around(times_s: Array, signal: Array, moves_s: Array) -> slice:
    """The range of frames from before the first move to after the last, as far as the signal stays near its level
    there.
    """
    first, last = (int(index) for index in np.searchsorted(times_s, [moves_s[0, 0], moves_s[-1, 1]]))
    last = min(last, len(times_s) - 1)
    before = np.flatnonzero(np.abs(signal[:first] - signal[first]) >= RULE.still_band)
    after = np.flatnonzero(np.abs(signal[last:] - signal[last]) >= RULE.still_band)
    return slice(int(before[-1]) + 1 if len(before) else 0, last + int(after[0]) if len(after) else len(times_s))


def _descend(times_s: Array, values: Array, chain: Chain, pull: float, rounds: int) -> Chain:
    """The chain after at most `rounds` steps of damped least squares; `pull` is the weight of the prior shape."""
    now, damping = _misfit(times_s, values, chain, pull), 1e-3
    for _ in range(rounds):
        tried = _in_order(_stepped(chain, now, damping, pull * np.sqrt(len(times_s))), times_s)
        then = _misfit(times_s, values, tried, pull)
        if not then.cost < now.cost:
            damping *= 5
            continue
        settled = now.cost - then.cost < 1e-4 * now.cost
        chain, now, damping = tried, then, max(damping / 5, 1e-6)
        if settled:
            break
    return replace(chain, noise=float(np.sqrt(np.mean(now.residual**2))))


def _misfit(times_s: Array, values: Array, chain: Chain, pull: float) -> Misfit:
    expected, slopes = chain_values(times_s, chain)
    half = np.clip(np.searchsorted(chain.starts_s, times_s, side="right") - 1, 0, None)
    share = (times_s - chain.starts_s[half]) / (chain.ends_s - chain.starts_s)[half]
    weight = np.where((share > RULE.middle[0]) & (share < RULE.middle[1]), RULE.middle_weight, 1.0)
    residual = (values - expected) * weight
    bent = (chain.shapes - np.log(RULE.usual_shape)) * pull * np.sqrt(len(times_s))
    return Misfit(residual, slopes * weight[:, None], float((residual**2).sum() + (bent**2).sum()))


def _stepped(chain: Chain, misfit: Misfit, damping: float, pull: float) -> Chain:
    count = len(chain.starts_s)
    normal, wanted = misfit.slopes.T @ misfit.slopes, misfit.slopes.T @ misfit.residual
    shapes = slice(3 * count + 1, None)
    normal[shapes, shapes] += pull**2 * np.eye(4)
    wanted[shapes] -= pull**2 * (chain.shapes - np.log(RULE.usual_shape)).ravel()
    normal[np.diag_indices_from(normal)] *= 1 + damping
    step = np.linalg.solve(normal + 1e-9 * np.eye(len(normal)), wanted)
    times = np.clip(step[: 2 * count], -RULE.longest_step_s, RULE.longest_step_s)
    bend = np.clip(step[shapes], -RULE.shape_step, RULE.shape_step).reshape(2, 2)
    return Chain(
        chain.starts_s + times[:count],
        chain.ends_s + times[count:],
        chain.levels + step[2 * count : 3 * count + 1],
        np.clip(chain.shapes + bend, np.log(1.1), np.log(8.0)),
    )


def _in_order(chain: Chain, times_s: Array) -> Chain:
    """The chain within the signal's time; a move that would start before the last one ended starts where that ends."""
    starts, ends = np.maximum(chain.starts_s, times_s[0]), np.minimum(chain.ends_s, times_s[-1])
    met = (ends[:-1] + starts[1:]) / 2
    ends[:-1], starts[1:] = np.minimum(ends[:-1], met), np.maximum(starts[1:], met)
    return replace(chain, starts_s=np.minimum(starts, ends - RULE.least_move_s), ends_s=ends)
