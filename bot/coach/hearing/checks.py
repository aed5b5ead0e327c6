"""A number that a message wants held against what was measured: "was it 10?", "60 kg right?", "12개 맞아요?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.coach.facts import Facts, PastSet
from bot.coach.facts.estimates import in_units
from bot.coach.hearing.corrections import ALL_NUMBERS, KOREAN_COUNTS, MOST_MISSED, as_count
from bot.coach.words import folded

Measure = Literal["reps", "s", "weight"]

LONGEST_CHARS = 80
NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d)?(?!\d)|(?:{'|'.join(ALL_NUMBERS)})\b)"
UNITS: Mapping[Measure, str] = {
    "reps": r"reps?|repetitions?|of them|개|회|번",
    "s": r"s|secs?|seconds?|초",
    "weight": r"kgs?|kilos?|lbs?|pounds?|키로|킬로",
}
NAMED: Mapping[Measure, re.Pattern[str]] = {  # the measure, by what the number is said to be of
    "reps": re.compile(r"counts?|reps?|do"),
    "s": re.compile(r"hold|time"),
    "weight": re.compile(r"weight|load|lift|use"),
}
UNIT = rf"(?:{'|'.join(UNITS.values())})(?![a-z])"
NO_UNIT = r"(?! ?(?:[:%°]|degrees?\b|sets?\b|min|hours?\b|days?\b|weeks?\b|am\b|pm\b|cm\b|m\b))"
ASKED = (
    re.compile(
        r"(?P<before>(?:[a-z][a-z' -]{1,39}[,:.!?]? )?)"
        r"(?:(?P<now>is|are|isn't|isnt)|was|were|wasn't|wasnt|weren't|did)"
        r" (?:it|that|there|they|those|this|(?:the|my) (?P<noun>counts?|reps?|weight|load|hold|time)"
        r"|(?:the|my) (?P<named>[a-z][a-z -]{2,24}?)"
        r"|i (?P<verb>do|get|hit|make|hold|lift|use|manage))"
        r" (?:really |actually |only |just |about |like |more like |exactly )?"
        rf"(?P<one>{NUMBER}){NO_UNIT} ?(?P<unit>{UNIT})?"
        r"(?:,? or (?:was it |is it |maybe |more like |just )?"
        rf"(?P<other>{NUMBER}){NO_UNIT} ?(?P<other_unit>{UNIT})?)?"
        r"(?:,? (?:be honest|honestly|right|correct|for real|or what|or not|again|then|coach|really|exactly|though|tho"
        r"|or more|or less|this time)){0,2}[?!. ]*"
    ),
    re.compile(
        rf"(?P<before>)(?P<now>)(?P<noun>)(?P<verb>)(?:(?:so|and|but|ok|wait)[, ]){{0,2}}"
        rf"(?P<one>{NUMBER}) ?(?P<unit>{UNIT})(?P<other>)(?P<other_unit>),? "
        r"(?:right|correct|yes|yeah|no|true|is that right|is that correct)\?+"
    ),
    re.compile(
        r"(?P<now>)(?P<noun>)(?P<verb>)(?P<before>(?:[가-힣 ]{2,20} )?)"
        rf"(?P<one>\d{{1,3}}(?:\.\d)?|(?:{'|'.join(KOREAN_COUNTS)})(?= ?[개회번]))"
        r" ?(?P<unit>kg|키로|킬로|개|회|번(?!째)|초)(?P<other>)(?P<other_unit>) ?[이가는를]? ?"
        r"(?:맞|였나|이었나|였어요?\?|였죠|였지|인가|이?지\?|이?죠|아니|했나|했죠|했지|들었나|들었죠|버텼나|버텼죠)"
        r"[가-힣 ]{0,6}[?!. ~ㅋㅎ]*"
    ),
)
ANOTHER = re.compile(
    r"\b(?:last|first|second|third|previous|other|earlier|before|ago|old|sets?|rep #?\d|week|month|day|yesterday|best"
    r"|record|most|max|1rm|total|ever|should|could|can|if|than)\b|마지막|첫|번째|지난|저번|어제|아까|최고|기록|총"
)
FILLERS = re.compile(
    r"\b(?:and|but|so|ok|okay|wait|hey|hm+|the|my|then|for|of|on|in|coach|what about|how about|honestly|really)\b"
    r"|[,:.!?]|\btoday\b|\bjust now\b|이거|그거|방금|오늘|지금|진짜|정말|제가|내가|저|나|근데|혹시|이번에?"
)
OF_THE_SET = frozenset(  # after these a bare number is of the set in question; after others it may be of anything
    {None, "count", "hold", "weight", "next_weight", "verdict", "exercise", "doubts", "upset", "ack", "greeting",
     "thanks", "glad", "fix", "topic:correct", "topic:log_weight"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """The numbers that are offered, of which measure where that was said, the exercise that is named before them (a
    slug), and whether more would do as well: "did i hold 60"."""

    values: tuple[float, ...]
    measure: Measure | None
    exercise: str | None
    at_least: bool = False


def asked_number(text: str, mentioned: Callable[[str], str | None], spoken: str | None) -> Check | None:
    """The number that a message wants confirmed; None where it wants none, or one of something else than a set: what
    was spoken of before (its target) tells of what a bare one is. `mentioned` finds an exercise's slug."""
    said = folded(text).strip()
    if len(said) > LONGEST_CHARS or ANOTHER.search(said):
        return None
    found = next((match for pattern in ASKED if (match := pattern.fullmatch(said))), None)
    if found is None:
        return None
    before = FILLERS.sub(" ", found["before"]).strip()
    exercise = mentioned(found["before"]) if before else None
    if before and exercise is None:
        return None
    if called := found.groupdict().get("named"):
        exercise = mentioned(called)
        if exercise is None:
            return None
    unit, named = found["unit"] or found["other_unit"], found["noun"] or found["verb"]
    measure = _by_unit(unit) if unit else _by_name(named) if named else None
    told = bool(found["noun"] or exercise or (unit and not found["now"] and (spoken or "").startswith("topic:")))
    if not told and spoken not in OF_THE_SET:
        return None
    values = tuple(_value(one) for one in (found["one"], found["other"]) if one)
    return Check(values, measure, exercise, at_least=bool(found["verb"]))


def measured(check: Check, facts: Facts, past: PastSet) -> tuple[Measure, float] | None:
    """What the number is of, and that as it was measured in a set; None where it was not."""
    load = None if past.weight_kg is None else round(in_units(past.weight_kg, facts.units), 1)
    held = past.hold_s is not None
    known: Mapping[Measure, float | None] = {
        "reps": None if held or not past.counted else past.rep_count,
        "s": past.hold_s,
        "weight": load,
    }
    measure = check.measure or _likeliest(check, past, load)
    value = known[measure]
    return None if value is None else (measure, value)


def agrees(measure: Measure, value: float, offered: float) -> bool:
    """Whether an offered number is what was measured, as people round: whole seconds and pounds, exact repetitions."""
    if measure == "reps":
        return value == offered
    return abs(value - offered) <= (0.05 if offered % 1 else 0.5)


def _likeliest(check: Check, past: PastSet, load: float | None) -> Measure:
    """The measure of a bare number: what it can be of this set."""
    if past.hold_s is not None:
        return "weight" if load in check.values else "s"
    few = all(value <= 2 * past.rep_count + MOST_MISSED for value in check.values)
    return "weight" if load is not None and not few else "reps"


def _by_unit(unit: str) -> Measure | None:
    return next((name for name, pattern in UNITS.items() if re.fullmatch(pattern, unit)), None)


def _by_name(named: str) -> Measure | None:
    return next((name for name, pattern in NAMED.items() if pattern.fullmatch(named)), None)


def _value(said: str) -> float:
    return float(said.replace(",", ".")) if said[0].isdigit() else float(as_count(said))
