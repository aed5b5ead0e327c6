"""What a message seeks in what is stored: which quantity, how it is summed up, of what, and held against what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.coach.hearing.spans import Days

Aggregate = Literal["value", "average", "median", "total", "most", "least", "spread", "trend", "each"]
Period = Literal["day", "week"]
Form = Literal["difference", "percent", "times", "share"]


@dataclass(frozen=True, slots=True)
class Part:
    """Repetitions of the set in question by number, else sets: one of its day by number, the newest one `before` it,
    those of some `days` (`span` is their name where they have one), of the `newest` so many days, the newest of any day
    before `until`, or `every` one. With none
    of these it is the set in question."""

    reps: tuple[int, ...] = ()
    set_number: int = 0
    before: bool = False
    days: Days | None = None
    span: str = ""
    newest: int = 0
    every: bool = False
    until: date | None = None

    @property
    def of_sets(self) -> bool:
        """Whether it is of other sets than the one in question, or of more."""
        return bool(self.set_number or self.before or self.days or self.newest or self.every or self.until)


@dataclass(frozen=True, slots=True)
class Sought:
    """`quantity` is one of facts/quantities.py, `to` a second one that it is set in proportion to, `also` further ones
    that are told the same way; `guessed` where none was named. Of two `parts` the first is held against the second, in
    the given `form`. `exercise` is a slug, None for all of them. `per`: its sums over each training day or each week
    are averaged."""

    quantity: str
    aggregates: tuple[Aggregate, ...] = ()
    form: Form | None = None
    parts: tuple[Part, ...] = (Part(),)
    exercise: str | None = None
    to: str | None = None
    per: Period | None = None
    also: tuple[str, ...] = ()
    guessed: bool = False
