"""A deleted set is nowhere to be seen, comes back as it was for a while, and is then in no file any more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from models.removed import KEPT
from models.store import Store, open_store
from models.tables import WorkoutSet
from tests.models.conftest import SettableClock
from tests.models.people import JUN, MIA, claimed, jobs_of, sent, squats, trained
from tests.models.test_account import files_with

CHART = 77  # the message that shows the chart
LATE_S = KEPT.total_seconds()


async def corrected(store: Store, user_id: int, message_id: int, secret: str = "deep enough?") -> WorkoutSet:
    """A set with everything a user can add to one."""
    saved = await trained(store, user_id, message_id)
    await store.sets.correct_exercise(user_id, saved.id, "lunge", '{"schema": 1}', 4)
    await store.sets.correct_reps(user_id, saved.id, 3)
    await store.sets.add_weight(user_id, saved.id, 62.5)
    await store.sets.set_chart_message(user_id, saved.id, CHART)
    await store.talk.add_turn(user_id, "user", secret, set_id=saved.id)
    await store.talk.add_turn(user_id, "coach", "Three reps.", voice="rules", set_id=saved.id)
    return saved


async def of_one_recording(store: Store, count: int) -> Sequence[WorkoutSet]:
    await sent(store, MIA, 1)
    return await store.sets.save((await claimed(store)).id, [squats(reps) for reps in range(1, count + 1)])


async def test_it_comes_back_as_it_was_with_all_that_was_said_between(store: Store) -> None:
    saved = await corrected(store, MIA, 1)
    await store.talk.add_turn(MIA, "user", "of no set")
    before = await store.account.export_user(MIA)
    assert await store.removed.remove(MIA, saved.id)
    back = await store.removed.bring_back(MIA, saved.id)
    assert back == await store.sets.set_by_id(MIA, saved.id)
    assert await store.account.export_user(MIA) == before
    assert await store.removed.bring_back(MIA, saved.id) is None


async def test_meanwhile_nothing_shows_it(store: Store) -> None:
    saved = await corrected(store, MIA, 1)
    await store.removed.remove(MIA, saved.id)
    sets = store.sets
    seen: list[object] = [
        await sets.set_by_id(MIA, saved.id),
        await sets.shown_by(MIA, CHART),
        await sets.latest_set(MIA),
    ]
    seen += [await sets.sets_of(MIA, 10), await sets.bests_of(MIA), await sets.log_of(MIA)]
    seen += [await sets.track_of(MIA, saved.id), await sets.file_of(MIA, saved.id), await sets.of_job(saved.job_id)]
    seen += [await store.talk.turns_in_steps(MIA, 10, 1), await jobs_of(store, MIA)]
    seen += [await sets.add_weight(MIA, saved.id, 1.0)]
    assert not any(seen)
    export = await store.account.export_user(MIA)
    assert [subject for subject, rows in export.rows.items() if rows] == ["account"]
    assert export.tracks == {}


async def test_the_one_deleted_last_comes_back_first(store: Store, clock: SettableClock) -> None:
    first, second = [await trained(store, MIA, number) for number in (1, 2)]
    for saved in (second, first):
        await store.removed.remove(MIA, saved.id)
        clock.forward(1)
    backs = [await store.removed.bring_back(MIA) for _ in range(3)]
    assert [back and back.id for back in backs] == [first.id, second.id, None]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_all_sets_of_a_recording_come_back_in_any_order(store: Store, order: tuple[int, int]) -> None:
    rows = await of_one_recording(store, 2)
    before = await store.account.export_user(MIA)
    for row in rows:
        await store.removed.remove(MIA, row.id)
    assert await jobs_of(store, MIA) == []
    for at in order:
        assert await store.removed.bring_back(MIA, rows[at].id)
    assert await store.account.export_user(MIA) == before


async def test_when_its_time_is_over_it_does_not_come_back(store: Store, clock: SettableClock) -> None:
    saved = await corrected(store, MIA, 1)
    await store.removed.remove(MIA, saved.id)
    clock.forward(LATE_S - 1)
    assert await store.removed.purge() == 0
    clock.forward(1)
    assert await store.removed.bring_back(MIA, saved.id) is None  # though nobody has tidied up yet
    assert await store.removed.purge() == 1


async def test_then_nothing_of_it_is_in_the_files_though_the_bot_was_down(tmp_path: Path, clock: SettableClock) -> None:
    url, secret = f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}", "marmalade-under-the-stairs"
    async with open_store(url, clock) as store:
        kept = await corrected(store, JUN, 2, "his own words")
        saved = await corrected(store, MIA, 1, secret)
        await store.removed.remove(MIA, saved.id)
    clock.forward(LATE_S)
    assert files_with(secret, tmp_path)  # it could have come back until now
    async with open_store(url, clock) as store:
        assert await store.removed.purge() == 1
        assert files_with(secret, tmp_path) == []
        assert await store.sets.set_by_id(JUN, kept.id)


async def test_a_restart_between_costs_nothing(tmp_path: Path, clock: SettableClock) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}"
    async with open_store(url, clock) as store:
        saved = await corrected(store, MIA, 1)
        before = await store.account.export_user(MIA)
        await store.removed.remove(MIA, saved.id)
    async with open_store(url, clock) as store:
        assert await store.removed.bring_back(MIA)
        assert await store.account.export_user(MIA) == before


async def test_who_forgets_everything_can_bring_nothing_back(tmp_path: Path) -> None:
    secret = "marmalade-under-the-stairs"
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}") as store:
        saved = await corrected(store, MIA, 1, secret)
        await store.removed.remove(MIA, saved.id)
        await store.account.forget_user(MIA)
        assert files_with(secret, tmp_path) == []
        await store.account.meet(MIA, MIA, "Mia")
        assert await store.removed.bring_back(MIA) is None


async def test_others_see_nothing_of_it(store: Store) -> None:
    his, hers = await corrected(store, JUN, 1), await corrected(store, MIA, 1)
    before = await store.account.export_user(JUN)
    await store.removed.remove(MIA, hers.id)
    assert await store.removed.bring_back(JUN) is None
    assert await store.removed.bring_back(JUN, hers.id) is None
    assert await store.removed.remove(JUN, hers.id) is None
    assert await store.account.export_user(JUN) == before
    await store.removed.remove(JUN, his.id)
    back = await store.removed.bring_back(MIA)
    assert back is not None
    assert (back.id, back.user_id) == (hers.id, MIA)
