"""From a job to its outcome: the files are fetched, looked at, analysed by a worker, and gone again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from telegram import Bot

from bot.sentences import plain
from bot.services import Services
from bot.tasks import AnalyzeClip, AnalyzeLog, AnalyzePhoto, DrawnPhoto, Outcome
from bot.transport.progress_message import ProgressMessage
from bot.transport.sending import fetch
from bot.words.replies import progress_bar
from models.sets import exercise_told
from models.tables import Job, User
from pipeline.media import kind_of


class Fetching:
    """Fetches what users sent, one job at a time for each lane."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def outcome(
        self, bot: Bot, jobs: Sequence[Job], user: User, progress: ProgressMessage
    ) -> Outcome | DrawnPhoto:
        """The sets of the recording whose files the jobs are, or what its photo shows; its files are gone from the
        disk, however it went.

        Raises AnalysisError, ExecutorError, TelegramError.
        """
        paths = tuple(self._path(each) for each in jobs)
        try:
            async with progress.moving():
                progress.tell(plain(user.language, "job.fetching"))
                for each, path in zip(jobs, paths, strict=True):
                    await fetch(bot, each.file_id, path)
                return await self._analysed(jobs, paths, user, progress)
        finally:
            for path in paths:
                path.unlink(missing_ok=True)

    async def _analysed(
        self, jobs: Sequence[Job], paths: tuple[Path, ...], user: User, progress: ProgressMessage
    ) -> Outcome | DrawnPhoto:
        told_before = await self._services.store.sets.names_told(user.id)
        task = task_for(jobs, paths, user.language, told_before)
        words = _doing(task, user.language)
        progress.tell(progress_bar(0.0, words))
        outcome = await self._services.executor.run(task, lambda share: progress.tell(progress_bar(share, words)))
        assert isinstance(outcome, Outcome | DrawnPhoto)
        return outcome

    def _path(self, job: Job) -> Path:
        return self._services.settings.clips_dir / f"{job.id}{Path(job.file_name or '').suffix[:8]}"


def task_for(
    jobs: Sequence[Job], paths: tuple[Path, ...], language: str, told_before: tuple[str, ...]
) -> AnalyzeClip | AnalyzeLog | AnalyzePhoto:
    """What is to be done with the files of one recording, by what they are and not by what they are called."""
    names = tuple(job.file_name or path.name for job, path in zip(jobs, paths, strict=True))
    exercise = exercise_told(jobs)
    if len(jobs) > 1 or kind_of(paths[0]) == "log":
        answer = next((job.answer for job in jobs if job.answer), None)
        return AnalyzeLog(paths, names, language, exercise, answer, told_before)
    if kind_of(paths[0]) == "photo":
        return AnalyzePhoto(paths[0], names[0], language, exercise, told_before)
    return AnalyzeClip(paths[0], names[0], language, exercise, told_before)


def _doing(task: AnalyzeClip | AnalyzeLog | AnalyzePhoto, language: str) -> str:
    """The words that say what is being done."""
    if isinstance(task, AnalyzePhoto):
        return plain(language, "job.looking")
    return plain(language, "job.reading" if isinstance(task, AnalyzeLog) else "job.watching")
