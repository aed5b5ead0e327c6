"""What is said to who takes something else for granted, or puts right what was measured."""

from __future__ import annotations

import re

from bot.coach.facts import Facts, SetFacts, past_set
from bot.coach.facts.estimates import in_units
from bot.coach.facts.facts import MOST_TOLD
from bot.coach.hearing.checks import Check, Measure, agrees, measured
from bot.coach.hearing.corrections import Correction
from bot.coach.hearing.exercise_asked import current, label_of
from bot.coach.hearing.spans import Days
from bot.coach.language import Sentences, say
from bot.coach.telling import rounds as punched
from bot.coach.telling import sets as told
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import best, labelled_lines, last_one
from bot.coach.telling.sessions import which_of_the_day
from bot.coach.telling.sets import torn


def corrected(correction: Correction, facts: Facts) -> Answer:
    """What is said to "that was a front squat" or "I did nine": how to put it right."""
    this, language = facts.this, facts.language
    if this is None:
        return Answer((say(language, "no_set"),), known=False)
    weight = correction.weight_kg is not None
    if correction.exercise:
        named = say(language, "correct_exercise", label=label_of(correction.exercise, facts))
        return Answer((named, *((say(language, "correct_weight"),) if weight else ())))
    if weight:
        return Answer((*told.load_used(facts, this)[: this.weight_kg is not None], say(language, "correct_weight")))
    return Answer((*_counted(facts, this), say(language, "correct_count")))


def counted_by_user(facts: Facts) -> Sentences:
    """What is said once the user has set the count: theirs, and that what was seen is kept beside it; the one that was
    seen, where they took theirs back."""
    this = facts.this
    if this is None or this.corrected_reps is None:
        return told.count(facts, this) if this else ()
    return (*told.count(facts, this), *which_of_the_day(facts, this), say(facts.language, "count_kept_both"))


def claimed(reps: int, facts: Facts) -> Answer:
    """What is said to "i did 12, right?": the count, and where it is another one, how to put it right."""
    this = facts.this
    if this is None:
        return Answer((say(facts.language, "no_set"),), known=False)
    said = _counted(facts, this)
    if this.is_hold or reps == this.rep_count:
        return Answer((*((say(facts.language, "claim_yes"),) if not this.is_hold else ()), *said))
    return Answer((*said, say(facts.language, "correct_count")))


def of_another_time(facts: Facts, days: Days | None, text: str) -> Answer:
    """What is said to "last year i did 15": the sets that are known of then, or that were just so ("i did 8 with 45
    before this"), else that they were not seen, and the best that is known."""
    found = tuple(past for past in facts.logged if days is not None and days.hold(past.done_on))
    numbers = {float(one) for one in re.findall(r"\d{1,3}(?:\.\d)?", text)} if days is None else set()
    found = found or tuple(
        past
        for past in facts.history
        if past.weight_kg is not None and {past.rep_count, in_units(past.weight_kg, facts.units)} <= numbers
    )
    if found:
        return Answer(labelled_lines(facts, found[:MOST_TOLD]), summed=(found,))
    known = best(facts, facts.this.exercise, facts.this.label) if facts.this else ()
    return Answer((say(facts.language, "then_unseen"), *known))


def checked(check: Check, facts: Facts) -> Answer | None:
    """What is said to "was it 10?": yes, or no and what it was, and neither where the count is not sure; of another
    exercise its last set. None where nothing of the kind was measured."""
    this = facts.this
    other = check.exercise if check.exercise and check.exercise != current(facts) else None
    past = next(iter(facts.earlier(other)), None) if other else past_set(this) if this else None
    found = measured(check, facts, past) if past else None
    if past is None or found is None:
        return None
    measure, value = found
    right = any(agrees(measure, value, one) or (check.at_least and value > one) for one in check.values)
    if other or this is None:
        return Answer((*_word(facts, check, right), *last_one(facts, past.exercise, past.label)))
    unsure = torn(facts, this) if measure == "reps" else ()
    seen = measure == "reps" and this.corrected_reps is None and not right
    put_right = (say(facts.language, "say_count"),) if seen else ()
    word = () if unsure else _word(facts, check, right)
    return Answer((*word, *_as_measured(facts, this, measure), *unsure, *put_right))


def _word(facts: Facts, check: Check, right: bool) -> Sentences:
    """Yes, no, or neither; of two numbers the right one is told, not agreed to."""
    several = len(check.values) > 1
    if right:
        return () if several else (say(facts.language, "claim_yes"),)
    return (say(facts.language, "claim_neither" if several else "claim_no"),)


def _as_measured(facts: Facts, this: SetFacts, measure: Measure) -> Sentences:
    if measure == "weight":
        return told.load_used(facts, this)
    return told.hold(facts, this) if measure == "s" else _counted(facts, this)


def _counted(facts: Facts, this: SetFacts) -> Sentences:
    return punched.count(facts, this) if this.is_round else told.count(facts, this)
