"""What one supported number is: its value and unit, what it measures, and of which set, repetition and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "reps",
    "rep_number",
    "set_number",
    "s",
    "kg",
    "lb",
    "deg",
    "%",
    "sets",
    "days",
    "g",
    "min",
    "h",
    "weeks",
    "cm",
    "deg/s",
]
Kind = Literal[
    "count", "partial", "number", "lowering", "lifting", "pause", "rest", "tension", "hold", "duration", "range",
    "weight", "maximum", "next", "finding", "confidence", "sets", "ago", "change", "bodyweight",
    "protein", "total", "loss", "sides", "travel", "sway", "speed", "span", "peak", "rate", "part", "pose",
    "apart",
]  # fmt: skip
When = Literal["this", "past", "any"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One supported number. `exercise` is the slug it belongs to, `rep` the repetition, None where it is the set's;
    `other` the repetition that `rep` is held against."""

    value: float
    unit: Unit
    kind: Kind
    when: When
    exercise: str
    rep: int | None = None
    day: str | None = None
    set_number: int | None = None
    other: int | None = None
