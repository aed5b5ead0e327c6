"""One pass over a beat finds the repetitions that were put into it, and nothing where nothing was."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.motion.beat import LogBeat
from pipeline.motion.segments import segments
from pipeline.values import Indices


def beat_with(sets: Sequence[Sequence[int]], frames: int) -> LogBeat:
    """What a good network would say of sets whose repetitions lie between these frames."""
    busy, rate = np.full(frames, 0.03), np.full(frames, 0.002)
    edge, middle = np.full(frames, 0.01), np.full(frames, 0.01)
    at = np.arange(frames)
    for edges in sets:
        busy[edges[0] : edges[-1]] = 0.97
        for frame in edges:
            edge = np.maximum(edge, 0.7 * np.exp(-(((at - frame) / 2) ** 2) / 2))
        for start, end in pairwise(edges):
            middle = np.maximum(middle, 0.7 * np.exp(-(((at - (start + end) / 2) / 2) ** 2) / 2))
            rate[start:end] = 1 / (end - start)
    return LogBeat(busy, edge, middle, rate)


def counts(runs: Sequence[Indices]) -> list[int]:
    return [len(run) - 1 for run in runs]


lengths = st.lists(st.integers(18, 24), min_size=1, max_size=12)


@given(lengths, st.integers(0, 60))
def test_every_repetition_is_found_where_it_is(seconds: list[int], start: int) -> None:
    edges = (start + np.concatenate([[0], np.cumsum(seconds)])).tolist()
    runs = segments(beat_with([edges], edges[-1] + 40))
    assert counts(runs) == [len(seconds)]
    assert np.abs(runs[0] - edges).max() <= 3  # frames, 0.24 s


@given(lengths, lengths, st.integers(50, 150))
def test_sets_with_rest_between_stay_apart(one: list[int], other: list[int], rest: int) -> None:
    first = 20 + np.concatenate([[0], np.cumsum(one)])
    second = first[-1] + rest + np.concatenate([[0], np.cumsum(other)])
    runs = segments(beat_with([first.tolist(), second.tolist()], int(second[-1]) + 30))
    assert counts(runs) == [len(one), len(other)]


@given(st.integers(1, 400))
def test_where_nothing_goes_on_there_is_no_repetition(frames: int) -> None:
    assert segments(beat_with([], frames)) == []


def test_the_tempo_may_change_from_set_to_set() -> None:
    slow, quick = list(range(10, 211, 50)), list(range(300, 381, 10))
    assert counts(segments(beat_with([slow, quick], 420))) == [4, 8]
