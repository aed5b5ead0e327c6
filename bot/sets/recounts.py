"""A set is counted and drawn again from its stored track: under another name, or because its chart is wanted."""

from __future__ import annotations

import contextlib
import logging

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.executor_errors import ExecutorError
from bot.services import Services
from bot.sets.messages import SetMessages
from bot.tasks import DrawnSet, Recount
from models.tables import User, WorkoutSet
from pipeline.errors import AnalysisError
from pipeline.report import from_json, to_json

log = logging.getLogger(__name__)


class Recounts:
    """Counts stored sets again."""

    def __init__(self, services: Services, messages: SetMessages) -> None:
        self._services, self._messages = services, messages

    async def drawn(self, user: User, stored: WorkoutSet, exercise: str | None) -> DrawnSet | None:
        """The set under that exercise, None: under the one that was measured, titled with the user's count; nothing is
        stored. None where no track of it was kept. Raises AnalysisError, ExecutorError."""
        track = await self._services.store.sets.track_of(user.id, stored.id)
        if track is None:
            return None
        task = Recount(track, from_json(stored.report), user.language, exercise, stored.corrected_reps)
        drawn = await self._services.executor.run(task, lambda _: None)
        assert isinstance(drawn, DrawnSet)
        return drawn

    async def redraw(self, bot: Bot, user: User, stored: WorkoutSet) -> None:
        """The set's chart in the chat shows the user's count: nothing is sent where there is none, and where the count
        was put right again meanwhile, whose chart is on its way."""
        if stored.chart_message_id is None:
            return
        try:
            drawn = await self.drawn(user, stored, stored.corrected_exercise)
        except (AnalysisError, ExecutorError) as error:  # the caption tells the count all the same
            log.warning("a chart could not be drawn again: %s", type(error).__name__)
            return
        now = await self._services.store.sets.set_by_id(user.id, stored.id)
        if drawn and drawn.chart_png and now and _shown(now) == _shown(stored):
            await self._messages.redraw(bot, user, now, drawn.chart_png)

    async def rename(self, bot: Bot, user: User, stored: WorkoutSet, exercise: str) -> WorkoutSet | None:
        """The set is of that exercise from now on, and its chart in the chat shows so; one that is not there (yet) is
        left to whoever sends it. Raises AnalysisError, ExecutorError."""
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(user.chat_id, ChatAction.UPLOAD_PHOTO)
        drawn = await self.drawn(user, stored, exercise)
        if drawn is None or drawn.chart_png is None:
            return None
        report = drawn.report
        changed = await self._services.store.sets.correct_exercise(
            user.id, stored.id, exercise, to_json(report), report.rep_count, report.hold_s
        )
        if changed and changed.chart_message_id is not None:
            await self._messages.redraw(bot, user, changed, drawn.chart_png)
        return changed


def _shown(stored: WorkoutSet) -> tuple[str, int | None]:
    """What a chart is drawn from."""
    return stored.report, stored.corrected_reps
