"""Amounts that a message tells and nobody should live on or take: too few calories a day, too many pills at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from bot.coach.language import load
from bot.coach.words import folded, words

STARVING_CALORIES = 800  # a day; very-low-calorie diets are given under medical care only (NICE CG189)
CALORIES = re.compile(r"\b(\d{2,4})\s*(?:(?:k?cals?|calories)\b|칼로리)")
EATS = frozenset({"eat", "eating", "ate", "diet", "living", "day", "surviving"})
# Twice what is safe for an adult in a day (EFSA 2015, EFSA Journal 13(5):4102); seizures were seen from 1200 mg taken
# quickly (FDA 2018).
MOST_CAFFEINE_MG = 800.0
DOSE = r"(?<!\d)(?P<{0}>\d+(?:[.,]\d+)?)\s*(?P<{0}_unit>mg|milligrams?|밀리그램|g|grams?|그램)(?![a-z])"
CAFFEINE = re.compile(
    rf"{DOSE.format('first')}\s*(?:of |worth of )?(?:pure )?(?:caffeine|카페인)"
    rf"|(?:caffeine|카페인)[,:을를]?\s*(?:of|about|around)?\s*{DOSE.format('second')}"
)
NOT_EATEN = (
    r"(?:(?:have|had|has)(?:n'?t| not)|havent|hadnt) (?:really )?(?:eaten|had (?:anything to eat|any food|a meal|food))"
    r"|(?:did(?:n'?t| not)|didnt) eat|(?:ate|eaten|had) nothing|not eaten|no food"
)
SINCE = (
    r"yesterday|last night|(?:the |this )?morning|breakfast|lunch|dinner|noon|midnight|\d{1,2} ?(?:am|pm|o'?clock)?\b"
)
SHORT_FAST = re.compile(
    rf"\b(?:{NOT_EATEN})(?: (?:anything|much|a thing|at all|yet|all day))*"
    rf"(?: since (?:{SINCE})| (?:for|in) (?:1?\d|2[0-4]) ?h(?:ours?|rs?)?\b| today| yet| all day| this morning"
    r"| yesterday)"
    r"|(?:어제|어젯밤|간밤|오늘|아침|점심|저녁)[가-힣]* ?(?:부터|이후로?|은|는|을|를|도|에)? ?"
    r"(?:아무것도 ?|밥을? ?|한 ?끼도 ?)?(?:안|못) ?먹"
)
# What makes it another matter: more than a day, or why. Weight, looks, guilt and fear are of who starves.
OF_STARVING = re.compile(
    r"\b(?:days|weeks?|fat|skinny|thin|lean|weigh\w*|weight|shred\w*|guilt\w*|afraid|scared|terrified|punish\w*|purg\w*"
    r"|throw|threw|vomit\w*|deserve|calories|starv\w*|sunday|monday|tuesday|wednesday"
    r"|thursday|friday|saturday)\b|며칠|일째|살|뚱뚱|무서|체중|토하|토해|굶"
)
# Words that may stand between a number and what it counts: none that is counted itself or that begins another phrase.
OTHERS = (
    "reps?|sets?|sec(?:ond)?s?|min(?:ute)?s?|hours?|days?|weeks?|months?|kgs?|lbs?|mg|"
    "and|or|then|after|before|with|on|by|from|for|to|at|in"
)
BETWEEN = rf"(?:[\s-]+(?!(?:{OTHERS})\b)[a-z]+){{0,3}}?"


def missed_a_day(text: str) -> bool:
    """Whether all that is told is that somebody has not eaten since yesterday or later, and nothing of why: who fasts,
    is busy or forgot needs a meal, not the reply to who starves."""
    said = folded(text)
    return bool(SHORT_FAST.search(said)) and not OF_STARVING.search(said)


def is_starving(text: str) -> bool:
    """Whether somebody tells of eating too little to train, or to live, on."""
    daily = [int(match.group(1)) for match in CALORIES.finditer(folded(text))]
    eats = bool(EATS & set(words(text))) or "먹" in text
    return eats and any(0 < calories < STARVING_CALORIES for calories in daily)


def is_overdose(text: str) -> bool:
    """Whether more pills, scoops, cans or milligrams are told of than anybody should take in a day."""
    said = folded(text)
    strong = any(mg >= MOST_CAFFEINE_MG for mg in _caffeine_mg(said))
    return strong or any(count >= one["from"] for one in load("data/safety.toml")["amount"] for count in _of(one, said))


def _caffeine_mg(said: str) -> Iterator[float]:
    for match in CAFFEINE.finditer(said):
        which = "first" if match["first"] else "second"
        grams = not match[f"{which}_unit"].startswith(("m", "밀"))
        yield float(match[which].replace(",", ".")) * (1000.0 if grams else 1.0)


def _of(amount: Mapping[str, Any], said: str) -> list[int]:
    """How many of these things are told of, each time they are."""
    found = _counted(tuple(amount["things"]), tuple(amount["korean"]), tuple(amount.get("unless", ()))).finditer(said)
    return [_numbers().get(count) or int(count) for match in found for count in match.groups() if count]


def _numbers() -> Mapping[str, int]:
    """Numbers as words, by what they count."""
    named: Mapping[str, int] = load("data/safety.toml")["numbers"]
    return named


@cache
def _counted(things: Sequence[str], korean: Sequence[str], unless: Sequence[str]) -> re.Pattern[str]:
    """Matches "six of those energy drinks" and "에너지음료를 여섯 캔"; nothing that holds a word of `unless`."""
    number = rf"(?P<{{0}}>\d{{{{1,3}}}}|{'|'.join(sorted(_numbers(), key=len, reverse=True))})"
    free = rf"(?!.*\b(?:{'|'.join(unless)}))" if unless else ""
    english = rf"\b{number.format('count')}{BETWEEN}[\s-]+(?:{'|'.join(things)})\b"
    counter = r"(?:알|개|정|캔|잔|스쿱|통|병|포|봉지)"
    hangul = rf"(?:{'|'.join(korean)})[가-힣]*\s*(?:[가-힣]+\s+){{0,3}}?{number.format('counted')}\s*{counter}"
    return re.compile(f"^{free}.*?{english}|{hangul}" if free else f"{english}|{hangul}")
