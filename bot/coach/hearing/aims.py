"""A number that somebody says to be their goal in an exercise, and questions on the way to it: "my goal is a 100 kg
squat", "목표는 푸시업 20개예요"; "how far am i"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.coach.facts import Aim, Told
from bot.coach.facts.estimates import POUNDS_PER_KG
from bot.coach.facts.facts import Aimed
from bot.coach.hearing.intents import singular
from bot.coach.hearing.told import ASKS_KOREAN, NOT_SO
from bot.coach.words import folded, is_korean, words
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
BARE = re.compile(  # neither a date, a year nor part of a load and a count
    r"(?<![\d.,:/x×@])(?<!\bby )(?<!\bin )(?<!\bon )(?<!\bof )(?<!\bset )(?<!\bat )(?<!\bfor )(?<!\bwas )(?<!'m )"
    r"(?<! am )\b(?P<value>\d{1,3}(?:\.\d)?)"
    r"(?![\d:/%@x×]|[.,]\d|st\b|nd\b|rd\b|th\b| ?(?:years?\b|x|×|for|with|at|[가-힣])(?! ?(?:이|정도|까지)))"
)
EACH_SIDE = re.compile(r"\b(?:each|per|every|both) (?:side|leg|arm)s?\b")
LIKES = re.compile(r"\bwould (?:like|love)\b")
HOLDS = re.compile(r"\b(?:hold|stay|last)\b|버티|버텨")
LONGEST_CHARS = 160
Mentioned = Callable[[str], str | None]  # the slug of the exercise that a text names
RANGES: dict[Aimed, tuple[float, float]] = {"kg": (1, 500), "reps": (2, 500), "s": (5, 3600)}  # beyond is a slip
FAR = re.compile(
    r"^(?:(?:and|so|ok|then|well|coach|hey),? )*how (?:far|close|near|much (?:more|further|is (?:left|missing)))"
    r"(?:,? (?:am|was|is|are|do|did|have|i|off|away|to|go|left|still|now|it|that|from|there|yet|got|then))*[?!. ]*$"
    r"|\bhow (?:far|close|near|much|many|am i doing|is)\b.{0,40}\b(?:my|the|that|this) (?:goal|target|aim)\b"
    r"|\bam i (?:close|near|far|on track|almost|getting|nearly)\b.{0,30}\b(?:goal|target|aim|there)\b"
    r"|\bprogress (?:to|towards?|on) (?:my|the) (?:goal|target|aim)\b"
    r"|^(?:그럼 |그러면 |그래서 |이제 )*(?:아직 )?(?:얼마나|몇 ?(?:개|번|회|초|키로|킬로|kg)) ?(?:나 )?(?:더 )?"
    r"(?:남았|멀었|부족|모자|해야|하면|들어야|버텨야)[가-힣]*(?: ?[되돼][가-힣]*)?[?!. ]*$"
    r"|목표.{0,12}(?:얼마나|얼마|몇|멀|남|가까|까지)"
)
WHEN = re.compile(
    r"\bwhen (?:do|will|would|can|could|might|am) i\b.{0,20}\b(?:there|it|that|goal|target)\b|언제.{0,8}(?:도달|달성)"
)


def aim_told(clause: str, mentioned: Mentioned, about: str | None = None) -> Told | None:
    """The goal that a clause tells, of the exercise that it names or else of the one that is talked `about`; None
    where it tells none, or none that can be of that exercise."""
    told = _goal_in(clause, mentioned, about)
    if told is None:
        return None
    exercise, named = told
    found = _number(clause, lambda words: named is not None and mentioned(words) == named)
    found = found or (("reps", bare) if exercises()[exercise].lifts == "body" and (bare := _bare(clause)) else None)
    if found is None:
        return None
    measure, value = found
    timed = exercises()[exercise].kind in ("hold", "move")
    fits = named is not None if measure == "kg" else (measure == "s") == timed  # "80 kg" may be of the body
    least, most = RANGES[measure]
    return Told("aim", str(Aim(exercise, measure, value))) if fits and least <= value <= most else None


def bare_goal(text: str, mentioned: Mentioned, about: str | None = None) -> tuple[str, float] | None:
    """The exercise and the number of a goal that may be a load or a count: "squat 140 by christmas"; None where a
    message tells no such goal."""
    clause = folded(text).strip()
    told = _goal_in(clause, mentioned, about)
    if told is None or told[1] is None or _number(clause, lambda words: mentioned(words) == told[1]):
        return None
    exercise, value = exercises()[told[0]], _bare(clause)
    return (told[0], value) if value and exercise.kind == "reps" and exercise.lifts != "body" else None


def _bare(clause: str) -> float | None:
    """The only number of a clause, where it has no unit."""
    found = list(BARE.finditer(clause))
    return float(found[0]["value"]) if len(found) == 1 else None


def _goal_in(clause: str, mentioned: Mentioned, about: str | None) -> tuple[str, str | None] | None:
    """The exercise of the goal that a clause tells, and whether it names it: the same slug, or None."""
    goal = NAMED.search(clause) is not None
    if len(clause) > LONGEST_CHARS or not (goal or WANTED.search(clause)):
        return None
    if ELSE.search(EACH_SIDE.sub(" ", clause)) or NOT_MINE.search(clause):
        return None
    if ASKS_KOREAN.search(clause) if is_korean(clause) else NOT_SO.search(LIKES.sub(" ", clause)):
        return None
    named = mentioned(clause) or (about if about and _partly_named(about, clause) else None)
    timed_here = about in exercises() and exercises()[about or ""].timed and HOLDS.search(clause)
    if not goal and ((named is None and not timed_here) or SOON.search(clause)):
        return None
    exercise = named or about or ""
    return (exercise, named) if exercise in exercises() else None


def _partly_named(slug: str, clause: str) -> bool:
    """Whether a word of a text is a part of an exercise's name: "swing the 16 kg", "40kg 프레스"."""
    entry = exercises().get(slug)
    parts = {singular(part) for name in entry.names.values() for part in words(name)} if entry else set()
    return any(len(part) > 1 and any(_is_part(word, part) for word in words(clause)) for part in parts)


def _is_part(word: str, part: str) -> bool:
    return word.startswith(part) if is_korean(part) else singular(word) == part


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
