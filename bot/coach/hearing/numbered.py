"""Which repetitions and which sets a text names by number: "my third rep", "rep 3 or 4", "set two", "세 번째"."""

from __future__ import annotations

import re

from bot.coach.words import folded

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TEENS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
KOREAN_ORDINALS = ("첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
REP_NUMBER = re.compile(
    rf"\b(?:rep|repetition|number)s?\s*(?:number\s+)?#?(?P<after>\d+|(?<=\s)(?:{'|'.join(NUMBER_WORDS)}))\b"
    rf"|\b(?P<before>\d+(?=(?:st|nd|rd|th)\s+(?:rep|one))|(?:{'|'.join(ORDINALS)})(?=\s+(?:rep|one)))"
    rf"|(?P<korean>(?<!\d)\d{{1,3}}|{'|'.join(KOREAN_ORDINALS)})\s*번째(?!\s*세트)"
)
AT_THE_END = re.compile(
    rf"\b(?:the|my) (?P<figures>\d{{1,2}}(?=(?:st|nd|rd|th)[?.!\s]*$)|(?:{'|'.join(ORDINALS)})(?=[?.!\s]*$))"
)
SET_NUMBER = re.compile(
    rf"\bset\s+(?:number\s+)?#?(?P<after>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})\b"
    rf"|\b(?P<before>\d{{1,2}}(?=(?:st|nd|rd|th)\s+sets?\b)|(?:{'|'.join(ORDINALS)})(?=\s+set\b))"
    rf"|(?P<korean>\d{{1,2}}|{'|'.join(KOREAN_ORDINALS)})\s*(?:번째\s*)?세트(?!\s*(?:사이|해|몇|수))"
)
NAMED = "|".join((*ORDINALS, "last", "final"))
BARE_NAMED = rf"\d{{1,2}}(?=st|nd|rd|th)|{NAMED}"
NO_REP = r"(?! (?:time|set|week|month|session|workout|day|half|few|two|three)s?\b)"
ALSO = re.compile(
    r"\b(?:than|and|or|vs\.?|versus|to|with|against|from|as)\s+(?:the |my |rep |number |#)*"
    r"(?P<also>\d{1,2}(?!\s*(?:%|[.,]?\d|kg|kilo|lb|pound|s\b|sec|deg|cm|sets?\b|reps|min|day|week))"
    rf"|{NAMED})(?:st|nd|rd|th)?\b{NO_REP}"
)
BARE = re.compile(
    rf"\b(?:the|my) (?P<one>{BARE_NAMED})(?:st|nd|rd|th)?(?: one)? "
    rf"(?:\w+ )?(?:slow|fast|quick|deep|shallow|high|low|long|short|hard)er "
    rf"than (?:the|my) (?P<other>{BARE_NAMED})(?:st|nd|rd|th)?\b{NO_REP}"
)
DIFFERENCE = re.compile(r"\b(?:difference|diff|gap|compare|comparing)\b|차이|비교")
PAIR = re.compile(
    r"\b(?:difference|diff|gap|compare|comparing)(?: is| was)?(?: there)?(?: between| from| in| of)? #?"
    r"(?P<one>\d{1,2}) ?(?:and|to|vs\.?|versus|with|against|&) ?#?(?P<other>\d{1,2})"
    r"(?=\W*$|[\s,?!.]{1,3}(?:please|pls|then|again|in (?:this|my|the|that|speed|depth|time|tempo|range)|was|for)\b)"
    r"|(?<![\d.])(?P<korean_one>\d{1,2})(?:(?:번째?)? ?(?:이?랑|하고|와|과|vs|대)|번,?)"
    r" ?(?P<korean_other>\d{1,2})(?:번째?)? ?(?:의|은|는|을|를)? ?(?:차이|비교|중)"
)
THAN = re.compile(
    r"\b(?<!get )(?<!getting )(?<!up )(?<!go )"  # "to get to 20"
    rf"(?:than|to|with|vs\.?|versus|against|as) (?:the |my |rep |number |#)*(?P<than>\d{{1,2}}|{NAMED})"
    rf"(?:st|nd|rd|th)?(?: one| rep)?(?: (?:was|is|then|too))?[?.!\s]*$"
    rf"|(?P<korean>{'|'.join(KOREAN_ORDINALS)}|\d{{1,2}}|마지막)\s*(?:번째\s*)?(?:반복|거|것)?(?:보다|랑|하고|와|과)"
)
LAST_REP = re.compile(r"\b(?:last|final)\s+(?:rep|one)\b(?!s)|마지막\s*(?:반복|거|것|꺼|건|게)")
KOREAN_LAST = re.compile(r"마지막(?!\s*세트)")
LAST_SET = re.compile(r"\b(?:vs\.?|versus|and|to|with|against) (?:the |my )?(?:last|final) (?:set|one)\b|마지막\s*세트")


def rep_number(text: str) -> int | None:
    """Which repetition a text names, -1 for the last one, None where it names none."""
    said = folded(text)
    found = REP_NUMBER.search(said) or AT_THE_END.search(said)
    if found is None:
        return -1 if LAST_REP.search(said) else None
    return _as_number(next(group for group in found.groups() if group))


def rep_numbers(text: str) -> tuple[int, ...]:
    """Which repetitions a text names, in its order; -1 for the last one, where it is named beside another.

    Beside a first one the others need no noun: "was my third rep slower than the first"; nor do two numbers whose
    difference is asked for.
    """
    named = _all_numbers(REP_NUMBER, text)
    if not named:
        bare = BARE.search(folded(text)) or PAIR.search(folded(text))
        return tuple(_as_number(group) for group in bare.groups() if group) if bare else ()
    last = (-1,) if LAST_REP.search(folded(text)) or KOREAN_LAST.search(text) else ()
    return tuple(dict.fromkeys((*named, *_all_numbers(ALSO, text), *last)))


def than_number(text: str) -> int | None:
    """The repetition that a text holds something else against: 1 for "was it slower than the first?"; else None."""
    found = THAN.search(folded(text))
    return _as_number(next(group for group in found.groups() if group)) if found else None


def set_numbers(text: str) -> tuple[int, ...]:
    """Which sets of the day a text names, in its order; -1 for the last one, where it is set against another."""
    named = _all_numbers(SET_NUMBER, text)
    return (*named, -1) if named and LAST_SET.search(folded(text)) else named


def _all_numbers(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple(_as_number(next(group for group in m.groups() if group)) for m in pattern.finditer(folded(text)))


def _as_number(said: str) -> int:
    if said.isdecimal():
        return int(said)
    if said in ("last", "final", "마지막"):
        return -1
    return next(row.index(said) + 1 for row in (NUMBER_WORDS, ORDINALS, KOREAN_ORDINALS) if said in row)
