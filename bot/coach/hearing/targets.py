"""A length in seconds that the phases of a set are held against: "was every lowering at least three seconds"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.coach.hearing.followups import of_lifting, of_lowering
from bot.coach.hearing.numbered import NUMBER_WORDS
from bot.coach.words import folded

Phase = Literal["lowering", "lifting"]

SECONDS = re.compile(
    rf"\b(?P<number>\d(?:\.\d)?|{'|'.join(NUMBER_WORDS)})[\s-]?(?:s|secs?|seconds?)\b|(?P<korean>\d(?:\.\d)?) ?초"
)
HELD_AGAINST = re.compile(
    r"\b(?:at least|or more|minimum|over|more than|longer than|every|each|all|enough"
    r"|(?:did|was|were) (?:i|my|it|that|the)|have i|wants?|told|supposed|prescribed|meant)\b"
    r"|이상|넘|매번|전부|모두|다 |했나|했어|지켰"
)
ASKED_HOW_LONG = re.compile(r"\bhow (?:long|many|much)\b|\bshould\b|\bwhich\b|몇|얼마")


@dataclass(frozen=True, slots=True)
class Target:
    """At least so many seconds of a phase."""

    phase: Phase
    seconds: float


def target_of(text: str) -> Target | None:
    """What a message holds the set's phases against; None where it asks for nothing of the kind."""
    said = folded(text)
    found = SECONDS.search(said)
    if found is None or not HELD_AGAINST.search(said) or ASKED_HOW_LONG.search(said):
        return None
    lowers, lifts = of_lowering(said), of_lifting(said)
    if lowers == lifts:
        return None
    number = found["number"] or found["korean"]
    seconds = float(NUMBER_WORDS.index(number) + 1) if number in NUMBER_WORDS else float(number)
    return Target("lowering" if lowers else "lifting", seconds)
