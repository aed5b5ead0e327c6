"""How far the user is from a number that they want to reach, in the set in question or in the best of all."""

from __future__ import annotations

import math

from bot.coach.facts import Aim, Facts, SetFacts
from bot.coach.facts.comparing import all_sets, best_estimate_kg, heaviest, longest
from bot.coach.facts.estimates import in_units
from bot.coach.hearing.exercise_asked import label_of
from bot.coach.hearing.goals import Goal
from bot.coach.language import plain, say
from bot.coach.telling import sets as told
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import best_reps, best_weight, if_this, maximum
from bot.coach.telling.next_time import next_load

LEAST_LEFT = 0.05  # of a kilogram, a repetition or a second


def to_go(facts: Facts, this: SetFacts, goal: Goal) -> Answer | None:
    """What is missing to the goal, what was done, and the next step; None where the set has nothing of that measure,
    or where a number without a unit may as well be a weight."""
    measure = goal.measure or ("s" if this.is_hold else "reps")
    if measure in ("kg", "lb"):
        done = None if this.weight_kg is None else in_units(this.weight_kg, measure)
    else:
        done = this.hold_s if measure == "s" else None if this.is_hold else float(this.rep_count)
    if not done or (goal.measure is None and this.weight_kg is not None):
        return None
    tell = told.load_used if measure in ("kg", "lb") else told.hold if this.is_hold else told.count
    if done >= goal.value:
        return Answer((say(facts.language, "goal_there"), *tell(facts, this)[:1]))
    left = say(facts.language, f"goal_{measure}", left=plain(goal.value - done))
    return Answer((left, *tell(facts, this)[:1], *next_load(facts, this)), general=(left,), whole=True)


def way_to(facts: Facts, aim: Aim) -> Answer:
    """What is missing to a goal that was told, of the best set of its exercise; of a load that was lifted several
    times, beside it, what one repetition would come to."""
    facts, label = facts.whole, label_of(aim.exercise, facts)
    sets = all_sets(facts, aim.exercise)
    top = heaviest(sets) if aim.measure == "kg" else longest(sets)
    if top is None:
        key = "goal_no_weight" if sets and aim.measure == "kg" else "no_set_of"
        return Answer((none := say(facts.language, key, label=label),), general=(none,))
    done = (top.weight_kg if aim.measure == "kg" else top.hold_s if aim.measure == "s" else top.rep_count) or 0.0
    line = (best_weight if aim.measure == "kg" else best_reps)(facts, top, label)
    shown = facts.units if aim.measure == "kg" else aim.measure
    left = in_units(aim.value, facts.units) - in_units(done, facts.units) if shown == facts.units else aim.value - done
    there = left < LEAST_LEFT
    said = say(facts.language, "goal_there") if there else say(facts.language, f"goal_{shown}", left=plain(left))
    several = aim.measure == "kg" and not there and top.rep_count > 1 and not math.isnan(best_estimate_kg(sets))
    most = maximum(facts, aim.exercise, label) if several else ()
    return Answer((said, line, *if_this(facts, top), *most), general=(said,), summed=((top,),), whole=True)
