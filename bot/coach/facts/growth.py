"""Which exercises grew: the best set of the last weeks against the best one before, arithmetic without words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.coach.facts.comparing import apart, best_of
from bot.coach.facts.sets import PastSet
from bot.coach.facts.summing import RECENT_DAYS, by_exercise
from pipeline.values import UNKNOWN

Went = Literal["up", "down", "same"]


@dataclass(frozen=True, slots=True)
class Growth:
    """An exercise's best set of the last weeks and the best one before."""

    before: PastSet
    now: PastSet

    @property
    def went(self) -> Went:
        """By weight, where it is known of both and differs, else by repetitions or the time held."""
        return went(self.now, self.before)

    @property
    def share_of_weight(self) -> float:
        """By how much of itself the weight grew; 0 where it is not known of both."""
        if not self.before.weight_kg or self.now.weight_kg is None:
            return 0.0
        return self.now.weight_kg / self.before.weight_kg - 1


def went(now: PastSet, before: PastSet) -> Went:
    """Whether a set is more than one before: by weight, else by the time held or the repetitions."""
    for measure in ("weight", "hold", "reps"):
        if more := apart(measure, now, before):
            return "up" if more is now else "down"
    return "same"


def growths(sets: Sequence[PastSet], today: date) -> tuple[Growth, ...]:
    """Of each exercise that was done lately and on another day before; the one whose weight grew most comes first.

    Where all its sets are of the last weeks, those of its first day are what was before.
    """
    found = (_growth(group, today) for group in by_exercise(sets) if group[0].exercise != UNKNOWN)
    return tuple(sorted((one for one in found if one), key=lambda one: -one.share_of_weight))


def _growth(group: tuple[PastSet, ...], today: date) -> Growth | None:
    first = min(past.done_on for past in group)
    until = max(first, today - timedelta(RECENT_DAYS))
    before = best_of(tuple(past for past in group if past.done_on <= until))
    now = best_of(tuple(past for past in group if past.done_on > until))
    return Growth(before, now) if before and now else None
