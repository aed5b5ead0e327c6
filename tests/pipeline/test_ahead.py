"""A generator that runs ahead in a thread: same items, same error, no thread left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from pipeline.ahead import Ahead


def counting(stop: int, error: Exception | None = None) -> Iterator[int]:
    yield from range(stop)
    if error:
        raise error


def test_items_come_in_order() -> None:
    assert list(Ahead(counting(100), depth=3)) == list(range(100))


def test_an_error_is_raised_where_its_item_would_have_come() -> None:
    seen: list[int] = []
    with pytest.raises(ValueError, match="broken"):
        seen.extend(iter(Ahead(counting(5, ValueError("broken")))))
    assert seen == [0, 1, 2, 3, 4]


def test_leaving_early_ends_the_thread() -> None:
    before = threading.active_count()
    for number in Ahead(counting(1_000_000)):
        if number == 3:
            break
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before


def test_the_time_of_making_is_told_and_waiting_is_not() -> None:
    def slow() -> Iterator[int]:
        for number in range(5):
            time.sleep(0.02)
            yield number

    made = Ahead(slow(), depth=1)
    for _ in made:
        time.sleep(0.05)
    assert 0.1 <= made.busy_s < 0.2
