"""What was sent is corrected: a question's typo, a caption's weights or exercise. Nothing is charted twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Chat, Message

from bot.edits import ASKED_ANEW_S, LATE
from bot.sandbox import Fault, Sandbox
from bot.sentences import plain
from bot.tasks import AnalyzeClip, AnalyzePhoto, Recount, Result, Task
from pipeline.values import Recognition
from tests.bot.house import House, ScriptedExecutor, living, measured
from tests.bot.phone import (
    LONG_S,
    STEP_S,
    GatedExecutor,
    charts,
    eventually,
    flat,
    is_chart,
    is_remark,
    sent_clip,
    settled,
)
from tests.models.people import jobs_of
from tests.pipeline.reports import FIVE_SQUATS

ADA = 1001
JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
PUSH_UPS = replace(FIVE_SQUATS, recognition=Recognition("push_up", 0.9))
SENT = datetime(2026, 3, 1, 18, tzinfo=UTC)


async def test_a_question_that_is_corrected_is_answered_anew(house: House) -> None:
    user = house.sandbox.user(ADA)
    sent = await user.send_text("xkcd qwrtz")
    first = await user.wait_for(is_remark, LONG_S, after=sent.id)
    await user.edit_text(sent, "how much protein do i need")
    assert "protein" in (await user.wait_for(is_remark, LONG_S, after=first.id)).text


async def test_a_command_that_is_corrected_is_answered(house: House) -> None:
    user = house.sandbox.user(1001)
    asked = await user.send_text("/help")
    await user.wait_for("Send me", LONG_S)
    await user.edit_text(asked, "/privacy")
    assert await user.wait_for("What I keep", LONG_S)


async def test_a_question_whose_words_are_the_same_is_answered_once(house: House) -> None:
    user = house.sandbox.user(ADA)
    sent = await user.send_text("how much protein do i need")
    await user.wait_for(is_remark, LONG_S, after=sent.id)
    await user.edit_text(sent, "How much protein do I need?")
    assert len([message for message in await settled(user) if is_remark(message)]) == 1


@pytest.mark.parametrize(("after_s", "late"), [(ASKED_ANEW_S - 1, False), (ASKED_ANEW_S + 1, True)])
def test_a_text_that_is_edited_late_is_left_alone(after_s: float, *, late: bool) -> None:
    edited = SENT + timedelta(seconds=after_s)
    assert LATE.filter(Message(1, SENT, Chat(ADA, "private"), text="reps?", edit_date=edited)) is late
    assert not LATE.filter(Message(1, SENT, Chat(ADA, "private"), text="reps?"))


async def test_a_weight_that_is_corrected_in_the_caption_is_the_set_s_without_a_second_chart(
    house: House, executor: ScriptedExecutor
) -> None:
    user = house.sandbox.user(ADA)
    sent = await sent_clip(user, caption="squat 600 kg")
    chart = await user.wait_for(is_chart, LONG_S, after=sent.id)
    await user.edit_caption(sent, "squat 60 kg")
    await user.wait_for(lambda message: message.id == chart.id and "60 kg" in message.text, LONG_S)
    await settled(user)
    assert len(charts(user)) == 1
    assert len(executor.tasks) == 1
    stored = await house.services.store.sets.latest_set(ADA)
    assert stored is not None
    assert stored.weight_kg == 60.0


async def test_another_exercise_in_the_caption_of_a_measured_clip_is_counted_anew_in_its_chart(
    house: House, executor: ScriptedExecutor
) -> None:
    user = house.sandbox.user(ADA)
    sent = await sent_clip(user, caption="squat 60 kg")
    chart = await user.wait_for(is_chart, LONG_S, after=sent.id)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    await user.edit_caption(sent, "deadlift 60 kg")
    await user.wait_for("so I counted it again as that", LONG_S, after=chart.id)
    assert [message.text.splitlines()[0] for message in charts(user)] == ["Deadlift · 4 reps"]
    assert [type(task) for task in executor.tasks] == [AnalyzeClip, Recount]
    stored = await house.services.store.sets.latest_set(ADA)
    assert stored is not None
    assert (stored.measured_exercise, stored.corrected_exercise, stored.weight_kg) == ("squat", "deadlift", 60.0)


async def test_a_name_taken_out_of_the_caption_stays_and_that_is_told(house: House, executor: ScriptedExecutor) -> None:
    user = house.sandbox.user(ADA)
    sent = await sent_clip(user, caption="squat 600 kg")
    chart = await user.wait_for(is_chart, LONG_S, after=sent.id)
    await user.edit_caption(sent, "60 kg")
    await user.wait_for("I'll keep this as Squat; if that's wrong, tap", LONG_S, after=chart.id)
    stored = await house.services.store.sets.latest_set(ADA)
    assert stored is not None
    assert (stored.exercise, stored.weight_kg) == ("squat", 60.0)


async def test_a_name_in_the_caption_that_the_chart_has_already_changes_nothing(
    house: House, executor: ScriptedExecutor
) -> None:
    user = house.sandbox.user(ADA)
    sent = await sent_clip(user)
    await user.wait_for(is_remark, LONG_S, after=sent.id)
    before = await settled(user)
    await user.edit_caption(sent, "squat")
    assert len(await settled(user)) == len(before)
    assert len(executor.tasks) == 1


async def test_of_several_exercises_the_edited_name_is_that_of_the_sets_that_it_named_before(
    house: House, executor: ScriptedExecutor
) -> None:
    executor.answer, user = measured(FIVE_SQUATS, PUSH_UPS), house.sandbox.user(ADA)
    sent = await sent_clip(user, caption="squat")
    await user.wait_for(is_remark, LONG_S, after=sent.id)
    await user.edit_caption(sent, "lunge")
    await user.wait_for("so I counted it again as that", LONG_S)
    assert [message.text.splitlines()[0] for message in charts(user)] == ["Lunge · 4 reps", "Push-up · 5 reps"]


async def test_of_several_exercises_that_nobody_named_none_is_renamed(house: House, executor: ScriptedExecutor) -> None:
    executor.answer, user = measured(FIVE_SQUATS, PUSH_UPS), house.sandbox.user(ADA)
    sent = await sent_clip(user)
    await user.wait_for(is_remark, LONG_S, after=sent.id)
    await user.edit_caption(sent, "lunge")
    await user.wait_for(plain("en", "job.named_which"), LONG_S)
    assert len(executor.tasks) == 1


class NamedByTask(GatedExecutor):
    """Finds whatever exercise the task names, squats where it names none."""

    def __init__(self) -> None:
        super().__init__(answer=_as_named)


def _as_named(task: Task) -> Result:
    named = getattr(task, "exercise", None) or "squat"
    return measured(replace(FIVE_SQUATS, recognition=Recognition(named, 1.0, given=True)))(task)


async def test_a_caption_that_is_corrected_while_its_clip_is_analysed_reaches_the_report(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    user, gated = sandbox.user(ADA), NamedByTask()
    async with living(sandbox, tmp_path, gated) as house:
        sent = await sent_clip(user, caption="squat 600 kg")
        await asyncio.wait_for(gated.waiting.wait(), LONG_S)
        await user.edit_caption(sent, "deadlift 60 kg")
        await named(house, "deadlift")
        gated.gate.set()
        await user.wait_for(is_remark, LONG_S)
        said = await settled(user)
        assert [is_chart(message) for message in said] == [True, False]
        assert said[0].text.splitlines()[0] == "Deadlift · 5 reps"
        assert "60 kg" in said[0].text
        assert [task.exercise for task in gated.tasks if isinstance(task, AnalyzeClip)] == ["squat", "deadlift"]
        assert await house.services.store.jobs.unanswered() == []


async def test_a_photo_s_caption_that_is_corrected_while_it_is_looked_at_reaches_its_one_answer(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    user, gated = sandbox.user(ADA), GatedExecutor()
    async with living(sandbox, tmp_path, gated) as house:
        sent = await user.send_photo(JPEG, caption="tree pose")
        await asyncio.wait_for(gated.waiting.wait(), LONG_S)
        await user.edit_caption(sent, "warrior 2")
        await named(house, "warrior_2_pose")
        gated.gate.set()
        await user.wait_for(lambda message: message.kind == "photo", LONG_S, after=sent.id)
        said = await settled(user)
        assert [message.kind for message in said] == ["photo"]
        assert [task.exercise for task in gated.tasks if isinstance(task, AnalyzePhoto)] == [
            "tree_pose",
            "warrior_2_pose",
        ]


async def test_a_caption_that_is_corrected_before_a_restart_reaches_the_report(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    user, gated = sandbox.user(ADA), NamedByTask()
    async with living(sandbox, tmp_path, gated) as house:
        sent = await sent_clip(user, caption="squat")
        await asyncio.wait_for(gated.waiting.wait(), LONG_S)
        await user.edit_caption(sent, "deadlift")
        await named(house, "deadlift")
    again = NamedByTask()
    again.gate.set()
    async with living(sandbox, tmp_path, again):
        await user.wait_for(is_remark, LONG_S)
        await settled(user)
    assert [message.text.splitlines()[0] for message in charts(user)] == ["Deadlift · 5 reps"]
    assert len(again.tasks) == 1


async def test_a_caption_that_is_corrected_while_its_chart_is_sent_is_in_the_one_chart(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    user = sandbox.user(ADA)
    sandbox.fail(Fault("hang", "sendPhoto", hang_s=1.0))
    async with living(sandbox, tmp_path, executor) as house:
        sent = await sent_clip(user, caption="squat 600 kg")
        await user.until(lambda: sandbox.calls_of("sendPhoto") or None, LONG_S, "no chart was on its way")
        await user.edit_caption(sent, "deadlift 60 kg")
        await named(house, "deadlift")
        await user.wait_for(is_remark, LONG_S)
        await settled(user)
        (chart,) = charts(user)
        assert chart.text.splitlines()[0] == "Deadlift · 4 reps"
        assert "Weight 60 kg" in chart.text


async def named(house: House, exercise: str) -> None:
    """The edited caption has reached the job."""
    while (await jobs_of(house.services.store, ADA))[0].exercise_given != exercise:
        await asyncio.sleep(STEP_S)


@pytest.mark.parametrize("caption", ["60, 70 kg", "squat 60/70kg", "60kg 70kg", "스쿼트 60킬로 70킬로"])
async def test_a_weight_for_each_set_is_each_set_s(house: House, executor: ScriptedExecutor, caption: str) -> None:
    executor.answer, user = measured(FIVE_SQUATS, FIVE_SQUATS), house.sandbox.user(ADA)
    sent = await sent_clip(user, caption=caption)
    await user.wait_for(is_remark, LONG_S, after=sent.id)
    await settled(user)
    assert [flat(message)[2].text for message in charts(user)] == ["Change the weight"] * 2
    assert ["Weight 60 kg" in message.text for message in charts(user)] == [True, False]
    assert ["Weight 70 kg" in message.text for message in charts(user)] == [False, True]
    assert len(user.messages) == 3


async def test_weights_that_are_not_as_many_as_the_sets_are_noted_for_none_until_the_caption_is_put_right(
    house: House, executor: ScriptedExecutor
) -> None:
    executor.answer, user = measured(FIVE_SQUATS, FIVE_SQUATS), house.sandbox.user(ADA)
    sent = await sent_clip(user, caption="squat 60, 70, 80 kg")
    await user.wait_for("Your caption names 60 kg, 70 kg, 80 kg, and I see 2 sets here", LONG_S)
    await user.wait_for(is_remark, LONG_S, after=sent.id)
    assert not any("Weight" in message.text for message in charts(user))
    await user.edit_caption(sent, "squat 60, 80 kg")
    await eventually(lambda: ["Weight 80 kg" in one.text for one in charts(user)] == [False, True], "weights in order")
    await user.edit_caption(sent, "squat 60, 70, 80 kg")
    await eventually(lambda: not any("Weight" in one.text for one in charts(user)), "the caption's are taken back")


async def test_bare_numbers_are_weights_in_the_unit_that_was_chosen_else_asked_about(
    house: House, executor: ScriptedExecutor
) -> None:
    executor.answer, user = measured(FIVE_SQUATS, FIVE_SQUATS), house.sandbox.user(ADA)
    sent = await sent_clip(user, caption="squat 60/70")
    await user.wait_for("I haven't noted 60/70 from your caption", LONG_S)
    await user.wait_for(is_remark, LONG_S, after=sent.id)
    await house.services.store.account.set_units(ADA, "lb")
    again = await sent_clip(user, caption="squat 100/110")
    await user.wait_for(is_remark, LONG_S, after=again.id)
    assert ["Weight 110 lb" in message.text for message in charts(user)][-2:] == [False, True]


async def test_a_live_location_that_moves_is_answered_once(house: House) -> None:
    user = house.sandbox.user(ADA)
    sent = await user.send_sticker()
    await user.wait_for(lambda message: True, LONG_S, after=sent.id)
    before = len(user.messages)
    house.sandbox.state.deliver(
        "edited_message", house.sandbox.state.change_message(user.chat, user.chat.messages[sent.id])
    )
    assert len(await settled(user)) == before
