"""Run a generator in a thread, a few items ahead: decoding goes on while the pose network works on another core."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")

DEPTH = 8  # frames of 640 px: 6 MB


class Ahead(Generic[Item]):
    """Iterates over `items`, made in a thread of its own; `busy_s` is how long making them took.

    An error of the source is raised at the place where its item would have come. Leaving early stops the thread.
    """

    def __init__(self, items: Iterable[Item], depth: int = DEPTH) -> None:
        self._items = items
        self._ready: queue.Queue[tuple[str, Item | BaseException | None]] = queue.Queue(depth)
        self._left = threading.Event()
        self.busy_s = 0.0

    def __iter__(self) -> Iterator[Item]:
        thread = threading.Thread(target=self._make, daemon=True)
        thread.start()
        try:
            while True:
                kind, item = self._ready.get()
                if kind == "item":
                    yield item  # type: ignore[misc]
                elif kind == "error":
                    raise item  # type: ignore[misc]
                else:
                    return
        finally:
            self._left.set()
            while thread.is_alive():
                self._drain()
                thread.join(0.01)

    def _make(self) -> None:
        source = iter(self._items)
        while not self._left.is_set():
            started = time.perf_counter()
            try:
                item = next(source)
            except StopIteration:
                self._ready.put(("end", None))
                return
            except BaseException as error:  # noqa: BLE001  (carried to the thread that iterates, and raised there)
                self._ready.put(("error", error))
                return
            finally:
                self.busy_s += time.perf_counter() - started
            self._ready.put(("item", item))

    def _drain(self) -> None:
        while not self._ready.empty():
            self._ready.get_nowait()
