"""What nobody needs any more is forgotten, at the start and once a day: answered jobs that brought forth no set."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import place_of
from bot.services import Services

log = logging.getLogger(__name__)

EVERY_S = 24 * 3600.0  # a day: what is kept is kept for days


@contextlib.asynccontextmanager
async def kept_tidy(services: Services, every_s: float = EVERY_S) -> AsyncIterator[None]:
    """Inside, old jobs go."""
    sweeping = asyncio.create_task(_sweep(services, every_s))
    try:
        yield
    finally:
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)


async def _sweep(services: Services, every_s: float) -> None:
    while True:
        before = services.now() - timedelta(days=services.settings.keep_jobs_days)
        try:
            gone = await services.store.jobs.prune(before)
        except SQLAlchemyError as error:  # the next day tries again; nothing a user waits for hangs on it
            log.error("old jobs could not be pruned: %s", place_of(error))  # noqa: TRY400  (SQL may quote a user)
        else:
            log.log(logging.INFO if gone else logging.DEBUG, "%d old jobs pruned", gone)
        await asyncio.sleep(every_s)
