"""What became of a job is told, once: the charts of its sets, what went wrong, or a question that only the user knows.

A job is marked as answered when all of it stands in the chat; what stands there already is not sent again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.photos import memory
from bot.sentences import say
from bot.services import Services
from bot.sets.messages import CHART_ATTEMPTS, SetMessages
from bot.sets.recounts import Recounts
from bot.talk import Talk
from bot.tasks import CHARTS_AT_ONCE, DrawnPhoto
from bot.transport.sending import patiently
from bot.words import buttons
from bot.words.log_questions import question_of
from bot.words.photo_messages import photo_caption
from models.jobs import CRASHED
from models.tables import Job, JobState, User, WorkoutSet


class Telling:
    """Sends the outcome of jobs."""

    def __init__(self, services: Services, messages: SetMessages, recounts: Recounts, talk: Talk) -> None:
        self._services, self._messages, self._recounts, self._talk = services, messages, recounts, talk

    async def nothing(self) -> None:
        """There is nobody to tell."""

    async def sets(
        self, bot: Bot, job: Job, user: User, rows: Sequence[WorkoutSet], charts: Sequence[bytes | None]
    ) -> None:
        """Few sets come as a chart each, many as one list with a button each; then the coach says one thing.

        Whoever sees a chart asks about its set: a photo before it is set aside first.
        """
        await memory.set_aside(self._services.store.talk, user.id)
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(job.chat_id, ChatAction.UPLOAD_PHOTO)
        if len(rows) > CHARTS_AT_ONCE:
            await self._messages.send_summary(bot, user, rows, reply_to=job.message_id)
        else:
            for row, chart in zip(rows, charts, strict=True):
                if row.chart_message_id is None:
                    await self._chart(bot, user, row, chart, reply_to=job.message_id)
        said = await self._services.store.jobs.as_it_stands(job.id)
        rows = await self._services.store.sets.of_job(job.id)  # as they hold now: a caption may have been edited
        if said is None or not rows:
            return
        if all(row.weight_kg is None for row in rows):
            await self._messages.ask_about_weights(bot, user, rows, said)
        await self._services.store.jobs.mark_answered(job.id)
        await self._talk.first_remark(bot, user, rows[-1])

    async def _chart(self, bot: Bot, user: User, row: WorkoutSet, png: bytes | None, *, reply_to: int) -> None:
        """The set's chart stands in the chat, as the set holds once it stands there."""
        png = png or await self._drawn_again(user, row)
        now = await self._messages.send_chart(bot, user, row, png, reply_to=reply_to)
        if now and (now.report, now.corrected_reps) != (row.report, row.corrected_reps):
            await self._messages.redraw(bot, user, now, await self._drawn_again(user, now))
        elif now and now.weight_kg != row.weight_kg:
            await self._messages.recaption(bot, user, now)

    async def photo(self, bot: Bot, job: Job, user: User, drawn: DrawnPhoto) -> None:
        """The photo comes back with what was seen drawn on it; only then its job is done. The coach knows it before."""
        await memory.remember(self._services.store.talk, user.id, job.id, drawn.report)
        text = photo_caption(drawn.report, user.language)
        markup = buttons.under_photo(job.id, drawn.report, user.language)
        await patiently(
            lambda: bot.send_photo(
                job.chat_id,
                drawn.picture_png,
                caption=text,
                filename="pose.png",
                reply_to_message_id=job.message_id,
                reply_markup=markup,
            ),
            CHART_ATTEMPTS,
        )
        await self._services.store.jobs.finish(job.id)
        await self._services.store.jobs.mark_answered(job.id)

    async def sentence(self, bot: Bot, job: Job, sentence: str) -> None:
        """The sentence is the answer."""
        await bot.send_message(job.chat_id, sentence, reply_to_message_id=job.message_id)
        await self._services.store.jobs.mark_answered(job.id)

    async def question(self, bot: Bot, job: Job, user: User, question: str) -> None:
        """The question stands in the chat with its answers as buttons."""
        text, markup = question_of(job.id, question, user.language)
        await bot.send_message(job.chat_id, text, reply_to_message_id=job.message_id, reply_markup=markup)
        await self._services.store.jobs.mark_answered(job.id)

    async def stored(self, bot: Bot, job: Job) -> None:
        """An outcome that was stored but perhaps not told is told; charts are drawn again from the stored tracks."""
        user = await self._services.store.account.user(job.user_id)
        if user is None:
            return
        rows = await self._services.store.sets.of_job(job.id)
        if job.state == JobState.ASKING and job.question:
            await self.question(bot, job, user, job.question)
        elif job.state == JobState.FAILED or not rows:
            await self.sentence(bot, job, _sentence(job, user.language))
        else:
            await self.sets(bot, job, user, rows, [None] * len(rows))

    async def apology(self, bot: Bot, job: Job) -> None:
        """Something went wrong on our side, and that is the answer."""
        user = await self._services.store.account.user(job.user_id)
        await self.sentence(bot, job, say(user.language if user else "en", "problem.internal"))

    async def _drawn_again(self, user: User, row: WorkoutSet) -> bytes:
        """The set's chart from its stored track, as the user corrected it. Raises AnalysisError, ExecutorError."""
        drawn = await self._recounts.drawn(user, row, row.corrected_exercise)
        return (drawn and drawn.chart_png) or b""


def _sentence(job: Job, language: str) -> str:
    """A job's error is the sentence its user is to read, but for the one the store itself writes."""
    return say(language, "problem.crashed") if job.error in (CRASHED, None) else str(job.error)
