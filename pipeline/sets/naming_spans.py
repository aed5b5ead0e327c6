"""Find where the exercise changes: split a track in two, recursively, where both sides surely show something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.recognize.channels import channels
from pipeline.recognize.decide import FLOOR, Answers, decide, pool
from pipeline.recognize.network import network
from pipeline.recognize.summary import summarize
from pipeline.recognize.windows import FRAMES, RATE_HZ, together, windows
from pipeline.sets.stretches import part_of
from pipeline.values import UNKNOWN, Array, PoseTrack, Recognition


@dataclass(frozen=True, slots=True)
class NamingRules:
    """When a track is split.

    hop_s: seconds from one window to the next. shortest_s: a shorter span (one window) is not split off. gain: how much
    likelier two names must be than one (natural log, summed over the windows, which overlap). sure: least probability
    of each side's own family; beyond: highest probability of the other side's.
    """

    hop_s: float = 0.75
    shortest_s: float = 5.0
    gain: float = 4.0
    sure: float = 0.6
    beyond: float = 0.05


RULES: Final = NamingRules()
_WINDOW_S = FRAMES / RATE_HZ


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A span in which the body does one thing.

    name may be "unknown"; family is the likeliest one, and another than that of the span before.
    """

    start_s: float
    end_s: float
    recognition: Recognition
    family: str


def named_spans(track: PoseTrack) -> tuple[NamedSpan, ...]:
    """What is done when, from the first to the last frame; one span where nothing shows that there are two."""
    middles_s, logs = _seen(track)
    start_s, end_s = float(track.times_s[0]), float(track.times_s[-1])
    return tuple(_split(middles_s, logs, start_s, end_s))


def _seen(track: PoseTrack) -> tuple[Array, Array]:
    """(N,) middles of the windows in seconds, and their log probabilities (N, K)."""
    first, last = float(track.times_s[0]), float(track.times_s[-1]) - _WINDOW_S
    starts = np.arange(first, max(last, first) + 1e-6, RULES.hop_s)
    cut = [(start, windows(part_of(track, start, start + _WINDOW_S)).rows(slice(1))) for start in starts]
    known = [(start, window) for start, window in cut if len(window)]
    if not known:
        return np.zeros(0), np.zeros((0, len(network().names)))
    summaries = summarize(channels(together([window for _, window in known])))
    return np.array([start for start, _ in known]) + _WINDOW_S / 2, network().log_probabilities(summaries)


def _split(middles_s: Array, logs: Array, start_s: float, end_s: float) -> list[NamedSpan]:
    at = _best_cut(middles_s, logs, start_s, end_s)
    if at is None:
        return [_span(logs, start_s, end_s)]
    left, right = middles_s < at, middles_s >= at
    return [
        *_split(middles_s[left], logs[left], start_s, at),
        *_split(middles_s[right], logs[right], at, end_s),
    ]


def _best_cut(middles_s: Array, logs: Array, start_s: float, end_s: float) -> float | None:
    """The cut where two names explain the windows best; None where one does as well, or a side is not sure."""
    chances = np.log(np.exp(logs) + FLOOR)
    best, found = RULES.gain, None
    for index in range(1, len(middles_s)):
        at = float(middles_s[index])
        if at - start_s < RULES.shortest_s or end_s - at < RULES.shortest_s:
            continue
        gain = chances[:index].sum(axis=0).max() + chances[index:].sum(axis=0).max() - chances.sum(axis=0).max()
        if gain > best and _differ(_answers(logs[:index]), _answers(logs[index:])):
            best, found = float(gain), at
    return found


def _answers(logs: Array) -> Answers:
    return network().calibrated(pool(logs))


def _span(logs: Array, start_s: float, end_s: float) -> NamedSpan:
    if not len(logs):
        return NamedSpan(start_s, end_s, Recognition(UNKNOWN, 0.0), UNKNOWN)
    answers = _answers(logs)
    families = answers.families
    said = decide(answers, network().calibration.working_point)
    return NamedSpan(start_s, end_s, said, max(families, key=families.__getitem__))


def _differ(one: Answers, other: Answers) -> bool:
    """Whether each side is of a family that the other is not."""
    families, others = one.families, other.families
    mine, theirs = max(families, key=families.__getitem__), max(others, key=others.__getitem__)
    sure = UNKNOWN not in (mine, theirs) and min(families[mine], others[theirs]) >= RULES.sure
    return sure and mine != theirs and max(families[theirs], others[mine]) <= RULES.beyond
