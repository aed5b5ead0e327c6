"""Inline keyboards and the data in their buttons: `verb:number[:argument]`, under Telegram's 64 bytes. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.coach.hearing.corrections import Correction
from bot.sentences import LANGUAGES, plain
from bot.words.captions import is_timed
from bot.words.names import exercise_name, likely_names
from bot.words.photo_messages import likely_stills, still_name
from models.tables import Reminder, WorkoutSet
from pipeline.catalogue import exercises
from pipeline.photo.report import PhotoReport
from pipeline.values import SetReport

NAMES_PER_PAGE = 12  # in pairs six rows: a phone's screen with the chart still in view
SETS_A_ROW = 5  # numbers that stay wide enough for a thumb
BUTTONS_SHOWN = 100  # as many as Telegram puts under a message
COUNTS_BELOW, COUNTS_ABOVE = 3, 4  # repetitions about the count that holds; the house's value
COMMON_ZONES = {
    "london": "Europe/London",
    "berlin": "Europe/Berlin",
    "new_york": "America/New_York",
    "los_angeles": "America/Los_Angeles",
    "seoul": "Asia/Seoul",
    "tokyo": "Asia/Tokyo",
}
IN_SETTINGS = 1  # the number of a button that stands under the settings, which show what it set
NUMBER = "[0-9]{1,18}"  # of a row of the store; more digits it could not hold
AS_COUNTED = "counted"  # instead of a number: the user's count is taken back
EXAMPLES = ("fix", "tempo", "better")
PAUSES_DAYS = (7, 14, 28)
CAME_ANSWERS = (("came_done", "done"), ("came_later", "later"), ("came_skip", "skip"))
DROP_ANSWERS = (("drop_yes", "yes"), ("forget_no", "no"))


@dataclass(frozen=True, slots=True)
class Press:
    """What a pressed button says: `verb:number[:argument]`."""

    verb: str
    number: int
    argument: str = ""


def parse(data: str | None) -> Press:
    """The press that `data` says. Raises ValueError for data that no button of ours holds."""
    verb, number, *argument = (data or "").split(":", 2)
    return Press(verb, int(number), argument[0] if argument else "")


def under_chart(set_id: int, report: SetReport, language: str, weight_kg: float | None = None) -> InlineKeyboardMarkup:
    """The buttons of a report; the likeliest names come first where it is not known which exercise it was. What is
    told by its seconds has no count to put right, and poses of yoga no weight to add."""
    guesses = names_row(set_id, likely_names(report.recognition), language)
    labels = {
        "wrong": "wrong_exercise",
        "count": "fix_count",
        "weight": "add_weight" if weight_kg is None else "change_weight",
        "clip": "annotated",
        "ask": "ask",
        "drop": "drop",
    }
    if _told_in_seconds(report):
        del labels["count"]
    if report.poses:
        del labels["weight"]
    if report.source.kind != "clip":
        del labels["clip"]
    rest = [_button(verb, set_id, label, language) for verb, label in labels.items()]
    return InlineKeyboardMarkup([*guesses, *_pairs(rest)])


def under_photo(job_id: int, report: PhotoReport, language: str) -> InlineKeyboardMarkup | None:
    """The likeliest names of an unsure photo, and what else a sure one may show; None where there are none."""
    rows = [
        [InlineKeyboardButton(still_name(one.name, language), callback_data=f"shows:{job_id}:{one.name}")]
        for one in likely_stills(report)
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def sets_of_workout(rows: Sequence[WorkoutSet]) -> InlineKeyboardMarkup:
    """A button for each set of a recording, named by its number."""
    numbered = [InlineKeyboardButton(str(row.place), callback_data=f"open:{row.id}") for row in rows[:BUTTONS_SHOWN]]
    return InlineKeyboardMarkup([numbered[i : i + SETS_A_ROW] for i in range(0, len(numbered), SETS_A_ROW)])


def whose_weight(kinds: Mapping[str, int]) -> InlineKeyboardMarkup:
    """A button for each exercise of a recording, by its name, with the id of its first set, which stands for all."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(name, callback_data=f"load:{set_id}")] for name, set_id in kinds.items()][:BUTTONS_SHOWN]
    )


def choose_exercise(set_id: int, likely: Sequence[str], language: str) -> InlineKeyboardMarkup:
    """The likeliest names, and a way to all the others."""
    rows = names_row(set_id, likely, language)
    other = InlineKeyboardButton(plain(language, "button.other"), callback_data=f"names:{set_id}:0")
    return InlineKeyboardMarkup([*rows, [other], [_button("chart", set_id, "back", language)]])


def all_exercises(set_id: int, page: int, language: str) -> InlineKeyboardMarkup:
    """A page of the catalogue in alphabetical order, with a way on, and a way back to the page before or the likeliest.

    What is beyond the last page is the last page.
    """
    names = sorted((e.name for e in exercises().values() if e.kind != "none"), key=lambda n: exercise_name(n, language))
    page = min(page, (len(names) - 1) // NAMES_PER_PAGE)
    shown = names[page * NAMES_PER_PAGE : (page + 1) * NAMES_PER_PAGE]
    chosen = [
        InlineKeyboardButton(exercise_name(name, language), callback_data=f"is:{set_id}:{name}") for name in shown
    ]
    verb, argument = ("names", str(page - 1)) if page else ("wrong", "")
    turn = [_button(verb, set_id, "back", language, argument)]
    if (page + 1) * NAMES_PER_PAGE < len(names):
        turn.append(_button("names", set_id, "more", language, str(page + 1)))
    return InlineKeyboardMarkup([*_pairs(chosen), turn])


def choose_count(set_id: int, counted: int, language: str) -> InlineKeyboardMarkup:
    """Counts around the measured one."""
    counts = range(max(0, counted - COUNTS_BELOW), counted + COUNTS_ABOVE + 1)
    row = [InlineKeyboardButton(str(count), callback_data=f"reps:{set_id}:{count}") for count in counts]
    return InlineKeyboardMarkup([row[:4], row[4:], [_button("chart", set_id, "back", language)]])


def take_back_count(set_id: int, counted: int, language: str) -> InlineKeyboardMarkup:
    """The way back from the user's count to the one that was seen."""
    text = plain(language, "button.take_back_count", count=counted)
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=f"reps:{set_id}:{AS_COUNTED}")]])


def example_questions(set_id: int, report: SetReport, language: str) -> InlineKeyboardMarkup:
    """Questions that the coach answers well; a hold has no tempo to ask about."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(plain(language, f"talk.example_{key}"), callback_data=f"say:{set_id}:{key}")]
            for key in EXAMPLES
            if not (key == "tempo" and _told_in_seconds(report))
        ]
    )


def offered(set_id: int, questions: Mapping[str, str]) -> InlineKeyboardMarkup | None:
    """The questions that the coach offered, by their targets, to be asked with a tap; None where it offered none."""
    rows = [[InlineKeyboardButton(text, callback_data=f"say:{set_id}:{target}")] for target, text in questions.items()]
    return InlineKeyboardMarkup(rows) if rows else None


def corrections(set_id: int, found: Correction, language: str) -> InlineKeyboardMarkup | None:
    """The button that puts right what the user said is wrong; None where they did not say what is right."""
    if found.exercise:
        text = plain(language, "button.recount_as", exercise=exercise_name(found.exercise, language))
        return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=f"is:{set_id}:{found.exercise}")]])
    if found.reps is not None:
        text = plain(language, "button.set_count", count=found.reps)
        return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=f"reps:{set_id}:{found.reps}")]])
    return None


def units(language: str) -> InlineKeyboardMarkup:
    """kg or lb."""
    return InlineKeyboardMarkup([_units(0, language)])


def zones(language: str) -> InlineKeyboardMarkup:
    """Common time zones; the others are typed."""
    named = [
        InlineKeyboardButton(plain(language, f"city.{city}"), callback_data=f"zone:0:{zone}")
        for city, zone in COMMON_ZONES.items()
    ]
    other = InlineKeyboardButton(plain(language, "start.zone_other"), callback_data="zone:0:other")
    return InlineKeyboardMarkup([*_pairs(named), [other]])


def settings(language: str, told: Mapping[int, str] | None = None) -> InlineKeyboardMarkup:
    """Everything that can be set, a button each, and one for each fact (by its number) to take it back."""
    other_language = next(code for code in LANGUAGES if code != language)
    return InlineKeyboardMarkup(
        [
            _units(IN_SETTINGS, language),
            [
                _button("zones", IN_SETTINGS, "zone", language),
                _button("language", IN_SETTINGS, "language", language, other_language),
            ],
            *([_untell(number, text, language)] for number, text in (told or {}).items()),
        ]
    )


def reminders(
    rows: Iterable[tuple[Reminder, str]], pause: Sequence[InlineKeyboardButton], language: str
) -> InlineKeyboardMarkup:
    """A cancel button for each reminder, named by when it fires; in the last row what else can be done with them."""
    cancels = [
        [InlineKeyboardButton(plain(language, "button.cancel_reminder", text=when), callback_data=f"unremind:{row.id}")]
        for row, when in rows
    ]
    return InlineKeyboardMarkup([*cancels, list(pause)] if pause else cancels)


def pauses(language: str) -> list[InlineKeyboardButton]:
    """How long reminders may be silent."""
    return [
        InlineKeyboardButton(plain(language, "button.pause", count=days // 7), callback_data=f"pause:{days}")
        for days in PAUSES_DAYS
    ]


def resume(language: str) -> list[InlineKeyboardButton]:
    """The end of a pause."""
    return [_button("pause", 0, "resume", language)]


def under_reminder(reminder_id: int, language: str) -> InlineKeyboardMarkup:
    """What can be said to a reminder that came."""
    done, later, skip = (_button("came", reminder_id, label, language, said) for label, said in CAME_ANSWERS)
    return InlineKeyboardMarkup([[done, later], [skip]])


def forget(language: str) -> InlineKeyboardMarkup:
    """Yes or no, the harmless one last."""
    yes, no = _button("forget", 0, "forget_yes", language, "yes"), _button("forget", 0, "forget_no", language, "no")
    return InlineKeyboardMarkup([[yes], [no]])


def drop(set_id: int, language: str) -> InlineKeyboardMarkup:
    """Whether one set is to go: yes or no, the harmless one last."""
    yes, no = (_button("drop", set_id, label, language, said) for label, said in DROP_ANSWERS)
    return InlineKeyboardMarkup([[yes], [no]])


def undrop(set_id: int, language: str) -> InlineKeyboardMarkup:
    """A way back for the set that was just deleted."""
    return InlineKeyboardMarkup([[_button("undrop", set_id, "undrop", language)]])


def names_row(set_id: int, names: Iterable[str], language: str) -> list[list[InlineKeyboardButton]]:
    """A button for each exercise, one a row."""
    return [
        [InlineKeyboardButton(exercise_name(name, language), callback_data=f"is:{set_id}:{name}")] for name in names
    ]


def _told_in_seconds(report: SetReport) -> bool:
    return report.hold_s is not None or is_timed(report)


def _button(verb: str, number: int, label: str, language: str, argument: str = "") -> InlineKeyboardButton:
    data = f"{verb}:{number}:{argument}" if argument else f"{verb}:{number}"
    return InlineKeyboardButton(plain(language, f"button.{label}"), callback_data=data)


def _units(number: int, language: str) -> list[InlineKeyboardButton]:
    return [_button("units", number, f"units_{unit}", language, unit) for unit in ("kg", "lb")]


def _untell(fact_id: int, text: str, language: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(plain(language, "button.untell", text=text), callback_data=f"untell:{fact_id}")


def _pairs(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    return [list(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
