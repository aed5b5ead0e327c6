"""The total that powerlifters speak of: squat, bench press and deadlift, the heaviest set of each."""

from __future__ import annotations

from bot.coach.facts import Facts
from bot.coach.facts.comparing import all_sets, heaviest
from bot.coach.hearing.exercise_asked import label_of
from bot.coach.hearing.intents import Question
from bot.coach.language import say, weight
from bot.coach.phrases import listed
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import labelled_lines

LIFTS = ("squat", "bench_press", "deadlift")


def three_lifts(facts: Facts, _: Question) -> Answer:
    """The heaviest set of each lift, and their sum; without all three, which is missing and no sum."""
    best = {name: top for name in LIFTS if (top := heaviest(all_sets(facts, name)))}
    lines, shown = labelled_lines(facts, tuple(best.values())), tuple((one,) for one in best.values())
    missing = [label_of(name, facts) for name in LIFTS if name not in best]
    if missing:
        said = say(facts.language, "three_lifts_missing", labels=listed(missing, facts))
    else:
        total_kg = sum(one.weight_kg or 0.0 for one in best.values())
        said = say(facts.language, "three_lifts_total", weight=weight(total_kg, facts.units))
    return Answer((*lines, said), summed=shown, general=(said,))
