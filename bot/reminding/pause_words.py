"""Until when a user wants no reminders, as people type it -> the local day on which they come again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.reminding.once_words import DATE, LONGEST, NEXT, SHIFTS, date_of, one_spelling
from bot.reminding.schedule_words import Problem, ScheduleError, days_of

_WEEK: Final = 7
_DAYS: Final = {"day": 1, "일": 1, "week": _WEEK, "주": _WEEK, "주일": _WEEK, "month": 30, "달": 30, "개월": 30}
_NUMBERS: Final = {"a": 1, "an": 1, "another": 1, "couple": 2, "few": 3, "일": 1, "한": 1, "두": 2, "세": 3}
_SPAN: Final = re.compile(
    r"(?:(?:a )?(?P<named>couple|few) (?:of )?|(?P<number>\d{1,3}|an?|another|일|한|두|세) ?)"
    r"(?P<unit>days?|weeks?|months?|주일?|일|달|개월)(?: ?(?:동안|간))?"
)
_KOREAN_SPANS: Final = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "열흘": 10, "보름": 15}
_THIS_WEEK: Final = frozenset({"this week", "the week", "이번", "after the weekend", "the weekend is over"})
_LITTLE: Final = re.compile(r"^(?:for|until|till|til|to|the|on|next(?= \d))\b ?|까지는?$|(?: ?동안|간)$")


def paused_until(text: str, today: date) -> date:
    """The day on which reminders come again: "monday" and "until monday" are the next one, "2 weeks" that many days
    from now, "today" ends tomorrow, "this week" and "until next week" on Monday; a date is that day.

    Raises ScheduleError where no day is understood, or one that is not ahead, or more than LONGEST.
    """
    said = one_spelling(text, today)
    for _ in range(3):  # "for the next …"
        said = _LITTLE.sub("", said).strip()
    day = _day(said, today)
    if day is None:
        raise ScheduleError(Problem.UNKNOWN_WORD, text)
    if day <= today or day - today > LONGEST:
        raise ScheduleError(Problem.PAST if day <= today else Problem.TOO_FAR, text)
    return day


def _day(said: str, today: date) -> date | None:
    monday = today + timedelta(days=_WEEK - today.weekday())
    if found := DATE.fullmatch(said):
        return date_of(found)
    if said in _THIS_WEEK or said in NEXT:
        return monday
    if said in _KOREAN_SPANS:
        return today + timedelta(days=_KOREAN_SPANS[said])
    if found := _SPAN.fullmatch(said):
        number = found["named"] or found["number"]
        count = int(number) if number.isdigit() else _NUMBERS[number]
        return today + timedelta(days=count * _DAYS[found["unit"].rstrip("s")])
    words = said.split()
    if words and words[0] in SHIFTS and len(words) == 1:
        return today + timedelta(days=max(1, SHIFTS[words[0]]))
    return _weekday(words, today, monday)


def _weekday(words: list[str], today: date, monday: date) -> date | None:
    """The next such day after today; in Korean that of next week where it says so."""
    try:
        weekdays = days_of(words[-1]) if words and set(words[:-1]) <= NEXT | {"this", "이번", "coming"} else frozenset()
    except ScheduleError:
        return None
    if len(weekdays) != 1:
        return None
    start = monday if "다음" in words else today + timedelta(days=1)
    return start + timedelta(days=(next(iter(weekdays)) - start.weekday()) % _WEEK)
