"""What a sentence claims in numbers and in "more" or "less": read out of its words, not yet judged."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.coach.guard.quantity import Kind, Unit
from bot.coach.words import folded

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
MULTIPLES = re.compile(
    r"\b(?:twice|thrice|double[ds]?|doubling|tripled?|quadrupled?|half|halved|quarter|thirds?|dozens?|hundreds?|thousands?|"
    r"couple|(?:two|three|four|ten)fold|\d+\s*(?:x|times))\b"
)
UNITS: tuple[tuple[str, Unit], ...] = (
    (r"s|secs?|seconds?|초", "s"),
    (r"kgs?|kilos?|kilograms?|kilogrammes?|킬로|키로", "kg"),
    (r"lbs?|pounds?|파운드", "lb"),
    (r"(?:degrees?|°) (?:a|per) second|°/s|도/초", "deg/s"),
    (r"°|degs?|degrees?|도", "deg"),
    (r"cm|centimet(?:re|er)s?|센티(?:미터)?", "cm"),
    (r"%|percent|per cent|퍼센트", "%"),
    (r"reps?|repetitions?|times|punch(?:es)?|blows?|회|개", "reps"),
    (r"sets?|세트", "sets"),
    (r"days?|일", "days"),
    (r"번째", "rep_number"),
    (r"g|grams?|그램", "g"),
    (r"mins?|minutes?|분", "min"),
    (r"hrs?|hours?|시간", "h"),
    (r"weeks?|주", "weeks"),
)
UNIT = re.compile("|".join(f"(?P<u{at}>{pattern})" for at, (pattern, _) in enumerate(UNITS)))
BY_HOW_MUCH = r"more|fewer|less|extra|additional|heavier|lighter"
FILLERS = rf"(?:(?:{BY_HOW_MUCH}|complete|completed|full|clean|good|solid|partial|total|great|whole|strong)\s+){{0,2}}"
CHANGE = re.compile(rf"\b(?:{BY_HOW_MUCH}|더|덜)\b")
NUMBER = re.compile(
    rf"(?<![\w.])(?P<before>(?:reps?|repetitions?|number|no\.?)\s*#?\s*)?(?P<of_set>\bset\s+#?)?(?P<value>\d+(?:[.,]\d+)*)\s*-?\s*"
    rf"(?:{FILLERS}(?P<unit>{'|'.join(pattern for pattern, _ in UNITS)})(?![a-z]))?"
)
THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
CHANGE_REACH = 6  # characters behind the unit in which "more" still belongs to the number: "2.5 kg more"
CHANGING: tuple[Unit, ...] = ("reps", "kg", "lb")
TEMPO = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:\s*[-–/:]\s*\d+(?:\.\d+)?){2,3}(?!\d|\.\d)")
KIND_WORDS: tuple[tuple[str, Kind], ...] = (
    (r"lower\w*|eccentric|descen\w+|negative|down(?:ward)?|내[리려릴]\w*", "lowering"),
    (r"lift\w*|concentric|ascen\w+|press\w*|rising|up(?:ward)?|stand\w*|올[리라려릴]\w*", "lifting"),
    (r"paus\w+|bottom|turn\w*|멈\w+", "pause"),
    (r"rest\w*|between|쉬\w*", "rest"),
    (r"tension|whole set|set took|set lasted|긴장\w*", "tension"),
    (r"h[eo]ld\w*|kept moving|moved for|버[티텨팀틴]\w*|동안 움직\w*|움직이셨\w*|이어 가셨\w*|최장", "hold"),
    (r"range|depth|deep\w*|범위\w*", "range"),
    (r"max\w*|1rm|최대", "maximum"),
    (r"partial\w*|끝까지", "partial"),
    (r"in all|reps comes to|total\w*|모두", "total"),
    (r"of its speed|speed loss|속도가", "loss"),
    (r"(?:left|right) (?:side|leg|arm|joint|knee|elbow|hip)|both sides|왼쪽|오른쪽", "sides"),
    (r"recording|녹화", "span"),
    (r"difference|차이\w*", "apart"),
    (r"peak\w*|hardest|최고 \d", "peak"),
    (r"pace of|a minute|per minute|분당", "rate"),
    (r"before the middle|after it|앞 절반|뒤 절반", "part"),
    (r"round lasted|it lasted|라운드는|전체", "duration"),
    (r"in this pose|in the photo|이 자세|사진", "pose"),
    (r"you weigh|bodyweight|몸무게\w*", "bodyweight"),
    (r"protein|a day|하루", "protein"),
    (r"sure|confiden\w+|certain\w*|확신\w*", "confidence"),
    (r"limit|measured|기준|측정값", "finding"),
)
KIND = re.compile("|".join(rf"(?P<k{at}>\b(?:{pattern}))" for at, (pattern, _) in enumerate(KIND_WORDS)))


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: as written, its unit (None if bare), where it starts and ends.

    kind is known already for the parts of a tempo; else it is for the clause to tell.
    """

    value: float
    decimals: int
    unit: Unit | None
    at: int
    end: int
    kind: Kind | None = None


def spelled_out(sentence: str) -> str:
    """The sentence folded, number words as digits: "twenty-two reps" becomes "22 reps", "the third rep" "rep 3"."""
    text = folded(sentence)
    text = re.sub(rf"\b({'|'.join(ORDINALS)})\s+(?:rep|repetition)\b", lambda m: f"rep {ORDINALS[m[1]]}", text)
    text = re.sub(r"\b(\d+)(?:st|nd|rd|th)\s+(?:rep|repetition)\b", r"rep \1", text)
    tens, small = "|".join(TENS), "|".join(SMALL[1:10])
    text = re.sub(rf"\b({tens})[\s-]({small})\b", lambda m: str(TENS[m[1]] + SMALL.index(m[2])), text)
    text = re.sub(rf"\b({tens})\b", lambda m: str(TENS[m[1]]), text)
    text = re.sub(rf"\b({'|'.join(SMALL[2:])}|zero)\b", lambda m: str(SMALL.index(m[1])), text)
    counted = r"more|fewer|complete|full|clean|reps?|repetitions?|seconds?|kilos?|pounds?|degrees?|percent|sets?|days?"
    text = re.sub(rf"\b(?:one|a single)(?=\s+(?:{counted})\b)", "1", text)
    return re.sub(r"(?<=\d)\s+point\s+(?=\d)", ".", text)


def numbers(text: str) -> tuple[Number, ...]:
    """Every number of a text in which words are spelled out; those of a tempo like "2.1-0.4-1.2-0.8" one by one."""
    patterns = [match.span() for match in TEMPO.finditer(text)]
    plain = (m for m in NUMBER.finditer(text) if not any(start <= m.start("value") < end for start, end in patterns))
    return (*(_number(match) for match in plain), *_tempo_numbers(text))


def _number(match: re.Match[str]) -> Number:
    written = THOUSANDS.sub("", match["value"]).replace(",", ".")
    decimals = written.partition(".")[2]
    value = float(written) if decimals.isdecimal() or not decimals else math.nan
    unit = unit_of(match["unit"]) if match["unit"] else _counted_by(match)
    kind: Kind | None = (
        "change" if CHANGE.search(match.string, match.end("value"), match.end() + CHANGE_REACH) else None
    )
    return Number(value, len(decimals), unit, match.start("value"), match.end(), kind if unit in CHANGING else None)


def _counted_by(match: re.Match[str]) -> Unit | None:
    """What a number without a unit counts: "rep 3", "set 2"."""
    return "rep_number" if match["before"] else "set_number" if match["of_set"] else None


def _tempo_numbers(text: str) -> Iterator[Number]:
    order: tuple[Kind, ...] = ("lowering", "pause", "lifting", "rest")
    for match in TEMPO.finditer(text):
        parts = re.findall(r"\d+(?:\.\d+)?", match.group())
        for kind, written in zip(order, parts, strict=False):
            yield Number(float(written), len(written.partition(".")[2]), "s", match.start(), match.end(), kind)


def unit_of(written: str) -> Unit | None:
    """The unit that a word or sign stands for."""
    match = UNIT.fullmatch(written)
    return UNITS[int(match.lastgroup[1:])][1] if match and match.lastgroup else None


def nearest_kind(text: str, start: int, end: int) -> Kind | None:
    """The measure named nearest to a number: "2.1 s down", "you paused for 0.4 s". What follows wins a tie."""
    found = [
        (_distance(match, start, end), KIND_WORDS[int((match.lastgroup or "k0")[1:])][1])
        for match in KIND.finditer(text)
    ]
    return min(found)[1] if found else None


def kinds_in(text: str) -> tuple[Kind, ...]:
    """Every measure that a text names, in order."""
    return tuple(KIND_WORDS[int((match.lastgroup or "k0")[1:])][1] for match in KIND.finditer(text))


def _distance(match: re.Match[str], start: int, end: int) -> int:
    return match.start() - end if match.start() >= end else start - match.end() + 1
