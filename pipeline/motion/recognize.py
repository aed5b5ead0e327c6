"""Recognise which exercise a sensor log shows: windows and whole sets -> networks -> calibrated answers.

    scores = score_windows(log)
    name_spans(scores, spans_s)         what was trained in each of the log's sets

`resting.py` finds when nothing was. The network has more classes than the catalogue has exercises, where a sensor tells
apart what a camera cannot (a squat with a bar from one without); their probabilities add up to the exercise's.
`pipeline/weights/motion.md` is its card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.catalogue import find
from pipeline.motion.network import REST, LogNetwork, network
from pipeline.motion.set_network import SetNetwork, with_evidence
from pipeline.motion.signals import RATE_HZ
from pipeline.motion.windows import Frames, cut, even
from pipeline.recognize.decide import NO_EXERCISE, Answers, decide, pool, softmax
from pipeline.values import UNKNOWN, Array, MotionLog, Recognition

MARGIN_S: Final = 1.0  # windows nearer to the ends of a span see much of what is beside it


@dataclass(frozen=True, slots=True, eq=False)
class WindowScores:
    """The network's answer for each window of a log: times_s (W,) of their centres, probability (W, C) of the classes.

    Classes are the network's own, "rest" and "unknown" last. `frames` is the log itself, for the network of whole sets.
    """

    times_s: Array
    classes: tuple[str, ...]
    probability: Array
    has_gravity: bool = True
    frames: Frames | None = None

    def __post_init__(self) -> None:
        shape = (len(self.times_s), len(self.classes))
        if self.probability.shape != shape:
            raise ValueError(f"probability must be {shape}, got {self.probability.shape}")

    def of(self, name: str) -> Array:
        """(W,) probability of one class."""
        return np.asarray(self.probability[:, self.classes.index(name)])


def score_windows(log: MotionLog) -> WindowScores:
    """The answers of the log's windows, a second apart; none where it is shorter than half a second."""
    net, frames = network(), even(log)
    seen = cut(frames)
    return WindowScores(seen.centres_s, net.classes, np.exp(net.log_probabilities(seen)), log.has_gravity, frames)


def name_span(scores: WindowScores, start_s: float, end_s: float, net: LogNetwork | None = None) -> Recognition:
    """What was trained between two times: a catalogue slug, "no_exercise", or "unknown" with three names to ask about.

    Raises ValueError where there is no window at all.
    """
    return name_spans(scores, [(start_s, end_s)], net)[0]


def name_spans(
    scores: WindowScores, spans_s: Sequence[tuple[float, float]], net: LogNetwork | None = None
) -> tuple[Recognition, ...]:
    """The same for the sets of one log, which inform each other (see `SetNetwork.log_evidences`)."""
    chosen = net or network()
    said = chosen.calibrated(has_gravity=scores.has_gravity)
    sets = chosen.of_sets(has_gravity=scores.has_gravity)
    told = _told(scores, spans_s, sets)
    named = [
        class_probabilities(scores, span_s, said.temperature, sets, one)
        for span_s, one in zip(spans_s, told, strict=True)
    ]
    return tuple(decide(answers(by_class), said.working_point) for by_class in named)


def class_probabilities(
    scores: WindowScores,
    span_s: tuple[float, float],
    temperature: float,
    sets: SetNetwork | None = None,
    told: Array | None = None,
) -> dict[str, float]:
    """Calibrated probabilities of the network's own classes for a span.

    `told`: the answer of the network of whole sets, if it has one.
    """
    windows_logs = np.log(scores.probability[_inside(scores, *span_s)] + 1e-12)
    likely = softmax(pooled_logs(windows_logs, scores.classes, sets, told), temperature)
    return dict(zip(scores.classes, likely.tolist(), strict=True))


def pooled_logs(window_logs: Array, classes: tuple[str, ...], sets: SetNetwork | None, told: Array | None) -> Array:
    """(C,) log probabilities of a set by its windows (W, C) and, where there is an answer, by its network of whole
    sets.

    Without gravity windows tell exercises apart so poorly that only the whole set is used.
    """
    pooled = pool(window_logs)
    if sets is None or told is None:
        return pooled
    return with_evidence(pooled, classes, sets.classes, told, alone=not sets.gravity)


def _told(
    scores: WindowScores, spans_s: Sequence[tuple[float, float]], sets: SetNetwork | None
) -> Sequence[Array | None]:
    """What each set as a whole tells."""
    if sets is None or scores.frames is None:
        return [None] * len(spans_s)
    return sets.log_evidences([_span(scores.frames, *span_s) for span_s in spans_s])


def answers(by_class: Mapping[str, float]) -> Answers:
    """The probabilities by the catalogue's names: classes of one exercise added up, "unknown" last."""
    totals: dict[str, float] = {}
    for name, probability in by_class.items():
        totals[catalogue_name(name)] = totals.get(catalogue_name(name), 0.0) + probability
    return Answers(tuple(totals), np.array(list(totals.values())))


@cache
def taught() -> frozenset[str]:
    """Slugs of the exercises that the shipped network knows."""
    return frozenset(map(catalogue_name, network().classes)) - {NO_EXERCISE, UNKNOWN}


@cache
def catalogue_name(name: str) -> str:
    """The exercise of a class of the network. Raises ValueError where the catalogue has none."""
    if name in (REST, UNKNOWN):
        return NO_EXERCISE if name == REST else UNKNOWN
    entry = find(name)
    if entry is None:
        raise ValueError(f"the catalogue holds nothing called {name!r}")
    return entry.name


def _span(frames: Frames, start_s: float, end_s: float) -> Array:
    """The acceleration (T, 3) between two times."""
    first, last = (max(0, round((at_s - frames.start_s) * RATE_HZ)) for at_s in (start_s, end_s))
    return np.asarray(frames.values[first : last + 1, :3])


def _inside(scores: WindowScores, start_s: float, end_s: float) -> npt.NDArray[np.intp]:
    """Indices of the windows well inside a span; else of those inside it; else of the nearest to its middle."""
    if not len(scores.times_s):
        raise ValueError("there is no window to name anything by")
    for margin_s in (MARGIN_S, 0.0):
        found = np.flatnonzero((scores.times_s >= start_s + margin_s) & (scores.times_s <= end_s - margin_s))
        if len(found):
            return found
    return np.array([np.abs(scores.times_s - (start_s + end_s) / 2).argmin()])
