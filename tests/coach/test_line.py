"""The line for the one model: fair over users, places told, nobody lost when somebody leaves."""

from __future__ import annotations

import asyncio

import pytest

from bot.coach.model.line import Line

LONG_S = 60.0  # only a test that fails waits so long; the machine may be busy


class _Shop:
    """A line with one server, and the order in which users were served."""

    def __init__(self) -> None:
        self.line = Line()
        self.served: list[int] = []
        self.places: dict[int, int] = {}
        self.door = asyncio.Event()

    async def visit(self, user_id: int) -> None:
        def told(place: int) -> None:
            self.places[user_id] = place

        async with self.line.turn(user_id, told):
            await self.door.wait()
            self.served.append(user_id)

    async def arrive(self, user_id: int) -> asyncio.Task[None]:
        task = asyncio.create_task(self.visit(user_id))
        await asyncio.sleep(0)
        return task


async def test_one_at_a_time_in_order_and_places_are_told() -> None:
    shop = _Shop()
    tasks = [await shop.arrive(user_id) for user_id in (1, 2, 3)]
    assert shop.places == {2: 1, 3: 2}
    assert len(shop.line) == 2
    shop.door.set()
    await asyncio.gather(*tasks)
    assert shop.served == [1, 2, 3]
    assert len(shop.line) == 0


async def test_a_busy_user_does_not_hold_up_the_others() -> None:
    shop = _Shop()
    tasks = [await shop.arrive(user_id) for user_id in (1, 2, 2, 2, 3)]
    shop.door.set()
    await asyncio.gather(*tasks)
    assert shop.served == [1, 2, 3, 2, 2]


async def test_whoever_leaves_the_line_is_skipped() -> None:
    shop = _Shop()
    tasks = [await shop.arrive(user_id) for user_id in (1, 2, 3)]
    tasks[1].cancel()
    shop.door.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert shop.served == [1, 3]


async def test_a_turn_given_to_someone_who_just_left_is_passed_on() -> None:
    shop = _Shop()
    tasks = [await shop.arrive(user_id) for user_id in (1, 2, 3)]
    shop.door.set()
    await tasks[0]
    tasks[1].cancel()
    await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), LONG_S)
    assert shop.served[-1] == 3


async def test_an_error_inside_gives_the_turn_back() -> None:
    line = Line()
    with pytest.raises(LookupError):
        async with line.turn(1):
            raise LookupError
    async with asyncio.timeout(LONG_S), line.turn(2):
        assert line.place_of(2) is None
