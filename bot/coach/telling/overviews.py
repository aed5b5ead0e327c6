"""What is said of a week or a month as a whole: nothing but what was measured or told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.coach.facts import Facts, PastSet
from bot.coach.facts.comparing import best_of
from bot.coach.facts.growth import went
from bot.coach.facts.summing import by_exercise
from bot.coach.hearing.intents import Question
from bot.coach.hearing.spans import Days, span, span_before
from bot.coach.language import Sentences, say
from bot.coach.phrases import listed
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import labelled_lines
from bot.coach.telling.sessions import exercise_line
from bot.coach.telling.versus import of_exercise, of_span, ups_and_downs, ways_of, within
from pipeline.values import UNKNOWN

MOST_EXERCISES = 6  # lines; more nobody reads in a chat


def overview(facts: Facts, asked: Question) -> Answer:
    """The days, sets and repetitions of a week or month, its exercises, which had their best set ever, and what became
    more or less since the one before; where it has no set yet, the same of the one before."""
    sets = of_exercise(facts, asked.exercise)
    name, before = asked.spans
    done = within(sets, span(name, facts.today))
    if not done and name.startswith("this") and within(sets, span(before, facts.today)):
        nothing = of_span(facts, name, done)
        rest = overview(facts, _of(asked, before, facts))
        return Answer((nothing, *rest.sentences), summed=rest.summed, general=rest.general)
    if not done:
        told = (say(facts.language, "days_newest"), *labelled_lines(facts, sets[:1])) if sets else ()
        return Answer((of_span(facts, name, done), *told), summed=(sets[:1],) if sets else ())
    earlier = within(sets, span(before, facts.today))
    lines = [exercise_line(facts, group) for group in by_exercise(done)[:MOST_EXERCISES]]
    then = (of_span(facts, before, earlier), *ups_and_downs(facts, ways_of(done, earlier)))
    ends = (say(facts.language, f"not_over_{name}"),) if name.startswith("this") else ()
    records = _records(facts, sets, span(name, facts.today))
    return Answer((of_span(facts, name, done), *lines, *records, *then, *ends), summed=(done, earlier), general=records)


def _of(asked: Question, name: str, facts: Facts) -> Question:
    return Question(
        asked.text, asked.target, 1.0, exercise=asked.exercise, spans=(name, span_before(name, facts.today))
    )


def _records(facts: Facts, sets: Sequence[PastSet], days: Days) -> Sentences:
    """The exercises whose best set in these days beats all that were before."""
    found = list[str]()
    for group in by_exercise([past for past in sets if past.exercise != UNKNOWN]):
        now = best_of(tuple(past for past in group if days.hold(past.done_on)))
        before = best_of(tuple(past for past in group if past.done_on < days.first))
        found += [now.label] if now and before and went(now, before) == "up" else []
    return (say(facts.language, "overview_best", labels=listed(found, facts)),) if found else ()
