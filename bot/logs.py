"""Logging that holds no token, no clip and no word of anybody's."""

from __future__ import annotations

import asyncio
import copy
import logging
import sys
from types import TracebackType
from typing import Any, TextIO

from bot.errors import place_of

log = logging.getLogger(__name__)

OURS = ("bot", "models", "pipeline", "__main__")

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Writes errors by type and place, and of libraries the sentence without what they put into it.

    What they put in are request addresses, which hold the bot's token, and updates and SQL, which hold users' words.
    """

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        bare = copy.copy(record)
        bare.exc_text = None  # what another handler's formatter made of the error
        if record.name.partition(".")[0] not in OURS:
            bare.args = None
        return super().format(bare)

    def formatException(self, ei: _ExcInfo) -> str:
        """See logging.Formatter."""
        return f"  {place_of(ei[1])}"


def start(level: str) -> None:
    """Logs go to stderr: ours at `level`, those of libraries from WARNING on."""
    logging.basicConfig(level=logging.WARNING, handlers=[handler(sys.stderr)])
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # each retry, twice; how it ended is told by us


def unretrieved(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What the event loop says of an error that nobody awaited; asyncio's own sentence quotes the error."""
    log.error("%s: %s", context["message"], place_of(context.get("exception")))


def handler(stream: TextIO) -> logging.Handler:
    """Writes to `stream`, discreetly."""
    made = logging.StreamHandler(stream)
    made.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return made
