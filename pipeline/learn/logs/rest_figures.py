"""How well work is told from rest, by answers about people that the networks were not trained on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.learn.logs.lessons import ANSWERS, ULIFT
from pipeline.learn.logs.recordings import REST, LabelledLog
from pipeline.learn.logs.trials import HOP, Trial
from pipeline.motion.recognize import WindowScores
from pipeline.motion.resting import rest_probability
from pipeline.motion.signals import RATE_HZ
from pipeline.values import UNKNOWN, Array, Mask


def work_and_rest(logs: Sequence[LabelledLog], plain: Trial) -> dict[str, dict[str, float]]:
    """On windows of 5 s of uLift's logs as recorded: each by itself, and smoothed where sets and rests of a person are
    put one after the other, a window over both left out."""
    of_ulift = np.array([one.data_set == ULIFT for one in logs])
    resting = np.array([one.label == REST for one in logs])
    alone = of_ulift[plain.of]
    smoothed = [_smoothed(plain, order) for order in _in_turn(logs, of_ulift, resting)]
    true = np.concatenate([resting[plain.of[rows]] for rows, _ in smoothed])
    return {
        "each by itself": _shares(resting[plain.of][alone], _looks_like_rest(np.exp(plain.window_logs[alone]))),
        "sets and rests in turn": _shares(true, np.concatenate([said for _, said in smoothed])),
    }


def _looks_like_rest(probability: Array) -> Mask:
    """Of windows (W, C): rest is likelier than every exercise together."""
    rest, unknown = (probability[:, ANSWERS.index(name)] for name in (REST, UNKNOWN))
    return np.asarray(2 * rest > 1 - unknown)


def _in_turn(logs: Sequence[LabelledLog], of_ulift: Mask, resting: Mask) -> list[npt.NDArray[np.int_]]:
    """For each person of uLift their logs: a set, a rest, a set, as far as both go."""
    orders = []
    for person in sorted({one.person for one, chosen in zip(logs, of_ulift, strict=True) if chosen}):
        own = np.array([one.person == person for one in logs])
        sets, rests = np.flatnonzero(own & ~resting), np.flatnonzero(own & resting)
        count = min(len(sets), len(rests))
        orders.append(np.stack([sets[:count], rests[:count]], axis=1).ravel())
    return [order for order in orders if len(order)]


def _smoothed(plain: Trial, order: npt.NDArray[np.int_]) -> tuple[npt.NDArray[np.int_], Mask]:
    """The windows of the logs one after the other, and which of them rest by what is before and after."""
    rows = np.concatenate([np.flatnonzero(plain.of == one) for one in order])
    times_s = np.arange(len(rows), dtype=np.float64) * (HOP / RATE_HZ)
    scores = WindowScores(times_s, ANSWERS, np.exp(plain.window_logs[rows]))
    return rows, rest_probability(scores) > 0.5


def _shares(true: Mask, said: Mask) -> dict[str, float]:
    shares = {"accuracy": said == true, "rest_found": said[true], "work_found": ~said[~true]}
    return {"windows": float(len(true)), **{name: round(float(np.mean(each)), 4) for name, each in shares.items()}}
