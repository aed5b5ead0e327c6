"""The whole bot in a test: the real application on the sandbox with the real store; the executor is scripted."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from telegram.ext import Application

from bot.app import running
from bot.coach.coach import Coach
from bot.sandbox import Sandbox
from bot.services import Services
from bot.settings import Settings, load_settings
from bot.tasks import (
    CHARTS_AT_ONCE,
    AnalyzeClip,
    AnalyzeLog,
    AnalyzePhoto,
    Annotate,
    AnnotatedClip,
    DrawnPhoto,
    DrawnSet,
    Outcome,
    Recount,
    Result,
    Task,
)
from bot.transport.updates import receiving
from bot.workers.executor import Executor, Progress
from models.database import Clock
from models.store import open_store, utc_now
from pipeline.catalogue import exercises
from pipeline.tracks import to_bytes
from pipeline.values import PoseTrack, Recognition, SetReport
from tests.databases import lay_empty
from tests.pipeline.photo.bodies import warrior_report
from tests.pipeline.reports import FIVE_SQUATS

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
CLIP = b"\x00\x00\x00\x18ftypmp42" + bytes(500)
STILL = PoseTrack(
    np.arange(4) / 30, np.ones((4, 33, 2)), np.ones((4, 33, 3)), np.ones((4, 33)), width_px=640, height_px=360
)
TRACK = to_bytes(STILL)
JOIN_S = 0.3  # long enough for two documents of an album to arrive, short enough for a test

Answer = Callable[[Task], Result]


def measured(*reports: SetReport) -> Answer:
    """Every recording holds these sets, five squats where none is named; of a long one the charts are not drawn.

    Counted again under another name a set has one rep less, so that a test sees it.
    """
    found = reports or (FIVE_SQUATS,)
    drawn = PNG if len(found) <= CHARTS_AT_ONCE else None

    def answer(task: Task) -> Result:
        if isinstance(task, AnalyzeClip | AnalyzeLog):
            return Outcome(tuple(DrawnSet(report, drawn, TRACK) for report in found))
        if isinstance(task, Recount) and task.exercise:
            given, fewer = Recognition(task.exercise, 1.0, given=True), task.report.reps[:-1]
            return DrawnSet(replace(task.report, recognition=given, reps=fewer), PNG, TRACK)
        if isinstance(task, AnalyzePhoto):
            return DrawnPhoto(replace(warrior_report(), view=None), PNG)
        if isinstance(task, Annotate):
            task.out.write_bytes(CLIP)
            return AnnotatedClip(task.out, 360, 640)
        return DrawnSet(task.report, PNG, TRACK) if isinstance(task, Recount) else PNG

    return answer


class ScriptedExecutor:
    """Answers at once with what `answer` gives, in this process, and remembers what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.tasks: list[Task] = []
        self.clips_seen: list[bytes] = []

    async def run(self, task: Task, progress: Progress) -> Result:
        """See Executor."""
        self.tasks.append(task)
        if isinstance(task, AnalyzeClip):
            self.clips_seen.append(task.path.read_bytes())
        if isinstance(task, AnalyzeLog):
            self.clips_seen += [path.read_bytes() for path in task.paths]
        progress(0.5)
        return self.answer(task)


@dataclass(frozen=True, slots=True)
class House:
    """What a test holds: the sandbox in front of the bot, the bot, and the services behind it."""

    sandbox: Sandbox
    services: Services
    settings: Settings
    application: Application[Any, Any, Any, Any, Any, Any]


def settings_for(sandbox: Sandbox, folder: Path, **more: Any) -> Settings:
    """The bot's settings on a sandbox, with everything it writes in `folder`."""
    given = {"telegram_token": sandbox.token, "telegram_api_url": sandbox.url, "data_dir": folder, "workers": 1}
    return load_settings(**{**given, "join_logs_s": JOIN_S, **more})


@contextlib.asynccontextmanager
async def living(
    sandbox: Sandbox,
    folder: Path,
    executor: Executor,
    now: Clock = utc_now,
    coach: Coach | None = None,
    **more: Any,
) -> AsyncIterator[House]:
    """The bot is up on `sandbox` until the block ends; opened again on the same folder it remembers."""
    settings = settings_for(sandbox, folder, **more)
    await lay_empty(folder / "spotter.sqlite3")
    async with open_store(settings.store_url, now) as store:
        services = Services(settings, store, executor, coach or Coach(None, exercises().values()), now)
        async with running(services) as application, receiving(application, settings):
            yield House(sandbox, services, settings, application)


def at(moment: datetime) -> Clock:
    """A clock that stands still."""
    return lambda: moment
