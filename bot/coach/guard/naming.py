"""Exercises, days and cues as a sentence names them, taken out of it before its numbers are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bot.coach.facts import Facts, Language
from bot.coach.guard.claims import spelled_out
from bot.coach.language import MONTHS, day
from bot.coach.words import folded
from pipeline.catalogue import exercises

# A month that begins a line on it, or that was the better one: its number is no quantity.
MONTH_SUMMED = re.compile(
    rf"\b(?:{'|'.join(MONTHS).lower()}) 20\d\d(?=: | was the better)|(?:20\d\d년 )?\d{{1,2}}월(?=: |이 더 나았)"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A known day, and where in the text it stood."""

    at: int
    iso: str


def unnamed(text: str, facts: Facts) -> str:
    """The text with the names of exercises replaced by their slugs, so that "bench press" is no lifting."""
    slugs = _labels(facts)
    text = _any_of(tuple(slugs)).sub(lambda found: f"exercise_{slugs[found['label']]}", text)
    return re.sub(r"\b1[\s-]?rm\b|\b(?:1|one)[\s-]rep max\w*|1회 최대", "max", text)


def uncued(text: str, facts: Facts) -> str:
    """The text without the cues of its findings: they are the catalogue's words and may hold numbers of their own."""
    for finding in facts.this.findings if facts.this else ():
        text = text.replace(spelled_out(finding.cue), "")
    return text


def undated(text: str, facts: Facts) -> tuple[str, tuple[Dated, ...]]:
    """The text with known days and the months that it sums up taken out, and where each day stood."""
    text, found = MONTH_SUMMED.sub("", text), list[Dated]()
    for written, iso in _dates(facts):
        while (at := text.find(written)) >= 0:
            text = text[:at] + text[at + len(written) :]
            found = [replace(old, at=old.at - len(written)) if old.at > at else old for old in found]
            found.append(Dated(at, iso))
    return text, tuple(found)


@lru_cache(maxsize=256)
def _any_of(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Matches any of the labels as whole words, the longest that fits."""
    longest_first = sorted(labels, key=len, reverse=True)
    return re.compile(rf"(?<![a-z_])(?P<label>{'|'.join(map(re.escape, longest_first))})s?(?![a-z_])")


def _labels(facts: Facts) -> dict[str, str]:
    """Names of exercises as they may be written, with their slugs."""
    pairs = _catalogued(facts.language) | {folded(past.label): past.exercise for past in facts.history}
    if facts.this:
        pairs[folded(facts.this.label)] = facts.this.exercise
    pairs |= {slug.replace("_", " "): slug for slug in set(pairs.values())}
    if facts.photo and facts.photo.label:
        pairs[spelled_out(facts.photo.label)] = "pose"
    return pairs


@cache
def _catalogued(language: Language) -> dict[str, str]:
    """What the catalogue calls its exercises: "leg curl" is no word on legs."""
    return {folded(entry.names[language]): entry.name for entry in exercises().values()}


def _dates(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Every way in which a known day may be written, the longest first."""
    groups = (facts.history, *facts.summed)
    known = {past.done_on for group in groups for past in group} | ({facts.this.done_on} if facts.this else set())
    ways = {
        (way, when.isoformat())
        for when in known
        for way in (folded(day(facts.language, when)), when.isoformat(), f"{MONTHS[when.month - 1]} {when.day}".lower())
    }
    return tuple(sorted(ways, key=lambda pair: -len(pair[0])))
