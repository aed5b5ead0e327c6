"""Nobody sees or changes another's rows: a stranger calls every method that takes `user_id` with a victim's ids."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.store import Store
from tests.models.people import JUN, MIA, claimed, clip, squats, trained


@dataclass(frozen=True)
class Ids:
    """Of one victim's rows."""

    set_id: int
    removed_id: int
    asking_id: int
    job_id: int
    fact_id: int
    reminder_id: int


async def victim(store: Store) -> Ids:
    await store.account.meet(MIA, MIA, "Mia")
    await store.jobs.enqueue(replace(clip(MIA, 1), weight_kg=80.0, exercise_given="squat"))
    (saved,) = await store.sets.save((await claimed(store)).id, [squats()], "squat")
    await store.sets.set_chart_message(MIA, saved.id, CHART)
    removed = await trained(store, MIA, 4)
    await store.removed.remove(MIA, removed.id)
    await store.jobs.enqueue(clip(MIA, 2))
    asking = await claimed(store)
    await store.jobs.ask(asking.id, '"which?"')
    job, _ = await store.jobs.enqueue(clip(MIA, 3))
    await store.jobs.set_progress_message(job.id, CHART + 1)
    await store.talk.add_turn(MIA, "user", "mine", set_id=saved.id)
    fact = await store.talk.add_fact(MIA, "goal", "mine")
    reminder = await store.reminders.add(MIA, MIA, {0}, 18, 0)
    return Ids(saved.id, removed.id, asking.id, job.id, fact.id, reminder.id)


CHART = 77  # the message that shows the chart
Probe = Callable[[Store, Ids], Awaitable[Any]]

READS: dict[str, Probe] = {
    "account.user": lambda store, ids: store.account.user(JUN),
    "account.set_language": lambda store, ids: store.account.set_language(JUN, "ko"),
    "account.set_units": lambda store, ids: store.account.set_units(JUN, "lb"),
    "account.guess_units": lambda store, ids: store.account.guess_units(JUN, "lb"),
    "account.set_time_zone": lambda store, ids: store.account.set_time_zone(JUN, "Asia/Seoul"),
    "jobs.messages_in_line": lambda store, ids: store.jobs.messages_in_line(JUN),
    "jobs.asked": lambda store, ids: store.jobs.asked(JUN, ids.asking_id),
    "jobs.reply": lambda store, ids: store.jobs.reply(JUN, ids.asking_id, '"mine"'),
    "jobs.name_photo": lambda store, ids: store.jobs.name_photo(JUN, ids.job_id, "tree_pose"),
    "sets.set_by_id": lambda store, ids: store.sets.set_by_id(JUN, ids.set_id),
    "sets.shown_by": lambda store, ids: store.sets.shown_by(JUN, CHART),
    "sets.latest_set": lambda store, ids: store.sets.latest_set(JUN),
    "sets.sets_of": lambda store, ids: store.sets.sets_of(JUN, 10),
    "sets.bests_of": lambda store, ids: store.sets.bests_of(JUN),
    "sets.log_of": lambda store, ids: store.sets.log_of(JUN),
    "sets.names_told": lambda store, ids: store.sets.names_told(JUN),
    "sets.track_of": lambda store, ids: store.sets.track_of(JUN, ids.set_id),
    "sets.file_of": lambda store, ids: store.sets.file_of(JUN, ids.set_id),
    "sets.weight_said": lambda store, ids: store.sets.weight_said(JUN, ids.set_id),
    "sets.correct_exercise": lambda store, ids: store.sets.correct_exercise(JUN, ids.set_id, "lunge", "{}", 1),
    "sets.correct_reps": lambda store, ids: store.sets.correct_reps(JUN, ids.set_id, 1),
    "sets.add_weight": lambda store, ids: store.sets.add_weight(JUN, ids.set_id, 1.0),
    "sets.set_chart_message": lambda store, ids: store.sets.set_chart_message(JUN, ids.set_id, 1),
    "removed.remove": lambda store, ids: store.removed.remove(JUN, ids.set_id),
    "removed.bring_back": lambda store, ids: store.removed.bring_back(JUN, ids.removed_id),
    "talk.turns_in_steps": lambda store, ids: store.talk.turns_in_steps(JUN, 10, 4),
    "talk.drop_fact": lambda store, ids: store.talk.drop_fact(JUN, "goal", "strength"),
    "talk.facts_of": lambda store, ids: store.talk.facts_of(JUN),
    "talk.remove_fact": lambda store, ids: store.talk.remove_fact(JUN, ids.fact_id),
    "reminders.reminders_of": lambda store, ids: store.reminders.reminders_of(JUN),
    "reminders.pause": lambda store, ids: store.reminders.pause(JUN, date(2026, 12, 1)),
    "reminders.again": lambda store, ids: store.reminders.again(
        JUN, ids.reminder_id, datetime(2026, 12, 1, tzinfo=UTC)
    ),
    "reminders.cancel": lambda store, ids: store.reminders.cancel(JUN, ids.reminder_id),
}

WRITES: dict[str, Probe] = {  # these make rows of the stranger's own, or erase them
    "account.meet": lambda store, ids: store.account.meet(JUN, JUN, "Jun"),
    "account.export_user": lambda store, ids: store.account.export_user(JUN),
    "account.forget_user": lambda store, ids: store.account.forget_user(JUN),
    "talk.add_turn": lambda store, ids: store.talk.add_turn(JUN, "user", "about another's", set_id=ids.set_id),
    "talk.add_fact": lambda store, ids: store.talk.add_fact(JUN, "goal", "his"),
    "reminders.add": lambda store, ids: store.reminders.add(JUN, JUN, {0}, 18, 0),
    "reminders.add_at": lambda store, ids: store.reminders.add_at(JUN, JUN, datetime(2026, 12, 1, tzinfo=UTC)),
    "reminders.add_on_day": lambda store, ids: store.reminders.add_on_day(JUN, JUN, date(2026, 12, 1), 7, 0),
}


def _methods_with_user_id(store: Store) -> set[str]:
    return {
        f"{subject.name}.{name}"
        for subject in fields(store)
        for name, method in inspect.getmembers(getattr(store, subject.name), inspect.ismethod)
        if not name.startswith("_") and "user_id" in inspect.signature(method).parameters
    }


async def test_every_method_with_a_user_is_probed(store: Store) -> None:
    assert READS.keys() | WRITES.keys() == _methods_with_user_id(store)


@pytest.mark.parametrize("name", sorted(READS))
async def test_a_stranger_gets_nothing_and_changes_nothing(store: Store, name: str) -> None:
    ids = await victim(store)
    before = await store.account.export_user(MIA)
    assert not await READS[name](store, ids)
    assert await store.account.export_user(MIA) == before


@pytest.mark.parametrize("name", sorted(WRITES))
async def test_what_a_stranger_does_leaves_others_as_they_were(store: Store, name: str) -> None:
    ids = await victim(store)
    await store.account.meet(JUN, JUN, "Jun")
    before = await store.account.export_user(MIA)
    await WRITES[name](store, ids)
    assert await store.account.export_user(MIA) == before


async def test_an_export_names_nobody_else(store: Store) -> None:
    await victim(store)
    await trained_after_victim(store)
    export = await store.account.export_user(JUN)
    owners = {row["user_id"] for subject, rows in export.rows.items() if subject != "account" for row in rows}
    assert owners == {JUN}
    assert [row["id"] for row in export.rows["account"]] == [JUN]


async def trained_after_victim(store: Store) -> None:
    await store.account.meet(JUN, JUN, "Jun")
    await store.jobs.enqueue(clip(JUN, 1))
    await store.talk.add_fact(JUN, "goal", "his")
