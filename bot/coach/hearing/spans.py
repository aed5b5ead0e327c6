"""Weeks and months that have a name: "last week", "the month before", "February", "March 2025"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
NAMED_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|sept"
SPANS: Mapping[str, re.Pattern[str]] = {  # the later ones first
    "this_week": re.compile(r"\b(?:this|my) week\b|이번 ?주"),
    "last_week": re.compile(r"\blast week\b|(?<!지)지난 ?주|(?<!저)저번 ?주"),
    "last_week_before": re.compile(r"\bweek before\b|\bprevious week\b|지지난 ?주|저저번 ?주|그 ?전 ?주|전주"),
    "this_month": re.compile(r"\bthis month\b|이번 ?달"),
    "last_month": re.compile(r"\blast month\b|(?<!지)지난 ?달|(?<!저)저번 ?달"),
    "last_month_before": re.compile(r"\bmonth before\b|\bprevious month\b|지지난 ?달|저저번 ?달|그 ?전 ?달"),
    "lately": re.compile(r"\b(?:lately|recently|these days)\b|요즘|최근에"),
}
YEAR = r"(?:,? (?:of )?(?P<year>20\d\d)\b)?"
MONTH = re.compile(
    rf"\b(?P<month>{NAMED_MONTH})\b\.?(?! \d{{1,2}}(?:st|nd|rd|th)?\b)(?! i\b){YEAR}"
    r"|(?:(?P<korean_year>20\d\d)년 ?)?(?<!\d)(?P<korean>1[0-2]|[1-9])월(?! ?\d)"
)
DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)? (?:of )?$")  # "3 march" is a day
LATELY_DAYS = 27  # four weeks with today


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both counted."""

    first: date
    last: date

    def hold(self, day: date) -> bool:
        """Whether a day is one of these."""
        return self.first <= day <= self.last


def spans_named(said: str, today: date) -> tuple[str, ...]:
    """The names of the weeks or months in a text, the later one first; a calendar month's is "2026-02"."""
    found = tuple(name for name, pattern in SPANS.items() if name != "lately" and pattern.search(said))
    if len(found) == 2 and found[0].startswith("this") and found[1].endswith("_before"):
        return found[0], found[1].removesuffix("_before")  # "this week and the week before"
    named = {span(name, today): name for name in (*_months(said, today), *found)}
    return tuple(named[days] for days in sorted(named, key=lambda days: days.first, reverse=True))


def is_month(name: str) -> bool:
    """Whether a span's name is that of a month, of the calendar or seen from today."""
    return "week" not in name


def span_before(name: str, today: date) -> str:
    """The name of the week or month before the one named."""
    if name[0].isdecimal():
        return f"{span(name, today).first - timedelta(1):%Y-%m}"
    return {"this_week": "last_week", "this_month": "last_month"}.get(name, f"{name}_before")


def _months(said: str, today: date) -> Iterator[str]:
    for found in MONTH.finditer(said):
        if not DAY_BEFORE.search(said[: found.start()]):
            yield f"{_month(found, today):%Y-%m}"


def _month(found: re.Match[str], today: date) -> date:
    """Its first day: of the year that is named, else of the newest such month that has begun."""
    starts = [month[:3] for month in MONTHS]
    number = int(found["korean"]) if found["korean"] else starts.index(found["month"][:3]) + 1
    year = found["year"] or found["korean_year"]
    return date(int(year) if year else today.year - (number > today.month), number, 1)


def span(name: str, today: date) -> Days:
    """The days of a week or month that has a name, seen from today; none of them is to come."""
    if name == "lately":
        return Days(today - timedelta(LATELY_DAYS), today)
    if name[0].isdecimal():
        found = month_of(date.fromisoformat(f"{name}-01"))
    else:
        back = {"this": 0, "last": 1}[name.split("_")[0]] + name.endswith("_before")
        found = month_of(first_of_month(today, back)) if is_month(name) else week_of(today - timedelta(7 * back))
    return Days(found.first, min(found.last, max(today, found.first)))


def month_of(day: date) -> Days:
    """The month in which a day is."""
    first = day.replace(day=1)
    return Days(first, (first + timedelta(31)).replace(day=1) - timedelta(1))


def week_of(day: date) -> Days:
    """The week in which a day is, from Monday on."""
    monday = day - timedelta(day.weekday())
    return Days(monday, monday + timedelta(6))


def first_of_month(today: date, back: int) -> date:
    """The first day of the month so many before this one."""
    months = today.year * 12 + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
