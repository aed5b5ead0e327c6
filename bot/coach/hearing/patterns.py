"""Ways of saying a thing written as one line: "[my|the] chest [hurts|aches]"."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence

SLOT = re.compile(r"\[([^\]]*)\]")
TIMES = 2  # that every alternative of the longest slot is used


def expanded(pattern: str) -> Iterator[str]:
    """Sentences of the pattern: every alternative is used, in combinations and in an order that are always the same."""
    fixed, slots = SLOT.split(pattern)[0::2], [slot.split("|") for slot in SLOT.split(pattern)[1::2]]
    many, rng = TIMES * max(map(len, slots), default=1), random.Random(pattern)
    for chosen in dict.fromkeys(zip(*(_shuffled(slot, many, rng) for slot in slots), strict=True)) or [()]:
        parts = itertools.zip_longest(fixed, chosen, fillvalue="")
        yield " ".join("".join(one + other for one, other in parts).split())


def _shuffled(slot: Sequence[str], many: int, rng: random.Random) -> list[str]:
    """So many of the alternatives, none a second time before all were used."""
    rounds = (rng.sample(slot, len(slot)) for _ in range(-(-many // len(slot))))
    return list(itertools.chain.from_iterable(rounds))[:many]
