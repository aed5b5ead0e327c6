"""Reminders put off and paused, by words and by button, and after a restart. The clock is the test's."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.reminding.pause_words import paused_until
from bot.reminding.schedule_words import Problem, ScheduleError
from bot.sandbox import Sandbox
from bot.wish import Wish, wish
from tests.bot.house import House, ScriptedExecutor, at, living
from tests.bot.phone import LONG_S, eventually, flat, is_remark
from tests.bot.test_reminders import MONDAY, SIX, TRAIN, fired, planned_in, remind
from tests.models.conftest import SettableClock

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("until monday", date(2026, 11, 30)),
        ("next friday", date(2026, 11, 27)),
        ("until 3 december", date(2026, 12, 3)),
        ("today", date(2026, 11, 24)),
        ("this week", date(2026, 11, 30)),
        ("for the next ten days", date(2026, 12, 3)),
        ("a couple of weeks", date(2026, 12, 7)),
        ("다음 주 화요일까지", date(2026, 12, 1)),
        ("일주일 동안", date(2026, 11, 30)),
        ("열흘간", date(2026, 12, 3)),
    ],
)
def test_the_end_of_a_pause_is_understood(text: str, day: date) -> None:
    assert paused_until(text, MONDAY.date()) == day


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("until i am fit", Problem.UNKNOWN_WORD),
        ("for 2 seconds", Problem.UNKNOWN_WORD),
        ("until 1 december 2025", Problem.PAST),
        ("for 900 days", Problem.TOO_FAR),
    ],
)
def test_what_ends_no_pause_is_refused(text: str, problem: Problem) -> None:
    with pytest.raises(ScheduleError) as raised:
        paused_until(text, MONDAY.date())
    assert raised.value.problem is problem


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Pause until Monday", Wish("pause", "until monday")),
        ("don't remind me this week", Wish("pause", "this week")),
        ("금요일까지 알림 멈춰 줘", Wish("pause", "금요일까지")),
        ("pause reminders", Wish("pause", "")),
        ("resume my reminders", Wish("resume", "")),
        ("알림 다시 켜 줘", Wish("resume", "")),
        ("snooze", Wish("snooze", "")),
        ("snooze for 10 min", Wish("snooze", "for 10 min")),
        ("30분 뒤에 다시 알려줘", Wish("snooze", "30분 뒤에")),
        ("pause for 2 seconds", None),
        ("remind me again what my best squat was", None),
    ],
)
def test_plain_words_pause_and_put_off(text: str, meant: Wish | None) -> None:
    assert wish(text) == meant


async def said(house: House, text: str) -> str:
    """What the bot answers."""
    user = house.sandbox.user(1001)
    sent = await user.send_text(text)
    return (await user.wait_for(lambda message: "where are you" not in message.text, LONG_S, after=sent.id)).text


async def test_a_pause_silences_what_repeats_also_after_a_restart_until_it_ends(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    async with living(sandbox, tmp_path, executor, at(MONDAY)) as house:
        await remind(house, "daily 18:00")
        await remind(house, "tomorrow 7am")
        assert "All quiet until Mon 2026-11-30" in await said(house, "i'm on holiday until monday")
        assert planned_in(house) == pytest.approx([timedelta(hours=31), WEEK + timedelta(hours=18)], abs=DAY / 24)
        assert "every day 18:00 (paused until 2026-11-30)" in await said(house, "/reminders")
    async with living(sandbox, tmp_path, executor, at(SIX + timedelta(minutes=5))) as house:
        assert max(planned_in(house)) > timedelta(days=6)  # nothing is owed for the day of the pause
        assert "Next: Tue 2026-11-24 18:00" in await said(house, "resume")
        assert "aren't paused" in await said(house, "resume")


async def test_a_button_pauses_and_ends_the_pause(house: House) -> None:
    user = house.sandbox.user(1001)
    await remind(house, "daily 18:00")
    await user.send_text("pause my reminders")
    await user.press(await user.wait_for("How long shall", LONG_S), "2 weeks")
    await user.wait_for("All quiet until", LONG_S)
    assert min(planned_in(house)) > 12 * DAY
    await user.send_text("/reminders")
    await user.press(await user.wait_for("Your reminders", LONG_S), "End the pause")
    await user.wait_for("come again. Next", LONG_S)
    assert min(planned_in(house)) <= DAY


async def test_who_has_no_reminders_and_is_away_is_answered_by_the_coach(house: House) -> None:
    user = house.sandbox.user(1001)
    sent = await user.send_text("i'm on holiday")
    await user.wait_for(is_remark, LONG_S, after=sent.id)


@pytest.mark.parametrize("text", ["mon 18:00 leg day", "today 18:00 leg day"])
async def test_a_reminder_that_came_is_put_off_with_what_it_is_for(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor, text: str
) -> None:
    clock, user = SettableClock(MONDAY), sandbox.user(1001)
    async with living(sandbox, tmp_path, executor, clock) as house:
        await remind(house, text)
        clock.at = SIX
        await fired(house)
        came = await user.wait_for("it's time: leg day", LONG_S)
        assert [button.text for button in flat(came)] == ["Done", "In an hour", "Not today"]
        await user.press(came, "In an hour")
        await user.wait_for("again at 19:00", LONG_S)
        assert min(planned_in(house)) > timedelta(minutes=59)
        assert "again at 18:30" in await said(house, "snooze 30 minutes")
        assert "again at 18:20" in await said(house, "In 20 minutes.")
        assert "Nice work" in await said(house, "done!")
        assert "again at" not in await said(house, "in the afternoon")
    async with living(sandbox, tmp_path, executor, at(SIX + timedelta(minutes=31))):
        await eventually(lambda: sum("leg day" in message.text for message in user.messages) >= 3, "it came again")


async def test_not_today_tells_the_next_time(sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor) -> None:
    clock, user = SettableClock(MONDAY), sandbox.user(1001)
    async with living(sandbox, tmp_path, executor, clock) as house:
        await remind(house, "every 3 days 18:00")
        clock.at = SIX
        await fired(house)
        came = await user.wait_for(TRAIN, LONG_S)
        await user.press(came, "Not today")
        shown = await user.wait_for("Not today, then. Next: Thu 2026-11-26 18:00", LONG_S)
        assert (shown.id, flat(shown)) == (came.id, [])
        assert "Not today, then. Next: Thu" in await said(house, "not today")
