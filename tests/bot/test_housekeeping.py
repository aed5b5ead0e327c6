"""Old answered jobs go at the start of the bot and every day, deleted sets when their time is over; a store that fails
costs one sweep."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.coach.coach import Coach
from bot.housekeeping import kept_tidy
from bot.sandbox import Sandbox
from bot.services import Services
from models.arrival import Arrival
from models.jobs import Jobs
from models.removed import KEPT
from models.store import open_store
from pipeline.catalogue import exercises
from tests.bot.house import ScriptedExecutor, measured, settings_for
from tests.bot.phone import eventually
from tests.bot.test_removal import removed_in
from tests.models.people import MIA, NOON, jobs_of, trained


async def test_what_was_answered_a_month_ago_is_forgotten_and_a_failure_is_no_end(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings, clock = settings_for(sandbox, tmp_path), [NOON]
    async with open_store(settings.store_url, lambda: clock[0]) as store:
        await store.account.meet(MIA, MIA, "Mia")
        await store.jobs.enqueue(Arrival(MIA, MIA, 1, "clip", "f", "u"))
        job = await store.jobs.claim_next()
        assert job is not None
        await store.jobs.fail(job.id, "NobodyInView")
        await store.jobs.mark_answered(job.id)
        clock[0] += timedelta(days=settings.keep_jobs_days, seconds=1)
        failures, prune = iter((OperationalError("DELETE", {}, Exception("full")), ConnectionError())), Jobs.prune
        swept: list[datetime] = []

        async def flaky(jobs: Jobs, before: datetime) -> int:
            swept.append(before)
            for failure in failures:
                raise failure
            return await prune(jobs, before)

        monkeypatch.setattr(Jobs, "prune", flaky)
        coach = Coach(None, exercises().values())
        services = Services(settings, store, ScriptedExecutor(measured()), coach, lambda: clock[0])
        async with kept_tidy(services, every_s=0.01):
            await eventually(lambda: len(swept) >= 4, "a fourth sweep, after the third has ended")
        assert await jobs_of(store, MIA) == []
    assert "could not be pruned" in caplog.text


async def test_a_deleted_set_is_gone_when_its_time_is_over_without_a_restart(sandbox: Sandbox, tmp_path: Path) -> None:
    settings, clock = settings_for(sandbox, tmp_path), [NOON]
    async with open_store(settings.store_url, lambda: clock[0]) as store:
        saved = await trained(store, MIA, 1)
        await store.removed.remove(MIA, saved.id)
        coach = Coach(None, exercises().values())
        services = Services(settings, store, ScriptedExecutor(measured()), coach, lambda: clock[0])
        async with kept_tidy(services, removed_every_s=0.01):
            await asyncio.sleep(0.1)  # some sweeps
            assert removed_in(tmp_path) == 1
            clock[0] += KEPT
            await eventually(lambda: not removed_in(tmp_path), "a sweep")
