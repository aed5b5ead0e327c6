"""Words of more and less, of praise and blame: whether the facts bear them out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping

from bot.coach.facts import Facts, SetFacts, past_set
from bot.coach.facts.comparing import (
    Direction,
    Measure,
    all_sets,
    apart,
    heaviest,
    longest,
    margin_s,
    since_last,
    slowing,
)
from bot.coach.language import load
from bot.coach.telling.against import verdict_key
from bot.coach.telling.comparing_reps import direction
from bot.coach.telling.form import faults
from bot.coach.telling.motion import EVEN_DEG, asymmetry_deg
from bot.coach.telling.rounds import change_of_pace

NEAR = r"[\w\s,]{0,24}"


def _whole(name: str) -> re.Pattern[str]:
    """Matches any member of a word list of data/guard.toml as whole words."""
    return any_of(load("data/guard.toml")[name])


def any_of(members: Iterable[str]) -> re.Pattern[str]:
    """Matches each of the members as whole words."""
    return re.compile(rf"\b(?:{'|'.join(members)})\b")


RECORD, SUPERLATIVE, ANY_COMPARISON = _whole("record"), _whole("superlative"), _whole("comparison")
SLOWED, NOT_SLOWED, STEADY, WITHIN_SET = map(_whole, ("slowed", "not_slowed", "steady", "within_set"))
PRAISE, PRAISED = _whole("praise").pattern, _whole("praised").pattern
PRAISING = re.compile(f"{PRAISE}{NEAR}{PRAISED}|{PRAISED}{NEAR}{PRAISE}")
BODY = re.compile(rf"\b(?:your|the|both) (?:\w+ )?(?P<part>{_whole('body').pattern})")
SIDED = re.compile(
    r"\byour (?P<less>left|right) (?:side|leg|arm|joint) moved (?:\S+ ){0,2}less than your (?:left|right)\b"
)
PAIRED = re.compile(r"\b(?:rep|number) (?P<one>\d+) was (?P<how>[a-z]+er) than (?:rep|number) (?P<other>\d+)\b")
OF_TWO = re.compile(r"^the (?P<how>heavier|slower) one of them (?:to lift )?is exercise_(?P<which>\w+)")
ALIKE = re.compile(r"\b(?:rep|number) (?P<one>\d+) and (?:rep|number) (?P<other>\d+) were alike\b")
PAIR_OF: Mapping[str, tuple[str, Direction]] = {
    "slower": ("lifting", "more"), "faster": ("lifting", "less"),
    "deeper": ("range", "more"), "shallower": ("range", "less"),
    "longer": ("length", "more"), "shorter": ("length", "less"),
    "harder": ("peak", "more"), "softer": ("peak", "less"),
}  # fmt: skip
SAID_IN = {"lowering took": "lowering", "the range was": "range", "it lasted": "length", "a peak of": "peak"}
OVERALL = {key: any_of(members) for key, members in load("data/guard.toml")["overall"].items()}
SAID: tuple[tuple[Measure, Direction, re.Pattern[str]], ...] = tuple(
    (measure, direction, any_of(members))
    for measure, directions in load("data/guard.toml")["said"].items()
    for direction, members in directions.items()
)


def unsupported_comparison(text: str, facts: Facts, *, advice: bool) -> str | None:
    """Why a sentence's words of more, less, good or bad are not borne out; None where they are, or it only advises."""
    if advice:
        return None
    if RECORD.search(text) and not _is_record(facts):
        return "record"
    if PRAISING.search(text) and (facts.this is None or faults(facts.this)):
        return "praise"
    if _strange_body_part(text, facts):
        return "body"
    if of_two := OF_TWO.search(text):
        return None if _of_two_is_so(of_two, facts) else "exercises"
    if sided := SIDED.search(text):
        return None if _sides_are_so(sided["less"], facts) else "sides"
    if paired := PAIRED.search(text) or ALIKE.search(text):
        return None if _pair_is_so(paired, text, facts) else "pair"
    if _is_about_pace(text):
        return None if _pace_is_so(text, facts) else "pace"
    if not ANY_COMPARISON.search(text) and not any(said.search(text) for _, _, said in SAID):
        return None
    return None if _comparison_is_so(text, facts) else "comparison"


def _sides_are_so(less: str, facts: Facts) -> bool:
    """Whether that side did move less than the other."""
    apart = asymmetry_deg(facts.this) if facts.this else math.nan
    return apart <= -EVEN_DEG if less == "left" else apart >= EVEN_DEG


def _of_two_is_so(of_two: re.Match[str], facts: Facts) -> bool:
    """Whether one of the two sets that are held beside each other is so."""
    sets = [group[0] for group in facts.summed if len(group) == 1]
    more = apart("weight" if of_two["how"] == "heavier" else "concentric", *sets) if len(sets) == 2 else None
    return more is not None and more.exercise == of_two["which"]


def _pair_is_so(paired: re.Match[str], text: str, facts: Facts) -> bool:
    """Whether two repetitions stand to each other as is said of them."""
    measure, wanted = PAIR_OF.get(paired.groupdict().get("how", ""), ("lifting", "same"))
    measure = next((name for said, name in SAID_IN.items() if said in text), measure)
    numbers = (int(paired["one"]), int(paired["other"]))
    return facts.this is not None and direction(facts.this, numbers, measure) == wanted


def _comparison_is_so(text: str, facts: Facts) -> bool:
    """Every comparison found is true against the last set, and at least one could be read at all."""
    claims = list(_read(text))
    directions = {change.measure: change.direction for change in since_last(facts)}
    overall = [key for key, said in OVERALL.items() if said.search(text)]
    verdict = verdict_key(since_last(facts)) if directions else None
    stated = all(directions.get(measure) == direction for measure, direction in claims)
    return bool(claims or overall) and stated and all(verdict == key for key in overall)


def _read(text: str) -> Iterator[tuple[Measure, Direction]]:
    return ((measure, direction) for measure, direction, said in SAID if said.search(text))


def _is_about_pace(text: str) -> bool:
    if STEADY.search(text) or NOT_SLOWED.search(text):
        return True
    return bool(SLOWED.search(text) and WITHIN_SET.search(text))


def _pace_is_so(text: str, facts: Facts) -> bool:
    if facts.this and facts.this.is_round:
        return _round_is_so(text, facts.this)
    this = facts.this
    found = slowing(this) if this else None
    if this is None or found is None:
        return False
    change_s, least_s = found.last_s - found.first_s, margin_s(this)
    if STEADY.search(text):
        return abs(change_s) < least_s and not this.rough_times
    if NOT_SLOWED.search(text):
        return change_s < (-least_s if this.rough_times else least_s)
    return change_s >= least_s


def _round_is_so(text: str, this: SetFacts) -> bool:
    change = change_of_pace(this)
    if STEADY.search(text):
        return change == "same"
    return change != "less" if NOT_SLOWED.search(text) else change == "less"


def _is_record(facts: Facts) -> bool:
    """Whether the set in question is the heaviest known, or has the most repetitions, with an earlier one to beat."""
    if facts.this is None or facts.last_same is None:
        return False
    sets, this = all_sets(facts, facts.this.exercise), past_set(facts.this)
    return this in (heaviest(sets), longest(sets))


def _strange_body_part(text: str, facts: Facts) -> bool:
    """Whether a part of the body is spoken of that no finding is about, and that the user did not tell of."""
    about = " ".join(one.cue.lower() for one in facts.this.findings) if facts.this else ""
    about += " ".join(f" your {joint.name.lower()}" for joint in facts.photo.joints) if facts.photo else ""
    return not _body_parts(text) <= _body_parts(about) | set(facts.spared)


def _body_parts(text: str) -> set[str]:
    return {match["part"].rstrip("s") for match in BODY.finditer(text)}
