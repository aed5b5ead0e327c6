"""What each clause of a sentence speaks of: which sets, which repetition, which day; and whether it only advises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.coach.facts import Facts
from bot.coach.guard.claims import Number, kinds_in, nearest_kind, numbers, spelled_out
from bot.coach.guard.comparisons import any_of
from bot.coach.guard.naming import Dated
from bot.coach.guard.quantity import Kind, When
from bot.coach.language import load

CLAUSE = re.compile(r",\s+|;\s*|:\s+|\s+(?:and|but|while|then|whereas|versus|vs\.?|compared to|than|from)\s+|\(|\)")
WORDS: Mapping[str, Sequence[str]] = load("data/guard.toml")
PAST, EVER, NOW = (
    re.compile("|".join((any_of(WORDS[when]).pattern, *WORDS[f"{when}_korean"]))) for when in ("past", "ever", "now")
)
LAST_REP = re.compile(r"\b(?:the|your) (?:last|final)\b(?! (?:time|week|month|session|set|workout|reps))|마지막 반복")
FIRST_REP = re.compile(r"첫 반복")
ADVICE = re.compile(rf"^(?:(?:{'|'.join(WORDS['before_advice'])})[, ]+)*{any_of(WORDS['advice']).pattern}")
KOREAN_ADVICE = re.compile(r"세요[.!]?$")
REPORTS = any_of(WORDS["reports"])


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause speaks of: which sets, exercise, repetitions, day and measure; and whether it advises.

    Where it names nothing of its own, it goes on with the clause before.
    """

    start: int
    clause: str
    when: frozenset[When]
    exercise: str | None
    reps: frozenset[int]
    day: str | None
    kind: Kind | None
    advice: bool
    set_number: int | None = None

    def kind_of(self, number: Number) -> Kind | None:
        """The measure that a number in this clause is said of."""
        here = nearest_kind(self.clause, number.at - self.start, number.end - self.start)
        return number.kind or here or self.kind


def advises(text: str) -> bool:
    """Whether a sentence tells what to do and reports nothing that was done; in Korean it ends like a request."""
    return KOREAN_ADVICE.search(text) is not None or (ADVICE.search(text) is not None and REPORTS.search(text) is None)


def reports_seconds(sentence: str) -> bool:
    """Whether a sentence tells how long something took, and does not only advise it."""
    text = spelled_out(sentence)
    return not advises(text) and any(number.unit == "s" for number in numbers(text))


def contexts(text: str, days: tuple[Dated, ...], facts: Facts) -> tuple[Context, ...]:
    """Each clause's context, in order; days tells where a known day stood in the text."""
    advice, found = advises(text), list[Context]()
    for start, end in _clauses(text):
        dated = [day.iso for day in days if start <= day.at <= end]
        found.append(_context(text[start:end], found[-1] if found else None, dated[-1] if dated else None, facts))
        found[-1] = replace(found[-1], start=start, advice=advice)
    return tuple(found)


def context_at(found: tuple[Context, ...], at: int) -> Context:
    """The context of the clause in which a position lies."""
    return [context for context in found if context.start <= at][-1]


def _context(clause: str, before: Context | None, dated: str | None, facts: Facts) -> Context:
    when, kinds, number = _when(clause, dated), kinds_in(clause), _set_in(clause)
    return Context(
        start=0,
        clause=clause,
        when=when or (before.when if before else _default_when(facts)),
        exercise=_exercise_in(clause) or (before.exercise if before else None),
        reps=_reps_in(clause, facts) or (before.reps if before else frozenset()),
        day=dated or (before.day if before and not when else None),
        kind=kinds[-1] if kinds else before.kind if before else None,
        advice=False,
        set_number=number or (before.set_number if before and not when else None),
    )


def _set_in(clause: str) -> int | None:
    """The set of the day that a clause names."""
    named = re.search(r"\bset (\d+)\b|^(\d+)세트$|\b(\d+)세트(?=[:는가])", clause)
    return int(next(group for group in named.groups() if group)) if named else None


def _when(clause: str, dated: str | None) -> frozenset[When]:
    if dated or EVER.search(clause):
        return frozenset({"this", "past", "any"})
    if NOW.search(clause):
        return frozenset({"this", "any"})
    return frozenset({"past", "any"}) if PAST.search(clause) else frozenset()


def _default_when(facts: Facts) -> frozenset[When]:
    return frozenset({"this", "any"}) if facts.this or facts.photo else frozenset({"past", "any"})


def _reps_in(clause: str, facts: Facts) -> frozenset[int]:
    named = {int(number.value) for number in numbers(clause) if number.unit == "rep_number"}
    if facts.this and LAST_REP.search(clause):
        whole = [rep.number for rep in facts.this.reps if rep.complete]
        named |= set(whole[-1:]) | {rep.number for rep in facts.this.reps[-1:]}
    return frozenset(named | {1} if FIRST_REP.search(clause) else named)


def _exercise_in(clause: str) -> str | None:
    found = re.search(r"\bexercise_([a-z0-9_]+)", clause)
    return found.group(1) if found else None


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in CLAUSE.finditer(text):
        yield start, match.start()
        start = match.start()
    yield start, len(text)


def with_inherited_units(text: str, found: tuple[Number, ...]) -> tuple[Number, ...]:
    """Bare numbers of a list or a span take the unit of their neighbour: "reps 6, 7 and 8", "6 to 12 reps"."""
    ordered = sorted(found, key=lambda number: number.at)
    for at, number in enumerate(ordered):
        if (
            number.unit is None
            and at
            and _is_list(text[ordered[at - 1].at : number.at])
            and ordered[at - 1].unit == "rep_number"
        ):
            ordered[at] = replace(number, unit="rep_number")
    for at in range(len(ordered) - 2, -1, -1):
        number, after = ordered[at], ordered[at + 1]
        if number.unit is None and re.fullmatch(r"[\d.]+\s*(?:to|-|–|or|~)\s*", text[number.at : after.at]):
            ordered[at] = replace(number, unit=after.unit)
        if number.unit is None and after.unit == "rep_number" and _is_list(text[number.at : after.at]):
            ordered[at] = replace(number, unit="rep_number")
    return tuple(ordered)


def _is_list(between: str) -> bool:
    return re.fullmatch(r"[\d.]+\s*(?:,|and|,\s*and|&)\s*", between) is not None
