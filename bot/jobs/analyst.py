"""Runs the queue: fetch the clip, have it analysed, store the set, answer. Whatever happens, the job is answered once.

    claim -> fetching -> store ─┬─> telling: charts -> first remark
                 └──────────────┴─> telling: a sentence about what went wrong, or a question

A lane for each worker. The file is gone from the disk when its lane takes the next job; what a crash left behind is
taken up again at the start. Telling the user is no lane's work: one user's flood wait delays nobody else's clip.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.errors import place_of
from bot.executor_errors import ExecutorError, WorkerDied
from bot.jobs.fetching import Fetching
from bot.jobs.telling import Telling
from bot.sentences import say
from bot.services import Services
from bot.tasks import DrawnPhoto, Outcome
from bot.transport.progress_message import ProgressMessage
from bot.words.log_questions import to_question
from bot.words.replies import problem
from models.sets import NamedAnew, NewSet, exercise_told
from models.tables import Job, User
from pipeline.errors import AnalysisError, ColumnsUnsure, SeveralRecordings
from pipeline.report import to_json

log = logging.getLogger(__name__)

LAST_WORDS_S = 5.0  # how long a stop waits for answers that are being sent, so that none is sent again at the start
STORE_AGAIN_S = 5.0  # until a store that could not say who is next is asked again; the house's value
CLOCK_SLACK_S = 0.05  # a timer may go off a little early by another clock

Tell = Callable[[], Awaitable[None]]


class Analyst:
    """The lanes that work the queue off. `start` and `stop` frame the bot's life."""

    def __init__(self, services: Services, telling: Telling) -> None:
        self._services, self._telling = services, telling
        self._fetching = Fetching(services)
        self._awake = asyncio.Event()
        self._lanes: list[asyncio.Task[None]] = []
        self._told: set[asyncio.Task[None]] = set()
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
            self._meanwhile(bot, job, partial(self._telling.stored, bot, job))
        self._lanes = [asyncio.create_task(self._lane(bot)) for _ in range(settings.workers)]
        self.wake()
        self.wake_after_hold()

    async def stop(self) -> None:
        """The lanes are closed; what was running is taken up at the next start."""
        for lane in self._lanes:
            lane.cancel()
        await asyncio.gather(*self._lanes, return_exceptions=True)
        if self._told:
            await asyncio.wait(self._told, timeout=LAST_WORDS_S)
        for telling in self._told:
            telling.cancel()
        await asyncio.gather(*self._told, return_exceptions=True)

    def expect(self, job_id: int, acknowledging: asyncio.Task[int | None]) -> None:
        """The new job waits; its progress is shown in the message that `acknowledging` gives (None: it was lost)."""
        self._acknowledging[job_id] = acknowledging
        self.wake()
        self.wake_after_hold()

    def wake_after_hold(self) -> None:
        """There is work as soon as logs that arrived just now are no longer held."""
        hold_s = self._services.settings.join_logs_s + CLOCK_SLACK_S
        asyncio.get_running_loop().call_later(hold_s, self.wake)

    def wake(self) -> None:
        """There is work."""
        self._awake.set()

    async def _lane(self, bot: Bot) -> None:
        while True:
            self._awake.clear()  # before looking: what arrives while the store is asked must not be missed
            job = await self._next()
            if job is None:
                await self._awake.wait()
                continue
            self.wake()  # another lane may find more
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

    async def _next(self) -> Job | None:
        """The job to serve now; None where nobody waits, and where the store cannot be asked: it is soon again."""
        try:
            return await self._services.store.jobs.claim_next()
        except Exception as error:  # noqa: BLE001  (the lane's edge, see `_lane`)
            log.error("the queue could not be asked: %s", place_of(error))  # noqa: TRY400  (SQL may quote a user)
            asyncio.get_running_loop().call_later(STORE_AGAIN_S, self.wake)
            return None

    async def _serve(self, bot: Bot, job: Job) -> None:
        """The job's outcome is stored, and being told."""
        user = await self._services.store.account.user(job.user_id)
        if user is None:
            return  # /forget came between: there is nobody to answer
        progress = self._progress(bot, job, user)
        try:
            files = await self._services.store.jobs.files_of(job.id) or [job]
            outcome = await self._fetching.outcome(bot, files, user, progress)
            tell = await self._saved(bot, job, user, outcome, exercise_told(files))
        except ColumnsUnsure as error:
            tell = await self._asking(bot, job, user, error)
        except SeveralRecordings:
            await self._separated(job, progress)
            return
        except NamedAnew:
            self._again(job, progress)
            return
        except WorkerDied as error:
            log.error("job %s: %s", job.id, error)  # noqa: TRY400  (there is nothing to trace: the process is gone)
            if await self._services.store.jobs.try_again(job.id):
                self._again(job, progress)
                return
            tell = partial(self._telling.sentence, bot, job, say(user.language, "problem.crashed"))
        except (AnalysisError, ExecutorError) as error:
            level = logging.INFO if isinstance(error, AnalysisError) else logging.ERROR
            log.log(level, "job %s: %s %s", job.id, type(error).__name__, error)
            tell = await self._failed(bot, job, problem(error, user.language))
        except TelegramError as error:
            log.warning("job %s could not be fetched: %s", job.id, type(error).__name__)
            tell = await self._failed(bot, job, say(user.language, "problem.download"))
        except Exception as error:  # noqa: BLE001  (a defect in one job is one user's, and that user is told)
            log.error("job %s broke: %s", job.id, place_of(error))  # noqa: TRY400  (a traceback may quote the user)
            tell = await self._failed(bot, job, say(user.language, "problem.internal"))
        self._meanwhile(bot, job, tell, progress)

    def _again(self, job: Job, progress: ProgressMessage) -> None:
        """The job waits once more, and goes on in the message that showed it."""
        self._acknowledging[job.id] = progress.shown
        self.wake()

    def _meanwhile(self, bot: Bot, job: Job, tell: Tell, progress: ProgressMessage | None = None) -> None:
        """The user is told while the lane goes on; the progress message goes first."""
        task = asyncio.create_task(self._tell(bot, job, tell, progress))
        self._told.add(task)
        task.add_done_callback(self._told.discard)

    async def _tell(self, bot: Bot, job: Job, tell: Tell, progress: ProgressMessage | None) -> None:
        try:
            if progress:
                await progress.remove()
            if await self._services.store.jobs.as_it_stands(job.id):  # else /forget came between
                await tell()
        except Exception as error:  # noqa: BLE001  (the edge of what nobody awaits: one defect is one user's)
            log.error("job %s could not be told: %s", job.id, place_of(error))  # noqa: TRY400
            if isinstance(error, BadRequest) or not isinstance(error, TelegramError):  # else the next start tells it
                with contextlib.suppress(TelegramError):
                    await self._telling.apology(bot, job)

    async def _saved(self, bot: Bot, job: Job, user: User, outcome: Outcome | DrawnPhoto, exercise: str | None) -> Tell:
        """What is to be told of the outcome, found under the name that the captions gave. Raises NamedAnew."""
        if isinstance(outcome, DrawnPhoto):  # nothing of it is kept: a restart before it is told looks at it again
            now = await self._services.store.jobs.as_it_stands(job.id)
            if now and now.exercise_given != exercise:
                await self._services.store.jobs.put_back(job.id)
                raise NamedAnew
            return partial(self._telling.photo, bot, job, user, outcome)
        found = [
            NewSet.of(drawn.report, to_json(drawn.report), performed_at=job.created_at, track=drawn.track)
            for drawn in outcome.sets
        ]
        rows = await self._services.store.sets.save(job.id, found, exercise)
        if not rows:
            return self._telling.nothing  # /forget came between
        charts = [drawn.chart_png for drawn in outcome.sets]
        return partial(self._telling.sets, bot, job, user, rows, charts)

    async def _asking(self, bot: Bot, job: Job, user: User, error: ColumnsUnsure) -> Tell:
        question = to_question(error)
        await self._services.store.jobs.ask(job.id, question)
        return partial(self._telling.question, bot, job, user, question)

    async def _separated(self, job: Job, progress: ProgressMessage) -> None:
        """Each file is a job of its own; the first goes on in the message that showed them all, the others in none."""
        for part in await self._services.store.jobs.parts_of(job.id):
            self.expect(part.id, asyncio.create_task(_no_message()))
        self._acknowledging[job.id] = progress.shown
        await self._services.store.jobs.separate(job.id)
        self.wake()

    async def _failed(self, bot: Bot, job: Job, sentence: str) -> Tell:
        await self._services.store.jobs.fail(job.id, sentence)
        return partial(self._telling.sentence, bot, job, sentence)

    def _progress(self, bot: Bot, job: Job, user: User) -> ProgressMessage:
        shown = self._acknowledging.pop(job.id, None) or asyncio.create_task(self._shown(bot, job, user))
        return ProgressMessage(bot, job.chat_id, shown)

    async def _shown(self, bot: Bot, job: Job, user: User) -> int | None:
        """The message that showed the job before a restart; a new one where the process died before it was sent."""
        if job.progress_message_id is not None:
            return job.progress_message_id
        with contextlib.suppress(TelegramError):
            sent = await bot.send_message(job.chat_id, say(user.language, "job.again"))
            await self._services.store.jobs.set_progress_message(job.id, sent.message_id)
            return sent.message_id
        return None


async def _no_message() -> int | None:
    """Nothing in the chat shows how the job gets on."""
    return None
