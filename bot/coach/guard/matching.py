"""Whether a quantity bears out a number that a clause says: what must agree, and how much may be rounded."""

from __future__ import annotations

from bot.coach.guard.claims import Number
from bot.coach.guard.clauses import Context
from bot.coach.guard.quantity import Kind, Quantity

# Measures that a number is of only where its sentence says so; the others are told by their unit.
MUST_BE_SAID: frozenset[Kind] = frozenset(
    ("partial", "maximum", "confidence", "change", "finding", "range", "total", "loss", "protein", "bodyweight",
     "sides", "span", "peak", "rate", "part", "apart")
)  # fmt: skip
RELATIVE_SLACK = 0.2  # whole seconds may be off by a fifth at most: "1 second" for 1.2 s, never for 0.6 s


def bears_out(number: Number, one: Quantity, context: Context) -> bool:
    """Whether a quantity bears a number out: unit, value, measure, sets, exercise, repetition and day all agree."""
    return (
        number.unit == one.unit
        and _rounds_to(one.value, number, rough=one.kind == "maximum")
        and _same_kind(number, one.kind, context)
        and (one.set_number is not None or one.when in context.when)
        and context.exercise in (None, one.exercise)
        and (one.unit == "rep_number" or _same_rep(one, context))
        and (context.day is None or one.day in (None, context.day))
        and context.set_number == one.set_number
    )


def _rounds_to(value: float, number: Number, *, rough: bool) -> bool:
    """Whether a value may be written so: counts exactly, loads in kg to a tenth, the rest rounded, times to whole
    seconds only where these are not far off."""
    if number.unit in ("reps", "rep_number", "set_number", "sets", "days"):
        return value == number.value
    decimals = max(number.decimals, 1) if number.unit == "kg" and not rough else number.decimals
    off = abs(value - number.value)
    return off <= 0.5 * 10.0**-decimals + 1e-6 and (
        number.decimals > 0 or number.unit != "s" or off <= RELATIVE_SLACK * abs(value)
    )


def _same_kind(number: Number, kind: Kind, context: Context) -> bool:
    """Whether the number is said of what the quantity is; where the unit tells, a measure need not be named."""
    if number.unit in ("rep_number", "set_number"):
        return True
    said = context.kind_of(number)
    if kind in MUST_BE_SAID or number.unit == "s":
        return said == kind
    if kind == "next":
        return context.advice
    return said not in ("partial", "maximum", "change")


def _same_rep(one: Quantity, context: Context) -> bool:
    """A repetition's own time is said of that repetition, a median of none."""
    if one.rep is None:
        return not context.reps or one.unit not in ("s", "deg")
    return one.rep in context.reps and one.other in (None, *context.reps)
