"""What a question names of what is stored: quantities, how they are summed up, and how two are compared."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import get_args

from bot.coach.facts import Facts
from bot.coach.facts.comparing import longest
from bot.coach.facts.quantities import QUANTITIES
from bot.coach.hearing.exercise_asked import current
from bot.coach.hearing.intents import Question
from bot.coach.hearing.scopes import FROM_TILL, GROUP, HALF, NEWEST, patterns
from bot.coach.hearing.sought import Aggregate, Form

PACED = frozenset({"lifting", "lowering"})
A_REP_NUMBERED = re.compile(r"\breps? ?#?\d|\b(?:each|every|last|first|per|that|which|single|one) rep\b|\d ?번째")
HOW_MANY = re.compile(
    r"\bhow many\b(?! (?:percent|%|secs?|seconds?|kgs?|kilos?|degrees?|times|sets?|days?)\b)|몇 ?[개회번]|횟수|[개갯]수"
)


def taken(table: str, said: str) -> tuple[tuple[str, ...], str]:
    """The names of a table that fit, each with its words taken out of the text for those behind it."""
    names = list[str]()
    for name, pattern in patterns()[table].items():
        left = pattern.sub(" ", said)
        names += [name] if left != said else []
        said = left
    return tuple(names), said


def form_of(forms: Sequence[str]) -> Form | None:
    """How two are compared, the most particular first."""
    known: tuple[Form, ...] = ("share", "percent", "times", "difference")
    return next((one for one in known if one in forms), None)


def aggregates_of(kinds: Sequence[str], quantity: str) -> tuple[Aggregate, ...]:
    """How it is summed up; the slowest is the most of a time, and the least of a speed."""
    more_is_slower = quantity != "speed"
    meant = {"slowest": "most" if more_is_slower else "least", "fastest": "least" if more_is_slower else "most"}
    kept = [one for one in kinds if one != "each" or len(kinds) == 1]  # "average reps per set"
    named = {meant.get(one, one): None for one in kept}
    return tuple(one for one in get_args(Aggregate) if one in named)


def quantities_of(rest: str, facts: Facts, asked: Question) -> tuple[str, ...]:
    """The quantities that are named, the repetitions that only tell of what left out."""
    for pattern in (GROUP, FROM_TILL, HALF, NEWEST):
        rest = pattern.sub(" ", rest)
    first = {name: at for name in taken("quantities", rest)[0] if (at := _at(name, rest)) is not None}
    found = sorted(first, key=lambda name: (name == "reps", first[name]))
    timed = is_timed(asked.exercise or current(facts), facts)
    kept = [name for name in found if name != "hold" or timed]
    if "speed" in kept and not _has_speeds(facts):
        kept = list(dict.fromkeys("lifting" if name == "speed" else name for name in kept))
    kept = [name for name in kept if name != "length" or not PACED & set(kept)]  # "how long does one take to lower"
    only_scope = A_REP_NUMBERED.search(rest) or taken("adjectives", rest)[0]
    if "reps" in kept and (len(kept) > 1 or (only_scope and not HOW_MANY.search(rest))):
        kept.remove("reps")
    return tuple(kept)


def may_be_of(said: str, quantity: str) -> bool:
    """Whether words like "longer" and "slower" can be of the quantity that was spoken of."""
    names, _ = taken("adjectives", said)
    measured = QUANTITIES.get(quantity)
    if measured is None:
        return False
    return (
        not names or measured.way == "pace" or (names[0] == "long" and measured.way == "time") or quantity == "length"
    )


def is_timed(exercise: str | None, facts: Facts) -> bool:
    """Whether the sets of an exercise are told by their seconds."""
    if facts.this and exercise == facts.this.exercise:
        return facts.this.is_hold
    top = longest(tuple(past for past in facts.logged if past.exercise == exercise))
    return top is not None and top.hold_s is not None


def _has_speeds(facts: Facts) -> bool:
    return facts.this is not None and any(not math.isnan(rep.mean_speed_deg_s) for rep in facts.this.reps)


def _at(name: str, rest: str) -> int | None:
    found = patterns()["quantities"][name].search(rest)
    return found.start() if found else None
