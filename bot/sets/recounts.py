"""A set is counted and drawn again from its stored track: under another name, or because its chart is wanted."""

from __future__ import annotations

import contextlib

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.services import Services
from bot.sets.messages import SetMessages
from bot.tasks import DrawnSet, Recount
from models.tables import User, WorkoutSet
from pipeline.report import from_json, to_json


class Recounts:
    """Counts stored sets again."""

    def __init__(self, services: Services, messages: SetMessages) -> None:
        self._services, self._messages = services, messages

    async def drawn(self, user: User, stored: WorkoutSet, exercise: str | None) -> DrawnSet | None:
        """The set under that exercise, None: under the one that was measured; nothing is stored. None where no track of
        it was kept. Raises AnalysisError, ExecutorError."""
        track = await self._services.store.sets.track_of(user.id, stored.id)
        if track is None:
            return None
        task = Recount(track, from_json(stored.report), user.language, exercise)
        drawn = await self._services.executor.run(task, lambda _: None)
        assert isinstance(drawn, DrawnSet)
        return drawn

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
