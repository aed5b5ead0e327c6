"""What a question names of what is stored: quantities, how they are summed up, and how two are compared."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from bot.coach.facts import Facts
from bot.coach.facts.comparing import longest
from bot.coach.facts.quantities import QUANTITIES
from bot.coach.hearing.exercise_asked import current
from bot.coach.hearing.intents import Question
from bot.coach.hearing.scopes import FROM_TILL, GROUP, HALF, NEWEST, SCOPES, patterns
from bot.coach.hearing.sought import Aggregate, Form

PACED = frozenset({"lifting", "lowering"})
BOTH_WAYS = ("lifting", "lowering")  # a tempo; and what "slower" may be of, where no phase is named
A_REP_NUMBERED = re.compile(r"\breps? ?#?\d|\b(?:each|every|last|first|per|that|which|single|one) rep\b|\d ?번째")
HOW_MANY = re.compile(
    r"\bhow many\b(?! (?:percent|%|secs?|seconds?|kgs?|kilos?|degrees?|times|sets?|days?)\b)|몇 ?[개회번]|횟수|[개갯]수"
)
LEFT_OUT = ("more", "one_before", "than", "korean_than", "slower", "changed", "each_rep", "fillers", "days")


@dataclass(frozen=True, slots=True)
class Named:
    """What a message names: `quantities` in its order, how they are summed up (`kinds`) and compared (`form`); whether
    it has words that hold two `beside` each other, one against another (`than`), in a `verdict` ("slower"), or ask how
    one `changed`. `bare`: it says nothing else but scopes."""

    text: str
    quantities: tuple[str, ...]
    kinds: tuple[str, ...]
    form: Form | None
    beside: bool
    than: bool
    verdict: bool
    changed: bool
    bare: bool

    @property
    def compares(self) -> bool:
        return bool(self.form or self.beside or self.than or self.verdict)


def named_in(said: str, facts: Facts, asked: Question) -> Named:
    """What a text names; the words of an aggregate within a quantity's ("one rep max") are the quantity's."""
    words, quantities = patterns()["words"], quantities_of(said, facts, asked)
    rest = patterns()["quantities"]["max"].sub(" ", said)
    kinds, left = taken("aggregates", rest)
    _, left = taken("forms", left)
    kinds = kinds or (("trend",) if words["grew"].search(said) else ())
    each = ("each",) if "each" not in kinds and words["each_rep"].search(said) else ()
    return Named(
        said,
        quantities,
        (*kinds, *each),
        form_of(taken("forms", said)[0]),
        beside=words["beside"].search(said) is not None,
        than=any(words[name].search(said) for name in ("than", "korean_than")),
        verdict=words["slower"].search(said) is not None,
        changed=words["changed"].search(said) is not None,
        bare=not _more_is_said(taken("quantities", left)[1]),
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
    whole = (one for name in kept for one in (BOTH_WAYS if name == "tempo" else (name,)))
    return tuple(dict.fromkeys(whole))


def may_be_of(said: str, quantity: str) -> bool:
    """Whether words like "longer" and "slower" can be of the quantity that was spoken of."""
    names, _ = taken("adjectives", said)
    measured = QUANTITIES.get(quantity)
    if measured is None:
        return False
    if names[:1] == ("deep",):
        return quantity == "range"
    return (
        not names or measured.way == "pace" or (names[0] == "long" and measured.way == "time") or quantity == "length"
    )


def is_timed(exercise: str | None, facts: Facts) -> bool:
    """Whether the sets of an exercise are told by their seconds."""
    if facts.this and exercise == facts.this.exercise:
        return facts.this.is_hold
    top = longest(tuple(past for past in facts.logged if past.exercise == exercise))
    return top is not None and top.hold_s is not None


def _more_is_said(rest: str) -> bool:
    """Whether anything is left of a message but scopes and words that say little."""
    rest = taken("adjectives", rest)[1]
    for pattern in (*SCOPES, *(patterns()["words"][name] for name in LEFT_OUT)):
        rest = pattern.sub(" ", rest)
    return re.search(r"[a-z가-힣]", rest) is not None


def _has_speeds(facts: Facts) -> bool:
    return facts.this is not None and any(not math.isnan(rep.mean_speed_deg_s) for rep in facts.this.reps)


def _at(name: str, rest: str) -> int | None:
    found = patterns()["quantities"][name].search(rest)
    return found.start() if found else None
