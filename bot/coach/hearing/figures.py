"""Figures asked for in few words, as coaches and lifters in a hurry do: a measure, and of which repetitions or sets.

"Avg concentric per rep", "rom first to last", "load for all three sets": read word for word. Where anything is left
over it is no such message, so what is read here is surely meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.estimates import in_units
from bot.coach.hearing.intents import THRESHOLDS, Question
from bot.coach.hearing.numbered import KOREAN_ORDINALS, NUMBER_WORDS, ORDINALS
from bot.coach.hearing.pointing import MOST_TOLD, Spoken
from bot.coach.language import load
from bot.coach.words import folded

LONGEST_CHARS = 80  # who says more asks for more than a figure
MARKS = re.compile(r"[\s?!.,/&+:;~…-]+")
COMPARES = re.compile(r"\b(?:deeper|shallower|slower|faster|quicker)\b|더 ?(?:깊|얕|느[리렸]|빨[랐라])")
WHOLE: Mapping[str, str] = {
    **{name: name for name in ("lifting", "lowering", "pause", "tempo", "weight", "max")},
    "range": "depth",
    "reps": "count",
    "volume": "session_total",
}
OF_A_REP = frozenset({"lifting", "lowering", "pause", "range"})
TOLD_OF_EACH_SET = frozenset({"weight", "reps", "volume"})
TOLD_OF_A_SET = TOLD_OF_EACH_SET | {"max", "tempo", "lifting", "lowering", "range"}


@dataclass(frozen=True, slots=True)
class Figure:
    """What a message is made of: its measures, the scope with what was said of it, and words like "total"."""

    measures: tuple[str, ...]
    scope: str | None
    match: re.Match[str] | None
    kinds: frozenset[str]


def figured(asked: Question, facts: Facts, spoken: Spoken) -> Question | None:
    """The question as one for a figure of this set or of the sets of its day; None where it is no such message."""
    this = facts.this
    if this is None or facts.photo or this.is_round or len(asked.text) > LONGEST_CHARS:
        return None
    found = _read(folded(asked.text).strip())
    if found is None:
        return None
    heard = _of_sets(found, facts, spoken, asked) or (None if this.is_hold else _of_reps(found, facts, this, asked))
    if heard:
        return heard
    total = "same" in found.kinds or (asked.target == "count" and "total" in found.kinds)
    return _of_the_set(found, facts, this, asked) if total or asked.score < THRESHOLDS.sure else None


def _read(said: str) -> Figure | None:
    """What the message is made of; None where more is said."""
    parts = _parts()
    scope, match, rest = None, None, said
    for name, pattern in parts["scopes"].items():
        if (one := pattern.search(rest)) is not None:
            scope, match, rest = name, one, f"{rest[: one.start()]} {rest[one.end() :]}"
            break
    measures = list[str]()
    tables = ("measures", "adjectives") if scope in ("group", "rep") else ("measures",)
    for name, pattern in ((name, pattern) for table in tables for name, pattern in parts[table].items()):
        left = pattern.sub(" ", rest)
        measures += [name] if left != rest and name not in measures else []
        rest = left
    kinds = set[str]()
    for name, pattern in parts["kinds"].items():
        left = pattern.sub(" ", rest)
        kinds |= {name} if left != rest else set()
        rest = left
    left_over = MARKS.sub("", parts["fillers"]["words"].sub(" ", rest))
    return None if left_over or not (measures or scope) else Figure(tuple(measures), scope, match, frozenset(kinds))


def measures_named(said: str) -> tuple[str, ...]:
    """The measures of repetitions that a text names; none where it names another beside them."""
    found = tuple(name for name, pattern in _parts()["measures"].items() if pattern.search(said))
    if not found and COMPARES.search(said):
        found = tuple(name for name, pattern in _parts()["adjectives"].items() if pattern.search(said))
    return found if set(found) <= OF_A_REP | {"tempo"} else ()


@cache
def _parts() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    return {
        table: {name: re.compile(pattern) for name, pattern in patterns.items()}
        for table, patterns in load("data/figures.toml").items()
    }


def _of_sets(found: Figure, facts: Facts, spoken: Spoken, asked: Question) -> Question | None:
    """The sets of the day that are asked of: each, or one by its number or its weight."""
    sets = facts.session
    wanted = set(found.measures) or ({"max"} if spoken.target == "max" else set())
    if len(sets) < 2 or any(past.hold_s is not None for past in sets):
        return None
    if found.scope == "each_set" and wanted == {"max"}:
        return _heard(asked, "max", sets=tuple(range(1, len(sets) + 1)))
    if found.scope == "each_set":
        return _heard(asked, "session") if wanted <= TOLD_OF_EACH_SET else None
    if not wanted <= TOLD_OF_A_SET:
        return None
    number = _set_number(found, facts)
    if number is None or not 0 < number <= len(sets):
        return None
    return _heard(asked, "max" if "max" in wanted else "session", sets=(number,))


def _set_number(found: Figure, facts: Facts) -> int | None:
    groups = _said(found)
    if found.scope == "set":
        return _number(next(iter(groups.values())))
    if found.scope != "load":
        return None
    loads = [f"{in_units(past.weight_kg, facts.units):.3g}" if past.weight_kg else "" for past in facts.session]
    wanted = f"{float(next(iter(groups.values()))):.3g}"
    return loads.index(wanted) + 1 if loads.count(wanted) == 1 else None


def _of_reps(found: Figure, facts: Facts, this: SetFacts, asked: Question) -> Question | None:
    """The repetitions that are asked of: each, some, or the first against the last."""
    measures = [name for name in found.measures if name in OF_A_REP]
    if len(measures) < len(found.measures) or len(this.reps) < 2:
        return None
    measure = measures[0] if len(measures) == 1 else None
    if found.scope == "ends" or ("trend" in found.kinds and found.scope is None and measure in OF_A_REP):
        last = max((rep.number for rep in this.reps if rep.complete), default=0)
        return None if last < 2 else _heard(asked, "ends" if measure else "rep", reps=(last, 1), measure=measure)
    numbers = _reps_named(found, this)
    if measure and numbers:
        return _heard(asked, "each", reps=numbers, measure=measure)
    if found.scope == "rep" and len(measures) > 1 and numbers:
        return _heard(asked, "rep", rep=numbers[0])
    return _heard(asked, "rep", reps=numbers) if found.scope == "group" and len(numbers) > 1 else None


def _reps_named(found: Figure, this: SetFacts) -> tuple[int, ...]:
    numbers, groups = tuple(rep.number for rep in this.reps if rep.complete), _said(found)
    if found.scope == "each_rep":
        return numbers[:MOST_TOLD]
    if found.scope == "rep":
        number = _number(next(iter(groups.values())))
        return (numbers[-1] if number == -1 and numbers else number,)
    if found.scope == "span":
        first, last = int(groups["from"]), int(groups["till"])
        return tuple(number for number in numbers if first <= number <= last)[:MOST_TOLD]
    if found.scope != "group":
        return ()
    size = _number(groups.get("size") or groups["ksize"])
    return numbers[:size] if (groups.get("end") or groups.get("kend")) in ("first", "처음") else numbers[-size:]


def _of_the_set(found: Figure, facts: Facts, this: SetFacts, asked: Question) -> Question | None:
    """One measure of the whole set; a total where there are several sets that day."""
    if found.scope or len(found.measures) != 1 or "trend" in found.kinds:
        return None
    measure = found.measures[0]
    if measure in ("reps", "volume") and found.kinds & {"total", "day"} and len(facts.day) > 1:
        several = any(past.exercise != this.exercise for past in facts.day) and asked.exercise is None
        return _heard(asked, "day_total" if several else "session_total")
    if "same" in found.kinds:
        one_of_each = measure in TOLD_OF_EACH_SET and len(facts.session) > 1 and not this.is_hold
        return _heard(asked, "session") if one_of_each else None
    return None if this.is_hold and measure != "weight" else _heard(asked, WHOLE[measure])


def _heard(
    asked: Question,
    target: str,
    *,
    rep: int | None = None,
    reps: tuple[int, ...] = (),
    sets: tuple[int, ...] = (),
    measure: str | None = None,
) -> Question:
    return replace(asked, target=target, score=1.0, rep=rep, reps=reps, sets=sets, measure=measure)


def _said(found: Figure) -> dict[str, str]:
    """What was said of the scope, by the name of its group."""
    groups = found.match.groupdict() if found.match else {}
    return {name: said for name, said in groups.items() if said}


def _number(said: str) -> int:
    if said in ("last", "final"):
        return -1
    digits = re.match(r"\d+", said)
    if digits:
        return int(digits.group())
    return next(row.index(said) + 1 for row in (ORDINALS, NUMBER_WORDS, KOREAN_ORDINALS) if said in row)
