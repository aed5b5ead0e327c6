"""A number of a set, of a day or of one repetition that somebody wants confirmed: "the first set had 8, right?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.coach.facts import Facts
from bot.coach.hearing.corrections import ALL_NUMBERS, KOREAN_COUNTS, as_count
from bot.coach.hearing.days import AGO, DATE, OF_THE_MONTH, in_full
from bot.coach.hearing.exercise_asked import current, other_exercise
from bot.coach.hearing.intents import Question
from bot.coach.hearing.numbered import LAST_REP, REP_NUMBER, SET_NUMBER
from bot.coach.hearing.pointing import ENDING, Spoken
from bot.coach.hearing.scopes import GROUP, NEWEST, OF_TODAY, named_scopes
from bot.coach.hearing.sought import Part
from bot.coach.words import folded, is_korean, words

LONGEST_CHARS = 100
TAG = re.compile(
    r",? (?:right|correct|yes|yeah|yea|yep|true|no|huh|innit|or not|am i right"
    r"|(?:is )?that(?:'s| is)? (?:right|correct|true)"
    r"|(?:was|is|did|were|had|has|have)n'?t (?:it|that|there|they|i|we))"
    r"(?:,? (?:coach|then|though|again|today))?$"
    r"|(?:였|이었|했|들었|쳤|밀었|버텼|됐|걸렸|나왔|썼)(?:죠|지|지요|나|나요|던가|던가요|어요|어)$"
    r"|(?:인|한|던|은|든|린) ?(?:거|것|게|건가) ?(?:맞[가-힣]{0,3}|죠|지|지요|아니[가-힣]{0,3})$"
    r"|(?:이죠|이지|맞[죠지나아][가-힣]?)$"
)
THOUGHT = re.compile(r",? i (?:believe|think|guess|reckon|thought|counted)$")
ASKED = re.compile(
    r"^(?:(?:so|and|but|ok|wait|then),? )*(?:was|were|did|had|wasn't|wasnt|didn't|didnt|weren't)"
    r" (?:i|we|my|the|set|rep)\b"
)
NUMBERED = re.compile(r"((?:\b(?:first|second|third|last)|\d(?:st|nd|rd|th)) set) (?=\d)")  # not set 13: "first set 13"
FILLERS = frozenset(  # beside which a number is of the set in question
    words(
        "so and but ok wait it that there this was were i did do got had made held hit used lifted with at for on of"
        " just only about exactly the a my in one set reps rep count you said counted coach then it's that's to up"
    )
)
FILLER_KOREAN = re.compile(
    r"(?:쌤|코치님?|저|제가|나|내가|이거|그거|이건|그건|이번|이번에|방금|오늘|아까|지금|진짜|정말|혹시|근데|총|딱)[은는이가도]?|[가-힣]"
)
ROUND = re.compile(r"\bround\b|라운드")
ELSE = re.compile(  # what is no plain number of a set that was done
    r"\b(?:more|less|fewer|than|better|worse|(?:heavi|light|slow|fast|long|short|deep|quick|hard|easi)er|by|should|shall|can|could|will|want|need|next|tomorrow|enough|too|best"
    r"|record|max|1rm|goal|target|average|mean|times|sets|days?|weeks?|months?|hours?|min(?:ute)?s?|or)\b"
    r"|[%:]|더|보다|평균|최고|기록|목표|다음|내일|할까|해야|왜|몇|얼마|세트(?:였|했|한)"
)
WEEKS = re.compile(r"\b(?:last|this) (?:week|month)\b|\byesterday\b")
TOTAL = re.compile(r"\b(?:total|in all|altogether|all told|together)\b|총|모두|전부|합")
Measure = Literal["reps", "s", "weight", "range"]
UNITS: Mapping[Measure, str] = {
    "weight": r"kgs?|kilos?|lbs?|pounds?|키로|킬로",
    "reps": r"reps?|of them|개|회|번(?!째)",
    "s": r"secs?|seconds?|s|초",
    "range": r"deg(?:rees)?|°|도(?![가-힣])",
}
NUMBER = re.compile(
    rf"(?<![\d.,])(?P<value>\d{{1,3}}(?:[.,]\d{{1,2}})?(?!\d)|\b(?:{'|'.join(ALL_NUMBERS[1:])})\b"
    rf"|(?:{'|'.join(KOREAN_COUNTS)})(?= ?[개회번]))"
    rf"(?: ?(?P<unit>{'|'.join(UNITS.values())})(?![a-z]))?"
)
LOAD_FIRST = re.compile(r"^\s*(?:x|×|\*|for|by|로|에)\s*$")  # "80 for 8", not "8 with 80"
LOAD_LAST = re.compile(r"^\s*(?:with|at|@|on)\s*$")


DIFFERS = re.compile(
    r"^(?P<led>(?:(?:so|and|ok|but|wait|then|that's|thats|that is|that was|i (?:did|got|had|have)),? )*)"
    r"(?P<way>i (?:lost|dropped|gained|added) |(?:up|down) (?:by )?|\+ ?)?"
    rf"(?P<value>\d{{1,3}}(?:\.\d)?|{'|'.join(ALL_NUMBERS)})(?: ?(?P<unit>{'|'.join(UNITS.values())})(?![a-z]))?"
    r"(?: (?P<word>more|less|fewer|longer|shorter|heavier|lighter|up|down)(?: this time| now)?)?"
    r"(?: than (?P<base>.{3,40}))?$"
    r"|^(?P<kled>(?:그럼|그러면|그래서) )?(?:(?P<kbase>.{2,20})보다 ?)?(?P<kvalue>\d{1,3}(?:\.\d)?) ?"
    r"(?P<kunit>개|회|번|kg|키로|킬로|초)[가를을나]? ?(?:더 ?)?(?P<kway>늘|올랐|올린|많|했|줄|덜|적|빠)[가-힣 ]{0,8}$"
)
SENTENCE = re.compile(r"(?<=[a-z가-힣])[.!?;]+ ")
SEEN = re.compile(r"네요?$|군요?$")  # "6개 늘었네"
FEWER = re.compile(r"less|fewer|shorter|lighter|down|lost|dropped|줄|덜|적|빠")


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much the set in question is said to differ from another: `value` more, or less where it is negative;
    `surely`: the other was named, or spoken of."""

    base: Part
    measure: Measure | None
    value: float
    surely: bool


def difference_in(asked: Question, facts: Facts, spoken: Spoken) -> Difference | None:
    """The difference that a message takes for granted ("so 6 less", "어제보다 2개 늘은거죠"), from the set that it
    names, else the one that was spoken of, else the one before; None where it takes none."""
    said = in_full(ENDING.sub("", folded(asked.text).strip()))
    found = DIFFERS.search(TAG.sub("", _as_sets(said))) if len(said) <= LONGEST_CHARS else None
    if found is None or facts.photo or facts.this is None:
        return None
    way = found["way"] or found["word"] or found["kway"]
    base = found["base"] or found["kbase"]
    measure = _measure_of(found["unit"] or found["kunit"])
    led = any(found[name] for name in ("led", "kled", "way")) or TAG.search(said) or SEEN.search(said)
    told = tuple(Part(set_number=number) for number in spoken.sets[:1])
    told = told or tuple(part for part in (spoken.sought.parts if spoken.sought else ()) if part.of_sets)
    of_set = base or (led and (told or measure != "weight"))  # "i lost 3 kg" is of the body
    if way is None or not of_set or (way == "했" and base is None):
        return None
    named = named_scopes(base, facts) if base else ()
    part = (named or told or (Part(before=True),))[0]
    if (base and not named) or not part.of_sets:
        return None
    value = found["value"] or found["kvalue"]
    number = float(value) if value[0].isdigit() else float(as_count(value))
    return Difference(part, measure, -number if FEWER.search(way) else number, bool(named or told))


def _as_sets(said: str) -> str:
    """A text with its rounds as the sets that they are."""
    return ROUND.sub(lambda found: "세트" if found.group() == "라운드" else "set", said)


def _measure_of(unit: str | None) -> Measure | None:
    return next((name for name, pattern in UNITS.items() if re.fullmatch(pattern, unit or "")), None)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said to have been: of which set, days or repetition, of which exercise (a slug), each number with what it
    measures (None where that is not said: repetitions, or seconds of what is timed), and whether it is the sum of all.
    """

    part: Part
    exercise: str | None
    values: tuple[tuple[Measure | None, float], ...]
    total: bool = False


def claim_in(asked: Question, facts: Facts) -> Claim | None:
    """The claim that a message wants confirmed; None where it wants none."""
    said = in_full(ENDING.sub("", folded(asked.text).strip()))
    if len(said) > LONGEST_CHARS or facts.photo:
        return None
    if facts.this and facts.this.is_round:
        said = _as_sets(said)
    said = SENTENCE.split(said)[-1]
    said = NUMBERED.sub(r"\1 was ", said)
    plain = THOUGHT.sub(" ", TAG.sub(" ", said))
    if (plain == said and not ASKED.search(said)) or ELSE.search(WEEKS.sub(" ", plain)):
        return None
    total, other = TOTAL.search(plain) is not None, other_exercise(asked, facts)
    parts = named_scopes(plain, facts)
    part = parts[0] if parts else Part(reps=_last(plain, facts)) if LAST_REP.search(plain) else Part()
    if len(parts) > 1 and all(one.days for one in parts):
        part = parts[-1]  # "last week i had 11 on wednesday"
    elif len(parts) > 1 or len(part.reps) > 1 or part.every:
        return None
    if part.days and OF_TODAY.search(plain) and not total:
        part = Part()
    values = tuple(_values(plain, of_rep=bool(part.reps)))
    if not values or (total and (len(values) > 1 or part.reps)):
        return None
    tagged = TAG.search(said) and len(values) == 1 and not total and _of_this(plain, asked, values[0][0])
    of_another = part.reps or part.of_sets or other
    return Claim(part, other or current(facts), values, total) if of_another or tagged else None


def _of_this(said: str, asked: Question, measure: Measure | None) -> bool:
    """Whether nothing is said to which the number may belong but the set in question."""
    if is_korean(said):
        rest = words(NUMBER.sub(" ", said))
        return measure is not None and (asked.exercise is not None or all(FILLER_KOREAN.fullmatch(one) for one in rest))
    return asked.exercise is not None or set(words(NUMBER.sub(" ", said))) <= FILLERS


def _last(said: str, facts: Facts) -> tuple[int, ...]:
    """The number of the last repetition of this set."""
    return tuple(rep.number for rep in facts.this.reps if rep.complete)[-1:] if facts.this else ()


def _values(said: str, *, of_rep: bool) -> Iterator[tuple[Measure | None, float]]:
    """The numbers of a claim, with what each measures, None of a bare one."""
    for name in (DATE, OF_THE_MONTH, AGO, NEWEST, GROUP, SET_NUMBER, REP_NUMBER):
        said = name.sub(" # ", said)
    found = list(NUMBER.finditer(said))
    between = said[found[0].end() : found[1].start()] if len(found) == 2 else ""
    loaded = 0 if LOAD_FIRST.search(between) else 1 if LOAD_LAST.search(between) else None
    for at, one in enumerate(found):
        unit = _measure_of(one["unit"])
        if unit is None and (of_rep or len(found) > 2 or (len(found) == 2 and loaded is None)):
            return
        told = one["value"].replace(",", ".")
        yield unit or ("weight" if at == loaded else None), float(told) if told[0].isdigit() else float(as_count(told))
