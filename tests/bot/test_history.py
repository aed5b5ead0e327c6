"""Wherever a set is named again, it is named as its chart named it: by its family where its kind is not known."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import facts_of
from bot.sandbox import Sandbox
from bot.sets.history import PROGRESS_SETS, _point, history_line, history_text, progress_caption
from bot.tasks import DrawProgress
from models.tables import User, WorkoutSet
from pipeline.chart.progress import ProgressPoint
from pipeline.report import to_json
from pipeline.values import UNKNOWN, Candidate, Caveat, Doubt, Recognition, SetReport
from tests.bot.house import ScriptedExecutor, living, measured
from tests.bot.phone import LONG_S, chart_of, is_chart, is_remark
from tests.pipeline.reports import FIVE_SQUATS, NO_REPS, PLANK

SOME_RAISE = Recognition("lateral_raise", 0.9, (Candidate("front_raise", 0.3),), coarse=True)
RAISES = replace(FIVE_SQUATS, recognition=SOME_RAISE)
MONDAY = datetime(2026, 11, 23, 17, tzinfo=UTC)


async def test_a_set_of_no_known_kind_is_called_by_its_family_everywhere(sandbox: Sandbox, tmp_path: Path) -> None:
    executor = ScriptedExecutor(measured(RAISES))
    async with living(sandbox, tmp_path, executor) as house:
        user, chart = sandbox.user(1001), await chart_of(house)
        await user.wait_for(is_remark, LONG_S, after=chart.id)
        history = await user.send_text("/history")
        assert "Arm raise · 5 reps" in (await user.wait_for("5 reps", LONG_S, after=history.id)).text
        weighed = await user.send_text("12 kg")
        assert "Arm raise" in (await user.wait_for("12 kg", LONG_S, after=weighed.id)).text
        progress = await user.send_text("/progress")
        await user.wait_for(is_chart, LONG_S, after=progress.id)
        assert not any("Lateral" in message.text for message in user.messages)
    drawn = next(task for task in executor.tasks if isinstance(task, DrawProgress))
    assert [point.exercise for point in drawn.points] == ["Arm raise"]
    assert drawn.english == {"Arm raise": "Arm raise"}


async def test_sums_hold_the_sets_whose_reports_are_no_longer_read(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts_of, "HISTORY_SETS", 1)
    async with living(sandbox, tmp_path, ScriptedExecutor(measured(RAISES))) as house:
        user, other = sandbox.user(1001), sandbox.user(1002)
        for _ in range(3):
            chart = await chart_of(house)
            await user.wait_for(is_remark, LONG_S, after=chart.id)
        await chart_of(house, 1002)
        asked = await user.send_text("how many reps have i done so far")
        told = await user.wait_for("reps in all", LONG_S, after=asked.id)
        assert "Arm raise: 3 sets, 15 reps in all." in told.text
        asked = await other.send_text("how many reps have i done so far")
        assert "1 set, 5 reps" in (await other.wait_for("reps in all", LONG_S, after=asked.id)).text


@pytest.mark.parametrize(("caveats", "told"), [((), True), ((Caveat(Doubt.TIMES_UNSURE),), False)])
def test_a_rough_time_is_not_drawn_as_if_it_were_sure(caveats: tuple[Caveat, ...], told: bool) -> None:
    user = User(id=1, chat_id=1, first_name="Ada", created_at=MONDAY)
    report = replace(FIVE_SQUATS, caveats=caveats)
    row = WorkoutSet(
        user_id=1, job_id=1, performed_at=MONDAY, measured_exercise="squat", measured_reps=5, report=to_json(report)
    )
    assert math.isfinite(_point(row, report, user).tension_s) is told


@pytest.mark.parametrize(
    ("kinds", "said"), [(3, "one row for each exercise"), (4, "the 3 exercises you trained most, of 4.")]
)
def test_a_picture_of_progress_says_that_it_leaves_exercises_out(kinds: int, said: str) -> None:
    points = tuple(ProgressPoint(MONDAY.date(), str(kind % kinds), 5, None, 10.0) for kind in range(8))
    assert said in progress_caption(DrawProgress(points, {}, "en", "kg"))


@pytest.mark.parametrize(("count", "told"), [(PROGRESS_SETS - 1, False), (PROGRESS_SETS, True)])
def test_a_picture_of_progress_says_how_many_sets_it_is_of(count: int, told: bool) -> None:
    points = (ProgressPoint(MONDAY.date(), "Squat", 5, None, 10.0),) * count
    caption = progress_caption(DrawProgress(points, {}, "en", "kg"))
    assert (f"newest {PROGRESS_SETS} sets" in caption) is told


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (RAISES, "Time to train, Ada! Last time: Arm raise · 5 reps · 12 kg."),
        (PLANK, "Time to train, Ada! Last time: Plank · 42 s held · 12 kg."),
        (replace(FIVE_SQUATS, recognition=Recognition(UNKNOWN, 0.2)), "Time to train, Ada! Film a set"),
    ],
)
async def test_a_reminder_names_no_more_than_is_known(
    sandbox: Sandbox, tmp_path: Path, report: SetReport, said: str
) -> None:
    executor = ScriptedExecutor(measured(report))
    async with living(sandbox, tmp_path, executor, lambda: MONDAY) as house:
        await chart_of(house)
        await house.sandbox.user(1001).send_text("12 kg")
        await house.sandbox.user(1001).send_text("/remind mon 18:00")
        await house.sandbox.user(1001).wait_for("Mon 18:00", LONG_S)
    late = MONDAY + timedelta(hours=1, minutes=5)
    async with living(sandbox, tmp_path, executor, lambda: late):
        assert (await sandbox.user(1001).wait_for("Time to train", LONG_S)).text.startswith(said)


@pytest.mark.parametrize(("corrected", "line"), [(5, "Squat · 5 reps"), (7, "Squat · 7 reps (your count; I saw 5)")])
def test_a_count_that_the_user_confirms_is_not_told_as_another(corrected: int, line: str) -> None:
    user, report = User(id=1, chat_id=1, first_name="Ada", created_at=MONDAY), to_json(FIVE_SQUATS)
    row = WorkoutSet(
        user_id=1, job_id=1, performed_at=MONDAY, measured_exercise="squat", measured_reps=5, report=report
    )
    row.corrected_reps = corrected
    assert history_line(row, user) == f"2026-11-23 · {line}"


def test_a_history_says_each_day_once_and_calls_each_set_as_its_chart_does() -> None:
    user = User(id=1, chat_id=1, first_name="Ada", created_at=MONDAY, units="lb", time_zone="Asia/Seoul")
    done = [
        (PLANK, 0, None),
        (FIVE_SQUATS, 3, 60.0),
        (FIVE_SQUATS, 4, 60.0),
        (NO_REPS, 30, None),
    ]
    rows = [
        WorkoutSet(
            user_id=1,
            job_id=1,
            performed_at=MONDAY - timedelta(hours=hours),
            measured_exercise=report.recognition.name,
            measured_reps=report.rep_count,
            hold_s=report.hold_s,
            weight_kg=weight_kg,
            report=to_json(report),
        )
        for report, hours, weight_kg in done
    ]
    assert history_text(rows, user).split("\n") == [
        "<b>Your last sets</b>",
        "",
        "<b>Tue 2026-11-24</b>",
        "Plank · 42 s held",
        "",
        "<b>Mon 2026-11-23</b>",
        "2 × Squat · 5 reps · 132.3 lb",
        "",
        "<b>Sun 2026-11-22</b>",
        "Squat · no complete rep seen",
    ]
