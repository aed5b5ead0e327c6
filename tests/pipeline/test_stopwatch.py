"""The time of making items is told, the time of waiting for whoever uses them is not."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from pipeline.stopwatch import Stopwatch


def slow(count: int) -> Iterator[int]:
    for number in range(count):
        time.sleep(0.02)
        yield number


def test_only_making_is_timed() -> None:
    watch, seen = Stopwatch(), []
    for number in watch.timed(slow(5)):
        time.sleep(0.05)
        seen.append(number)
    assert seen == [0, 1, 2, 3, 4]
    assert 0.1 <= watch.seconds < 0.25


def test_several_sources_add_up() -> None:
    watch = Stopwatch()
    assert list(watch.timed(slow(2))) == list(watch.timed(slow(2)))
    assert watch.seconds >= 0.08


def test_an_error_passes() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(Stopwatch().timed(broken()))
