from __future__ import annotations

from models.store import Store, open_store
from tests.models.people import MIA, trained


async def test_the_newest_turns_come_in_the_order_they_were_said_also_after_a_restart(url: str) -> None:
    async with open_store(url) as store:
        saved = await trained(store, MIA, 1)
        for number in range(5):
            await store.talk.add_turn(MIA, "user", f"question {number}", set_id=saved.id)
            await store.talk.add_turn(MIA, "coach", f"answer {number}", voice="rules", set_id=saved.id)
    async with open_store(url) as store:
        turns = await store.talk.turns_in_steps(MIA, 3, 1)
        assert [(turn.role, turn.voice, turn.text) for turn in turns] == [
            ("coach", "rules", "answer 3"),
            ("user", None, "question 4"),
            ("coach", "rules", "answer 4"),
        ]
        assert {turn.set_id for turn in turns} == {saved.id}


async def test_what_is_said_while_the_user_erases_everything_is_not_remembered(store: Store) -> None:
    await trained(store, MIA, 1)
    await store.account.forget_user(MIA)
    assert await store.talk.add_turn(MIA, "coach", "You did", voice="model", set_id=1) is None
    assert await store.talk.turns_in_steps(MIA, 3, 1) == []


async def test_a_fact_lasts_until_it_is_removed(store: Store) -> None:
    await store.account.meet(MIA, MIA, "Mia")
    goal = await store.talk.add_fact(MIA, "goal", "첫 턱걸이 💪")
    knee = await store.talk.add_fact(MIA, "injury", "left knee")
    assert await store.talk.facts_of(MIA) == [goal, knee]
    assert await store.talk.remove_fact(MIA, goal.id)
    assert not await store.talk.remove_fact(MIA, goal.id)
    assert await store.talk.facts_of(MIA) == [knee]
