"""What is said of several exercises' growth: which went up, which went down, and from what to what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.coach.facts import Facts
from bot.coach.facts.growth import Growth, Went, growths
from bot.coach.hearing.intents import Question
from bot.coach.language import Sentences, say
from bot.coach.phrases import listed
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import labelled_lines
from bot.coach.words import folded

SHOWN = 3  # exercises with their sets, of those that went one way
OF_LOSS = re.compile(r"\b(?:weak\w*|worse|down|behind|least|stall\w*|stuck|plateau\w*)\b|줄|약해|정체|떨어")


def grown(facts: Facts, asked: Question) -> Answer:
    """Which exercises' best sets of the last weeks are more than those before, and which less; what is asked of comes
    first, and is denied where there is none."""
    if not facts.logged:
        return Answer((say(facts.language, "no_set"),), known=False)
    found = growths(facts.logged, facts.today)
    if not found:
        return Answer((say(facts.language, "growth_none"),))
    first: Went = "down" if OF_LOSS.search(folded(asked.text)) else "up"
    ways: tuple[Went, ...] = (first, "down" if first == "up" else "up", "same")
    told = [sentence for way in ways for sentence in _of(way, found, facts)]
    if not any(one.went == first for one in found):
        told = [say(facts.language, f"growth_no_{first}"), *told]
    ups = [one for one in found if one.went == "up" and one.share_of_weight > 0]
    most = (say(facts.language, "growth_most", label=ups[0].now.label),) if len(ups) > 1 and first == "up" else ()
    return Answer((*told, *most), summed=tuple((one.before, one.now) for one in found))


def _of(way: Went, found: Sequence[Growth], facts: Facts) -> Sentences:
    """The exercises that went this way, and their sets where they are not the same."""
    went = [one for one in found if one.went == way]
    if not went:
        return ()
    shown = went[:SHOWN] if way != "same" else ()
    lines = (line for one in shown for line in labelled_lines(facts, (one.before, one.now)))
    return (say(facts.language, f"growth_{way}", labels=listed([one.now.label for one in went], facts)), *lines)
