"""A goal whose number may be a load or a count is asked back as two goals, of which one is taken: "the first", "kg"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.coach.facts import Language, Units
from bot.coach.hearing.unsure import QUOTED, which_chosen
from bot.coach.language import plain, say
from bot.coach.phrases import catalogued
from bot.coach.words import folded, is_korean
from pipeline.catalogue import exercises

BY_UNIT = (
    re.compile(
        r"(?:\d{1,3}(?:\.\d)? ?)?(?:kgs?|kilos?|lbs?|pounds?|(?:the )?weight|load|키로|킬로|무게)(?:요|이?예요|로)?"
    ),
    re.compile(r"(?:\d{1,3} ?)?(?:reps?|repetitions?|times|개|회|번|횟수)(?:요|이?예요)?"),
)

UNITS = ("kg", "lb", "reps")
NUMBER = re.compile(r"\d+(?:\.\d)?")


def goals_offered(exercise: str, value: float, units: Units, language: Language) -> tuple[str, str]:
    """The two goals that a bare number may be, as the user would say them."""
    return _goal(f"{exercise}:{units}:{value:g}", language), _goal(f"{exercise}:reps:{value:g}", language)


def _goal(name: str, language: Language) -> str:
    exercise, unit, value = name.split(":")
    label = catalogued(exercise, language)
    return say(language, f"my_goal_{unit}", amount=plain(float(value)), label=label)


def goal_of(name: str, language: Language) -> str | None:
    """The goal of a button by its name; None where it is the name of none."""
    parts = name.split(":")
    return _goal(name, language) if len(parts) == 3 and parts[0] in exercises() else None


def goals_in(said: str) -> Mapping[str, str]:
    """The goals that a message of the coach offered, by the names of their buttons."""
    language: Language = "ko" if is_korean(said) else "en"
    quoted = [(one, found[0]) for one in QUOTED.findall(said) if (found := NUMBER.findall(one))]
    names = ((f"{slug}:{unit}:{value}", text) for text, value in quoted for slug in exercises() for unit in UNITS)
    return {name: text for name, text in names if _goal(name, language) == text}


def goal_chosen(text: str, said_before: str) -> str | None:
    """The goal that an answer takes of those that were offered just before; None where none were, or none is taken."""
    offered = list(goals_in(said_before).values())
    said = folded(text).strip(" .!")
    by_unit = next((at for at, pattern in enumerate(BY_UNIT) if pattern.fullmatch(said)), None)
    at = which_chosen(text) if by_unit is None else by_unit
    return offered[at] if at is not None and at < len(offered) else None
