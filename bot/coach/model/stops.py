"""Pieces of text with the stop strings kept out, although one may come in several pieces."""

from __future__ import annotations

from collections.abc import Sequence


class StopFilter:
    """Passes text on as far as it can't be the beginning of a stop string; `over` once one was met."""

    def __init__(self, stop: Sequence[str]) -> None:
        self._stop = tuple(stop)
        self._held = ""
        self.over = False

    def feed(self, piece: str) -> str:
        """What may be passed on now."""
        text, self._held = self._held + piece, ""
        found = [at for at in (text.find(one) for one in self._stop) if at >= 0]
        if found:
            self.over = True
            return text[: min(found)]
        kept = self._possible_start(text)
        self._held = text[len(text) - kept :]
        return text[: len(text) - kept]

    def flush(self) -> str:
        """What was held back and proved to be no stop string."""
        text, self._held = self._held, ""
        return "" if self.over else text

    def _possible_start(self, text: str) -> int:
        """How many characters at the end could begin a stop string."""
        longest = max((len(one) for one in self._stop), default=0)
        sizes = range(min(len(text), longest - 1), 0, -1)
        return next((size for size in sizes if any(one.startswith(text[-size:]) for one in self._stop)), 0)
