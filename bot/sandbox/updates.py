"""Updates that wait for the bot: one queue, read by long polling or by the webhook's sender, never by both."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from typing import Final

from bot.sandbox.refusals import Json, Refusal, conflict

_NOT_BY_DEFAULT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_OTHER_POLLER: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"


class _Poll:
    """One getUpdates request that is waiting."""

    def __init__(self) -> None:
        self.woken = asyncio.Event()
        self.ended_by: Refusal | None = None

    def end(self, reason: Refusal) -> None:
        """Wake the waiting request and refuse it with that reason."""
        self.ended_by = reason
        self.woken.set()


class UpdateQueue:
    """Updates in order of arrival, kept until their number is confirmed."""

    def __init__(self, first_number: int = 1) -> None:
        self._waiting: deque[Json] = deque()
        self._next_id = first_number
        self._allowed: frozenset[str] | None = None
        self._poll: _Poll | None = None
        self.arrived = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def polled(self) -> bool:
        """Whether a poll is waiting for an update."""
        return self._poll is not None

    def put(self, kind: str, payload: Json, copies: int = 1) -> int:
        """Queue the update, `copies` times under one number; a kind that the bot did not ask for is dropped.

        Returns the update's number.
        """
        update_id, self._next_id = self._next_id, self._next_id + 1
        if self.wants(kind):
            self._waiting.extend([{"update_id": update_id, kind: payload}] * copies)
            self._wake()
        return update_id

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        return kind not in _NOT_BY_DEFAULT if self._allowed is None else kind in self._allowed

    def allow(self, kinds: Sequence[str] | None) -> None:
        """From now on keep only these kinds; an empty list is the default set; None changes nothing."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def clear(self) -> None:
        """Drop all waiting updates."""
        self._waiting.clear()

    def confirm(self, offset: int) -> None:
        """Drop updates below `offset`; a negative offset keeps that many of the newest."""
        keep = -offset if offset < 0 else len(self._waiting)
        while self._waiting and (len(self._waiting) > keep or self._waiting[0]["update_id"] < offset):
            self._waiting.popleft()

    def first(self) -> Json | None:
        """The oldest waiting update, None where there is none."""
        return self._waiting[0] if self._waiting else None

    def taken(self, update: Json) -> None:
        """Remove the oldest update, if it is still this one; a copy of it stays."""
        if self.first() is update:
            self._waiting.popleft()

    async def poll(self, offset: int, limit: int, timeout_s: float) -> list[Json]:
        """Up to `limit` updates from `offset` on, at once where there are some, else when the first one comes.

        Raises: Refusal 409 when another poll begins meanwhile, or a webhook is set.
        """
        self.end_poll(conflict(_OTHER_POLLER))
        self.confirm(offset)
        poll = self._poll = _Poll()
        deadline_s = time.monotonic() + timeout_s
        while not self._waiting and poll.ended_by is None and time.monotonic() < deadline_s:
            poll.woken.clear()
            await _wait(poll.woken, deadline_s - time.monotonic())
        if poll.ended_by is not None:
            raise poll.ended_by
        self._poll = None
        return list(self._waiting)[:limit]

    def end_poll(self, reason: Refusal) -> None:
        """Refuse the waiting poll, if any."""
        if self._poll is not None:
            self._poll.end(reason)
            self._poll = None

    def _wake(self) -> None:
        self.arrived.set()
        if self._poll is not None:
            self._poll.woken.set()


async def _wait(event: asyncio.Event, timeout_s: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), max(timeout_s, 0))
    except TimeoutError:
        return
