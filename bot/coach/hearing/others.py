"""Whether a message asks for what somebody else did: nobody gets to see it.

No names are known. A possessive before what is kept tells one ("Anna's record"), and so does a relation ("my brother");
else a word where a name would stand and that is in nothing the coach has read ("what did john lift", "철수 기록").
"""

from __future__ import annotations

import re
from functools import cache

from bot.coach.hearing.intents import phrasings
from bot.coach.knowledge import topics
from bot.coach.language import load, sentences
from bot.coach.words import folded, words
from pipeline.catalogue import exercises

PARTICLES = ("이네", "씨의", "님의", "이의", "씨가", "씨는", "씨", "님", "의", "네", "이", "은", "는", "가", "도")


def of_somebody_else(text: str) -> bool:
    """Whether what is asked for is kept of somebody else."""
    said, data = folded(text).strip(), load("data/others.toml")
    if any(re.search(pattern, said) for pattern in data["outright"]):
        return True
    named = (match["who"] for pattern in data["named"] for match in re.finditer(pattern, said))
    return any(_is_a_name(who) for who in named)


def _is_a_name(word: str) -> bool:
    """Whether a word is none that the coach has ever read: most likely somebody's name."""
    if word.isascii():
        return word not in _known()
    stems = (word, *(word.removesuffix(one) for one in PARTICLES if word.endswith(one)))
    return not any(stem in _known() for stem in stems) and any(_korean_name().fullmatch(stem) for stem in stems)


@cache
def _korean_name() -> re.Pattern[str]:
    data = load("data/others.toml")
    return re.compile(rf"(?!{'|'.join(data['not_names'])})[{data['family']}]?[{data['given']}]{{2}}")


@cache
def _known() -> frozenset[str]:
    """Every word of the phrasings, of the coach's own texts, and of what exercises are called."""
    names = (name for one in exercises().values() for name in (*one.names.values(), *one.aliases))
    texts = (*sentences("en").values(), *sentences("ko").values())
    told = (topic.text(language) for topic in topics().values() for language in ("en", "ko"))
    return frozenset(word for text in (*texts, *told, *names, *(one for one, _ in phrasings())) for word in words(text))
