"""The numbers of groups of sets that an answer sums up: how many, on how many days, what they come to."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bot.coach.facts import Facts, PastSet
from bot.coach.facts.comparing import heaviest
from bot.coach.facts.estimates import POUNDS_PER_KG
from bot.coach.facts.summing import by_exercise, days_of, moved_kg, often
from bot.coach.guard.quantity import Kind, Quantity, When


def of_sums(facts: Facts) -> Iterator[Quantity]:
    """What the groups of sets that an answer sums up come to: in all, and of each exercise."""
    for sets in facts.summed:
        yield Quantity((facts.today - days_of(sets)[0]).days if sets else math.nan, "days", "ago", "any", "")
        yield from _of_sum(sets, "")
        for group in by_exercise(sets):
            yield from _of_sum(group, group[0].exercise)
        if found := often(sets, facts.today):
            yield Quantity(found.weeks, "weeks", "sets", "any", "")
            yield Quantity(found.days, "days", "sets", "any", "")
            yield Quantity(found.days_a_week, "days", "sets", "any", "")
            yield Quantity(found.longest_break_days, "days", "sets", "any", "")


def _of_sum(sets: tuple[PastSet, ...], exercise: str) -> Iterator[Quantity]:
    yield Quantity(len(sets), "sets", "sets", "any", exercise)
    yield Quantity(len(days_of(sets)), "days", "sets", "any", exercise)
    yield Quantity(sum(past.rep_count for past in sets), "reps", "total", "any", exercise)
    kilograms, loaded = moved_kg(sets)
    if loaded:
        yield Quantity(loaded, "sets", "sets", "any", exercise)
        yield from in_both(kilograms, "total", "any", exercise)
    top = heaviest(sets)
    if top and top.weight_kg is not None:
        yield from in_both(top.weight_kg, "weight", "any", exercise)
    held = [past.hold_s for past in sets if past.hold_s is not None]
    yield Quantity(max(held, default=math.nan), "s", "hold", "any", exercise)
    yield Quantity(sum(held) or math.nan, "s", "total", "any", exercise)


def in_both(value_kg: float, kind: Kind, when: When, exercise: str, day: str | None = None) -> Iterator[Quantity]:
    """A load in kilograms and in pounds."""
    yield Quantity(value_kg, "kg", kind, when, exercise, day=day)
    yield Quantity(value_kg * POUNDS_PER_KG, "lb", kind, when, exercise, day=day)
