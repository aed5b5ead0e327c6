"""Reminders end to end: made, listed, cancelled, fired once, caught up after a restart. The clock is the test's."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.ext import Job

from bot.sandbox import Fault, Sandbox, SandboxUser, SeenMessage
from models.store import utc_now
from tests.bot.house import House, ScriptedExecutor, at, living
from tests.bot.phone import LONG_S, chart_of, eventually, flat, settled
from tests.models.conftest import SettableClock

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
SIX = MONDAY + timedelta(hours=18)
TRAIN = "Time to train"


async def remind(house: House, text: str, user_id: int = 1001) -> str:
    """What the bot answers to /remind with this text; it may still be asking where the user is after the last one."""
    user = house.sandbox.user(user_id)
    sent = await user.send_text(f"/remind {text}")
    return (await user.wait_for(lambda message: "where are you" not in message.text, LONG_S, after=sent.id)).text


def planned(house: House) -> list[Job[Any]]:
    queue = house.application.job_queue
    assert queue is not None
    return [job for job in queue.jobs() if not job.removed]


def planned_in(house: House) -> list[timedelta]:
    """How far away each planned firing is."""
    due = [job.next_t for job in planned(house)]
    return sorted(at - utc_now() for at in due if at is not None)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mon wed fri 18:00", "Mon, Wed, Fri 18:00"),
        ("Monday, Friday at 6pm", "Mon, Fri 18:00"),
        ("weekdays 7:30", "Mon, Tue, Wed, Thu, Fri 07:30"),
        ("daily 7:30", "every day 07:30"),
        ("sat-sun 9.15", "Sat, Sun 09:15"),
        ("월수금 오후 6시", "Mon, Wed, Fri 18:00"),
        ("me mondays at 6pm", "Mon 18:00"),
    ],
)
async def test_a_reminder_is_kept_as_it_was_meant(house: House, text: str, kept: str) -> None:
    assert f"{kept} (UTC)" in await remind(house, text)
    (reminder,) = await house.services.store.reminders.reminders_of(1001)
    assert f"{reminder.hour:02d}:{reminder.minute:02d}" in kept
    assert len(planned_in(house)) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "On which days?"),
        ("mon", "At what time?"),
        ("18:00", "On which days?"),
        ("mon 25:00", "“25:00”"),
        ("mon 6", "“6”"),
        ("mon 18:00 19:00", "one too many"),
        ("someday 18:00", "“someday”"),
        ("<b>mon</b> 18:00", "I don't understand"),
    ],
)
async def test_what_is_not_understood_is_named_and_the_way_to_say_it_shown(house: House, text: str, words: str) -> None:
    said = await remind(house, text)
    assert words in said
    assert "/remind mon wed fri 18:00" in said
    assert len(await settled(house.sandbox.user(1001), 0.2)) == 1
    assert await house.services.store.reminders.reminders_of(1001) == []
    assert planned_in(house) == []


async def test_the_list_has_a_button_for_each_that_cancels_it(house: House) -> None:
    user = house.sandbox.user(1001)
    await remind(house, "mon 18:00")
    await remind(house, "tue 19:00")
    await user.send_text("/reminders")
    listed = await user.wait_for("Your reminders", LONG_S)
    assert [button.text for button in flat(listed)][:2] == ["Cancel Mon 18:00", "Cancel Tue 19:00"]
    assert "Cancelled: Mon 18:00" in (await (await user.press(listed, "Mon 18:00")).answered()).text
    await user.until(lambda: len(user_message(user, listed.id).buttons) == 2 or None, LONG_S, "one button was wanted")
    assert "already gone" in (await (await user.press(listed, "Mon 18:00")).answered()).text
    assert len(planned_in(house)) == 1
    await (await user.press(listed, "Tue 19:00")).answered()
    await user.wait_for("No reminders", LONG_S)
    assert planned_in(house) == []


async def test_who_corrects_the_time_in_a_message_sees_both_and_can_cancel_the_first(house: House) -> None:
    user = house.sandbox.user(1001)
    sent = await user.send_text("remind me every monday at 6pm")
    await user.wait_for("Mon 18:00", LONG_S)
    await user.edit_text(sent, "remind me every monday at 7pm")
    listed = await user.wait_for("Your reminders", LONG_S)
    assert [button.text for button in flat(listed)][:2] == ["Cancel Mon 18:00", "Cancel Mon 19:00"]


def user_message(user: SandboxUser, message_id: int) -> SeenMessage:
    return next(message for message in user.messages if message.id == message_id)


async def test_another_s_reminder_cannot_be_cancelled(house: House) -> None:
    ben = house.sandbox.user(1002, "Ben")
    await remind(house, "mon 18:00", 1001)
    await remind(house, "mon 18:00", 1002)
    (hers,) = await house.services.store.reminders.reminders_of(1001)
    await ben.send_text("/reminders")
    his = await ben.wait_for("Your reminders", LONG_S)
    forged = SeenMessage(json.loads(json.dumps(his.raw).replace(flat(his)[0].data, f"unremind:{hers.id}")), None)
    assert "already gone" in (await (await ben.press(forged, "Mon 18:00")).answered()).text
    assert len(await house.services.store.reminders.reminders_of(1001)) == 1


async def test_a_reminder_fires_once_and_is_planned_for_the_next_week(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    clock = SettableClock(SIX - timedelta(seconds=1))
    async with living(sandbox, tmp_path, executor, clock) as house:
        assert "2026-11-23 18:00" in await remind(house, "mon 18:00")
        clock.at = SIX
        user = sandbox.user(1001)
        await user.wait_for(f"{TRAIN}, Ada", LONG_S)
        week = timedelta(days=6, hours=23), timedelta(days=7)
        await eventually(lambda: [week[0] < away <= week[1] for away in planned_in(house)] == [True], "the next one")
        assert sum(TRAIN in message.text for message in await settled(user)) == 1
        (reminder,) = await house.services.store.reminders.reminders_of(1001)
        assert reminder.last_fired_on == date(2026, 11, 23)


async def test_it_names_the_last_set(sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor) -> None:
    async with living(sandbox, tmp_path, executor, at(MONDAY)) as house:
        await chart_of(house)
        await remind(house, "mon 18:00")
    async with living(sandbox, tmp_path, executor, at(SIX + timedelta(minutes=30))):
        await sandbox.user(1001).wait_for("Last time: Squat · 5 reps", LONG_S)


@pytest.mark.parametrize(("late", "told"), [(timedelta(hours=1, minutes=55), 1), (timedelta(hours=2, minutes=5), 0)])
async def test_what_a_restart_missed_is_sent_within_two_hours_and_then_no_more(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor, late: timedelta, told: int
) -> None:
    user = sandbox.user(1001)
    async with living(sandbox, tmp_path, executor, at(MONDAY)) as house:
        await remind(house, "mon 18:00")
    for _ in range(2):
        async with living(sandbox, tmp_path, executor, at(SIX + late)) as house:
            await eventually(lambda: reminded(user) == told, "what was missed is said")
            await settled(user, 0.6)
            assert len(planned_in(house)) == 1
    assert reminded(user) == told


def reminded(user: SandboxUser) -> int:
    return sum(TRAIN in message.text for message in user.messages)


async def test_a_reminder_that_could_not_be_sent_is_not_the_last(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    clock = SettableClock(MONDAY)
    async with living(sandbox, tmp_path, executor, clock) as house:
        await remind(house, "daily 18:00")
        await sandbox.user(1001).wait_for("where are you", LONG_S)
        sandbox.user(1001).block()
        clock.at = SIX
        await fired(house)
        assert any(call.status == 403 for call in sandbox.calls_of("sendMessage"))
        (away,) = planned_in(house)
        assert away > timedelta(hours=23)


async def fired(house: House) -> None:
    """The one planned reminder was due, whatever the scheduler's own clock says."""
    (job,) = planned(house)
    await job.run(house.application)


async def test_a_reminder_survives_a_broken_line(sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor) -> None:
    clock = SettableClock(MONDAY)
    async with living(sandbox, tmp_path, executor, clock) as house:
        await remind(house, "mon 18:00")
        await sandbox.user(1001).wait_for("where are you", LONG_S)
        sandbox.fail(Fault("drop", "sendMessage"))
        clock.at = SIX
        await fired(house)
        await sandbox.user(1001).wait_for(TRAIN, LONG_S)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("tomorrow 7am", "once: Tue 2026-11-24 07:00 (UTC)"),
        ("mon-fri 6:30am leg day", "Mon, Tue, Wed, Thu, Fri 06:30 (UTC). Next: Mon 2026-11-23 06:30. · leg day"),
        ("every 2 weeks tue 18:00", "every 2 weeks: Tue 18:00 (UTC). Next: Tue 2026-11-24 18:00."),
        ("every 2 weeks", "On which days?"),
        ("in 2 hours", "once: Mon 2026-11-23 02:00 (UTC)"),
        ("in 90 seconds", "when 1:30 min are over"),
        ("every other day 7pm", "every 2 days 19:00 (UTC). Next: Mon 2026-11-23 19:00."),
        ("today 0:00", "already past"),
        ("in 500 days", "too far away"),
    ],
)
async def test_a_reminder_for_once_is_told_with_its_day(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor, text: str, kept: str
) -> None:
    async with living(sandbox, tmp_path, executor, at(MONDAY)) as house:
        assert kept in await remind(house, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [("today 18:00", TRAIN), ("in 15 minutes", "Time's up"), ("today 18:00 leg day", "it's time: leg day")],
)
async def test_a_reminder_for_once_fires_once_and_is_gone(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor, text: str, words: str
) -> None:
    clock, user = SettableClock(MONDAY), sandbox.user(1001)
    async with living(sandbox, tmp_path, executor, clock) as house:
        await remind(house, text)
        clock.at = SIX
        await fired(house)
        await user.wait_for(words, LONG_S)
        assert await house.services.store.reminders.reminders_of(1001) == []


@pytest.mark.parametrize(
    ("late", "count"), [(timedelta(minutes=-1), 0), (timedelta(hours=1), 1), (timedelta(hours=3), 0)]
)
async def test_of_one_for_once_that_a_restart_missed_two_hours_are_made_up_for(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor, late: timedelta, count: int
) -> None:
    user = sandbox.user(1001)
    async with living(sandbox, tmp_path, executor, at(MONDAY)) as house:
        await remind(house, "today 18:00")
    for _ in range(2):
        async with living(sandbox, tmp_path, executor, at(SIX + late)) as house:
            await eventually(lambda: reminded(user) == count, "what was missed is said")
            await settled(user, 0.6)
            assert len(planned_in(house)) == (late < timedelta())
    assert reminded(user) == count


async def test_nobody_is_told_of_a_rest_that_was_over_long_ago(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    async with living(sandbox, tmp_path, executor, at(MONDAY)) as house:
        await remind(house, "in 2 minutes")
    async with living(sandbox, tmp_path, executor, at(MONDAY + timedelta(minutes=20))) as house:
        assert len(await settled(sandbox.user(1001), 0.6)) == 1
        assert await house.services.store.reminders.reminders_of(1001) == []


@pytest.mark.parametrize(("text", "away_h"), [("tomorrow 7am", 22), ("in 2 hours", 2), ("today 10:00", 1)])
async def test_one_for_a_day_follows_a_new_time_zone_and_one_for_an_instant_does_not(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor, text: str, away_h: int
) -> None:
    async with living(sandbox, tmp_path, executor, at(MONDAY)) as house:
        await remind(house, text)
        await sandbox.user(1001).send_text("/settings Seoul")
        await sandbox.user(1001).wait_for("Asia/Seoul", LONG_S)
        await eventually(lambda: [round(away / timedelta(hours=1)) for away in planned_in(house)] == [away_h], "moved")


async def test_what_a_new_time_zone_puts_into_the_past_is_told(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    async with living(sandbox, tmp_path, executor, at(MONDAY)) as house:
        await remind(house, "today 6:00")
        await sandbox.user(1001).send_text("/settings Seoul")
        await sandbox.user(1001).wait_for("already past: “2026-11-23 06:00”", LONG_S)
        assert planned_in(house) == []


async def test_one_for_once_is_listed_and_cancelled_like_the_others(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    user = sandbox.user(1001)
    async with living(sandbox, tmp_path, executor, at(MONDAY)) as house:
        await remind(house, "tomorrow 7am")
        await user.send_text("/reminders")
        listed = await user.wait_for("Your reminders", LONG_S)
        assert [button.text for button in flat(listed)] == ["Cancel Tue 2026-11-24 07:00"]
        await (await user.press(listed, "Cancel Tue")).answered()
        await user.wait_for("No reminders", LONG_S)
        assert planned_in(house) == []


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (("/remind weekdays at 7", "evening"), "Mon, Tue, Wed, Thu, Fri 19:00"),
        (("/remind mon", "7", "7am"), "Mon 07:00"),
        (("remind me every other day", "7pm"), "every 2 days 19:00"),
        (("평일 7시에 알려줘", "저녁이요"), "Mon, Tue, Wed, Thu, Fri 19:00"),
    ],
)
async def test_what_a_reminder_lacks_is_asked_for_and_taken_from_the_answer(
    house: House, texts: tuple[str, ...], kept: str
) -> None:
    user = house.sandbox.user(1001)
    for text in texts:
        asked = await user.send_text(text)
        answer = await user.wait_for(lambda _: True, LONG_S, after=asked.id)
    assert f"I'll remind you: {kept}" in answer.text


async def test_who_said_it_all_at_last_or_forgets_everything_is_no_longer_asked_anything(house: House) -> None:
    user, reminders = house.sandbox.user(1001), house.services.store.reminders
    for text, answer in (("/remind mon", "At what time"), ("/remind mon 7pm", "Mon 19:00"), ("8pm", "Spotter")):
        asked = await user.send_text(text)
        await user.wait_for(answer, LONG_S, after=asked.id)
    assert len(await reminders.reminders_of(1001)) == 1
    await user.send_text("/remind tue")
    await user.wait_for("At what time", LONG_S, after=asked.id)
    await user.send_text("/forget")
    await user.press(await user.wait_for("Delete everything", LONG_S), "Yes, delete everything")
    await user.wait_for("forgotten", LONG_S)
    asked = await user.send_text("8pm")
    await user.wait_for("Spotter", LONG_S, after=asked.id)
    assert await reminders.reminders_of(1001) == []


async def test_who_goes_on_to_something_else_is_answered_that(house: House) -> None:
    user = house.sandbox.user(1001)
    await user.send_text("/remind mon")
    await user.wait_for("At what time", LONG_S)
    for text in ("how do i squat", "7pm"):
        asked = await user.send_text(text)
        answer = await user.wait_for(lambda _: True, LONG_S, after=asked.id)
        assert answer.text.endswith("from its rules")  # the coach's, which may offer to ask about reminders
    assert await house.services.store.reminders.reminders_of(1001) == []


async def test_who_times_a_rest_is_not_asked_where_they_are(house: House) -> None:
    user = house.sandbox.user(1001)
    await user.send_text("set a timer for 2 minutes")
    await user.wait_for("when 2 min are over", LONG_S)
    assert len(await settled(user, 0.3)) == 1


async def test_a_new_time_zone_moves_the_next_firing(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    async with living(sandbox, tmp_path, executor, at(MONDAY)) as house:
        user = sandbox.user(1001)
        await remind(house, "mon 18:00")
        assert round(planned_in(house)[0] / timedelta(hours=1)) == 18
        await user.send_text("/settings Seoul")
        await user.wait_for("Asia/Seoul", LONG_S)
        assert round(planned_in(house)[0] / timedelta(hours=1)) == 9
        await user.send_text("/settings New York")
        await user.wait_for("America/New_York", LONG_S)
        assert [round(away / timedelta(hours=1)) for away in planned_in(house)] == [23]


async def test_forget_leaves_none_planned(house: House) -> None:
    user = house.sandbox.user(1001)
    await remind(house, "mon 18:00")
    await remind(house, "mon 18:00", 1002)
    await user.send_text("/forget")
    await user.press(await user.wait_for("Delete everything", LONG_S), "Yes, delete everything")
    await user.wait_for("forgotten", LONG_S)
    assert len(planned_in(house)) == 1
    assert await house.services.store.reminders.reminders_of(1001) == []


async def test_more_reminders_than_a_message_holds_are_listed_as_others_go(house: House) -> None:
    user, added = house.sandbox.user(1001), house.services.store.reminders.add
    await remind(house, "mon 17:00")
    for minute in range(45):
        await added(1001, 1001, {0, 1, 2, 3, 4, 5}, 18, minute, every_weeks=2, note="legs, then core & more " * 2)
    sent = await user.send_text("/reminders")
    listed = await user.wait_for("… and 16 more", LONG_S, after=sent.id)
    await user.press(listed, flat(listed)[0].text)
    await user.wait_for(lambda message: message.id == listed.id and "… and 15 more" in message.text, LONG_S)
