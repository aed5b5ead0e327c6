"""The whole road with a scripted model: who speaks, what is dropped, what a slow, broken or lying model changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from bot.coach import Coach, CoachSettings, Patience, Said
from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Turn
from bot.coach.language import say
from bot.coach.model.prompt import build
from bot.coach.model.scripted import ScriptedModel

SQUAT = SCENES["squat"]
OPEN_QUESTION = "what should i work on"
GOOD = "You did 8 reps. Sink until your hips reach knee height."
LIE = "You did 12 reps. That was a new world of depth at 140 degrees."
QUICK = CoachSettings(patience=Patience(line_s=0.3, first_s=0.3, whole_s=0.3))
LONG_S = 60.0  # only a test that fails waits so long; the machine may be busy


async def _said(coach: Coach, question: str = OPEN_QUESTION, scene: str = "squat", user_id: int = 1) -> list[Said]:
    return [one async for one in coach.answer(question, SCENES[scene], user_id=user_id)]


async def _until(holds: Callable[[], bool]) -> None:
    """`holds` has come true. Raises TimeoutError."""
    async with asyncio.timeout(LONG_S):
        while not holds():
            await asyncio.sleep(0)


def _open(model: ScriptedModel) -> None:
    """From here on the model speaks."""
    assert model.gate is not None
    model.gate.set()


def _voices(said: list[Said]) -> set[str]:
    return {one.voice for one in said}


async def test_without_a_model_the_rules_answer() -> None:
    said = await _said(Coach())
    assert _voices(said) == {"rules"}
    assert "hips" in said[0].text


async def test_a_model_that_is_not_ready_is_not_asked() -> None:
    model = ScriptedModel([GOOD], ready=False)
    assert _voices(await _said(Coach(model))) == {"rules"}
    assert model.prompts == []


async def test_a_model_words_an_open_question() -> None:
    said = await _said(Coach(ScriptedModel([GOOD])))
    assert [one.text for one in said] == ["You did 8 reps.", "Sink until your hips reach knee height."]
    assert _voices(said) == {"model"}


async def test_a_plain_number_is_said_by_the_rules_at_once() -> None:
    model = ScriptedModel([GOOD])
    said = await _said(Coach(model), "how many reps")
    assert _voices(said) == {"rules"}
    assert model.prompts == []


async def test_korean_is_spoken_by_the_rules() -> None:
    model = ScriptedModel([GOOD])
    said = await _said(Coach(model), "뭘 고쳐야 해", "squat_ko")
    assert _voices(said) == {"rules"}
    assert model.prompts == []


async def test_the_gate_comes_before_the_model() -> None:
    model = ScriptedModel([GOOD])
    said = await _said(Coach(model), "what should i work on, my chest hurts")
    assert [one.alarm for one in said] == ["heart"]
    assert model.prompts == []


async def test_just_after_an_alarm_no_training_is_advised() -> None:
    alarmed = (Turn("user", "i nearly passed out"), Turn("assistant", "Please stop training for today."))
    coach = Coach(ScriptedModel([GOOD]))
    for question in ("can i still do another set", "should i add weight", OPEN_QUESTION):
        said = [one.text async for one in coach.answer(question, SQUAT, alarmed)]
        assert said == [say("en", "alarm_still")]
    later = (*alarmed, *(Turn("user", "thanks"), Turn("assistant", "You're welcome!")) * 2)
    long_ago = tuple(replace(turn, minutes_ago=600.0) for turn in alarmed)
    for turns in (later, long_ago):
        assert say("en", "alarm_still") not in [one.text async for one in coach.answer(OPEN_QUESTION, SQUAT, turns)]


async def test_while_the_user_thinks_the_model_reads_ahead() -> None:
    model = ScriptedModel([GOOD])
    coach = Coach(model)
    turns: tuple[Turn, ...] = (Turn("user", "hi"), Turn("assistant", "Hi!"))
    said = [one.text async for one in coach.answer(OPEN_QUESTION, SQUAT, turns)]
    (ahead,) = model.ahead
    turns = (*turns, Turn("user", OPEN_QUESTION), Turn("assistant", " ".join(said)))
    following = build(SQUAT, turns, "and then?", ())
    assert following.turns[:-1] == ahead.turns


async def test_a_lie_is_written_anew_once_with_another_seed() -> None:
    model = ScriptedModel([LIE, GOOD])
    said = await _said(Coach(model))
    assert "12" not in " ".join(one.text for one in said)
    assert [one.voice for one in said] == ["model", "model"]
    assert len(set(model.seeds)) == 2


async def test_a_model_that_only_lies_is_replaced_by_the_rules() -> None:
    said = await _said(Coach(ScriptedModel([LIE])))
    assert _voices(said) == {"rules"}


async def test_what_was_shown_is_gone_on_with_and_never_taken_back() -> None:
    model = ScriptedModel(["Sink until your hips reach knee height. You did 12 reps.", "You did 8 reps."])
    said = await _said(Coach(model))
    assert [one.text for one in said] == ["Sink until your hips reach knee height.", "You did 8 reps."]
    assert model.prompts[1] == replace(model.prompts[0], begun="Sink until your hips reach knee height.")


async def test_a_model_that_misses_the_point_is_completed_by_the_rules() -> None:
    said = await _said(Coach(ScriptedModel(["Nice work on this set!"])))
    assert [one.voice for one in said] == ["model", "rules"]
    assert "hips" in said[-1].text


async def test_a_model_that_breaks_off_is_replaced() -> None:
    assert _voices(await _said(Coach(ScriptedModel([GOOD], fails_after=0)))) == {"rules"}


async def test_a_torso_is_not_shown() -> None:
    said = await _said(Coach(ScriptedModel(["Sink until your hips reach knee height. Then try to"])))
    assert [one.text for one in said] == ["Sink until your hips reach knee height."]


async def test_a_slow_model_is_not_waited_for() -> None:
    model = ScriptedModel([GOOD], gate=asyncio.Event())
    async with asyncio.timeout(LONG_S):
        said = await _said(Coach(model, settings=QUICK))
    assert _voices(said) == {"rules"}


async def test_users_wait_in_line_and_hear_their_place() -> None:
    model = ScriptedModel([GOOD], gate=asyncio.Event())
    coach = Coach(model)
    places: list[int] = []

    async def ask(user_id: int) -> list[Said]:
        answer = coach.answer(OPEN_QUESTION, SQUAT, user_id=user_id, on_place=places.append)
        return [one async for one in answer]

    asking = [asyncio.create_task(ask(user_id)) for user_id in range(4)]
    await _until(lambda: coach.waiting == 3)
    _open(model)
    answers = await asyncio.gather(*asking)
    assert places == [1, 2, 3]
    assert all(_voices(said) == {"model"} for said in answers)


async def test_writing_again_ends_the_answer_before() -> None:
    model = ScriptedModel([GOOD], gate=asyncio.Event())
    coach = Coach(model)
    first = asyncio.create_task(_said(coach))
    await _until(lambda: bool(model.prompts))
    second = await _said(coach, "how many reps")
    assert [one.voice for one in second] == ["rules", "rules"]
    assert await asyncio.wait_for(first, LONG_S) == []
    assert coach.waiting == 0


async def test_writing_again_leaves_the_line_of_another_user_alone() -> None:
    model = ScriptedModel([GOOD], gate=asyncio.Event())
    coach = Coach(model)
    other = asyncio.create_task(_said(coach, user_id=2))
    await _until(lambda: bool(model.prompts))
    waiting = asyncio.create_task(_said(coach, user_id=1))
    await _until(lambda: coach.waiting == 1)
    again = asyncio.create_task(_said(coach, user_id=1))
    assert await asyncio.wait_for(waiting, LONG_S) == []
    _open(model)
    assert _voices(await again) == {"model"}
    assert _voices(await other) == {"model"}


async def test_a_reader_who_leaves_frees_the_model() -> None:
    coach = Coach(ScriptedModel([GOOD], delay_s=0.005))
    answer = coach.answer(OPEN_QUESTION, SQUAT, user_id=1)
    await anext(answer)
    await answer.aclose()
    async with asyncio.timeout(LONG_S):
        assert _voices(await _said(coach, user_id=2)) == {"model"}


async def test_the_first_remark_tells_the_count_and_the_cue() -> None:
    said = [one.text async for one in Coach().first_remark(SQUAT)]
    assert "I counted 8 complete reps of squat." in said
    assert "The one thing to work on: Sink until your hips reach knee height." in said


async def test_the_first_remark_waits_for_no_model_and_lets_it_read_meanwhile() -> None:
    model = ScriptedModel([GOOD], gate=asyncio.Event())
    said = [one async for one in Coach(model).first_remark(SQUAT)]
    assert _voices(said) == {"rules"}
    assert model.prompts == []
    assert [ahead.turns for ahead in model.ahead] == [build(SQUAT, (), "?", ()).turns[:-1]]


async def test_of_a_piece_of_knowledge_nothing_is_left_out() -> None:
    question = "should i rest longer between sets"
    said = await _said(Coach(ScriptedModel(["Rest 2 to 3 minutes between hard sets of big lifts."])), question)
    assert [one.voice for one in said] == ["model", "rules"]
    assert "short rests cost reps" in said[-1].text


async def test_the_first_remark_without_a_set_asks_for_one() -> None:
    said = [one.text async for one in Coach().first_remark(SCENES["none"])]
    assert "send me a clip" in said[0]
