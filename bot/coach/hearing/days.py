"""Which days of the past a message speaks of: "yesterday", "last week", "on Thursday", "in February"."""

from __future__ import annotations

import contextlib
import re
from datetime import date, timedelta

from bot.coach.hearing.spans import (
    MONTHS,
    NAMED_MONTH,
    SPANS,
    Days,
    first_of_month,
    month_of,
    span,
    spans_named,
    week_of,
)
from bot.coach.words import folded

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KOREAN_WEEKDAYS = "월화수목금토일"
BEFORE_YESTERDAY = re.compile(r"\bday before yesterday\b|그저께|그제")
YESTERDAY = re.compile(r"\byesterday\b|어제")
ANY_WEEKDAY = "|".join(WEEKDAYS)
WEEKDAY = re.compile(
    rf"\b(?:on |last )(?P<day>{ANY_WEEKDAY})\b|\b(?P<whose>{ANY_WEEKDAY})(?:'s|s') "
    rf"|\b(?:was|were|did) (?P<was>{ANY_WEEKDAY})\b|\b(?P<ends>{ANY_WEEKDAY})(?:'s|s')?[?!. ]*$"
    rf"|(?P<korean>[{KOREAN_WEEKDAYS}])요일"
)
SHORT_WEEKDAY = re.compile(  # "sat" and "sun" are words of their own
    r"\b(?:tues?|wednes|weds?|thur?s?)\b|(?<=\blast )(?:mon|tue|wed|thu|fri|sat|sun)\b"
    r"|(?<=\bon )(?:mon|tue|wed|thu|fri|sat|sun)\b|(?<=\bvs )(?:mon|tue|wed|thu|fri|sat|sun)\b"
    r"|(?<=\bthan )(?:mon|tue|wed|thu|fri|sat|sun)\b"
)
BARE_WEEKDAY = re.compile(rf"\b(?:{ANY_WEEKDAY})\b")  # "what did i do friday in total"
DONE_THEN = re.compile(
    r"\b(?:did|was|were|went|had|done|trained|lifted|squatted|benched|pressed|deadlifted|curled|than)\b"
    r"|[했였었갔됐왔섰렸쳤켰]|한 거|보다|비교"
)
TO_COME = re.compile(
    r"\b(?:will|i'll|gonna|going to|next|tomorrow|upcoming|coming|planning|do i|i have|i've got|am i|i am|i'm|should"
    r"|would|shall|can|could|want|wanna|then|same again)\b"
    r"|다음|이번|할 ?(?:거|게|까|건|래)|하려|예정|갈 ?거|해야|하면|할게"
)
OF_A_MONTH = re.compile(rf"\b(?:in|during|than|vs|with|of|from|since|between) (?:{NAMED_MONTH})\b|\d월")
SINCE = re.compile(rf"\bsince (?:{NAMED_MONTH})\b|월 ?(?:부터(?!.+까지)|이후)")
SINCE_ANY = re.compile(r"\bsince (?:last |the )?(?!i\b|my\b|then\b)\w|부터(?!.+까지)|이후")
FROM_TO = re.compile(r"\bfrom\b.+\b(?:to|till|until|through)\b|\bbetween\b.+\band\b|월 ?부터.+까지")
DATE = re.compile(
    rf"\b(?P<month>{NAMED_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?! (?:reps?|sets?|kgs?|lbs?|more)\b)"
    r"(?:,? (?P<year>20\d\d)\b)?"
    rf"|\b(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month_last>{NAMED_MONTH})\b"
    r"(?:,? (?P<year_last>20\d\d)\b)?"
    r"|(?:(?P<korean_year>20\d\d)년 ?)?(?P<korean_month>\d{1,2})월 ?(?P<korean_day>\d{1,2})일"
)
OF_THE_MONTH = re.compile(
    r"\bon the (?P<english>\d{1,2})(?:st|nd|rd|th)\b(?! (?:sets?|reps?|one|time|attempt|try|go))"
    r"|(?<!\d)(?P<korean>\d{1,2})일에? "
)
DONE = re.compile(
    r"\b(?:did|was|were|went|had|have|done|do|trained|training|lifted|squatted|benched|pressed|deadlifted|curled|look)\b"
    r"|\bhow many\b|^(?:and|what about|how about)\b|했|들었|쳤|한 거|은\??$|는\??$"
)
NOT_DONE = re.compile(
    r"\b(?:than|vs|versus|compar\w+|better|worse|harder|easier|stronger|tired|progress\w*|getting|gain\w*|improv\w+|should|can|could|will|plan|remind|next"
    r"|every|mondays|sore|missed|skipped)\b|보다|비교|알림"
)


AGO = re.compile(
    r"\b(?P<count>\d{1,2}|an?|two|three|four|five|six) (?P<unit>day|week|month)s? ago\b"
    r"|(?P<korean>\d{1,2}|한|두|세|네) ?(?P<korean_unit>일|주|달|개월) ?전"
)
COUNTS = {"a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "한": 1, "두": 2, "세": 3, "네": 4}
KOREAN_UNITS = {"일": "day", "주": "week", "달": "month", "개월": "month"}


def done_on(text: str, today: date) -> Days | None:
    """The days whose sets a message asks for; None where it asks for none, or compares, or plans."""
    said = folded(text).strip()
    return named_days(said, today) if DONE.search(said) and not NOT_DONE.search(said) else None


def in_full(said: str) -> str:
    """A text with its weekdays written out: "last thurs"."""
    return SHORT_WEEKDAY.sub(lambda found: next(day for day in WEEKDAYS if day[:2] == found.group()[:2]), said)


def day_of_week(said: str, week: Days) -> Days | None:
    """The weekday of a week that a text names: "last week friday", "지난주 금요일"."""
    korean = re.search(rf"([{KOREAN_WEEKDAYS}])요일", said)
    english = BARE_WEEKDAY.search(said)
    if not (korean or english) or (week.last - week.first).days > 6:
        return None
    at = KOREAN_WEEKDAYS.index(korean[1]) if korean else WEEKDAYS.index(english.group()) if english else 0
    found = _one(week.first + timedelta(at))
    return found if found.last <= week.last else None


def named_days(text: str, today: date) -> Days | None:
    """The days that a message names, seen from today, till today where it says since; None where it names none."""
    said = in_full(folded(text))
    found = _named_in(said, today)
    return Days(found.first, max(today, found.first)) if found and SINCE_ANY.search(said) else found


def _named_in(said: str, today: date) -> Days | None:
    if BEFORE_YESTERDAY.search(said):
        return _one(today - timedelta(2))
    if YESTERDAY.search(said):
        return _one(today - timedelta(1))
    if (dated := _date(said, today)) is not None:
        return _one(dated)
    found = next((span(name, today) for name, pattern in SPANS.items() if pattern.search(said)), None)
    if found and (one := day_of_week(said, found)):
        return one
    return found or _ago(said, today) or _weekday(said, today) or _month(said, today)


def day_of_month(text: str, today: date) -> Days | None:
    """The newest such day of a month, today counted, that "on the 3rd" names; None where a text names none."""
    found = OF_THE_MONTH.search(folded(text))
    if found is None:
        return None
    number = int(found["english"] or found["korean"])
    for back in (0, 1, 2):
        first = first_of_month(today, back)
        with contextlib.suppress(ValueError):
            if (dated := first.replace(day=number)) <= today:
                return _one(dated)
    return None


def _one(day: date) -> Days:
    return Days(day, day)


def _ago(said: str, today: date) -> Days | None:
    """The day, the week or the month so many of them before this one."""
    found = AGO.search(said)
    if found is None:
        return None
    told, unit = found["count"] or found["korean"], found["unit"] or KOREAN_UNITS[found["korean_unit"]]
    count = COUNTS.get(told) or int(told)
    if unit == "day":
        return _one(today - timedelta(count))
    if unit == "week":
        return week_of(today - timedelta(7 * count))
    return month_of(first_of_month(today, count))


def _date(said: str, today: date) -> date | None:
    """The newest such day, today counted, or that of the year named; None where none is, or the calendar has none."""
    found = DATE.search(said)
    if found is None:
        return None
    name, day = found["month"] or found["month_last"], found["day"] or found["day_first"] or found["korean_day"]
    starts = [month[:3] for month in MONTHS]
    month = starts.index(name[:3]) + 1 if name else int(found["korean_month"])
    year_told = found["year"] or found["year_last"] or found["korean_year"]
    for year in (int(year_told),) if year_told else (today.year, today.year - 1):
        with contextlib.suppress(ValueError):
            if (dated := date(year, month, int(day))) <= today:
                return dated
    return None


def _weekday(said: str, today: date) -> Days | None:
    """The newest such day before today; None where one to come is meant."""
    named = WEEKDAY.search(said)
    if named is None and DONE_THEN.search(said) and not TO_COME.search(said) and (bare := BARE_WEEKDAY.search(said)):
        return _one(today - timedelta((today.weekday() - WEEKDAYS.index(bare.group()) - 1) % 7 + 1))
    if named is None or (TO_COME.search(said) and not DONE_THEN.search(said)):
        return None
    english = named["day"] or named["whose"] or named["was"] or named["ends"]
    at = WEEKDAYS.index(english) if english else KOREAN_WEEKDAYS.index(named["korean"])
    return _one(today - timedelta((today.weekday() - at - 1) % 7 + 1))


def _month(said: str, today: date) -> Days | None:
    """The newest such month that has begun, or that of the year named; from one to another, or since one, all days."""
    if not OF_A_MONTH.search(said) or not (named := [name for name in spans_named(said, today) if name[0].isdecimal()]):
        return None
    first = span(named[-1] if FROM_TO.search(said) else named[0], today).first
    return Days(first, max(today, first) if SINCE.search(said) else span(named[0], today).last)
