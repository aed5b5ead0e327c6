"""Logging that holds no token, no clip and no word of anybody's."""

from __future__ import annotations

import logging
import sys

# They write request addresses, which hold the bot's token, at INFO.
TALKATIVE = ("httpx", "httpcore", "telegram.ext.Application", "apscheduler", "aiohttp.access")


def start(level: str) -> None:
    """Logs go to stderr at `level`; libraries that would write tokens are held to WARNING."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
