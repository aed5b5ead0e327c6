"""What a share of the one-repetition maximum comes to as a weight: by an estimate, and told so."""

from __future__ import annotations

import math

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import all_sets, best_estimate_kg
from bot.coach.facts.estimates import in_units
from bot.coach.language import plain, say, weight
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import maximum
from bot.coach.telling.next_time import PLATE_STEP


def share_of_maximum(facts: Facts, exercise: str, label: str, percent: int) -> Answer:
    """The estimate and that share of it, to the step of the plates; why there is no estimate where there is none.

    A share that is less than half a step is no weight that could be loaded: the estimate alone is told.
    """
    told = maximum(facts, exercise, label)
    sets = all_sets(facts, exercise)
    estimate = math.nan if any(one.hold_s is not None for one in sets) else best_estimate_kg(sets)
    step = PLATE_STEP[facts.units]
    share = math.nan if math.isnan(estimate) else round(in_units(estimate, facts.units) * percent / 100 / step) * step
    if not share > 0:
        return Answer(told)
    values = {"percent": percent, "weight": f"{plain(share)} {facts.units}", "step": f"{plain(step)} {facts.units}"}
    weighed = say(facts.language, "max_share", **values)
    return Answer((told[0], weighed, *told[1:]), general=(weighed,), whole=True)


def share_done(facts: Facts, exercise: str, label: str, this: SetFacts) -> Answer:
    """The estimate, and which percentage of it the set in question was done with; the estimate alone, or why there is
    none, where that is not known."""
    told, sets = maximum(facts, exercise, label), all_sets(facts, exercise)
    timed = this.is_hold or any(one.hold_s is not None for one in sets)
    estimate = math.nan if timed else best_estimate_kg(sets)
    if this.weight_kg is None or math.isnan(estimate):
        return Answer(told)
    values = {"percent": round(100 * this.weight_kg / estimate), "weight": weight(this.weight_kg, facts.units)}
    shared = say(facts.language, "max_share_done", **values)
    return Answer((told[0], shared, *told[1:]), general=(shared,), whole=True)
