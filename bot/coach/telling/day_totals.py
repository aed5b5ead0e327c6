"""What one day comes to, exercise by exercise: exercises are never added to one another."""

from __future__ import annotations

from collections.abc import Sequence

from bot.coach.facts import Facts, PastSet
from bot.coach.facts.summing import days_of, moved_kg
from bot.coach.hearing.intents import Question
from bot.coach.hearing.spans import Days
from bot.coach.language import Sentences, day, say, weight
from bot.coach.phrases import capital
from bot.coach.telling.answer import Answer
from bot.coach.telling.sessions import exercise_line
from bot.coach.telling.versus import within
from pipeline.values import UNKNOWN


def day_total(facts: Facts, asked: Question) -> Answer:
    """The sets, the repetitions and the weight lifted of each exercise, on the days asked for, else today."""
    if not facts.logged:
        return Answer((say(facts.language, "no_set"),), known=False)
    wanted = asked.days or Days(facts.today, facts.today)
    found = within(facts.logged, wanted)
    if not found:
        newest = max(past.done_on for past in facts.logged)
        none = say(facts.language, "day_none_today" if asked.days is None else "days_none")
        return Answer((none, say(facts.language, "last_workout", day=day(facts.language, newest))))
    in_order = tuple(reversed(found))
    groups = [tuple(past for past in in_order if past.exercise == name) for name in _names(in_order)]
    lines = [sentence for group in groups for sentence in _of_exercise(facts, group)]
    apart = (say(facts.language, "day_apart", count=len(found)),) if len(groups) > 1 else ()
    return Answer((*_intro(facts, found), *lines, *apart), summed=(found,))


def _names(sets: Sequence[PastSet]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(past.exercise for past in sets))


def _intro(facts: Facts, found: Sequence[PastSet]) -> Sentences:
    days = days_of(found)
    if days == (facts.today,):
        return (say(facts.language, "day_today"),)
    return (say(facts.language, "over_one_day", day=day(facts.language, days[0])),) if len(days) == 1 else ()


def _of_exercise(facts: Facts, sets: tuple[PastSet, ...]) -> Sentences:
    """One exercise's line, and weight times repetitions over those of its sets whose weight is known. Of sets that were
    not recognised nothing is added up but their number: they may be of several exercises."""
    if sets[0].exercise == UNKNOWN and len(sets) > 1:
        return (say(facts.language, "day_line_unnamed", count=len(sets)),)
    kilograms, count = moved_kg(sets)
    if not kilograms:
        return (exercise_line(facts, sets),)
    shown: dict[str, object] = {"label": capital(sets[0].label), "weight": weight(kilograms, facts.units)}
    if count == len(sets):
        return exercise_line(facts, sets), say(facts.language, "day_lifted", **shown)
    shown |= {"count": count, "sets_word": "set" if count == 1 else "sets"}
    lifted = say(facts.language, "day_lifted_of", **shown)
    return exercise_line(facts, sets), lifted
