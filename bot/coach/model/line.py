"""The line in which users wait for the one model: fair over users, each told their place."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

OnPlace = Callable[[int], None]


class Line:
    """Lets one user at a time through, round after round: whoever asks much waits behind those who asked less."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[int, deque[asyncio.Future[None]]] = OrderedDict()
        self._busy = False

    def place_of(self, user_id: int) -> int | None:
        """How many users go first, plus one; None for someone who isn't waiting."""
        return list(self._waiting).index(user_id) + 1 if user_id in self._waiting else None

    @property
    def busy(self) -> bool:
        """Whether somebody's turn lasts."""
        return self._busy

    def __len__(self) -> int:
        return sum(len(tickets) for tickets in self._waiting.values())

    @asynccontextmanager
    async def turn(self, user_id: int, on_place: OnPlace | None = None) -> AsyncIterator[None]:
        """Inside it is this user's turn. `on_place` is told the place if there is a wait."""
        await self._enter(user_id, on_place)
        try:
            yield
        finally:
            self._next()

    async def _enter(self, user_id: int, on_place: OnPlace | None) -> None:
        if not self._busy:
            self._busy = True
            return
        ticket = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(user_id, deque()).append(ticket)
        if on_place:
            on_place(self.place_of(user_id) or 1)
        try:
            await ticket
        except asyncio.CancelledError:
            self._leave(user_id, ticket)
            raise

    def _leave(self, user_id: int, ticket: asyncio.Future[None]) -> None:
        """Gives up a place; a turn that was just given is passed on."""
        if ticket.done() and not ticket.cancelled():
            self._next()
            return
        tickets = self._waiting.get(user_id)
        if tickets and ticket in tickets:
            tickets.remove(ticket)
        if not tickets:
            self._waiting.pop(user_id, None)

    def _next(self) -> None:
        """Calls up the next user; one with more tickets goes to the end."""
        while self._waiting:
            user_id, tickets = self._waiting.popitem(last=False)
            ticket = tickets.popleft()
            if tickets:
                self._waiting[user_id] = tickets
            if not ticket.done():
                ticket.set_result(None)
                return
        self._busy = False
