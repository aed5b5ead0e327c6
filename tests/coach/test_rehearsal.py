"""What the first question needs is loaded before it is asked."""

from __future__ import annotations

from bot.coach import Coach, examples, guard


def test_whoever_asks_first_waits_for_nothing_to_be_read() -> None:
    read_once = (examples.judge, guard._lexicon)
    for one in read_once:
        one.cache_clear()
    Coach()
    assert [one.cache_info().currsize for one in read_once] == [1, 1]
