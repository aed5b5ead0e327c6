"""What a message may have asked, where that is not sure: questions to choose from, alone or behind a guess.

Of known phrasings left out, with between 0.2 and 0.4 speaking for the likeliest target, that was the right one in 41 of
100, and the right one was among the likeliest three in 73.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.coach.facts import Facts, Language
from bot.coach.language import load
from bot.coach.words import folded

MOST = 3  # questions offered at once
OF_HOLDS = frozenset({"hold", "steady"})
OF_BLOWS = frozenset({"round_pace", "round_power"})
OF_REPS = frozenset({"slowest", "rep", "slowing", "loss", "depth", "tempo", "lowering", "lifting", "pause", "travel"})
QUOTED = re.compile("“([^”]+)”")
WHICH = tuple(  # of those offered is meant
    re.compile(
        rf"(?:{said}|(?:number )?{number}|(?:the )?{english}(?: one)?|{number}번(?:이요)?|{korean} ?번째(?:요|거요?)?)"
    )
    for number, english, korean, said in (
        (1, "first", "첫", "yes|yeah|yep|yup|a|네|예|응|ㅇㅇ|맞아요?"),
        (2, "second", "두", "b"),
        (3, "(?:third|last)", "세", "c"),
    )
)


def questions(language: Language) -> Mapping[str, str]:
    """One plain question for each target that can be offered."""
    return dict(load("data/offers.toml")[language])


def offered(near: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """The questions for the likeliest targets, likeliest first, that can be asked of what is there."""
    known = questions(facts.language)
    return tuple(known[target] for target in near if target in known and _fits(target, facts))[:MOST]


def unsure(asked: tuple[str, ...], language: Language, *, instead: bool = False) -> str:
    """The sentence that offers the questions; `instead`: behind the answer to another."""
    table = load("data/offers.toml")
    offered = table["or"][language].join(f"“{one}”" for one in asked)
    return str(table["else" if instead else "unsure"][language]).format(offered=offered)


def open_now(targets: Iterable[str], facts: Facts, said: str) -> str:
    """The sentence that offers what can be asked of what is there, but for what stands in the text `said` already."""
    known, table = questions(facts.language), load("data/offers.toml")
    fitting = [target for target in targets if target in known and _fits(target, facts)]
    fresh = [known[target] for target in fitting if known[target] not in said] or [known[one] for one in fitting]
    asked = table["or"][facts.language].join(f"“{one}”" for one in fresh[:MOST])
    return str(table["here"][facts.language]).format(offered=asked)


def offered_in(said: str, language: Language) -> Mapping[str, str]:
    """The questions that a message of the coach offered, by their targets, in its order."""
    targets = {asked: target for target, asked in questions(language).items()}
    return {targets[asked]: asked for asked in QUOTED.findall(said) if asked in targets}


def question(target: str, language: str) -> str | None:
    """The question offered for a target, in this language or the other; None where there is none, or no longer."""
    first, other = (questions("ko"), questions("en")) if language == "ko" else (questions("en"), questions("ko"))
    return first.get(target) or other.get(target)


def chosen(text: str, said_before: str) -> str | None:
    """The question that "the second", "2" or "yes" takes from those offered just before; None where none were."""
    known = {*questions("en").values(), *questions("ko").values()}
    found = [one for one in QUOTED.findall(said_before) if one in known]
    which = which_chosen(text)
    return found[which] if which is not None and which < len(found) else None


def which_chosen(text: str) -> int | None:
    """Which of several that were offered is taken, from 0; None where none is."""
    said = folded(text).strip(" .!")
    return next((at for at, pattern in enumerate(WHICH) if pattern.fullmatch(said)), None)


def _fits(target: str, facts: Facts) -> bool:
    """Whether the question can be of the set that is spoken of."""
    this = facts.this
    if this is None or facts.photo:
        return target.startswith("topic:") or target in ("verdict", "fix", "exercise", "train_next")
    if this.is_hold:
        return target not in OF_REPS | OF_BLOWS
    return target not in OF_HOLDS | (OF_REPS if this.is_round else OF_BLOWS)
