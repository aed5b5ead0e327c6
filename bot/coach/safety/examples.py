"""The examples that the safety gate knows, and the judge that learned them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from bot.coach.evaluation.asked import names, read_lines
from bot.coach.hearing.intents import listed
from bot.coach.hearing.learned import fingerprint, stored
from bot.coach.hearing.lexicon import Lexicon
from bot.coach.hearing.patterns import expanded
from bot.coach.language import load
from bot.coach.safety.likeness import ORDINARY, Judge, Lessons, Reading, Weights

MEANT = frozenset({"my", "not", "no", "cant", "dont"})  # mean little in a question on a set, much in a cry for help
FILE = "gate"


@cache
def judge() -> Judge:
    """The one that knows all examples. Where the file is of other ones it learns first, which takes seconds."""
    read = reading()
    kept = stored(FILE, lists())
    if kept is not None:
        return Judge(read, Lessons.of_arrays(kept, read.weights.unknown_share))
    from bot.coach.safety.likeness_fit import learned  # here, because scipy.optimize takes a while to load

    return Judge(read, learned(examples(), read))


@cache
def reading() -> Reading:
    """By what the gate judges: the concepts of data/symptoms.toml among it."""
    symptoms, plain = load("data/symptoms.toml"), frozenset(load("data/concepts.toml")["plain"]) - MEANT
    return Reading(Lexicon(symptoms["concepts"], symptoms["small"]), plain, Weights())


def lists() -> str:
    """The fingerprint of all that the gate learns from."""
    tables = ("data/symptoms.toml", "data/shorthand.toml")
    return fingerprint(Weights(), sorted(reading().plain), *(load(name) for name in tables), examples())


def examples() -> Mapping[str, str]:
    """Every example, text to kind; where a text comes twice, the later kind holds."""
    return dict(_examples())


def _examples() -> Iterator[tuple[str, str]]:
    yield from ((text, ORDINARY) for text, _ in listed())
    for name in ("data/alarm_patterns.toml", "data/alarms.toml"):
        for kind, patterns in load(name).items():
            yield from ((text, kind) for pattern in patterns for text in expanded(pattern))
    yield from ((line, ORDINARY) for name in names("ordinary") for line in read_lines(name))
    acute = (line.split("|") for name in names("acute") for line in read_lines(name))
    yield from ((text.strip(), kind.strip()) for kind, text in acute)
