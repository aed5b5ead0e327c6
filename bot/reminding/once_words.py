"""A reminder for once as people type it -> the instant: "tomorrow 7am", "in 90 seconds", "30분 뒤"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from bot.reminding.schedule import OnDay, firing_on
from bot.reminding.schedule_words import Problem, ScheduleError, Words, days_of, in_figures, words_of

LONGEST: Final = timedelta(days=366)
SNOOZE: Final = timedelta(hours=1)  # where it is not said for how long
_EVERY_DAY: Final = frozenset(range(7))
_SECONDS: Final = (
    (1.0, r"s|secs?|seconds?|초"),
    (60.0, r"m|mins?|minutes?|분"),
    (3600.0, r"h|hrs?|hours?|시간"),
    (86400.0, r"days?|일"),
)
_UNIT: Final = "|".join(pattern for _, pattern in _SECONDS)
_NUMBER: Final = r"\d{1,5}(?:[.,]\d)?|an?|half(?: an?)?|반"
_PIECE: Final = re.compile(rf"(?<![\w.:])(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})(?P<half>\s*반)?(?![a-z])")
_AWAY: Final = frozenset(
    ["in", "after", "for", "from", "now", "later", "뒤", "뒤에", "후", "후에", "있다가", "이따", "이따가"]
)
_BETWEEN: Final = frozenset({"and", ","})
DATE: Final = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}"
_DAY: Final = r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?![\w:.])"
_DAY_OF_MONTH: Final = re.compile(
    rf"(?P<day>{_DAY}) (?:of )?(?P<month>{_MONTH})\b,?(?: (?P<year>\d{{4}})\b)?"
    rf"|\b(?P<month_first>{_MONTH}) (?P<day_last>{_DAY}),?(?: (?P<year_last>\d{{4}})\b)?"
    r"|(?:(?P<year_korean>\d{4})년 ?)?(?<!\d)(?P<month_korean>\d{1,2})월 ?(?P<day_korean>\d{1,2})일"
)
SHIFTS: Final = {
    **dict.fromkeys(("today", "tonight", "오늘"), 0),
    **dict.fromkeys(("tomorrow", "tmrw", "tmr", "내일"), 1),
    **dict.fromkeys(("overmorrow", "모레"), 2),
}
_COMING: Final = frozenset({"once", "this", "coming", "이번", "한번"})
NEXT: Final = frozenset({"next", "다음"})


def once(text: str, now_utc: datetime, zone: tzinfo) -> OnDay | datetime | None:
    """When a reminder for once is due; None where nothing says that it is meant for once.

    A day and time there: "today", "tomorrow" and the day after, "this" and "next friday", "once 18:00", a date as
    2026-12-24 or 24 December. "next" is the first such day after today, in Korean that of next week. Or the instant
    (UTC) that is so long from now: "in 90 seconds". Raises ScheduleError where it is past, more than LONGEST away, or
    no time of day is understood.
    """
    said = one_spelling(text, now_utc.astimezone(zone).date())
    away = _span(said)
    if away is not None:
        return now_utc + _ahead(away, said)
    one = _told_day(said, now_utc, zone)
    if one is not None:
        _ahead(one.day - now_utc.astimezone(zone).date() + timedelta(days=1), said)  # no instant is made of the year 1
        _ahead(firing_on(one, zone).at - now_utc, said)
    return one


def snoozed_to(text: str, now_utc: datetime, zone: tzinfo) -> datetime:
    """The instant that "30 minutes", "until 8pm", "" put a reminder off to. Raises ScheduleError."""
    said = re.sub(r"^(?:for|until|till|to|by) ", "", text.casefold())
    if not said:
        return now_utc + SNOOZE
    told = once(f"in {said}", now_utc, zone) or once(f"today {said}", now_utc, zone)
    if told is None:
        raise ScheduleError(Problem.UNKNOWN_WORD, text)
    return firing_on(told, zone).at if isinstance(told, OnDay) else told


def _ahead(away: timedelta, said: str) -> timedelta:
    """The same, if a reminder can be made so far ahead. Raises ScheduleError."""
    if away <= timedelta():
        raise ScheduleError(Problem.PAST, said)
    if away > LONGEST:
        raise ScheduleError(Problem.TOO_FAR, said)
    return away


def one_spelling(text: str, today: date) -> str:
    """What was typed with figures for numbers, days of months as 2026-12-24, and one word for next week."""
    said = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" .!?")
    said = in_figures(_DAY_OF_MONTH.sub(lambda found: f"{_dated(found, today)} ", said))
    said = re.sub(r"\b(?:the )?day after tomorrow\b|내일 ?모레", "overmorrow", said)
    said = re.sub(r"\btonight\b", "today night", said)
    said = re.sub(r"\b(?:(\d+)|an?) hours? and a half\b", lambda found: f"{found[1] or 1}.5 hours", said)
    said = re.sub(r"\bnext week\b", "다음", said)
    said = re.sub(r"(다음|이번) ?주(?:의)?\s*", r"\1 ", said)
    return re.sub(r"(오늘|내일|모레)(?=\S)", r"\1 ", said)


def _dated(found: re.Match[str], today: date) -> str:
    """The day of a month as 2026-12-24; where no year is told, of the next such day."""
    named = {key.split("_")[0]: value for key, value in found.groupdict().items() if value is not None}
    month = int(named["month"]) if named["month"].isdigit() else _MONTHS.index(named["month"][:3]) + 1
    day = int(named["day"].rstrip("stndrh"))
    year = int(named.get("year") or today.year + ((month, day) < (today.month, today.day)))
    return f"{year:04}-{month:02}-{day:02}"


def _span(said: str) -> timedelta | None:
    """How long from now, where nothing but that is said."""
    pieces = [(piece["number"], piece["unit"], piece["half"]) for piece in _PIECE.finditer(said)]
    others = frozenset(_PIECE.sub(" ", said).replace(",", " , ").split())
    if not pieces or others - _AWAY - _BETWEEN:
        return None
    seconds = [_unit_s(unit) for _, unit, _ in pieces]
    if not others & _AWAY and max(seconds) > 60.0:  # "18h" alone is a time of day to many
        return None
    amounts = [_amount(number) + (0.5 if half else 0.0) for number, _, half in pieces]
    return timedelta(seconds=round(sum(amount * unit_s for amount, unit_s in zip(amounts, seconds, strict=True))))


def _unit_s(unit: str) -> float:
    return next(seconds for seconds, pattern in _SECONDS if re.fullmatch(pattern, unit))


def _amount(number: str) -> float:
    if number[0].isdigit():
        return float(number.replace(",", "."))
    return 0.5 if number.startswith(("half", "반")) else 1.0


def _told_day(said: str, now_utc: datetime, zone: tzinfo) -> OnDay | None:
    today = now_utc.astimezone(zone).date()
    found = DATE.search(said)
    words = words_of(said.replace(found[0], " ") if found else said)
    days = [word.removesuffix("에") for word in words.days]
    if found:
        return OnDay(date_of(found), *words.time())
    shifts = [SHIFTS[word] for word in days if word in SHIFTS]
    if shifts:
        _only_shifts(days)
        return OnDay(today + timedelta(days=shifts[0]), *words.time())
    if not set(days) & (_COMING | NEXT):
        return None
    weekdays = frozenset[int]().union(*(days_of(word) for word in days if word not in _COMING | NEXT)) or _EVERY_DAY
    return _first_of(weekdays, _start(days, today), words, now_utc, zone)


def _start(days: Sequence[str], today: date) -> date:
    if "다음" in days:
        return today + timedelta(days=7 - today.weekday())
    return today + timedelta(days=1) if NEXT & set(days) else today


def _first_of(weekdays: frozenset[int], start: date, words: Words, now_utc: datetime, zone: tzinfo) -> OnDay:
    """The first such day from `start` on whose time of day is still to come."""
    coming = (OnDay(start + timedelta(days=step), *words.time()) for step in range(8))
    return next(one for one in coming if one.day.weekday() in weekdays and firing_on(one, zone).at > now_utc)


def date_of(found: re.Match[str]) -> date:
    """The day that DATE found. Raises ScheduleError."""
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ScheduleError(Problem.BAD_TIME, found[0]) from error


def _only_shifts(days: Sequence[str]) -> None:
    unknown = next((word for word in days if word not in SHIFTS), None)
    if unknown:
        raise ScheduleError(Problem.UNKNOWN_WORD, unknown)
