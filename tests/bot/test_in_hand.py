"""Which set is meant, and which count is taken back, while time passes and newer sets come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from telegram import Bot, Update

from bot.facts_of import facts_of
from bot.services import Services
from bot.sets.counts import Counts
from bot.sets.in_hand import HELD_FOR, InHand
from bot.sets.messages import SetMessages
from bot.sets.recounts import Recounts
from models.removed import KEPT
from models.sets import NewSet
from models.store import open_store
from pipeline.report import to_json
from tests.databases import lay_empty
from tests.models.conftest import SettableClock
from tests.models.people import MIA, NOON, squats, trained
from tests.pipeline.reports import FIVE_SQUATS

TYPED, BOT = Update(1), cast(Bot, None)  # no chart is in the chat: nothing is sent


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
async def services(tmp_path: Path, clock: SettableClock) -> AsyncIterator[Services]:
    await lay_empty(tmp_path / "spotter.db")
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}", clock) as store:
        yield cast(Services, SimpleNamespace(store=store, now=clock))


async def test_a_pressed_set_is_meant_for_a_while_and_until_a_newer_one_is_there(
    services: Services, clock: SettableClock
) -> None:
    store, in_hand = services.store, InHand(services)
    older, newer = [await trained(store, MIA, at, squats(at=NOON + timedelta(hours=at))) for at in (1, 2)]
    user = await store.account.meet(MIA, MIA, "Mia")
    await in_hand.take(user, older)
    assert await in_hand.meant(user, TYPED) == older
    clock.forward(HELD_FOR.total_seconds() + 1)
    assert await in_hand.meant(user, TYPED) == newer
    await in_hand.take(user, older)
    newest = await trained(store, MIA, 3, squats(at=NOON + timedelta(hours=3)))
    assert await in_hand.meant(user, TYPED) == newest


async def test_a_count_said_twice_is_taken_back_to_what_was_before_and_not_long_after(
    services: Services, clock: SettableClock
) -> None:
    messages, stored = SetMessages(services), await trained(services.store, MIA, 1)
    counts = Counts(services, messages, Recounts(services, messages))
    user = await services.store.account.meet(MIA, MIA, "Mia")
    first = await counts.put_right(BOT, user, stored, 7)
    assert first
    await counts.put_right(BOT, user, first, 7)
    back = await counts.take_back(BOT, user)
    assert back
    assert back.corrected_reps is None
    await counts.put_right(BOT, user, back, 8)
    clock.forward(KEPT.total_seconds() + 1)
    assert await counts.take_back(BOT, user) is None


async def test_of_an_older_set_it_is_known_which_sets_were_done_after_it(services: Services) -> None:
    told = to_json(FIVE_SQUATS)
    sets = [NewSet("squat", 5, None, told, NOON + timedelta(hours=at)) for at in range(3)]
    first, second, _ = [await trained(services.store, MIA, at, one) for at, one in enumerate(sets, 1)]
    user = await services.store.account.meet(MIA, MIA, "Mia")
    assert [(await facts_of(services, user, one, "en")).newer for one in (first, second)] == [2, 1]
