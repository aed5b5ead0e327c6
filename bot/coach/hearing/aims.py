"""A number that somebody says to be their goal in an exercise, and questions on the way to it: "my goal is a 100 kg
squat", "목표는 푸시업 20개예요"; "how far am i"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.coach.facts import Aim, Told
from bot.coach.facts.estimates import POUNDS_PER_KG
from bot.coach.facts.facts import Aimed
from bot.coach.hearing.told import ASKS_KOREAN, NOT_SO
from bot.coach.words import folded, is_korean
from pipeline.catalogue import exercises

NAMED = re.compile(r"\b(?:goal|target|aim)\b|목표")
WANTED = re.compile(  # which tells of a goal only where the exercise is named
    r"\b(?:i|i'm|im|i'd|we)\b(?: \w+){0,3}? "
    r"(?:want|wanna|would like|'d like|like|aiming|hoping|hope|working|dream(?:ing)?)\b"
    r"|^(?:want|wanna) |(?:하|들|버티|해 ?보|채우|찍|성공하)고 ?싶"
)
SOON = re.compile(
    r"\b(?:next|today|tonight|tomorrow|now|again|this (?:time|set|session|workout|week)|instead|know|see|ask|understand"
    r"|hear|tell|talk)\b|다음|오늘|내일|지금|이번|알고"
)
ELSE = re.compile(  # no number of one set
    r"\b(?:lose|losing|lost|weigh\w*|body ?weight|body|fat|gain|drop|slim|add|adding|increase|more|extra|another|per"
    r"|a day|a week|a month|each|every|daily|weekly|sets?|rounds?|runs?|running|miles?|km|hours?|calories|protein)\b"
    r"|[%×*]|\dx|x ?\d|체중|몸무게|체지방|감량|살|빼|찌|더|늘리|매일|하루|한 ?달|주에|일주일|마다|세트|퍼센트|프로"
)
NOT_MINE = re.compile(  # somebody else's, or one that is given up
    r"\b(?:his|her|their|your|whose)(?: \w+)? (?:goal|target|aim)\b"
    r"|\b(?!(?:year|season|summer|winter|spring|autumn|fall|month|week|today)'?s)\w+(?:'s|s') (?:goal|target|aim)\b"
    r"|\b(?:friend|buddy|wife|husband|girlfriend|boyfriend|brother|sister|mom|mum|dad|coach|trainer|partner|he|she|they)\b"
    r"|\b(?:goal|target|aim) (?:was|were|used)\b|\b(?:dropped|gave|given|giving|forget|longer|anymore)\b"
    r"|친구|남편|아내|와이프|형이|언니|누나|오빠|동생|였(?:어|는|지)|이었|포기|그만"
)
NUMBER = (
    r"(?<![\d.,:])\b(?P<value>\d{1,3}(?:[.,]\d{1,2})?|(?:an?|one)(?= ?min))"
    r"[ -]?(?P<unit>kgs?|kilos?|kilograms?|lbs?|pounds?|reps?|repetitions|secs?|seconds?|min(?:ute)?s?|s\b"
    r"|키로|킬로|파운드|개|회|번(?! ?째)|초|분)(?![a-z])"
)
MEASURED = re.compile(NUMBER)
CLOCKED = re.compile(
    r"(?<![\d:])(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)(?!\d)"
    r"|(?P<korean_minutes>\d{1,2}) ?분 ?(?P<korean_seconds>\d{1,2}) ?초"
)
HOW_MANY = re.compile(r"(?<!\ba )(?<!\ban )(?<![\d.,:])\b(?P<value>\d{1,3}) (?=(?P<of>(?:[a-z]+[ -]){0,3}[a-z-]+s)\b)")
LONGEST_CHARS = 160
RANGES: dict[Aimed, tuple[float, float]] = {"kg": (1, 500), "reps": (2, 500), "s": (5, 3600)}  # beyond is a slip
FAR = re.compile(
    r"^(?:(?:and|so|ok|then|well|coach|hey),? )*how (?:far|close|near|much (?:more|further|is (?:left|missing)))"
    r"(?:,? (?:am|was|is|are|do|did|have|i|off|away|to|go|left|still|now|it|that|from|there|yet|got|then))*[?!. ]*$"
    r"|\bhow (?:far|close|near|much|many|am i doing|is)\b.{0,40}\b(?:my|the|that|this) (?:goal|target|aim)\b"
    r"|\bam i (?:close|near|far|on track|almost|getting|nearly)\b.{0,30}\b(?:goal|target|aim|there)\b"
    r"|\bprogress (?:to|towards?|on) (?:my|the) (?:goal|target|aim)\b"
    r"|^(?:그럼 |그러면 |그래서 |이제 )*(?:아직 )?(?:얼마나|몇 ?(?:개|번|회|초|키로|킬로|kg)) ?(?:나 )?(?:더 )?"
    r"(?:남았|멀었|부족|모자)[가-힣]*[?!. ]*$"
    r"|목표.{0,12}(?:얼마나|얼마|몇|멀|남|가까|까지)"
)
WHEN = re.compile(
    r"\bwhen (?:do|will|would|can|could|might|am) i\b.{0,20}\b(?:there|it|that|goal|target)\b|언제.{0,8}(?:도달|달성)"
)


def aim_told(clause: str, mentioned: Callable[[str], str | None], about: str | None = None) -> Told | None:
    """The goal that a clause tells, of the exercise that it names or else of the one that is talked `about`; None
    where it tells none, or none that can be of that exercise."""
    goal = NAMED.search(clause) is not None
    if len(clause) > LONGEST_CHARS or not (goal or WANTED.search(clause)):
        return None
    if ELSE.search(clause) or NOT_MINE.search(clause):
        return None
    if ASKS_KOREAN.search(clause) if is_korean(clause) else NOT_SO.search(clause):
        return None
    named = mentioned(clause)
    if not goal and (named is None or SOON.search(clause)):
        return None
    exercise, found = (
        named or about or "",
        _number(clause, lambda words: named is not None and mentioned(words) == named),
    )
    if found is None or exercise not in exercises():
        return None
    measure, value = found
    timed = exercises()[exercise].kind in ("hold", "move")
    fits = named is not None if measure == "kg" else (measure == "s") == timed  # "80 kg" may be of the body
    least, most = RANGES[measure]
    return Told("aim", str(Aim(exercise, measure, value))) if fits and least <= value <= most else None


def _number(clause: str, is_named: Callable[[str], bool]) -> tuple[Aimed, float] | None:
    """The one number of a clause with what it measures; a bare one before the plural of the exercise's name counts
    repetitions ("20 pull-ups", not "140 by christmas")."""
    if clock := CLOCKED.search(clause):
        return "s", 60.0 * int(clock["minutes"] or clock["korean_minutes"]) + int(
            clock["seconds"] or clock["korean_seconds"]
        )
    found = list(MEASURED.finditer(clause))
    counts = [one for one in HOW_MANY.finditer(MEASURED.sub(" ", clause)) if is_named(one["of"])]
    if found and counts:
        return None  # "15 curls with 10 kg" is two numbers
    if len(found) == 1:
        return _measured(found[0]["unit"], _value(found[0]["value"]))
    return ("reps", float(counts[0]["value"])) if len(counts) == 1 else None


def _value(said: str) -> float:
    return float(said.replace(",", ".")) if said[0].isdigit() else 1.0


def _measured(unit: str, value: float) -> tuple[Aimed, float]:
    if unit.startswith("min") or unit == "분":
        return "s", 60.0 * value
    if unit == "초" or unit.startswith("s"):
        return "s", value
    if unit.startswith("k") or unit in ("키로", "킬로"):
        return "kg", value
    return ("kg", value / POUNDS_PER_KG) if unit.startswith(("lb", "pound")) or unit == "파운드" else ("reps", value)


def aim_asked(told: Sequence[Told], exercise: str | None) -> Aim | None:
    """The goal to which the way is asked: that of the exercise, else the newest; None where none was told."""
    aims = [one.aim for one in reversed(told) if one.aim]
    return next((one for one in aims if one.exercise == exercise), aims[0] if aims else None)


def asks_way(text: str) -> bool:
    """Whether it is asked how far a goal is, or when it will be reached."""
    said = folded(text).strip()
    return len(said) <= LONGEST_CHARS and (FAR.search(said) or WHEN.search(said)) is not None


def asks_when(text: str) -> bool:
    """Whether it is asked when a goal will be reached, which nobody knows."""
    return WHEN.search(folded(text)) is not None


def names_goal(text: str) -> bool:
    """Whether a text speaks of a goal by that name."""
    return NAMED.search(folded(text)) is not None
