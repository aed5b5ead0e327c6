"""A recording with several sets in the chat: few come as a chart each, many as a list, each once, whatever happens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from telegram.constants import MessageLimit

from bot.sandbox import Sandbox, SeenMessage
from bot.sentences import LANGUAGES
from bot.sets.messages import LINES_SHOWN, workout_text
from bot.tasks import AnalyzeClip, Recount
from bot.words.replies import clock
from models.arrival import Arrival
from models.sets import NewSet
from models.store import open_store
from models.tables import WorkoutSet
from pipeline.report import to_json
from pipeline.values import Recognition, SetReport
from tests.bot.house import TRACK, House, ScriptedExecutor, living, measured, settings_for
from tests.bot.phone import LONG_S, chart_of, charts, eventually, flat, is_chart, is_remark, sent_clip, settled
from tests.models.people import NOON
from tests.pipeline.reports import FIVE_SQUATS


def part(number: int, exercise: str = "squat") -> SetReport:
    """Five repetitions in the given minute of a recording."""
    named = Recognition(exercise, 0.9)
    return replace(FIVE_SQUATS, recognition=named, span_s=(60.0 * number, 60.0 * number + 30))


THREE = (part(0), part(1, "push_up"), part(2))
SEVEN = tuple(part(number, "lunge" if number % 2 else "squat") for number in range(7))


def is_list(message: SeenMessage) -> bool:
    """The list of a long recording's sets."""
    return any(button.data.startswith("open:") for button in flat(message))


async def test_few_sets_come_as_a_chart_each_in_order_and_one_remark(sandbox: Sandbox, tmp_path: Path) -> None:
    async with living(sandbox, tmp_path, ScriptedExecutor(measured(*THREE))) as house:
        user = sandbox.user(1001)
        await chart_of(house)
        await user.wait_for(is_remark, LONG_S)
        said = await settled(user)
        assert [is_chart(message) for message in said] == [True, True, True, False]
        first_lines = [message.text.splitlines()[:2] for message in charts(user)]
        assert first_lines == [
            ["Squat · 5 reps", "Set 1 of 3 · 0:00 – 0:30"],
            ["Push-up · 5 reps", "Set 2 of 3 · 1:00 – 1:30"],
            ["Squat · 5 reps", "Set 3 of 3 · 2:00 – 2:30"],
        ]
        rows = await house.services.store.sets.sets_of(1001, 10)
        assert [row.chart_message_id for row in reversed(rows)] == [message.id for message in charts(user)]


async def test_each_set_is_corrected_by_its_own_buttons(sandbox: Sandbox, tmp_path: Path) -> None:
    async with living(sandbox, tmp_path, ScriptedExecutor(measured(*THREE))) as house:
        user = sandbox.user(1001)
        await chart_of(house)
        await user.wait_for(is_remark, LONG_S)
        second = charts(user)[1]
        await user.press(second, "Fix the count")
        offered = await user.wait_for(lambda message: any(b.data.startswith("reps:") for b in flat(message)))
        await user.press(offered, "7")
        corrected = await user.wait_for("Your count: 7")
        assert corrected.id == second.id
        assert "Set 2 of 3 · 1:00 – 1:30" in corrected.text
        rows = await house.services.store.sets.sets_of(1001, 10)
        assert [row.reps for row in reversed(rows)] == [5, 7, 5]


async def test_a_restart_in_the_middle_sends_only_what_is_missing(sandbox: Sandbox, tmp_path: Path) -> None:
    ada, executor = sandbox.user(1001), ScriptedExecutor(measured())
    async with open_store(settings_for(sandbox, tmp_path).store_url) as store:
        await store.account.meet(1001, 1001, "Ada")
        await store.jobs.enqueue(Arrival(1001, 1001, 1, "clip", "f", "u"))
        job = await store.jobs.claim_next()
        assert job is not None
        first, *_ = await store.sets.save(job.id, [NewSet.of(done, to_json(done), NOON, TRACK) for done in THREE])
        await store.sets.set_chart_message(1001, first.id, 12)  # and here the process died
    async with living(sandbox, tmp_path, executor) as house:
        await ada.wait_for(is_remark, LONG_S)
        await settled(ada)
        assert [message.text.splitlines()[1][:10] for message in charts(ada)] == ["Set 2 of 3", "Set 3 of 3"]
        assert [type(task) for task in executor.tasks] == [Recount, Recount]
        assert await house.services.store.jobs.unanswered() == []
        assert len([message for message in ada.messages if is_remark(message)]) == 1


async def test_many_sets_come_as_one_list_whose_buttons_bring_the_charts(sandbox: Sandbox, tmp_path: Path) -> None:
    async with living(sandbox, tmp_path, ScriptedExecutor(measured(*SEVEN))) as house:
        user = sandbox.user(1001)
        await sent_clip(user)
        listed = await user.wait_for(is_list, LONG_S)
        lines = listed.text.splitlines()
        assert lines[0] == "7 sets in this recording"
        assert lines[2] == "2. Lunge · 5 reps · 1:00 – 1:30"
        assert [button.text for button in flat(listed)] == list("1234567")
        await user.wait_for(is_remark, LONG_S)
        await settled(user)
        assert charts(user) == []
        await user.press(listed, "2")
        chart = await user.wait_for(is_chart, LONG_S)
        assert chart.text.splitlines()[:2] == ["Lunge · 5 reps", "Set 2 of 7 · 1:00 – 1:30"]
        await user.press(chart, "Fix the count")
        offered = await user.wait_for(lambda message: any(b.data.startswith("reps:") for b in flat(message)))
        await user.press(offered, "4")
        assert (await user.wait_for("Your count: 4")).id == chart.id
        rows = await house.services.store.sets.sets_of(1001, 10)
        assert [row.reps for row in reversed(rows)] == [5, 4, 5, 5, 5, 5, 5]


def test_the_list_of_sets_tells_the_count_that_the_user_set() -> None:
    saved = {"user_id": 1, "job_id": 1, "measured_exercise": "squat", "measured_reps": 5, "performed_at": NOON}
    rows = [
        WorkoutSet.model_validate({**saved, "id": n, "place": n, "report": to_json(part(n)), "corrected_reps": said})
        for n, said in ((1, None), (2, 4))
    ]
    assert [line.split(" · ")[1] for line in workout_text(rows, "en").splitlines()[1:3]] == ["5 reps", "4 reps"]


def test_a_list_of_very_many_sets_fits_a_message() -> None:
    report = to_json(part(99, "incline_bench_press"))
    saved = {
        "user_id": 1,
        "job_id": 1,
        "measured_exercise": "incline_bench_press",
        "measured_reps": 5,
        "performed_at": NOON,
    }
    rows = [WorkoutSet.model_validate({**saved, "id": n, "place": n, "report": report}) for n in range(2 * LINES_SHOWN)]
    for language in LANGUAGES:
        text = workout_text(rows, language)
        assert len(text) <= MessageLimit.MAX_TEXT_LENGTH
        assert f"{LINES_SHOWN}" in text.splitlines()[-3]


@pytest.mark.parametrize(
    ("time_s", "shown"), [(0, "0:00"), (59.6, "1:00"), (75, "1:15"), (3600, "1:00:00"), (7325, "2:02:05")]
)
def test_times_read_as_on_a_player(time_s: float, shown: str) -> None:
    assert clock(time_s) == shown


@pytest.mark.parametrize(
    "caption", ["push ups, then squats 80 kg", "80kg squats and push ups", "스쿼트 80kg 하고 푸시업"]
)
async def test_a_weight_beside_an_exercise_goes_to_its_sets_alone(
    house: House, executor: ScriptedExecutor, caption: str
) -> None:
    executor.answer, user = measured(*THREE), house.sandbox.user(1001)
    await chart_of(house, caption=caption)
    await user.wait_for(is_remark, LONG_S)
    assert ["Weight 80 kg" in message.text for message in charts(user)] == [True, False, True]
    (task,) = executor.tasks
    assert isinstance(task, AnalyzeClip)
    assert task.exercise is None  # not all of it is the one that was named first
    assert not [message for message in user.messages if "Which one was it for" in message.text]


async def test_a_weight_of_nobody_knows_which_exercise_is_asked_about(house: House, executor: ScriptedExecutor) -> None:
    executor.answer, user = measured(*THREE), house.sandbox.user(1001)
    await chart_of(house, caption="80 kg")
    asked = await user.wait_for("Your caption says 80 kg", LONG_S)
    assert [button.text for button in flat(asked)] == ["Squat", "Push-up"]
    assert not any("Weight" in message.text for message in charts(user))
    await user.press(asked, "Squat")
    await user.wait_for(lambda message: message.id == asked.id and "Noted: Squat with 80 kg" in message.text, LONG_S)
    await eventually(lambda: [("Weight 80 kg" in m.text) for m in charts(user)] == [True, False, True], "two weighed")
    rows = await house.services.store.sets.sets_of(1001, 10)
    assert [row.weight_kg for row in reversed(rows)] == [80.0, None, 80.0]


async def test_a_long_list_is_asked_about_once_for_all_its_sets(house: House, executor: ScriptedExecutor) -> None:
    executor.answer, user = measured(*SEVEN), house.sandbox.user(1001)
    await sent_clip(user, caption="60 kg")
    asked = await user.wait_for("Your caption says 60 kg", LONG_S)
    await user.press(asked, "Lunge")
    await user.wait_for("Noted: Lunge with 60 kg", LONG_S)
    rows = await house.services.store.sets.sets_of(1001, 10)
    assert [row.weight_kg for row in reversed(rows)] == [None, 60.0, None, 60.0, None, 60.0, None]
