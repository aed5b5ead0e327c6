"""Looking back: /history, the newest sets day by day, and /progress, a picture of how each exercise develops."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import ContextTypes

from bot.sentences import plain, say
from bot.services import Services
from bot.tasks import DrawProgress
from bot.words.captions import title
from bot.words.names import known_name
from bot.words.replies import html, weight
from models.tables import User, WorkoutSet
from pipeline.chart.progress import MOST_EXERCISES, ProgressPoint
from pipeline.report import from_json
from pipeline.values import SetReport, times_are_unsure

HISTORY_SETS, HISTORY_LINES = 60, 15  # about a screen of a phone: equal sets in a row share a line
PROGRESS_SETS = 200  # what a chart of that width can hold apart


class HistoryHandlers:
    """Handlers of /history and /progress."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def history(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/history: the latest sets, a line each."""
        user, message = await self._services.meet(update), update.effective_message
        rows = await self._services.store.sets.sets_of(user.id, HISTORY_SETS)
        if message:
            await message.reply_html(await asyncio.to_thread(history_text, rows, user))  # a report is read for each

    async def progress(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/progress: a picture of how each exercise develops."""
        user, message = await self._services.meet(update), update.effective_message
        rows = await self._services.store.sets.sets_of(user.id, PROGRESS_SETS)
        if message is None:
            return
        if not rows:
            await message.reply_html(say(user.language, "progress.empty"))
            return
        task = await asyncio.to_thread(_progress, rows, user)
        picture = await self._services.executor.run(task, lambda _: None)
        assert isinstance(picture, bytes)
        await message.reply_photo(picture, caption=progress_caption(task), filename="progress.png")


def history_text(rows: Sequence[WorkoutSet], user: User) -> str:
    """The sets as HTML under the day they were done on, in the order given: a line each, equal ones in a row share it.
    The first HISTORY_LINES of them."""
    if not rows:
        return say(user.language, "history.empty")
    told = islice(groupby((_day(row, user), _line(row, user)) for row in rows), HISTORY_LINES)
    counted = [(day, line, sum(1 for _ in sets)) for (day, line), sets in told]
    weekdays, lines = plain(user.language, "remind.weekdays").split(","), [say(user.language, "history.title")]
    for day, sets in groupby(counted, key=itemgetter(0)):
        of_day = (f"{times} × {line}" if times > 1 else line for _, line, times in sets)
        lines += ["", f"<b>{weekdays[day.weekday()]} {day}</b>", *of_day]
    return "\n".join(lines)


def history_line(row: WorkoutSet, user: User) -> str:
    """One set with its day in one line of HTML."""
    return f"{_day(row, user)} · {_line(row, user)}"


def _day(row: WorkoutSet, user: User) -> date:
    return row.performed_at.astimezone(ZoneInfo(user.time_zone)).date()


def _line(row: WorkoutSet, user: User) -> str:
    """What was done and how often, as its chart's caption calls it, and with what weight."""
    line = html(title(from_json(row.report), user.language, row.reps))
    if row.corrected_reps is not None and row.corrected_reps != row.counted_reps and row.hold_s is None:
        line += say(user.language, "history.counted", count=row.counted_reps)
    return line + (f" · {weight(row.weight_kg, user.units)}" if row.weight_kg else "")


def _progress(rows: Sequence[WorkoutSet], user: User) -> DrawProgress:
    reports = [from_json(row.report) for row in rows]
    points = tuple(_point(row, report, user) for row, report in zip(rows, reports, strict=True))
    english = {
        point.exercise: known_name(report.recognition, "en") for point, report in zip(points, reports, strict=True)
    }
    return DrawProgress(points, english, user.language, user.units)


def progress_caption(drawn: DrawProgress) -> str:
    """What stands under the picture: which exercises it shows, and of how many sets where there may be older ones."""
    kinds = len({point.exercise for point in drawn.points})
    key = "progress.caption_most" if kinds > MOST_EXERCISES else "progress.caption"
    told = say(drawn.language, key, count=MOST_EXERCISES, of=kinds)
    newest = len(drawn.points) >= PROGRESS_SETS
    return f"{told} {say(drawn.language, 'progress.newest', count=PROGRESS_SETS)}" if newest else told


def _point(row: WorkoutSet, report: SetReport, user: User) -> ProgressPoint:
    rough = times_are_unsure(report.caveats)
    return ProgressPoint(
        day=_day(row, user),
        exercise=known_name(report.recognition, user.language),
        reps=row.reps,
        weight_kg=row.weight_kg,
        tension_s=report.tempo.time_under_tension_s if report.tempo and not rough else math.nan,
        held_s=row.hold_s,
    )
