"""The last line of defence: what no handler expected is logged without a word of anybody's, and the user is told."""

from __future__ import annotations

import contextlib
import errno
import logging

from telegram import Update
from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot.sentences import say
from bot.services import Services

log = logging.getLogger(__name__)


class ErrorHandler:
    """Registered as the application's error handler."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The error is logged by type and place; who sent the update is told that it was not their fault."""
        error = context.error
        if isinstance(error, Conflict):
            log.error("another program polls with the same token; stop one of the two")
            return
        if isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest):  # that one is a defect
            log.warning("Telegram: %s", type(error).__name__)
            return
        log.error("a handler failed: %s", place_of(error))
        if isinstance(update, Update) and update.effective_chat is not None:
            with contextlib.suppress(TelegramError):
                await context.bot.send_message(
                    update.effective_chat.id, say(await self._language(update), "problem.internal")
                )

    async def _language(self, update: Update) -> str:
        person = update.effective_user
        user = await self._services.store.account.user(person.id) if person else None
        return user.language if user else "en"


def place_of(error: BaseException | None) -> str:
    """ "KeyError at sets.py:80 < app.py:12": the message is left out, it may hold what a user wrote; a full disk or a
    locked database is named by its code."""
    places, trace = [], error.__traceback__ if error else None
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__}{_code(error)} at {' < '.join(reversed(places[-4:]))}"


def _code(error: BaseException | None) -> str:
    """ " (SQLITE_FULL)", " (ENOSPC)": what the owner of the machine can mend; nothing where there is none."""
    raised = getattr(error, "orig", error)  # SQLAlchemy's error holds the database's own
    code = getattr(raised, "sqlite_errorname", None) or errno.errorcode.get(getattr(raised, "errno", None) or 0)
    return f" ({code})" if code else ""
