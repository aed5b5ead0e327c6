"""That times are rough, where they are: said once, behind what tells a time of a repetition."""

from __future__ import annotations

from collections.abc import Iterable

from bot.coach.facts import Facts, PastSet, SetFacts
from bot.coach.language import Sentences, say

THIS, BEFORE = "doubt_times_unsure", "doubt_times_unsure_before"


def rough(facts: Facts, this: SetFacts) -> Sentences:
    """That the times of the set in question are rough; nothing where they are not."""
    return (say(facts.language, THIS),) if this.rough_times else ()


def rough_before(facts: Facts, past: PastSet) -> Sentences:
    """The same of an earlier set."""
    return (say(facts.language, BEFORE),) if past.rough_times else ()


def doubted_once(facts: Facts, sentences: Iterable[str]) -> Sentences:
    """Each of the sentences once, in their order, and that times are rough behind them all."""
    once = tuple(dict.fromkeys(sentences))
    return tuple(sorted(once, key=lambda one: is_doubt(facts, one)))


def is_doubt(facts: Facts, sentence: str) -> bool:
    """Whether the sentence says that times are rough."""
    return sentence in (say(facts.language, THIS), say(facts.language, BEFORE))
