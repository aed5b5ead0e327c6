"""Runs the queue: fetch the clip, have it analysed, store the set, answer. Whatever happens, the job is answered once.

    claim -> download -> executor -> store ─┬─> chart -> first remark
                 └──────────┴───────────────┴─> a sentence about what went wrong

A lane for each worker. The clip is gone from the disk when its lane takes the next job; what a crash left behind is
taken up again at the start. Telling the user is no lane's work: one user's flood wait delays nobody else's clip.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.errors import place_of
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

LAST_WORDS_S = 5.0  # how long a stop waits for answers that are being sent, so that none is sent again at the start

Telling = Callable[[], Awaitable[None]]


class Analyst:
    """The lanes that work the queue off. `start` and `stop` frame the bot's life."""

    def __init__(self, services: Services, messages: SetMessages, talk: Talk) -> None:
        self._services, self._messages, self._talk = services, messages, talk
        self._awake = asyncio.Event()
        self._lanes: list[asyncio.Task[None]] = []
        self._telling: set[asyncio.Task[None]] = set()
        self._acknowledging: dict[int, asyncio.Task[int | None]] = {}
        self.busy = 0

    async def start(self, bot: Bot) -> None:
        """What an earlier run left queued, running or unanswered is taken up, and the lanes are open."""
        settings = self._services.settings
        settings.clips_dir.mkdir(parents=True, exist_ok=True)
        for leftover in settings.clips_dir.iterdir():
            leftover.unlink()
        await self._services.store.jobs.requeue_running()
        for job in await self._services.store.jobs.unanswered():
            self._meanwhile(bot, job, partial(self._answer_stored, bot, job))
        self._lanes = [asyncio.create_task(self._lane(bot)) for _ in range(settings.workers)]
        self.wake()

    async def stop(self) -> None:
        """The lanes are closed; what was running is taken up at the next start."""
        for lane in self._lanes:
            lane.cancel()
        await asyncio.gather(*self._lanes, return_exceptions=True)
        if self._telling:
            await asyncio.wait(self._telling, timeout=LAST_WORDS_S)
        for telling in self._telling:
            telling.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)

    def expect(self, job_id: int, acknowledging: asyncio.Task[int | None]) -> None:
        """The new job waits; its progress is shown in the message that `acknowledging` gives (None: it was lost)."""
        self._acknowledging[job_id] = acknowledging
        self.wake()

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
            except Exception as error:  # noqa: BLE001  (the lane's edge: a store that failed must not close it)
                log.error("job %s broke: %s", job.id, place_of(error))  # noqa: TRY400  (a traceback may quote the user)
            finally:
                self.busy -= 1
                self._awake.set()

    async def _serve(self, bot: Bot, job: Job) -> None:
        """The job's outcome is stored, and being told."""
        user = await self._services.store.account.user(job.user_id)
        if user is None:
            return  # /forget came between: there is nobody to answer
        progress = self._progress(bot, job, user)
        try:
            telling = await self._saved(bot, job, user, await self._measured(bot, job, user, progress))
        except (AnalysisError, ExecutorError) as error:
            level = logging.INFO if isinstance(error, AnalysisError) else logging.ERROR
            log.log(level, "job %s: %s %s", job.id, type(error).__name__, error)
            telling = await self._failed(bot, job, problem(error, user.language))
        except TelegramError as error:
            log.warning("job %s could not be fetched: %s", job.id, type(error).__name__)
            telling = await self._failed(bot, job, say(user.language, "problem.download"))
        except Exception as error:  # noqa: BLE001  (a defect in one job is one user's, and that user is told)
            log.error("job %s broke: %s", job.id, place_of(error))  # noqa: TRY400  (a traceback may quote the user)
            telling = await self._failed(bot, job, say(user.language, "problem.internal"))
        self._meanwhile(bot, job, telling, progress)

    def _meanwhile(self, bot: Bot, job: Job, telling: Telling, progress: ProgressMessage | None = None) -> None:
        """The user is told while the lane goes on; the progress message goes first."""
        task = asyncio.create_task(self._told(bot, job, telling, progress))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _told(self, bot: Bot, job: Job, telling: Telling, progress: ProgressMessage | None) -> None:
        try:
            if progress:
                await progress.remove()
            await telling()
        except Exception as error:  # noqa: BLE001  (the edge of what nobody awaits: one defect is one user's)
            log.error("job %s could not be told: %s", job.id, place_of(error))  # noqa: TRY400
            if isinstance(error, BadRequest) or not isinstance(error, TelegramError):  # else the next start tells it
                with contextlib.suppress(TelegramError):
                    await self._apologise(bot, job)

    async def _apologise(self, bot: Bot, job: Job) -> None:
        user = await self._services.store.account.user(job.user_id)
        await self._tell(bot, job, say(user.language if user else "en", "problem.internal"))

    async def _measured(self, bot: Bot, job: Job, user: User, progress: ProgressMessage) -> Outcome:
        """The outcome; the clip is gone, however it went."""
        path = self._services.settings.clips_dir / f"{job.id}{Path(job.file_name or '').suffix[:8]}"
        try:
            async with progress.moving():
                return await self._analyse(bot, job, user, path, progress)
        finally:
            path.unlink(missing_ok=True)

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

    async def _saved(self, bot: Bot, job: Job, user: User, outcome: Outcome) -> Telling:
        report = outcome.report
        new = NewSet.of(report, to_json(report), performed_at=job.created_at, track=outcome.track)
        stored = await self._services.store.sets.save(job.id, new)
        if stored is None:
            return _nothing  # /forget came between
        return partial(self._answer, bot, job, user, stored, outcome.chart_png)

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

    async def _failed(self, bot: Bot, job: Job, sentence: str) -> Telling:
        await self._services.store.jobs.fail(job.id, sentence)
        return partial(self._tell, bot, job, sentence)

    async def _tell(self, bot: Bot, job: Job, sentence: str) -> None:
        await patiently(lambda: bot.send_message(job.chat_id, sentence, reply_to_message_id=job.message_id))
        await self._services.store.jobs.mark_answered(job.id)

    def _progress(self, bot: Bot, job: Job, user: User) -> ProgressMessage:
        shown = self._acknowledging.pop(job.id, None) or asyncio.create_task(self._shown(bot, job, user))
        return ProgressMessage(bot, job.chat_id, shown)

    async def _shown(self, bot: Bot, job: Job, user: User) -> int | None:
        """The message that showed the job before a restart; a new one where the process died before it was sent."""
        if job.progress_message_id is not None:
            return job.progress_message_id
        with contextlib.suppress(TelegramError):
            sent = await patiently(lambda: bot.send_message(job.chat_id, say(user.language, "job.again")))
            await self._services.store.jobs.set_progress_message(job.id, sent.message_id)
            return sent.message_id
        return None


async def _nothing() -> None:
    """There is nobody to tell."""


def _sentence(job: Job, language: str) -> str:
    """A job's error is the sentence its user is to read, but for the one the store itself writes."""
    return say(language, "problem.crashed") if job.error in (CRASHED, None) else str(job.error)
