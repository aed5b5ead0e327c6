"""What is said where it is not sure what was asked: what comes nearest of what was measured, said to be a guess, with
the other questions that were perhaps meant."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.coach.facts import Facts, Turn
from bot.coach.facts.comparing import slowing
from bot.coach.hearing.exercise_asked import other_exercise
from bot.coach.hearing.intents import THRESHOLDS, Question
from bot.coach.hearing.openers import asks
from bot.coach.hearing.unsure import offered, open_now, unsure
from bot.coach.language import known, say
from bot.coach.telling import photos as pictured
from bot.coach.telling import rules
from bot.coach.telling.answer import Answer
from bot.coach.telling.form import faults
from bot.coach.telling.intent_table import WARMLY, WITHOUT_FACTS
from bot.coach.telling.warmly import good_news

MOST_BESIDE = 2  # questions offered behind an answer, or before those that can always be asked
MOST_GUESSED = 3  # sentences: more on what was perhaps not asked is in the way
LEAST_OF_THE_FIRST = 0.75  # that must speak for what was measured, of what speaks for the likeliest
LEAST_OF_A_TOPIC = 0.3
TURNS_OFFERED = 6  # in which nothing is offered twice
LEAST_TOLD = 3  # words; fewer are a question cut short
LEAST_OFFERED = 0.5  # that must speak for a question, of what speaks for the likeliest
ASKED = re.compile(r"\bor\b|\b(?:right|yes|no|huh|eh|correct)\W*$|[지죠까냐]\W*$", re.IGNORECASE)
WITHIN = re.compile(  # of a question that does not begin with it: "trunk sway of 31 degrees - on which reps"
    r"\b(?:how (?:many|much|long|far|often|fast|deep|does|do|did|was)|hows|how's|which|what's|when was|where was)\b"
    r"|\bsuggestions?\b"
    r"|몇|언제|얼마|어느|어떤|추천",
    re.IGNORECASE,
)
TALK = frozenset({*WITHOUT_FACTS, *WARMLY, "greeting", "told"})


def guessed(asked: Question, answer: Answer, facts: Facts) -> Answer:
    """The answer as it is where the likeliest questions have the same; else a guess, or questions to choose from."""
    least = LEAST_OFFERED * asked.score
    found = [(target, score, _answer_to(target, asked, facts)) for target, score in asked.likely if score >= least]
    alike = sum(score for _, score, one in found if one.sentences[:1] == answer.sentences[:1])
    if alike >= THRESHOLDS.sure:
        return answer
    guess = next((one for target, score, one in found if one.known and _is_guessed(target, score, asked)), None)
    may_be = offered(_others(found, guess), facts)
    if guess is not None and guess.sentences[:1] != (say(facts.language, "no_set"),):
        lead, rest = say(facts.language, "guess"), (unsure(may_be, facts.language, instead=True),) if may_be else ()
        return replace(
            guess,
            sentences=(lead, *guess.sentences[:MOST_GUESSED], *rest),
            whole=False,
            open=False,
            core="",
            general=(*guess.general, *rest),
        )
    if len(may_be) > 1:
        sentence = unsure(may_be, facts.language)
        return Answer((sentence,), known=False, general=(sentence,))
    return doubted(asked, answer, facts)


def doubted(asked: Question, answer: Answer, facts: Facts) -> Answer:
    """The answer to what was perhaps misheard, and behind it the likeliest other questions."""
    least = LEAST_OFFERED * asked.score
    likely = [(target, score) for target, score in asked.likely if score >= least and target != asked.target]
    found = [(target, score, _answer_to(target, asked, facts)) for target, score in likely]
    may_be = offered(_others(found, answer), facts)[:MOST_BESIDE]
    rest = (unsure(may_be, facts.language, instead=True),) if may_be else ()
    sentences = (say(facts.language, "perhaps_misheard"), *answer.sentences, *rest)
    return replace(answer, sentences=sentences, general=(*answer.general, *rest))


def unheard(asked: Question, facts: Facts, turns: Sequence[Turn]) -> Answer:
    """That it is not known what was asked, and what can be asked of what is there; of another exercise that it names
    the last set; to one who asks nothing what is good about it."""
    if (other := other_exercise(asked, facts)) and facts.earlier(other):
        return replace(rules.answer(replace(asked, target="when_last"), facts), open=False)
    if asked.likely and tells(asked.text):
        return Answer((say(facts.language, "told_me"), *good_news(facts)), known=False)
    if facts.photo:
        return Answer((say(facts.language, "unknown_now"), *pictured.verdict(facts, facts.photo)[:2]), known=False)
    said = " ".join(turn.text for turn in turns[-TURNS_OFFERED:])
    nearest = [target for target, _ in asked.likely if target not in TALK][:MOST_BESIDE]
    offers = open_now(dict.fromkeys((*nearest, *_askable(facts))), facts, said)
    return Answer((say(facts.language, "unknown_now"), offers), known=False, general=(offers,))


def _askable(facts: Facts) -> Sequence[str]:
    """What can be asked of the facts at hand, the most telling first."""
    this = facts.this
    if this is None:
        return (
            ("progress", "since", "train_next")
            if facts.history
            else ("topic:capabilities", "topic:filming", "topic:week_plan")
        )
    there = {
        "fix": bool(faults(this)),
        "compare": facts.last_same is not None,
        "session": len(facts.session) > 1,
        "slowest": slowing(this) is not None,
        "round_pace": this.is_round,
        "round_power": this.is_round,
        "steady": this.sway_m is not None,
        "next_weight": this.weight_kg is not None,
        "depth": known(this.range_deg),
        "hold": this.is_hold,
        "count": not this.is_hold,
        "best": bool(facts.earlier(this.exercise)),
        "doubts": not this.is_hold,
        "train_next": True,
    }
    return [target for target, is_there in there.items() if is_there]


def tells(text: str) -> bool:
    """Whether a message tells something and asks nothing."""
    return len(text.split()) >= LEAST_TOLD and not asks(text) and not (ASKED.search(text) or WITHIN.search(text))


def _answer_to(target: str, asked: Question, facts: Facts) -> Answer:
    return rules.answer(replace(asked, target=target), facts)


def _is_guessed(target: str, score: float, asked: Question) -> bool:
    """Whether the answer to a question is told: what was measured, where nearly as much speaks for it as for the first;
    what is known in general only where more speaks for it."""
    if target.startswith("topic:"):
        return score >= LEAST_OF_A_TOPIC
    return target not in TALK and score >= LEAST_OF_THE_FIRST * asked.score


def _others(found: Sequence[tuple[str, float, Answer]], guess: Answer | None) -> list[str]:
    """The targets with another answer than the guess, each answer once, the likeliest first."""
    told = {} if guess is None else {guess.sentences[:1]: ""}
    for target, _, one in found:
        told.setdefault(one.sentences[:1], target)
    return list(itertools.filterfalse(lambda target: not target, told.values()))
