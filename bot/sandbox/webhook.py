"""Send updates to the bot's webhook, in order, until each is accepted."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Final

import aiohttp

from bot.sandbox.refusals import Json
from bot.sandbox.state import State, Webhook

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an unanswered update waits for its next try; Telegram publishes no figures, these are ours."""

    first_retry_s: float = 0.2
    longest_retry_s: float = 10.0
    answer_s: float = 60.0


class Postman:
    """Posts queued updates while a webhook is set, one at a time, so that their order holds."""

    def __init__(self, state: State, patience: Patience) -> None:
        self._state = state
        self._patience = patience
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start delivering updates."""
        self._task = asyncio.create_task(self._run(), name="sandbox webhook postman")

    async def stop(self) -> None:
        """Stop delivering; an update being sent stays in the queue."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(self._patience.answer_s)) as session:
            while True:
                await self._state.updates.arrived.wait()
                self._state.updates.arrived.clear()
                await self._empty_queue(session)

    async def _empty_queue(self, session: aiohttp.ClientSession) -> None:
        wait_s = self._patience.first_retry_s
        while self._state.webhook.url and (update := self._state.updates.first()):
            if await self._delivered(session, self._state.webhook, update):
                self._state.updates.taken(update)
                wait_s = self._patience.first_retry_s
            else:
                await asyncio.sleep(wait_s)
                wait_s = min(2 * wait_s, self._patience.longest_retry_s)

    async def _delivered(self, session: aiohttp.ClientSession, webhook: Webhook, update: Json) -> bool:
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        try:
            async with session.post(webhook.url, json=update, headers=headers) as answer:
                if answer.ok:
                    return True
                reason = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            reason = "Connection timed out" if isinstance(error, TimeoutError) else "Connection refused"
        webhook.last_error, webhook.last_error_at_s = reason, int(time.time())
        return False
