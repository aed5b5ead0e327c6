"""Measure how long an iterable takes to produce its items."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


class Stopwatch:
    """Adds up the seconds that `timed` iterables take to produce their items, in any thread."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._adding = threading.Lock()

    def timed(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items; the time to produce each is added."""
        source = iter(items)
        while True:
            started = time.perf_counter()
            try:
                item = next(source)
            except StopIteration:
                return
            finally:
                with self._adding:
                    self.seconds += time.perf_counter() - started
            yield item
