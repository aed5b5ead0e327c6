"""Numbers, and the bucket that counts messages."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.sandbox import Limits
from bot.sandbox.flood import FloodGate
from bot.sandbox.refusals import Refusal
from bot.sandbox.state import first_number


def test_a_later_sandbox_begins_over_what_an_earlier_one_gave_out() -> None:
    now_s = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).timestamp()
    assert first_number(now_s + 3600) - first_number(now_s) == 4 * 3600
    assert first_number(dt.datetime(2036, 12, 31, tzinfo=dt.UTC).timestamp()) < 2**31


class _Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def _sent(gate: FloodGate, chats: list[int]) -> list[int]:
    """The wait each message was told, 0 for one that went through."""
    waits = []
    for chat in chats:
        try:
            gate.check(chat)
            waits.append(0)
        except Refusal as refusal:
            waits.append(refusal.retry_after_s or -1)
    return waits


def test_one_chat_takes_a_burst_then_one_a_second() -> None:
    clock = _Clock()
    gate = FloodGate(Limits(burst_in_chat=3), clock)
    assert _sent(gate, [1] * 5) == [0, 0, 0, 1, 1]
    clock.now_s += 1.0
    assert _sent(gate, [1, 1]) == [0, 1]


@pytest.mark.parametrize("chats", [35, 100])
def test_all_chats_together_take_thirty_a_second(chats: int) -> None:
    clock = _Clock()
    gate = FloodGate(Limits(), clock)
    assert _sent(gate, list(range(chats))).count(0) == 30
    clock.now_s += 0.5
    assert _sent(gate, list(range(1000, 1000 + chats))).count(0) == 15
