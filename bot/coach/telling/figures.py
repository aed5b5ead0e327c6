"""What is said where a figure of several repetitions, or of one set of the day, is asked for."""

from __future__ import annotations

import math

from bot.coach.facts import Facts, PastSet, SetFacts
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


def maxima_of_sets(facts: Facts, this: SetFacts, numbers: tuple[int, ...]) -> Answer:
    """The one-repetition maximum that each of these sets of the day points to by itself, beside the set where it is
    one; the sets alone where none points to any."""
    estimates = {number: _maximum_kg(facts.session[number - 1]) for number in numbers}
    said = tuple(
        say(facts.language, "max_of_set", number=number, weight=weight(estimate, facts.units))
        for number, estimate in estimates.items()
        if known(estimate)
    )
    told = one_of(facts, this, numbers)
    if not said:
        return Answer(told if len(numbers) > 1 else told[:1])
    return Answer((*said, *(told[:1] if len(numbers) == 1 else ()), say(facts.language, "max_bound")), general=said)


def _maximum_kg(past: PastSet) -> float:
    return math.nan if past.weight_kg is None else estimated_max_kg(past.weight_kg, past.rep_count)
