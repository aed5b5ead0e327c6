"""The first stored set in which a weight, a count or a time was reached."""

from __future__ import annotations

from bot.coach.facts import Facts, PastSet
from bot.coach.hearing.exercise_asked import current, label_of, other_exercise
from bot.coach.hearing.first_time import Reached
from bot.coach.hearing.intents import Question
from bot.coach.language import say
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import labelled_lines
from bot.coach.telling.versus import of_exercise

TINY = 0.06  # kg, by which a weight in pounds may be off once it is stored


def first_time(facts: Facts, asked: Question, reached: Reached) -> Answer:
    """The first set with at least that much, of the exercise that is named or in question; else that none is known,
    and the most that is."""
    exercise = other_exercise(asked, facts) or current(facts)
    if exercise is None:
        return Answer((say(facts.language, "no_set"),), known=False)
    known = tuple(reversed(of_exercise(facts, exercise)))
    if not known:
        return Answer((say(facts.language, "no_set_of", label=label_of(exercise, facts)),), known=False)
    measure = reached.measure or _usual(known)
    first = next((past for past in known if _of(past, measure) >= reached.value - TINY), None)
    if first:
        told = say(facts.language, "first_reached")
        ago = (facts.today - first.done_on).days
        when = (say(facts.language, "since_ago", count=ago),) if ago > 1 else ()
        return Answer((told, *labelled_lines(facts, (first,)), *when), summed=((first,),), general=(told,))
    none = say(facts.language, "first_not_reached", label=label_of(exercise, facts))
    top = max(known, key=lambda past: _of(past, measure))
    return Answer((none, *labelled_lines(facts, (top,))), summed=((top,),), general=(none,))


def _usual(sets: tuple[PastSet, ...]) -> str:
    """What a bare number is of."""
    if any(past.weight_kg for past in sets):
        return "kg"
    return "s" if any(past.hold_s is not None for past in sets) else "reps"


def _of(past: PastSet, measure: str) -> float:
    value = {"kg": past.weight_kg, "s": past.hold_s, "reps": float(past.rep_count)}[measure]
    return value or 0.0
