"""What is said to "can I still squat?" once a part of the body was told, or said in this conversation, to hurt."""

from __future__ import annotations

import re
from functools import cache

from bot.coach.facts import Facts, SetFacts
from bot.coach.hearing.exercise_asked import label_of, other_exercise
from bot.coach.hearing.intents import Question
from bot.coach.hearing.wanted_load import wanted_load_kg
from bot.coach.language import load, say, timed_as, weight
from bot.coach.phrases import part_name
from bot.coach.telling.adapt import loads
from bot.coach.telling.answer import Answer
from bot.coach.words import folded, is_korean

LEADS_ON = re.compile(
    r"^(?:(?:and|ok|okay|so|but|then)[ ,]+)*(?:what|how) about\b"
    r"|^(?:(?:ok|okay|so|but)[ ,]+)*(?:and|or) (?:\w+ ){0,2}\w+\??$"
    r"|^(?:그럼|그러면|그리고) |(?:은|는)요?\??$"
)
OF_THIS = re.compile(r"\b(?:do|doing|keep|continue|go on|carry on|this|that|it|them|those)\b|계속|그거|이거")
SENTENCE = re.compile(r"[.!?,;]\s*")
LONGEST_WORDS = 9  # behind the words that ask; who says more asks for more than leave


def asks_leave(asked: Question) -> bool:
    """Whether a message asks if something may be done: "can i still squat", "is it ok to bench tomorrow"."""
    said = folded(asked.text).strip()
    if is_korean(said):
        named = asked.exercise or _any("korean_training").search(said)
        return bool(named and _any("korean").search(said) and not _any("korean_other").search(said))
    return any(_asks(clause, asked.exercise) for clause in SENTENCE.split(said))


def _asks(clause: str, exercise: str | None) -> bool:
    may = _any("may").search(clause)
    if may is None or len(clause[may.end() :].split()) > LONGEST_WORDS or _any("other").search(clause):
        return False
    return exercise is not None or _any("training").search(clause) is not None


@cache
def _any(name: str) -> re.Pattern[str]:
    members = "|".join(load("data/adapt.toml")["leave"][name])
    return re.compile(f"(?:{members})" if name.startswith("korean") else rf"\b(?:{members})(?!\w)")


def leads_on(asked: Question) -> bool:
    """Whether a message asks the same of another exercise: "ok what about lunges", "and deadlifts?"."""
    said = folded(asked.text).strip()
    training = _any("korean_training" if is_korean(said) else "training").search(said)
    return LEADS_ON.search(said) is not None and (asked.exercise is not None or training is not None)


def given_leave(asked: Question, facts: Facts) -> Answer:
    """What each part of the body to be spared allows: the exercise that is asked of, else training as such."""
    exercise, label = _asked_of(asked, facts)
    said = [one for part in facts.spared for one in _of_part(part, exercise, label, facts)]
    return Answer((*dict.fromkeys(said), say(facts.language, "leave_doctor")), whole=True)


def _asked_of(asked: Question, facts: Facts) -> tuple[str | None, str]:
    """The exercise that leave is asked for and how it is called: "can i do it" is of the set that is spoken of."""
    if asked.exercise and (asked.exercise == other_exercise(asked, facts) or facts.this is None):
        return asked.exercise, label_of(asked.exercise, facts)
    if asked.exercise and facts.this:
        return facts.this.exercise, facts.this.label
    of_this = facts.this and not facts.photo and OF_THIS.search(folded(asked.text))
    return (facts.this.exercise, facts.this.label) if facts.this and of_this else (None, "")


def _of_part(part: str, exercise: str | None, label: str, facts: Facts) -> tuple[str, ...]:
    language, named, care = facts.language, part_name(part, facts), say(facts.language, f"care_{part}")
    if exercise is None:
        return (say(language, "leave_around", part=named), care)
    if loads(part, {exercise}):
        return (say(language, "leave_loaded", part=named, label=label), care)
    return (say(language, "leave_spared", part=named, label=label),)


def spared_at(part: str, facts: Facts, this: SetFacts, asked: str = "") -> tuple[str, ...]:
    """What to load, or how long to hold, next while a part that the exercise loads is to be spared; a lower weight that
    is asked for is the careful one."""
    wanted_kg = None if this.weight_kg is None else wanted_load_kg(asked, this.weight_kg, facts.units)
    if wanted_kg and this.weight_kg and wanted_kg < this.weight_kg:
        down = {"wanted": weight(wanted_kg, facts.units), "weight": weight(this.weight_kg, facts.units)}
        return (say(facts.language, "wanted_less_pain", **down), say(facts.language, f"care_{part}"))
    timed, loaded = f"next_spare_{timed_as(this.exercise)}", this.weight_kg is not None
    key = timed if this.is_hold else "next_spare" if loaded else "next_spare_bare"
    load = None if this.weight_kg is None else weight(this.weight_kg, facts.units)
    return (say(facts.language, key, part=part_name(part, facts), weight=load), say(facts.language, f"care_{part}"))


def part_loaded(facts: Facts) -> str | None:
    """The part to be spared that the exercise in question loads."""
    return next((part for part in facts.spared if facts.this and loads(part, {facts.this.exercise})), None)
