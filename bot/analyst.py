"""Runs the queue: fetch the clip, have it analysed, store the set, answer. Whatever happens, the job is answered once.

    claim -> download -> executor -> store -> chart -> first remark
                 └──────────┴── a sentence about what went wrong

A lane for each worker. The clip is gone from the disk when its lane takes the next job; what a crash left behind is
taken up again at the start.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from pathlib import Path

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.executor_errors import ExecutorError
from bot.progress_message import ProgressMessage
from bot.replies import problem, progress_bar
from bot.sending import patiently
from bot.sentences import plain, say
from bot.services import Services
from bot.set_messages import SetMessages
from bot.talk import Talk
from bot.tasks import AnalyzeClip, Outcome, Recount
from models.jobs import CRASHED
from models.sets import NewSet
from models.tables import Job, JobState, User, WorkoutSet
from pipeline.errors import AnalysisError
from pipeline.report import from_json, to_json

log = logging.getLogger(__name__)


class Analyst:
    """The lanes that work the queue off. `start` and `stop` frame the bot's life."""

    def __init__(self, services: Services, messages: SetMessages, talk: Talk) -> None:
        self._services, self._messages, self._talk = services, messages, talk
        self._awake = asyncio.Event()
        self._lanes: list[asyncio.Task[None]] = []
        self.busy = 0

    async def start(self, bot: Bot) -> None:
        """What an earlier run left queued, running or unanswered is taken up, and the lanes are open."""
        settings = self._services.settings
        settings.clips_dir.mkdir(parents=True, exist_ok=True)
        for leftover in settings.clips_dir.iterdir():
            leftover.unlink()
        await self._services.store.jobs.requeue_running()
        self._lanes = [asyncio.create_task(self._catch_up(bot))]
        self._lanes += [asyncio.create_task(self._lane(bot)) for _ in range(settings.workers)]
        self.wake()

    async def stop(self) -> None:
        """The lanes are closed; what was running is taken up at the next start."""
        for lane in self._lanes:
            lane.cancel()
        await asyncio.gather(*self._lanes, return_exceptions=True)

    def wake(self) -> None:
        """There is work."""
        self._awake.set()

    async def _lane(self, bot: Bot) -> None:
        while True:
            job = await self._services.store.jobs.claim_next()
            if job is None:
                self._awake.clear()
                await self._awake.wait()
                continue
            self.busy += 1
            try:
                await self._serve(bot, job)
            except asyncio.CancelledError:  # an orderly stop must not cost the clip one of its attempts
                await self._services.store.jobs.put_back(job.id)
                raise
            except Exception:  # the lane's edge: a defect in one job must not stop everybody's
                log.exception("job %s broke", job.id)
                await self._fail(bot, job, say("en", "problem.internal"))
            finally:
                self.busy -= 1
                self._awake.set()

    async def _catch_up(self, bot: Bot) -> None:
        for job in await self._services.store.jobs.unanswered():
            with contextlib.suppress(TelegramError):
                await self._answer_stored(bot, job)

    async def _serve(self, bot: Bot, job: Job) -> None:
        user = await self._services.store.account.user(job.user_id)
        if user is None:
            return  # /forget came between: there is nobody to answer
        try:
            outcome = await self._measured(bot, job, user)
        except (AnalysisError, ExecutorError) as error:
            level = logging.INFO if isinstance(error, AnalysisError) else logging.ERROR
            log.log(level, "job %s: %s %s", job.id, type(error).__name__, error)
            await self._fail(bot, job, problem(error, user.language))
        except TelegramError as error:
            log.warning("job %s could not be fetched: %s", job.id, type(error).__name__)
            await self._fail(bot, job, say(user.language, "problem.download"))
        else:
            await self._save_and_answer(bot, job, user, outcome)

    async def _measured(self, bot: Bot, job: Job, user: User) -> Outcome:
        """The outcome; the clip and the progress message are gone, however it went."""
        progress = await self._progress_message(bot, job, user)
        path = self._services.settings.clips_dir / f"{job.id}{Path(job.file_name or '').suffix[:8]}"
        try:
            async with progress.moving():
                return await self._analyse(bot, job, user, path, progress)
        finally:
            path.unlink(missing_ok=True)
            await progress.remove()

    async def _analyse(self, bot: Bot, job: Job, user: User, path: Path, progress: ProgressMessage) -> Outcome:
        progress.tell(plain(user.language, "job.fetching"))
        file = await patiently(lambda: bot.get_file(job.file_id))
        await patiently(lambda: file.download_to_drive(path))
        watching = plain(user.language, "job.watching")
        progress.tell(progress_bar(0.0, watching))
        task = AnalyzeClip(path, job.file_name or path.name, user.language, job.exercise_given)
        outcome = await self._services.executor.run(task, lambda share: progress.tell(progress_bar(share, watching)))
        assert isinstance(outcome, Outcome)
        return outcome

    async def _save_and_answer(self, bot: Bot, job: Job, user: User, outcome: Outcome) -> None:
        report = outcome.report
        new = NewSet.of(report, to_json(report), performed_at=job.created_at, track=outcome.track)
        stored = await self._services.store.sets.save(job.id, new)
        if stored is None:
            return  # /forget came between
        await self._answer(bot, job, user, stored, outcome.chart_png)

    async def _answer(self, bot: Bot, job: Job, user: User, stored: WorkoutSet, chart_png: bytes) -> None:
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(job.chat_id, ChatAction.UPLOAD_PHOTO)
        message = await self._messages.send_chart(bot, user, stored, chart_png, reply_to=job.message_id)
        await self._services.store.jobs.mark_answered(job.id, message.message_id)
        await self._talk.first_remark(bot, user, stored)

    async def _answer_stored(self, bot: Bot, job: Job) -> None:
        """An outcome that was stored but perhaps not told is told; the chart is drawn again from the stored track."""
        user = await self._services.store.account.user(job.user_id)
        stored = await self._services.store.sets.of_job(job.id)
        if user is None:
            return
        if job.state == JobState.FAILED or stored is None:
            await self._tell(bot, job, _sentence(job, user.language))
            return
        track = await self._services.store.sets.track_of(user.id, stored.id)
        report = from_json(stored.report)
        task = Recount(track or b"", report.source, user.language, stored.corrected_exercise)
        outcome = await self._services.executor.run(task, lambda _: None)
        assert isinstance(outcome, Outcome)
        await self._answer(bot, job, user, stored, outcome.chart_png)

    async def _fail(self, bot: Bot, job: Job, sentence: str) -> None:
        await self._services.store.jobs.fail(job.id, sentence)
        with contextlib.suppress(TelegramError):
            await self._tell(bot, job, sentence)

    async def _tell(self, bot: Bot, job: Job, sentence: str) -> None:
        await patiently(lambda: bot.send_message(job.chat_id, sentence, reply_to_message_id=job.message_id))
        await self._services.store.jobs.mark_answered(job.id)

    async def _progress_message(self, bot: Bot, job: Job, user: User) -> ProgressMessage:
        message_id = job.progress_message_id
        if message_id is None:  # the process died between queueing the job and saying so
            sent = await patiently(lambda: bot.send_message(job.chat_id, say(user.language, "job.again")))
            message_id = sent.message_id
            await self._services.store.jobs.set_progress_message(job.id, message_id)
        return ProgressMessage(bot, job.chat_id, message_id)


def _sentence(job: Job, language: str) -> str:
    """A job's error is the sentence its user is to read, but for the one the store itself writes."""
    return say(language, "problem.crashed") if job.error in (CRASHED, None) else str(job.error)
