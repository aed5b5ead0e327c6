"""What many sets come to: how many, on which days, of which exercises."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.coach.facts.sets import PastSet

RECENT_DAYS = 28  # "how often do I train" looks back on four weeks


@dataclass(frozen=True, slots=True)
class Often:
    """On how many days of the newest `weeks` there was a set; `weekday` (Monday is 0) is the one on which there most
    often was, None where no weekday is alone at the top or fewer than three days were on it; `longest_break_days` were
    without any between two of those days."""

    days: int
    weeks: int
    weekday: int | None
    longest_break_days: int

    @property
    def days_a_week(self) -> int:
        """To the nearest whole day."""
        return round(self.days / self.weeks)


def days_of(sets: Sequence[PastSet]) -> tuple[date, ...]:
    """The days on which the sets were done, the first one first."""
    return tuple(sorted({past.done_on for past in sets}))


def by_exercise(sets: Sequence[PastSet]) -> tuple[tuple[PastSet, ...], ...]:
    """The sets of each exercise, that with most sets first."""
    counts = Counter(past.exercise for past in sets)
    return tuple(tuple(past for past in sets if past.exercise == name) for name, _ in counts.most_common())


def often(sets: Sequence[PastSet], today: date) -> Often | None:
    """How often there was training lately; None where the first set is less than two weeks old: too little to say."""
    known = days_of(sets)
    weeks = min((today - known[0]).days + 1, RECENT_DAYS) // 7 if known else 0
    if weeks < 2:
        return None
    recent = [day for day in known if day > today - timedelta(7 * weeks)]
    ranked = Counter(day.weekday() for day in recent).most_common(2)
    alone = bool(ranked) and ranked[0][1] > 2 and ranked[0][1] > sum(count for _, count in ranked[1:])
    breaks = ((after - before).days - 1 for before, after in itertools.pairwise(recent))
    return Often(len(recent), weeks, ranked[0][0] if alone else None, max(breaks, default=0))


def moved_kg(sets: Sequence[PastSet]) -> tuple[float, int]:
    """Weight times repetitions over the sets whose weight is known, and how many these are."""
    loaded = [past for past in sets if past.weight_kg is not None and past.hold_s is None]
    return sum((past.weight_kg or 0.0) * past.rep_count for past in loaded), len(loaded)
