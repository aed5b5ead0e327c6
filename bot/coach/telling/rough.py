"""That times are rough, where they are: said once, behind what tells a time of a repetition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.coach.facts import Facts, PastSet, SetFacts
from bot.coach.language import Sentences, plain, say

TENTHS = re.compile(r"(?<![\d.])(?P<value>\d{1,3}\.\d)(?: s\b|초)")
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


def told_roughly(facts: Facts, sentences: Sequence[str]) -> Sentences:
    """The sentences as they are shown: where they say that times are rough, these to half a second."""
    if not any(is_doubt(facts, one) for one in sentences):
        return tuple(sentences)
    return tuple(TENTHS.sub(lambda found: _to_half(found, facts), one) for one in sentences)


def _to_half(found: re.Match[str], facts: Facts) -> str:
    half_s = round(2 * float(found["value"])) / 2
    key = "about_s" if half_s else "under_s"
    return say(facts.language, key, seconds=plain(half_s or 0.5))


def is_doubt(facts: Facts, sentence: str) -> bool:
    """Whether the sentence says that times are rough."""
    return sentence in (say(facts.language, THIS), say(facts.language, BEFORE))
