"""What a model has read of several conversations, so that users who take turns don't have theirs read anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.coach.model.prompt import Prompt


@dataclass(frozen=True, slots=True)
class Kept:
    """The tokens of one conversation as far as they were read, and the model's state after them."""

    tokens: tuple[int, ...]
    state: bytes


class Shelf:
    """The conversations that were laid aside last, at most `most` of them, each by what it is about."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, about: str, kept: Kept) -> None:
        """It is kept; the one that was laid aside first falls out where there is no more room."""
        self._kept[about] = kept
        self._kept.move_to_end(about)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def take(self, about: str) -> Kept | None:
        """What was kept of that conversation, which is no longer kept."""
        return self._kept.pop(about, None)

    def clear(self) -> None:
        """Nothing is kept."""
        self._kept.clear()


def about(prompt: Prompt) -> str:
    """What tells one conversation from another: the facts at its beginning; empty for the system part alone."""
    return prompt.turns[0].text if prompt.turns else ""


def shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two prompts begin with in common."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))
