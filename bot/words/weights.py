"""A weight as people type it: "60 kg", "132,5lb", "this was 80 kilos", "80 킬로였어"; in a caption, "squat 80kg"."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from bot.words.replies import weight
from pipeline.units import KG_PER_LB

HEAVIEST_KG = 1000.0  # twice the heaviest lift on record: beyond it is a slip of the finger
KILOGRAM = ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "킬로", "킬로그램", "키로", "키로그램")
POUND = ("lb", "lbs", "pound", "pounds", "파운드")
UNIT = dict.fromkeys(KILOGRAM, 1.0) | dict.fromkeys(POUND, KG_PER_LB)
BEFORE = r"(?:(?:no|nope|nah|sorry|wait|actually|ok|oh|please|아니|아뇨|아니야|사실),? )*"
LEAD = (
    r"(?:(?:(?:it|this|that|the (?:weight|bar|load))(?:'s| was| is)|i (?:used|lifted|loaded|had|did it with)"
    r"|(?:change|correct|fix|update|make|set)(?: (?:it|this|that|(?:the )?(?:weight|load)))?(?: to)?"
    r"|with|weight:?|무게(?:는|가|를)?|이번에?는?)\s+(?:about |only |actually )?)?"
)
WAS = (
    r"(?:(?:이?었|였)(?:어|어요|음)|이에요|예요|(?:으로|로)? ?(?:했|들었)(?:어|어요|음|습니다)"
    r"|(?:으로|로) ?(?:바꿔|고쳐|수정|변경)(?:해)? ?(?:줘|주세요)?(?:요)?)?"
    r"(?:,? not (?:in )?(?:\d{1,4}(?:[.,]\d{1,2})? ?)?[a-z]*)?[.!]?"
)
CAPTION_WORDS = 12  # what is longer tells a story, in which a weight may be another day's
NOT_WITHIN = r"(?<!\d)(?<!\d[.,])(?<![a-wyz.])"  # where a number begins: not within another, nor within a word
IN_CAPTION = re.compile(  # "62,5 kg" is one weight; "80/70/60 kg", "60-70kg", "80, 70, 60 kg" are several of one unit
    rf"{NOT_WITHIN}(?:(?P<row>\d{{2,4}}(?:\.\d)?(?:\s*(?:[/~&–>→-]|,\s|에서|부터|\b(?:then|and|to)\b)\s*\d{{2,4}}(?:\.\d)?)+"
    r"|\d{2,4}(?:,\d{2,4}){2,}|(?:[2-9]\d|\d{3})(?:\.\d)?(?:\s+(?:[2-9]\d|\d{3})(?:\.\d)?){2,})"
    rf"|(?P<one>\d{{1,4}}(?:[.,]\d{{1,2}})?))\s*(?P<unit>{'|'.join(sorted(UNIT, key=len, reverse=True))})(?![a-wyz])"
)
BARE_ROW = re.compile(  # "60/70/80", "60-70-80": weights of which the unit is not said
    r"(?<![\d.,:/%a-z-])(\d{2,3}(?:\.5)?(?:(?:\s*/\s*\d{2,3}(?:\.5)?)+|(?:-\d{2,3}(?:\.5)?){2,}))"
    r"(?![\d.,:/-]|\s*(?:%|reps?|sec|s\b|min|회|개|초|번|분))"
)
NOT_IN_ORDER = re.compile(  # a range, the two sides, what is put on a bar: no weights of one set after the other
    r"(?<![\d.,–~-])\d+(?:[.,]\d+)?\s*(?:[-–~]|to\b|에서|부터)\s*\d+(?:[.,]\d+)?(?!\s*[-–~\d])"
    r"|\+\s*\d|\b(?:left|right|each|plates?|per)\b|왼|오른|씩"
)
UNIT_TYPED = re.compile(rf"\d\s*({'|'.join(sorted(UNIT, key=len, reverse=True))})(?![a-wyz])")
CLAUSES = re.compile(r"[,;&/\n]|(?<!\d)\+(?!\s*\d)|\b(?:and|then)\b|그리고|다음에|하고 ")
NOT_LIFTED = re.compile(  # the body's weight, another day's, one in doubt
    r"\b(?:weigh(?:s|ing|ed)?|lost|gained|goal|next|yesterday|last (?:week|time|month|year)|not|no|never|or)\b|\?"
    r"|\b(?:bw|body ?weight)\b(?! ?\+)|몸무게|체중|지난|다음|어제|목표|말고|아니"
)
QUESTION = re.compile(  # where one begins: "squat 60 kg did i go deep enough?" tells a weight, then asks
    r"\b(?:is|are|am|was|were|do|does|did|can|could|should|would|how|what|why|any)\b|자세|깊이|속도|템포|폼"
)
WITHOUT_UNIT = re.compile(
    r"(?<![\d.,:/a-z])(\d{2,3}(?:\.5)?)\s*(?:[x×*]\s*\d{1,2}\b|for (?:\d{1,2}|reps)\b|singles?\b|doubles?\b|triples?\b)"
    r"|@\s*(\d{2,3}(?:\.5)?)\b(?!\s*(?:%|rpe))"
)
LONE = re.compile(r"[^\d@#/:%-]+\s(\d{2,3}(?:\.5)?)")  # "deadlift 100": a name and a number, nothing else
LEAST_WITHOUT_UNIT = 30.0  # "10x3" is sets and repetitions
NUMBER = re.compile(r"\d+(?:\.\d)?")
ONE_WEIGHT_KG = 1.0  # "80 kg (176 lb)" is one weight: each is rounded
TYPED = re.compile(rf"\s*{BEFORE}{LEAD}(\d{{1,4}}(?:[.,]\d{{1,2}})?)\s*([^\W\d]*?)\s*{WAS}\s*")


def weight_kg(text: str, unit: str | None = None) -> float | None:
    """The weight that `text` is, and nothing else; a bare number counts as `unit`, or as no weight without one."""
    value = _kilograms(text, unit)
    return value if value is not None and 0 < value <= HEAVIEST_KG else None


def _kilograms(text: str, unit: str | None = None) -> float | None:
    """As `weight_kg`, however heavy."""
    typed = TYPED.fullmatch(unicodedata.normalize("NFKC", text).lower())  # ㎏ and full-width digits are kg and digits
    factor = UNIT.get((typed.group(2) or unit or "") if typed else "")
    return None if typed is None or factor is None else float(typed.group(1).replace(",", ".")) * factor


def weight_in_caption(caption: str) -> float | None:
    """The weight that a clip's caption says the set was done with; None where it names none, or more than one."""
    said = _told(caption)
    found = _weights(said)
    if not found or len(said.split()) > CAPTION_WORDS or NOT_LIFTED.search(said) or _differ(found):
        return None
    return found[0] if 0 < found[0] <= HEAVIEST_KG else None


def weights_in_caption(caption: str, unit: str | None = None) -> tuple[float, ...]:
    """The weights that a caption names for the sets of a clip, in order, kg; none where it names fewer than two that
    differ, or where they may be something else. Bare numbers ("60/70/80") are of `unit`, or no weights without one."""
    said = _told(caption)
    if len(said.split()) > CAPTION_WORDS or NOT_LIFTED.search(said) or NOT_IN_ORDER.search(said):
        return ()
    row = row_without_unit(caption)
    found = [float(number) * UNIT[unit] for number in NUMBER.findall(row)] if row and unit else _weights(said)
    return tuple(found) if _differ(found) and all(0 < one <= HEAVIEST_KG for one in found) else ()


def row_without_unit(caption: str) -> str | None:
    """The numbers in a caption that may well be weights of sets, but have no unit: "squat 60/70/80"."""
    said = _told(caption)
    if UNIT_TYPED.search(said) or NOT_LIFTED.search(said) or len(said.split()) > CAPTION_WORDS:
        return None
    rows = (found[1] for found in BARE_ROW.finditer(said))
    return next((row for row in rows if all(float(one) >= LEAST_WITHOUT_UNIT for one in NUMBER.findall(row))), None)


def weight_left_out(caption: str) -> bool:
    """Whether a caption names weights of which it is not clear what was lifted in which set: several, or in a story."""
    said = _told(caption)
    found = _weights(said)
    return _differ(found) or bool(found and len(said.split()) > CAPTION_WORDS)


def number_without_unit(caption: str, *, loaded: bool = False) -> str | None:
    """A number in a caption that may well be a weight, but names no unit: "405x5", "squat 455 single", "@ 100"; where
    the caption names what is done with a load, "deadlift 100", too."""
    said = _told(caption).strip()
    if UNIT_TYPED.search(said) or NOT_LIFTED.search(said) or len(said.split()) > CAPTION_WORDS:
        return None
    lone = LONE.fullmatch(said) if loaded else None
    found = [next(group for group in match.groups() if group) for match in WITHOUT_UNIT.finditer(said)]
    found += [lone[1]] if lone else []
    return next((number for number in found if float(number) >= LEAST_WITHOUT_UNIT), None)


def _told(caption: str) -> str:
    """What a caption tells, in small letters: without its questions, which may name a weight that nobody lifted."""
    pieces = re.split(r"(?<=[?\n])", unicodedata.normalize("NFKC", caption).lower())
    asked = ((QUESTION.search(piece) if piece.endswith("?") else None, piece) for piece in pieces)
    return " ".join(piece[: found.start()] if found else piece for found, piece in asked)


def _weights(said: str) -> list[float]:
    """Every weight in a text, kg, in its order; one that is said in both units once."""
    found: list[float] = []
    before = ""
    for match in IN_CAPTION.finditer(said):
        numbers = NUMBER.findall(match["row"]) if match["row"] else [match["one"].replace(",", ".")]
        weights = [float(number) * UNIT[match["unit"]] for number in numbers]
        said_again = UNIT[match["unit"]] != UNIT.get(before) and found and not _differ([found[-1], weights[0]])
        found += weights[1:] if said_again else weights
        before = match["unit"]
    return found


def _differ(weights_kg: list[float]) -> bool:
    return bool(weights_kg) and max(weights_kg) - min(weights_kg) >= ONE_WEIGHT_KG


def unit_typed(text: str) -> Literal["kg", "lb"] | None:
    """The unit that a weight in the text is given in; None where there is none."""
    found = UNIT_TYPED.search(unicodedata.normalize("NFKC", text).lower())
    return None if found is None else "lb" if found[1] in POUND else "kg"


def clause_of_weight(caption: str) -> str:
    """What of a caption stands with its weight: "push ups, then squats with 80 kg" -> "then squats with 80 kg"."""
    clauses = clauses_of(caption)
    return next((clause for clause in clauses if unit_typed(clause)), "")


def clauses_of(caption: str) -> list[str]:
    """The parts of a caption that may each speak of another exercise."""
    return CLAUSES.split(unicodedata.normalize("NFKC", caption).lower())


def in_another_unit(text: str) -> tuple[str, str]:
    """The weight that "100 kg in lbs" names, as it was given and as it is wanted, be it heavier than anybody lifts."""
    typed, wanted = text.rsplit(" in ", 1) if " in " in text else re.split(r" (?:to|into|as) ", text)
    kilograms = _kilograms(typed) or 0.0
    units = ("lb", "kg") if wanted.strip() in POUND else ("kg", "lb")
    return weight(kilograms, units[1]), weight(kilograms, units[0])
