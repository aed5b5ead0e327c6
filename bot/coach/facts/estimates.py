"""What follows from facts by a formula: a load in another unit, a one-repetition maximum, grams of protein."""

from __future__ import annotations

import math

from bot.coach.facts.facts import Facts, Units
from pipeline.units import KG_PER_LB

PROTEIN_G_PER_KG = 1.6  # Morton 2018, Br J Sports Med 52:376-384, as in knowledge/plans.toml
POUNDS_PER_KG = 1.0 / KG_PER_LB


def in_units(weight_kg: float, units: Units) -> float:
    """A load in the user's unit."""
    return weight_kg if units == "kg" else weight_kg * POUNDS_PER_KG


def estimated_max_kg(weight_kg: float, rep_count: int, most_reps: int = 10) -> float:
    """Epley's one-repetition maximum, w(1 + r/30); the weight itself for one; NaN beyond ten, where it is not valid.

    Source: Epley 1985; no more than ten repetitions: Reynolds 2006, J Strength Cond Res 20(3):584-592.
    """
    if not 1 <= rep_count <= most_reps:
        return math.nan
    return weight_kg if rep_count == 1 else weight_kg * (1 + rep_count / 30)


def protein_g(facts: Facts) -> int | None:
    """Grams of protein a day for the told bodyweight, to the nearest five; None where it was not told."""
    weights = [one.weight_kg for one in facts.told if one.kind == "bodyweight"]
    return 5 * round(PROTEIN_G_PER_KG * weights[-1] / 5) if weights else None
