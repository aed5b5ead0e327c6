"""Which days of the past a message speaks of: "yesterday", "last week", "on Thursday", "in February"."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.coach.words import folded

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
KOREAN_WEEKDAYS = "월화수목금토일"
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
BEFORE_YESTERDAY = re.compile(r"\bday before yesterday\b|그저께|그제")
YESTERDAY = re.compile(r"\byesterday\b|어제")
SPANS: Mapping[str, re.Pattern[str]] = {  # the later ones first
    "this_week": re.compile(r"\b(?:this|my) week\b|이번 ?주"),
    "last_week": re.compile(r"\blast week\b|(?<!지)지난 ?주|(?<!저)저번 ?주"),
    "last_week_before": re.compile(r"\bweek before\b|\bprevious week\b|지지난 ?주|저저번 ?주|그 ?전 ?주|전주"),
    "this_month": re.compile(r"\bthis month\b|이번 ?달"),
    "last_month": re.compile(r"\blast month\b|(?<!지)지난 ?달|(?<!저)저번 ?달"),
    "last_month_before": re.compile(r"\bmonth before\b|\bprevious month\b|지지난 ?달|저저번 ?달|그 ?전 ?달"),
    "lately": re.compile(r"\b(?:lately|recently|these days)\b|요즘|최근에"),
}
WEEKDAY = re.compile(rf"\b(?:on |last )(?P<day>{'|'.join(WEEKDAYS)})\b|(?P<korean>[{KOREAN_WEEKDAYS}])요일")
MONTH = re.compile(rf"\b(?:in|during|than|vs|with) (?P<month>{'|'.join(MONTHS)})\b|(?P<korean>\d{{1,2}})월(?!\s*\d)")
NAMED_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS)
DATE = re.compile(
    rf"\b(?P<month>{NAMED_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?! (?:reps?|sets?|kgs?|lbs?|more)\b)"
    rf"|\b(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month_last>{NAMED_MONTH})\b"
    r"|(?P<korean_month>\d{1,2})월 ?(?P<korean_day>\d{1,2})일"
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
LATELY_DAYS = 27  # four weeks with today


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both counted."""

    first: date
    last: date

    def hold(self, day: date) -> bool:
        """Whether a day is one of these."""
        return self.first <= day <= self.last


def done_on(text: str, today: date) -> Days | None:
    """The days whose sets a message asks for; None where it asks for none, or compares, or plans."""
    said = folded(text).strip()
    return named_days(said, today) if DONE.search(said) and not NOT_DONE.search(said) else None


def named_days(text: str, today: date) -> Days | None:
    """The days that a message names, seen from today; None where it names none."""
    said = folded(text)
    if BEFORE_YESTERDAY.search(said):
        return _one(today - timedelta(2))
    if YESTERDAY.search(said):
        return _one(today - timedelta(1))
    if (dated := _date(said, today)) is not None:
        return _one(dated)
    found = next((span(name, today) for name, pattern in SPANS.items() if pattern.search(said)), None)
    return found or _ago(said, today) or _weekday(said, today) or _month(said, today)


def _month_of(day: date) -> Days:
    first = day.replace(day=1)
    return Days(first, (first + timedelta(31)).replace(day=1) - timedelta(1))


def spans_named(said: str) -> tuple[str, ...]:
    """The names of the weeks or months in a text, the later one first."""
    found = tuple(name for name, pattern in SPANS.items() if name != "lately" and pattern.search(said))
    if len(found) == 2 and found[0].startswith("this") and found[1].endswith("_before"):
        return found[0], found[1].removesuffix("_before")  # "this week and the week before"
    return found


def span(name: str, today: date) -> Days:
    """The days of a week or month that has a name of `SPANS`, seen from today."""
    if name == "lately":
        return Days(today - timedelta(LATELY_DAYS), today)
    back = {"this": 0, "last": 1}[name.split("_")[0]] + name.endswith("_before")
    if "month" in name:
        found = _month_of(_first_of_month(today, back))
    else:
        monday = today - timedelta(today.weekday() + 7 * back)
        found = Days(monday, monday + timedelta(6))
    return Days(found.first, min(found.last, today))


def _first_of_month(today: date, back: int) -> date:
    """The first day of the month so many before this one."""
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


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
        monday = today - timedelta(today.weekday() + 7 * count)
        return Days(monday, monday + timedelta(6))
    return _month_of(_first_of_month(today, count))


def _date(said: str, today: date) -> date | None:
    """The newest such day, today counted; None where none is named, or the calendar has none."""
    found = DATE.search(said)
    if found is None:
        return None
    name, day = found["month"] or found["month_last"], found["day"] or found["day_first"] or found["korean_day"]
    starts = [month[:3] for month in MONTHS]
    month = starts.index(name[:3]) + 1 if name else int(found["korean_month"])
    for year in (today.year, today.year - 1):
        with contextlib.suppress(ValueError):
            if (dated := date(year, month, int(day))) <= today:
                return dated
    return None


def _weekday(said: str, today: date) -> Days | None:
    """The newest such day before today."""
    named = WEEKDAY.search(said)
    if named is None:
        return None
    at = WEEKDAYS.index(named["day"]) if named["day"] else KOREAN_WEEKDAYS.index(named["korean"])
    return _one(today - timedelta((today.weekday() - at - 1) % 7 + 1))


def _month(said: str, today: date) -> Days | None:
    """The newest such month that has begun."""
    named = MONTH.search(said)
    number = (MONTHS.index(named["month"]) + 1 if named["month"] else int(named["korean"])) if named else 0
    if not 1 <= number <= len(MONTHS):
        return None
    return _month_of(date(today.year - (number > today.month), number, 1))
