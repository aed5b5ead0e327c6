"""What is said to who takes something else for granted, or puts right what was measured."""

from __future__ import annotations

from bot.coach.facts import Facts, SetFacts
from bot.coach.hearing.corrections import Correction
from bot.coach.hearing.exercise_asked import label_of
from bot.coach.language import Sentences, say
from bot.coach.telling import rounds as punched
from bot.coach.telling import sets as told
from bot.coach.telling.answer import Answer


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
    return (*told.count(facts, this), say(facts.language, "count_kept_both"))


def claimed(reps: int, facts: Facts) -> Answer:
    """What is said to "i did 12, right?": the count, and where it is another one, how to put it right."""
    this = facts.this
    if this is None:
        return Answer((say(facts.language, "no_set"),), known=False)
    said = _counted(facts, this)
    if this.is_hold or reps == this.rep_count:
        return Answer((*((say(facts.language, "claim_yes"),) if not this.is_hold else ()), *said))
    return Answer((*said, say(facts.language, "correct_count")))


def _counted(facts: Facts, this: SetFacts) -> Sentences:
    return punched.count(facts, this) if this.is_round else told.count(facts, this)
