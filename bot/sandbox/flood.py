"""Telegram's flood control: a token bucket for each chat, and one for all."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.limits import Limits
from bot.sandbox.refusals import too_many_requests


@dataclass(slots=True)
class _Bucket:
    rate_per_s: float
    capacity: float
    filled: float
    at_s: float

    def wait_s(self, now_s: float) -> float:
        """Seconds until one more fits; zero when one fits now. The bucket has been topped up to `now_s`."""
        self.filled = min(self.capacity, self.filled + (now_s - self.at_s) * self.rate_per_s)
        self.at_s = now_s
        return max(0.0, (1 - self.filled) / self.rate_per_s)


class FloodGate:
    """Counts what is sent; edits count like messages."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._overall = self._bucket(limits.messages_per_s_overall, limits.messages_per_s_overall)
        self._chats: dict[int, _Bucket] = {}

    def check(self, chat_id: int) -> None:
        """Count one message. Raises: Refusal 429 with the wait in whole seconds."""
        now_s = self._clock()
        buckets = (self._chat(chat_id), self._overall)
        wait_s = max(bucket.wait_s(now_s) for bucket in buckets)
        if wait_s > 0:
            raise too_many_requests(max(1, math.ceil(wait_s)))
        for bucket in buckets:
            bucket.filled -= 1

    def _chat(self, chat_id: int) -> _Bucket:
        if chat_id not in self._chats:
            self._chats[chat_id] = self._bucket(self._limits.messages_per_s_in_chat, self._limits.burst_in_chat)
        return self._chats[chat_id]

    def _bucket(self, rate_per_s: float, capacity: float) -> _Bucket:
        return _Bucket(rate_per_s, capacity, capacity, self._clock())
