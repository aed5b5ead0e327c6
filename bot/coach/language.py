"""The coach's own sentences, by key, in the user's language; numbers as people write them; Korean particles."""

from __future__ import annotations

import math
import string
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from bot.coach.facts import Language, Units
from bot.coach.facts.estimates import in_units
from pipeline.catalogue import keeps_moving

Sentences = tuple[str, ...]

# Korean particles come in pairs: the first follows a final consonant, the second a vowel.
FIRST_SYLLABLE, FINALS, FINAL_RIEUL = 0xAC00, 28, 8
DIGIT_READINGS = "영일이삼사오육칠팔구"


@cache
def load(name: str) -> dict[str, Any]:
    """One of the data files beside this module, parsed."""
    return tomllib.loads(files("bot.coach").joinpath(name).read_text(encoding="utf-8"))


@cache
def sentences(language: Language) -> dict[str, str]:
    """Every sentence of a language by its key."""
    return dict(load(f"data/sentences.{language}.toml"))


def say(language: Language, key: str, **values: object) -> str:
    """The sentence of a key with its values put in; in Korean a field may ask for particles: {label:은/는}."""
    return _PARTICLES.vformat(sentences(language)[key], (), values)


def timed_as(exercise: str) -> Literal["hold", "going"]:
    """What keys call that which is told by its seconds: a plank is held, a carry is kept going."""
    return "going" if keeps_moving(exercise) else "hold"


def seconds(value: float) -> str:
    """Seconds to a tenth, without the unit."""
    return f"{value:.1f}"


def degrees(value: float) -> str:
    """Whole degrees, without the sign."""
    return f"{value:.0f}"


def weight(weight_kg: float, units: Units) -> str:
    """A load with its unit, to half a unit's precision where it has one: "60 kg", "132.3 lb"."""
    return f"{plain(in_units(weight_kg, units))} {units}"


def plain(value: float) -> str:
    """A number with at most one decimal, none where it is whole."""
    return f"{value:.1f}".removesuffix(".0")


def day(language: Language, when: date) -> str:
    """A date as it is written in the language: "March 3, 2026", "2026년 3월 3일"."""
    if language == "ko":
        return f"{when.year}년 {when.month}월 {when.day}일"
    return f"{MONTHS[when.month - 1]} {when.day}, {when.year}"


def month(language: Language, when: date, today: date) -> str:
    """The month of a date, with its year where that is not today's: "February", "2025년 3월"."""
    other_year = when.year != today.year
    if language == "ko":
        return f"{when.year}년 {when.month}월" if other_year else f"{when.month}월"
    return f"{MONTHS[when.month - 1]} {when.year}" if other_year else MONTHS[when.month - 1]


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def numbers(language: Language, values: tuple[int, ...]) -> str:
    """A list of whole numbers as a sentence holds it: "6, 7 and 8"."""
    texts = [str(value) for value in values]
    if len(texts) < 2 or language == "ko":
        return ", ".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def with_particle(word: str, pair: str) -> str:
    """The word followed by the particle of the pair ("은/는") that its last sound asks for."""
    closed, open_ = pair.split("/")
    final = _final_consonant(word)
    takes_open = final == 0 or (closed == "으로" and final == FINAL_RIEUL)
    return word + (open_ if takes_open else closed)


def _final_consonant(word: str) -> int:
    last = next((letter for letter in reversed(word) if letter.isalnum()), "가")
    syllable = DIGIT_READINGS[int(last)] if last.isdecimal() else last
    return (ord(syllable) - FIRST_SYLLABLE) % FINALS if "가" <= syllable <= "힣" else 0


class _Particles(string.Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        if "/" in format_spec:
            return with_particle(str(value), format_spec)
        return str(super().format_field(value, format_spec))


_PARTICLES = _Particles()


def known(value: float | None) -> bool:
    """Whether a quantity was measured."""
    return value is not None and not math.isnan(value)
