"""How far the set in question is from a number that the user wants to reach."""

from __future__ import annotations

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.estimates import in_units
from bot.coach.hearing.goals import Goal
from bot.coach.language import plain, say
from bot.coach.telling import sets as told
from bot.coach.telling.answer import Answer
from bot.coach.telling.next_time import next_load


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
