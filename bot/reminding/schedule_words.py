"""A reminder as people type it -> Schedule: "mon wed fri 18:00", "weekdays 6pm", "월수금 저녁 7시"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.coach.hearing.numbered import NUMBER_WORDS, TEENS
from bot.reminding.schedule import DAY_NAMES, MOST_DAYS, MOST_WEEKS, Schedule

KOREAN_DAYS = "월화수목금토일"

_GROUPS = {
    **dict.fromkeys(("daily", "everyday", "매일"), frozenset(range(7))),
    **dict.fromkeys(("weekday", "평일", "주중"), frozenset(range(5))),
    **dict.fromkeys(("weekend", "주말"), frozenset({5, 6})),
    "mwf": frozenset({0, 2, 4}),
    "tth": frozenset({1, 3}),
}
_FILLERS = frozenset({"and", "at", "on", "every", "each", "in", "the", "o'clock", "매주", "그리고"})
_ERRANDS = frozenset({"please", "to", "train", "training", "workout", "workouts", "gym", "운동"})
_PARTS = {
    **dict.fromkeys(("morning", "아침", "새벽"), "am"),
    **dict.fromkeys(("afternoon", "evening", "저녁", "낮", "점심"), "pm"),
    **dict.fromkeys(("night", "밤"), "night"),
}
_PART = "|".join(_PARTS)
_SMALL_HOURS = frozenset({12, 1, 2, 3, 4})  # of the night: after midnight, the others before it
_ONES = (*NUMBER_WORDS, *TEENS)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_IN_WORDS = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<more>{'|'.join(_ONES[:9])}))?|(?P<ones>{'|'.join(_ONES)}))\b"
)
_KOREAN_HOURS = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"]
_KOREAN_HOUR = re.compile(rf"(?<![가-힣])({'|'.join(reversed(_KOREAN_HOURS))})(?= ?시(?!간))")
_KOREAN_RUN = re.compile(rf"(?:[{KOREAN_DAYS}](?:요일)?)+")
_EVERY_WEEKS = re.compile(
    r"\b(?P<each>every week|weekly)\b"
    rf"|\bevery (?P<number>\d{{1,2}}|{'|'.join(NUMBER_WORDS)}) weeks?\b|\b(?:every (?:other|second|2nd)(?: week\b)?"
    r"|(?:every )?fortnight(?:ly)?\b|bi-?weekly\b)|격주(?:로)?|(?P<korean>\d{1,2}) ?주(?:마다|에 ?한 ?번)"
)
_EVERY_DAYS = re.compile(
    rf"\bevery (?P<ordinal>other|second|2nd|third|3rd|fourth|4th) day\b|\balternate days\b"
    rf"|\bevery (?P<number>\d{{1,2}}|{'|'.join(NUMBER_WORDS)}) days?\b"
    r"|격일(?:로|마다)?|하루 ?걸러(?: ?한 ?번)?|(?P<korean>이틀|사흘|나흘|\d{1,2} ?일)(?:마다|에 ?한 ?번)"
)
_DAYS_NAMED = {
    **dict.fromkeys(("third", "3rd", "사흘"), 3),
    **dict.fromkeys(("fourth", "4th", "나흘"), 4),
}
LONGEST_NOTE = 60  # characters: a button holds no more
MOST_WORDS = 40  # of what is read at all
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?P<half>[ap]m)?")


class Problem(StrEnum):
    """Why no reminder can be made of it; each has its sentence in every language."""

    NO_DAYS = "no_days"
    NO_TIME = "no_time"
    SEVERAL_TIMES = "several_times"
    BAD_TIME = "bad_time"
    EITHER_HALF = "either_half"
    UNKNOWN_WORD = "unknown_word"
    PAST = "past"
    TOO_FAR = "too_far"


class ScheduleError(ValueError):
    """No schedule can be read; `text` is the part of the message that is to blame, "" where something is missing."""

    def __init__(self, problem: Problem, text: str = "") -> None:
        super().__init__(f"{problem}: {text}")
        self.problem = problem
        self.text = text


def parse(text: str) -> Schedule:
    """What the user typed after /remind as a schedule: "mon wed fri 18:00", "weekdays 6pm", "월수금 오후 6시".

    Days: names from two letters on, ranges (mon-fri), daily, weekdays, weekends; Korean likewise. One time of day; its
    half may be said in words ("7 in the evening"). "every 2 weeks", "every other monday", "격주" leave weeks out,
    "every other day", "사흘마다" days. Raises ScheduleError.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    if found := _EVERY_DAYS.search(text):
        return _in_days(f"{text[: found.start()]} {text[found.end() :]}", found)
    text, every_weeks = _weeks(text)
    said = words_of(text)
    weekdays = frozenset[int]().union(*(days_of(word) for word in said.days))
    if not weekdays:
        raise ScheduleError(Problem.NO_DAYS)
    return Schedule(weekdays, *said.time(), every_weeks)


def with_note(text: str, told: Callable[[str], object]) -> tuple[str, str | None]:
    """The text apart: days and time, and what follows them, which is what the reminder is for: "mon 7pm leg day".

    `told` raises ScheduleError for what tells no time; where no beginning of the text tells one, or something else is
    wrong than a word that no time has, all of it is the time.
    """
    words = text.split()[:MOST_WORDS]
    for count in range(len(words), 0, -1):
        try:
            told(" ".join(words[:count]))
        except ScheduleError as error:
            if error.problem is not Problem.UNKNOWN_WORD:
                break
            continue
        note = " ".join(words[count:]).strip(" -–—:,.")[:LONGEST_NOTE]
        return " ".join(words[:count]), note or None
    return text, None


def _in_days(others: str, found: re.Match[str]) -> Schedule:
    """Every so many days, at the time that the other words say."""
    said, told = words_of(others), found["number"] or found["ordinal"] or found["korean"] or ""
    digits = re.match(r"\d+", told)
    named = NUMBER_WORDS.index(told) + 1 if told in NUMBER_WORDS else _DAYS_NAMED.get(told, 2)
    every_days = int(digits[0]) if digits and told not in _DAYS_NAMED else named
    if said.days or not 1 <= every_days <= MOST_DAYS:
        raise ScheduleError(Problem.UNKNOWN_WORD, said.days[0] if said.days else found[0])
    return Schedule(_GROUPS["daily"], *said.time(), every_days=every_days)


def _weeks(text: str) -> tuple[str, int]:
    """The text without "every 2 weeks" or the like, and the number of weeks of which one counts."""
    found = _EVERY_WEEKS.search(text)
    if not found:
        return text, 1
    number = found["number"] or found["korean"] or ("1" if found["each"] else "2")
    weeks = int(number) if number.isdigit() else NUMBER_WORDS.index(number) + 1
    if not 1 <= weeks <= MOST_WEEKS:
        raise ScheduleError(Problem.UNKNOWN_WORD, found[0])
    return f"{text[: found.start()]} {text[found.end() :]}", weeks


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, sorted: words that say days, those that start with a digit, and parts of the day (am, pm)."""

    days: tuple[str, ...]
    times: tuple[str, ...]
    parts: tuple[str, ...]

    def time(self) -> tuple[int, int]:
        """The one time of day, (hour, minute). Raises ScheduleError where there is none, or several."""
        if len(self.times) != 1:
            raise ScheduleError(Problem.SEVERAL_TIMES if self.times else Problem.NO_TIME, " ".join(self.times))
        return _time(self.times[0], self.parts[0] if self.parts else None)


def words_of(text: str) -> Words:
    """What was typed in one spelling, without the words that say nothing."""
    said = [word for word in _plain(text).split() if word not in _FILLERS | _ERRANDS]
    others = [word for word in said if word not in _PARTS]
    return Words(
        tuple(word for word in others if not word[0].isdigit()),
        tuple(word for word in others if word[0].isdigit()),
        tuple(_PARTS[word] for word in said if word in _PARTS),
    )


def in_figures(text: str) -> str:
    """Numbers in words, as somebody dictates them, in figures: "at seven thirty", "ninety seconds", "일곱 시"."""
    text = re.sub(r"\bhalf past (\w+)\b", r"\1 thirty", text)
    text = _IN_WORDS.sub(_figures, text)
    text = re.sub(r"\b(\d{1,2}) (00|15|30|45)\b(?! ?(?:s|m|h))", r"\1:\2", text)
    return _KOREAN_HOUR.sub(lambda found: str(_KOREAN_HOURS.index(found[1]) + 1), text)


def _figures(found: re.Match[str]) -> str:
    ones, tens, more = (
        row.index(found[name]) + 1 if found[name] else 0
        for name, row in (("ones", _ONES), ("tens", _TENS), ("more", _ONES))
    )
    return str(ones or 10 * (tens + 1) + more)


def days_of(word: str) -> frozenset[int]:
    """The weekdays (Monday is 0) of "mon", "mon-fri", "weekends", "월수금". Raises ScheduleError."""
    first, dash, last = word.partition("-")
    if not dash:
        return _named_days(word)
    start, end = _one_day(first, word), _one_day(last, word)
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))


def _plain(text: str) -> str:
    """One spelling of what can be written in several: "6 p.m." and "오후 6시" are 6pm, "mon – fri" is mon-fri."""
    text = in_figures(unicodedata.normalize("NFKC", text).casefold())
    text = re.sub(r"\bevery\s+day\b", "daily", text)
    text = re.sub(r"\b([a-z]+) (?:to|till|until|through|thru) (?=(?:mon|tue|wed|thu|fri|sat|sun))", r"\1-", text)
    text = re.sub(rf"\b(?:every|each)\s+({_PART})s?\b", r"daily \1", text)
    text = re.sub(rf"({_PART})마다", r"매일 \1 ", text)
    text = re.sub(r"\bnoon\b|정오(?:에)?", "12:00", text)
    text = re.sub(r"\bmidnight\b|자정(?:에)?", "0:00", text)
    text = re.sub(r"\b(\d{1,2})\s*h(?:rs?|ours?)?\b", r"\1:00", text)
    text = re.sub(rf"({_PART})에?\s*(?=\d)", r"\1 ", text)
    text = re.sub(r"(\d)\s*([ap])\.?m\b\.?", r"\1\2m ", text)
    text = re.sub(r"(\d{1,2})\s*시\s*(반|\d{1,2}(?=\s*분))?(?:\s*분)?에?", _after_hour, text)
    text = re.sub(r"오(전|후)\s*([\d:]+)", lambda found: found[2] + ("am" if found[1] == "전" else "pm"), text)
    text = re.sub(r"\s*[-–—~]\s*", "-", text)
    return re.sub(r"[,;/&+、]|-(?!\w)|-(?=\d)|(?<=\d)-", " ", text)  # a dash is a range only between two words


def _after_hour(found: re.Match[str]) -> str:
    """A full hour before noon is told as a bare number, which alone is no time: 7시 could be morning or evening."""
    minutes = "30" if found[2] == "반" else (found[2] or "0").zfill(2)
    return f"{found[1]} " if not found[2] and 1 <= int(found[1]) < 12 else f"{found[1]}:{minutes} "


def _time(word: str, part: str | None = None) -> tuple[int, int]:
    """(hour, minute) of "18:00", "18.00", "18", "6pm", "6:30pm", and of "6" in a part of the day. Up to 12 a bare
    number alone is no time: 6 could be morning or evening."""
    found = _TIME.fullmatch(word)
    if not found or word in ("0", "00"):
        raise ScheduleError(Problem.BAD_TIME, word)
    if not (found["minute"] or found["half"] or part) and int(found["hour"]) <= 12:
        raise ScheduleError(Problem.EITHER_HALF, word)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if minute > 59 or hour not in (range(1, 13) if found["half"] else range(24)):
        raise ScheduleError(Problem.BAD_TIME, word)
    return _hour_24(hour, found["half"] or (_half(hour, part) if 1 <= hour <= 12 else None)), minute


def _half(hour: int, part: str | None) -> str | None:
    """The half of the day in which that hour of a part of it lies."""
    return ("am" if hour in _SMALL_HOURS else "pm") if part == "night" else part


def _hour_24(hour: int, half: str | None) -> int:
    return hour if half is None else hour % 12 + (12 if half == "pm" else 0)


def _one_day(name: str, word: str) -> int:
    days = _named_days(name)
    if len(days) != 1:
        raise ScheduleError(Problem.UNKNOWN_WORD, word)
    return next(iter(days))


def _named_days(word: str) -> frozenset[int]:
    name = word.removesuffix("마다").removesuffix("에").rstrip(".").removesuffix("s")
    english = {day for day, full in enumerate(DAY_NAMES) if len(name) >= 2 and full.startswith(name)}
    korean = {KOREAN_DAYS.index(day) for day in name.replace("요일", "")} if _KOREAN_RUN.fullmatch(name) else set()
    days = _GROUPS.get(name) or frozenset(english or korean)
    if not days:
        raise ScheduleError(Problem.UNKNOWN_WORD, word)
    return days
