"""What to do next time: out of what was measured of the set and what is stored; what is not known is said to be."""

from __future__ import annotations

import math

from bot.coach.facts import Facts, PastSet, SetFacts
from bot.coach.facts.comparing import was_a_grind
from bot.coach.facts.estimates import in_units
from bot.coach.hearing.wanted_load import names_load, wanted_load_kg
from bot.coach.language import Sentences, plain, say, timed_as, weight
from bot.coach.telling.adapt import loads
from bot.coach.telling.answer import Answer
from bot.coach.telling.form import faults
from bot.coach.telling.history import last_one
from bot.coach.telling.sets import count, hold

STEP_SHARE = 0.025  # ACSM 2009 advises steps of 2 to 10 %; the small end, rounded to what plates allow
PLATE_STEP = {"kg": 2.5, "lb": 5.0}


def next_time(facts: Facts, this: SetFacts, asked: str) -> Answer:
    """What to do next time; held against the weight that a message has in mind, where it names one."""
    wanted_kg = None if this.weight_kg is None else wanted_load_kg(asked, this.weight_kg, facts.units)
    told = next_load(facts, this)
    if this.weight_kg is None:
        done = hold(facts, this) if this.is_hold else count(facts, this)
        not_known = (say(facts.language, "weight_missing"),) if names_load(asked) else ()
        return Answer((*done[:1], *told, *not_known))
    if wanted_kg is None:
        return Answer(told)
    held = _held_against(facts, this, wanted_kg)
    return Answer((*told, held) if wanted_kg > this.weight_kg else (held,), general=(held,), whole=True)


def next_load(facts: Facts, this: SetFacts) -> Sentences:
    """What to do next time: clean up a fault first, stay where the set was a grind, else a small step up."""
    if this.is_hold:
        return (say(facts.language, f"next_{timed_as(this.exercise)}"),)
    found = faults(this)
    cue = found[0].cue if found else ""
    key = "next_fix_first" if found else "next_grind" if was_a_grind(this) else "next_up"
    if this.weight_kg is None:
        return (say(facts.language, {"next_up": "next_reps"}.get(key, f"{key}_bare"), cue=cue),)
    load = next_weight(facts, this.weight_kg) if key == "next_up" else weight(this.weight_kg, facts.units)
    return (say(facts.language, key, weight=load, cue=cue),)


def next_of(facts: Facts, exercise: str, label: str) -> Answer:
    """The newest set of another exercise and the step from there, and that how many were left is not known; no step up
    while a part of the body is to be spared."""
    told, last = last_one(facts, exercise, label), next(iter(facts.earlier(exercise)), None)
    care = tuple(say(facts.language, f"care_{part}") for part in facts.spared if loads(part, {exercise}))
    if last is None or facts.spared:
        return Answer((*told, *care))
    step = _step_from(facts, last)
    return Answer((*told, step), general=(step,))


def _step_from(facts: Facts, last: PastSet) -> str:
    if last.hold_s is not None:
        return say(facts.language, f"next_{timed_as(last.exercise)}")
    if last.weight_kg is None:
        return say(facts.language, "next_of_reps")
    return say(facts.language, "next_of_load", weight=next_weight(facts, last.weight_kg))


def _held_against(facts: Facts, this: SetFacts, wanted_kg: float) -> str:
    """How the weight in mind stands to what the set showed."""
    done_kg, found = this.weight_kg or 0.0, faults(this)
    hard = bool(found) or was_a_grind(this)
    if wanted_kg < done_kg:
        key = "wanted_less_fault" if found else "wanted_less_grind" if hard else "wanted_less"
    elif hard:
        key = "wanted_not_yet"
    else:
        small = in_units(wanted_kg, facts.units) <= next_weight_value(facts, done_kg) + 1e-6
        key = "wanted_step" if small else "wanted_leap"
    shown = {"wanted": weight(wanted_kg, facts.units), "weight": weight(done_kg, facts.units)}
    return say(facts.language, key, **shown, cue=found[0].cue if found else "")


def next_weight(facts: Facts, done_kg: float) -> str:
    """The weight of the next step up, on the plates of the user's unit."""
    return f"{plain(next_weight_value(facts, done_kg))} {facts.units}"


def next_weight_value(facts: Facts, done_kg: float) -> float:
    """That weight as a number in the user's unit: at least one plate step, never under the share advised."""
    from_units = float(weight(done_kg, facts.units).split()[0])
    step = PLATE_STEP[facts.units]
    return from_units + max(step, math.ceil(from_units * STEP_SHARE / step - 1e-9) * step)
