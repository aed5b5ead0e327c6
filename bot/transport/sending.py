"""Send with retries, so that no result is lost to a broken connection."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

log = logging.getLogger(__name__)

Sent = TypeVar("Sent")

ATTEMPTS = 5  # with doubled waits a quarter of a minute in all
FIRST_WAIT_S = 1.0  # the house's value
LONGEST_WAIT_S = 60.0


async def patiently(send: Callable[[], Awaitable[Sent]], attempts: int = ATTEMPTS) -> Sent:
    """The result of `send`, repeated after network errors, each wait twice the last (flood waits: see `pacing.py`).

    Raises TelegramError: BadRequest and Forbidden at once (repeating changes nothing), others after `attempts`.
    """
    wait_s = FIRST_WAIT_S
    for _ in range(attempts - 1):
        try:
            return await send()
        except (BadRequest, Forbidden):
            raise
        except NetworkError:
            await asyncio.sleep(wait_s)
            wait_s *= 2
    return await send()


async def until_reached(start: Callable[[], Awaitable[None]]) -> None:
    """Repeat `start` until Telegram can be reached: a machine may be up before its network is.

    Raises TelegramError for anything else, InvalidToken among them.
    """
    wait_s = FIRST_WAIT_S
    while True:
        try:
            return await start()
        except BadRequest:
            raise
        except NetworkError as error:
            log.warning("Telegram cannot be reached (%s); trying again in %d s", type(error).__name__, wait_s)
        await asyncio.sleep(wait_s)
        wait_s = min(2 * wait_s, LONGEST_WAIT_S)


def seconds(error: RetryAfter) -> float:
    """The wait that Telegram asks for: PTB gives whole seconds, or a timedelta where configured."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()


async def fetch(bot: Bot, file_id: str, path: Path) -> None:
    """Download the file that Telegram stores as `file_id` to `path`. Raises TelegramError."""
    file = await patiently(lambda: bot.get_file(file_id))
    await patiently(lambda: file.download_to_drive(path))
