"""What is said where a figure of several repetitions, or of one set of the day, is asked for."""

from __future__ import annotations

import math

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.estimates import estimated_max_kg
from bot.coach.hearing.intents import Question
from bot.coach.language import Sentences, known, say, weight
from bot.coach.telling.answer import Answer
from bot.coach.telling.comparing_reps import PAIRS, compared
from bot.coach.telling.sessions import one_of


def of_each(facts: Facts, this: SetFacts, asked: Question) -> Sentences:
    """One measure of each of the repetitions asked for, in their order; nothing where none was measured."""
    measure = asked.measure or "lifting"
    pair, wanted = PAIRS[measure], set(asked.reps)
    found = [(rep.number, pair.value(rep)) for rep in this.reps if rep.number in wanted]
    measured = [(number, pair.write(value)) for number, value in found if known(value)]
    if not measured:
        return ()
    parts = (say(facts.language, f"each_{pair.unit}", number=number, value=value) for number, value in measured)
    return (say(facts.language, f"each_{measure}", values=", ".join(parts)), *pair.doubt(facts, this))


def of_ends(facts: Facts, this: SetFacts, asked: Question) -> Sentences:
    """The last repetition against the first in one measure; nothing where one of them was not measured."""
    last, first = asked.reps
    return compared(facts, this, (last, first), asked.measure or "lifting")


def maximum_of_set(facts: Facts, this: SetFacts, number: int) -> Answer:
    """The one-repetition maximum that one set of the day points to by itself; the set alone where it points to none."""
    past = facts.session[number - 1]
    estimate = math.nan if past.weight_kg is None else estimated_max_kg(past.weight_kg, past.rep_count)
    told = one_of(facts, this, (number,))[:1]
    if math.isnan(estimate):
        return Answer(told)
    said = say(facts.language, "max_of_set", number=number, weight=weight(estimate, facts.units))
    return Answer((said, *told, say(facts.language, "max_bound")), general=(said,))
