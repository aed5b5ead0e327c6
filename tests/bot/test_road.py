"""The main road in the chat: clip in, chart out, corrections, talk; real application and store, scripted executor."""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.executor_errors import DeadlineExceeded
from bot.sandbox import Fault, Sandbox, SeenMessage
from bot.tasks import AnalyzeClip, Annotate, DrawnSet, Recount, Result, Task
from pipeline.errors import NobodyInView
from pipeline.values import Candidate, Recognition
from tests.bot.house import CLIP, PNG, TRACK, House, ScriptedExecutor, living, measured
from tests.bot.phone import (
    LONG_S,
    GatedExecutor,
    chart_of,
    charts,
    eventually,
    flat,
    is_chart,
    is_remark,
    sent_clip,
    settled,
)
from tests.models.conftest import SettableClock
from tests.pipeline.reports import UNKNOWN_SET

ACKNOWLEDGED_S = 1.0  # of this process's work, the sandbox's included: a busy machine takes longer


async def test_a_clip_is_acknowledged_before_anything_is_measured(sandbox: Sandbox, tmp_path: Path) -> None:
    user, closed = sandbox.user(1001), GatedExecutor()
    async with living(sandbox, tmp_path, closed):
        began_s = time.process_time()
        await sent_clip(user)
        await user.wait_for("Got it")
        assert time.process_time() - began_s < ACKNOWLEDGED_S
        closed.gate.set()
        await user.wait_for(is_chart)


async def test_a_clip_comes_back_as_a_chart(house: House) -> None:
    user = house.sandbox.user(1001)
    chart = await chart_of(house)
    assert chart.content == PNG
    assert "Squat · 5 reps" in chart.text
    assert "Tempo" in chart.text
    assert {button.text for button in flat(chart)} >= {"Wrong exercise", "Fix the count", "Add weight"}
    await user.wait_for(is_remark, LONG_S)
    assert not any("Got it" in message.text for message in user.messages)


async def test_the_worker_saw_the_clip_and_it_is_gone_from_the_disk(house: House, executor: ScriptedExecutor) -> None:
    await chart_of(house)
    await house.sandbox.user(1001).wait_for(is_remark, LONG_S)
    assert executor.clips_seen == [CLIP]
    assert list(house.settings.clips_dir.iterdir()) == []


@pytest.mark.parametrize(
    ("caption", "slug"),
    [
        ("Push-Up", "push_up"),
        ("front squats 60kg x5", "squat"),
        ("my lunges today", "lunge"),
        ("스쿼트 3세트째", "squat"),
        ("squat or deadlift?", None),
        ("not a squat", None),
        ("after all the squats of yesterday this was something else", None),
    ],
)
async def test_a_caption_names_the_exercise(
    house: House, executor: ScriptedExecutor, caption: str, slug: str | None
) -> None:
    await chart_of(house, caption=caption)
    task = executor.tasks[0]
    assert isinstance(task, AnalyzeClip)
    assert task.exercise == slug


async def test_the_wrong_exercise_is_one_tap_from_the_right_one(house: House, executor: ScriptedExecutor) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await (await user.press(chart, "Wrong exercise")).answered()
    offered = await user.wait_for(lambda message: any("Something else" in b.text for b in flat(message)))
    await user.press(offered, "Something else…")
    listed = await user.wait_for(lambda message: any(b.data.startswith("is:") for b in flat(message)))
    chosen = next(button for button in flat(listed) if button.data.startswith("is:"))
    await user.press(listed, chosen.data)
    recounted = await user.wait_for(lambda message: is_chart(message) and "4 reps" in message.text, LONG_S)
    assert recounted.id == chart.id
    assert isinstance(executor.tasks[-1], Recount)
    assert len(executor.clips_seen) == 1


async def test_what_a_set_was_is_remembered_for_the_next_clip_of_this_user_alone(
    house: House, executor: ScriptedExecutor
) -> None:
    await chart_of(house, caption="squats")
    await chart_of(house)
    await chart_of(house, user_id=1002)
    told = [task.told_before for task in executor.tasks if isinstance(task, AnalyzeClip)]
    assert told == [(), ("squat",), ()]


async def test_an_unknown_exercise_is_asked_about(sandbox: Sandbox, tmp_path: Path) -> None:
    asked = Recognition("unknown", 0.4, (Candidate("squat", 0.4), Candidate("lunge", 0.3), Candidate("deadlift", 0.1)))
    unsure = ScriptedExecutor(measured(replace(UNKNOWN_SET, recognition=asked)))
    async with living(sandbox, tmp_path, unsure) as house:
        chart = await chart_of(house)
        assert [button.text for button in flat(chart)[:3]] == ["Squat", "Lunge", "Deadlift"]


async def test_the_count_is_corrected_and_both_are_kept(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    assert "it was 25 reps" in (await (await user.press(chart, "Fix the count")).answered()).text
    offered = await user.wait_for(lambda message: any(b.data.startswith("reps:") for b in flat(message)))
    await user.press(offered, "6")
    corrected = await user.wait_for(lambda message: "Your count: 6" in message.text)
    assert "5" in corrected.text
    stored = await house.services.store.sets.latest_set(1001)
    assert stored is not None
    assert (stored.reps, stored.measured_reps) == (6, 5)


async def test_of_counts_put_right_in_a_row_the_chart_shows_the_last(sandbox: Sandbox, tmp_path: Path) -> None:
    """Each chart is drawn when a worker is free, in whatever order."""
    user, drawing = sandbox.user(1001), GatedExecutor(_with_its_count_on_it)
    drawing.gate.set()
    async with living(sandbox, tmp_path, drawing):
        sent = await sent_clip(user)
        await user.wait_for(is_remark, LONG_S, after=sent.id)
        drawing.gate.clear()
        for reps in (6, 7):
            await user.send_text(f"it was {reps} reps")
            await user.wait_for(f"Your count: {reps}", LONG_S)
        drawing.gate.set()
        await eventually(lambda: [chart.content for chart in charts(user)] == [PNG + b"7"], "the chart of seven")
        await settled(user)
        assert [chart.content for chart in charts(user)] == [PNG + b"7"]


def _with_its_count_on_it(task: Task) -> Result:
    if isinstance(task, Recount):
        return DrawnSet(task.report, PNG + b"%d" % (task.said_reps or 0), TRACK)
    return measured()(task)


async def test_a_weight_is_typed_after_the_button_or_with_its_unit(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.press(chart, "Add weight")
    await user.wait_for("How much did you lift")
    await user.send_text("62.5")
    await user.wait_for("62.5 kg")
    await user.send_text("135 lb")
    await user.wait_for("135 lb")  # no unit was chosen yet: it is shown as it was typed


async def test_a_unit_that_was_chosen_holds_whatever_is_typed(house: House) -> None:
    user, _ = house.sandbox.user(1001), await chart_of(house)
    sent = await user.send_text("/settings kg")
    await user.wait_for("Weights in kg", LONG_S, after=sent.id)
    sent = await user.send_text("135 lb")
    await user.wait_for("61.2 kg", LONG_S, after=sent.id)


async def test_a_number_long_after_the_weight_was_asked_for_is_no_weight(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    clock = SettableClock()
    async with living(sandbox, tmp_path, executor, clock) as house:
        user, chart = sandbox.user(1001), await chart_of(house)
        await user.press(chart, "Add weight")
        asked = await user.wait_for(lambda message: "How much did you lift" in message.text, LONG_S, after=chart.id)
        clock.forward(3600)
        await user.send_text("12")
        await user.wait_for(is_remark, LONG_S, after=asked.id)
        assert [row.weight_kg for row in await house.services.store.sets.sets_of(1001, 1)] == [None]


async def test_a_weight_in_pounds_in_the_first_caption_is_shown_in_pounds(house: House) -> None:
    chart = await chart_of(house, caption="squat 225 lbs")
    assert "Weight 225 lb" in chart.text


async def test_the_weight_in_a_caption_is_the_set_s(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house, caption="squats 80kg x 5")
    assert "Weight 80 kg" in chart.text
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    asked = await user.send_text("how heavy was that?")
    await user.wait_for("The weight of this set is 80 kg", LONG_S, after=asked.id)


@pytest.mark.parametrize("caption", ["squat 60 to 80kg", "80kg squats, 60kg bench press"])
async def test_weights_in_a_caption_that_may_be_of_any_set_are_noted_for_none_and_that_is_said(
    house: House, caption: str
) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house, caption=caption)
    assert "Weight" not in chart.text
    await user.wait_for("I haven't noted those in your caption", LONG_S)


async def test_a_number_without_a_unit_is_not_noted_and_that_is_said(house: House) -> None:
    user = house.sandbox.user(1001)
    await sent_clip(user, caption="squat 405x5")
    said = await user.wait_for("I haven't noted 405", LONG_S)
    assert "405 kg" in said.text
    assert not await house.services.store.sets.weight_said(1001, 1)


async def test_the_same_file_again_is_measured_again_and_said_to_be_the_same(house: House) -> None:
    user = house.sandbox.user(1001)
    await chart_of(house)
    assert not [message for message in user.messages if "exact file" in (message.text or "")]
    sent = await sent_clip(user)
    await user.wait_for("exact file before", LONG_S, after=sent.id)
    await user.wait_for(is_chart, LONG_S, after=sent.id)
    ben = house.sandbox.user(1002)
    await chart_of(house, 1002)
    assert not [message for message in ben.messages if "exact file" in (message.text or "")]


async def test_the_annotated_clip_comes_by_button_from_telegram_s_copy(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.send_text("it was 6 reps")
    await user.wait_for("Your count: 6", LONG_S)
    await user.press(chart, "Annotated clip")
    video = await user.wait_for(lambda message: message.kind == "video", LONG_S)
    assert video.content == CLIP
    assert (video.text, video.raw["reply_to_message"]["message_id"]) == ("Squat · 6 reps", chart.id)
    assert (video.raw["video"]["width"], video.raw["video"]["height"]) == (360, 640)
    assert "record_video" in user.actions
    await eventually(lambda: not list(house.settings.clips_dir.iterdir()), "the clip is gone from the disk")


async def test_pressed_again_while_it_is_made_the_annotated_clip_is_made_once(sandbox: Sandbox, tmp_path: Path) -> None:
    user, gated = sandbox.user(1001), GatedExecutor()
    gated.gate.set()
    async with living(sandbox, tmp_path, gated) as house:
        chart = await chart_of(house)
        gated.gate.clear()
        await user.press(chart, "Annotated clip")
        await user.press(chart, "Annotated clip")
        await eventually(lambda: len(sandbox.calls_of("answerCallbackQuery")) == 2, "both presses were taken")
        await settled(user)
        gated.gate.set()
        await user.wait_for(lambda message: message.kind == "video", LONG_S)
        await settled(user)
        assert [type(task) for task in gated.tasks].count(Annotate) == len(sandbox.calls_of("sendVideo")) == 1


async def test_a_question_is_answered_about_this_set_and_remembered(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    remark = await user.wait_for(is_remark, LONG_S, after=chart.id)
    asked = await user.send_text("How many reps did I do?")
    answer = await user.wait_for(is_remark, LONG_S, after=max(asked.id, remark.id))
    assert "5" in answer.text
    turns = await house.services.store.talk.turns_in_steps(1001, 10, 1)
    assert [turn.role for turn in turns] == ["coach", "user", "coach"]


async def test_ask_the_coach_offers_questions_that_work(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    await user.press(chart, "Ask the coach")
    hint = await user.wait_for("Ask me anything")
    await user.press(hint, "How was my tempo?")
    await user.wait_for(is_remark, LONG_S, after=hint.id)


async def test_what_is_typed_after_a_press_is_about_the_set_whose_button_it_was(house: House) -> None:
    user, older = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=older.id)
    newer = await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=newer.id)
    await (await user.press(older, "Fix the count")).answered()
    said = await user.send_text("it was 7 reps")
    await user.wait_for(is_remark, LONG_S, after=said.id)
    sets = house.services.store.sets
    counts = [row.corrected_reps for row in await sets.sets_of(1001, 5)]
    assert counts == [None, 7]  # newest first
    await house.sandbox.user(1001).wait_for(is_chart, LONG_S, after=(await chart_of(house)).id - 1)
    said = await user.send_text("it was 9 reps")
    await user.wait_for(lambda message: is_remark(message) and "9" in message.text, LONG_S, after=said.id)
    assert [row.corrected_reps for row in await sets.sets_of(1001, 5)] == [9, None, 7]


async def test_two_users_see_nothing_of_each_other(house: House) -> None:
    ada, ben = house.sandbox.user(1001, "Ada"), house.sandbox.user(1002, "Ben")
    chart = await chart_of(house, 1001)
    await ben.send_text("/history")
    await ben.wait_for("No sets yet")
    await ben.send_text("How many reps did I do?")
    answer = await ben.wait_for(is_remark, LONG_S)
    assert "5" not in answer.text
    assert all(message.kind != "photo" for message in ben.messages)
    assert chart in ada.messages or any(message.id == chart.id for message in ada.messages)


async def test_another_s_button_does_nothing(house: House) -> None:
    await chart_of(house, 1001)
    stored = await house.services.store.sets.latest_set(1001)
    mallory = house.sandbox.user(1002, "Mallory")
    theirs = await chart_of(house, 1002)
    mine = next(button for button in flat(theirs) if button.data.startswith("count:"))
    assert stored is not None
    data = f"count:{stored.id}"
    forged = SeenMessage(json.loads(json.dumps(theirs.raw).replace(mine.data, data)), None)
    assert "no longer" in (await (await mallory.press(forged, data)).answered()).text


async def test_one_clip_delivered_twice_is_answered_once(house: House, executor: ScriptedExecutor) -> None:
    house.sandbox.fail(Fault("duplicate"))
    user, _ = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S)
    await settled(user)
    assert sum(is_chart(message) for message in user.messages) == 1
    assert len(executor.tasks) == 1


@pytest.mark.parametrize(
    ("error", "words"), [(NobodyInView(seen_share=0.0), "find anybody"), (DeadlineExceeded(), "too long")]
)
async def test_what_cannot_be_measured_is_said_once_and_the_bot_goes_on(
    house: House, executor: ScriptedExecutor, error: Exception, words: str
) -> None:
    good = executor.answer

    def fail(task: Task) -> Result:
        raise error

    executor.answer = fail
    user = house.sandbox.user(1001)
    await user.send_video(CLIP, duration=20)
    await user.wait_for(words, LONG_S)
    executor.answer = good
    await chart_of(house)
    assert sum(words in message.text for message in user.messages) == 1


async def test_history_progress_and_export_hold_the_set(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    await user.send_text("/history")
    await user.wait_for("Squat · 5 reps", after=chart.id + 1)
    progress = await user.send_text("/progress")
    await user.wait_for(is_chart, LONG_S, after=progress.id)
    await user.send_text("/export")
    export = await user.wait_for(lambda message: message.kind == "document", LONG_S)
    with zipfile.ZipFile(io.BytesIO(export.content or b"")) as archive:
        data = json.loads(archive.read("data.json"))
        assert [row["measured_reps"] for row in data["sets"]] == [5]
        assert any(name.startswith("tracks/") for name in archive.namelist())


async def test_forget_leaves_nothing(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    await user.send_text("/forget")
    asked = await user.wait_for("Delete everything")
    await user.press(asked, "Yes, delete everything")
    await user.wait_for("forgotten")
    assert await house.services.store.sets.latest_set(1001) is None
    assert await house.services.store.talk.turns_in_steps(1001, 10, 1) == []
