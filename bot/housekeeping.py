"""What nobody needs any more is forgotten, at the start and from time to time: answered jobs that brought forth no set,
and deleted sets that can no longer be brought back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import place_of
from bot.services import Services

log = logging.getLogger(__name__)

EVERY_S = 24 * 3600.0  # a day: jobs are kept for days
REMOVED_EVERY_S = 60.0  # a deleted set can come back for minutes, and is gone this much later at the latest

Sweep = Callable[[], Awaitable[int]]


@contextlib.asynccontextmanager
async def kept_tidy(
    services: Services, every_s: float = EVERY_S, removed_every_s: float = REMOVED_EVERY_S
) -> AsyncIterator[None]:
    """Inside, old jobs go, and sets that were deleted for good."""

    async def prune() -> int:
        return await services.store.jobs.prune(services.now() - timedelta(days=services.settings.keep_jobs_days))

    sweeps = (
        asyncio.create_task(_sweep("old jobs", prune, every_s)),
        asyncio.create_task(_sweep("deleted sets", services.store.removed.purge, removed_every_s)),
    )
    try:
        yield
    finally:
        for sweep in sweeps:
            sweep.cancel()
        await asyncio.gather(*sweeps, return_exceptions=True)


async def _sweep(what: str, sweep: Sweep, every_s: float) -> None:
    while True:
        try:
            gone = await sweep()
        except (SQLAlchemyError, OSError) as error:  # the latter from a database that cannot be reached; tried again
            log.error("%s could not be pruned: %s", what, place_of(error))  # noqa: TRY400  (SQL may quote a user)
        else:
            log.log(logging.INFO if gone else logging.DEBUG, "%d %s pruned", gone, what)
        await asyncio.sleep(every_s)
