"""The time of making items is told, the time of waiting for whoever uses them is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from pipeline.stopwatch import Stopwatch

MAKING_S, USING_S = 0.02, 0.05


@dataclass
class Hands:
    """A clock that goes on only where it is told to."""

    now_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr("pipeline.stopwatch.time.perf_counter", hands)
    return hands


def slow(count: int, clock: Hands) -> Iterator[int]:
    for number in range(count):
        clock.now_s += MAKING_S
        yield number


def test_only_making_is_timed(clock: Hands) -> None:
    watch, seen = Stopwatch(), []
    for number in watch.timed(slow(5, clock)):
        clock.now_s += USING_S
        seen.append(number)
    assert seen == [0, 1, 2, 3, 4]
    assert watch.seconds == pytest.approx(5 * MAKING_S)


def test_several_sources_add_up(clock: Hands) -> None:
    watch = Stopwatch()
    assert list(watch.timed(slow(2, clock))) == list(watch.timed(slow(2, clock)))
    assert watch.seconds == pytest.approx(4 * MAKING_S)


def test_an_error_passes() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(Stopwatch().timed(broken()))
