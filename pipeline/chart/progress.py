"""What a user did over time, as values: one history an exercise, one entry a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

MOST_EXERCISES = 3  # rows that are still read on a phone


@dataclass(frozen=True, slots=True)
class ProgressPoint:
    """One set: the user's own day, the exercise as the chart calls it, repetitions, load and tension.

    Load and tension are NaN where unknown or not sure. `held_s` is None for what is counted.
    """

    day: date
    exercise: str
    reps: int
    weight_kg: float | None
    tension_s: float
    held_s: float | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """All sets of one exercise on one day: repetitions and tension together, the heaviest weight, the longest hold."""

    day: date
    reps: int
    weight_kg: float | None
    tension_s: float
    held_s: float | None = None


@dataclass(frozen=True, slots=True)
class History:
    """One exercise over time, in order of days."""

    exercise: str
    days: tuple[Day, ...]

    @property
    def weighed(self) -> tuple[Day, ...]:
        """The days with a weight."""
        return tuple(day for day in self.days if day.weight_kg is not None)

    @property
    def held(self) -> bool:
        """Whether it is measured by its seconds and not by a count."""
        return all(day.held_s is not None for day in self.days)

    def amount(self, day: Day) -> float:
        """How tall the day's bar is: repetitions, or the seconds of its longest hold."""
        return float(day.held_s or 0.0) if self.held else float(day.reps)


def _day(day: date, points: Iterable[ProgressPoint]) -> Day:
    sets = list(points)
    weights = [point.weight_kg for point in sets if point.weight_kg is not None]
    holds = [point.held_s for point in sets if point.held_s is not None]
    reps, tension_s = sum(point.reps for point in sets), sum(point.tension_s for point in sets)
    return Day(day, reps, max(weights, default=None), tension_s, max(holds, default=None))


def _history(exercise: str, points: Sequence[ProgressPoint]) -> History:
    own = sorted((point for point in points if point.exercise == exercise), key=lambda point: point.day)
    return History(exercise, tuple(_day(day, sets) for day, sets in groupby(own, key=lambda point: point.day)))


def histories(points: Sequence[ProgressPoint], most: int = MOST_EXERCISES) -> tuple[History, ...]:
    """The exercises trained on most days, the most trained first; of equals the one trained last, then by name."""
    found = [_history(name, points) for name in sorted({point.exercise for point in points})]
    found.sort(key=lambda history: (len(history.days), history.days[-1].day), reverse=True)
    return tuple(found[:most])
