"""Telegram refuses, breaks off, delivers twice: the user still gets the chart, and nobody waits for somebody else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.coach.coach import Coach
from bot.coach.model.scripted import ScriptedModel
from bot.jobs import analyst
from bot.sandbox import Fault, Sandbox
from bot.transport import sending
from models.jobs import Jobs
from models.tables import Job
from pipeline.catalogue import exercises
from tests.bot.house import CLIP, House, ScriptedExecutor, living
from tests.bot.phone import LONG_S, GatedExecutor, chart_of, charts, eventually, is_chart, is_remark, sent_clip, settled

NEVER_S = 10 * int(LONG_S)
METHODS = ("sendMessage", "sendPhoto", "editMessageText", "sendMessageDraft", "deleteMessage", "sendChatAction")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first wait before another try is short, so that the tests are."""
    monkeypatch.setattr(sending, "FIRST_WAIT_S", 0.02)
    monkeypatch.setattr(analyst, "LAST_WORDS_S", 0.1)
    monkeypatch.setattr(analyst, "STORE_AGAIN_S", 0.02, raising=False)


async def answered_once(house: House) -> None:
    """One clip brings one chart, one remark, and no message that stays beside them."""
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    assert [is_chart(message) for message in await settled(user)] == [True, False]


@pytest.mark.parametrize("method", METHODS)
async def test_a_flood_wait_is_waited_out(house: House, method: str) -> None:
    house.sandbox.fail(Fault("flood", method, retry_after_s=1))
    await answered_once(house)


@pytest.mark.parametrize("method", [*METHODS, "getFile", "download"])
async def test_a_call_that_failed_is_made_again(house: House, method: str) -> None:
    house.sandbox.fail(Fault("error", method, status=502))
    house.sandbox.fail(Fault("drop", method, times=2))
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    await settled(user)
    assert len(charts(user)) == 1


@pytest.mark.parametrize("said", ["/help", "/history", "60 kg", "/forget", "/nothing"])
async def test_whatever_is_said_is_answered_once_although_the_line_broke(house: House, said: str) -> None:
    user = house.sandbox.user(1001)
    house.sandbox.fail(Fault("error", "sendMessage", status=500))
    house.sandbox.fail(Fault("drop", "sendMessage"))
    await user.send_text(said)
    await user.wait_for(lambda message: message.from_bot, LONG_S)
    assert len(await settled(user)) == 1


async def test_a_refusal_is_told_although_the_line_broke(house: House) -> None:
    user = house.sandbox.user(1001)
    house.sandbox.fail(Fault("drop", "sendMessage", times=2))
    await user.send_video(CLIP, duration=4000)
    await user.wait_for("trim it", LONG_S)


async def test_a_bot_that_is_up_before_its_network_starts_once_telegram_answers(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    for fault in (Fault("error", "getMe", times=2), Fault("drop", "getMe"), Fault("drop", "setMyCommands", times=2)):
        sandbox.fail(fault)
    async with living(sandbox, tmp_path, executor) as house:
        await answered_once(house)


async def test_telegram_may_take_its_time_over_a_picture(house: House) -> None:
    """Five seconds are the library's own patience; a call given up and made again is a chart too many."""
    assert house.application.bot.request.read_timeout > 30


async def test_a_download_cut_short_is_fetched_whole(house: House, executor: ScriptedExecutor) -> None:
    house.sandbox.fail(Fault("cut", times=2))
    await answered_once(house)
    assert executor.clips_seen == [CLIP]


async def test_a_download_that_hangs_is_begun_again(house: House, executor: ScriptedExecutor) -> None:
    house.sandbox.fail(Fault("hang", "download", hang_s=0.5))
    await answered_once(house)
    assert executor.clips_seen == [CLIP]


async def test_a_clip_that_cannot_be_fetched_is_told_in_one_sentence(house: House) -> None:
    house.sandbox.fail(Fault("error", "download", times=sending.ATTEMPTS))
    user = house.sandbox.user(1001)
    await sent_clip(user)
    await user.wait_for("couldn't fetch", LONG_S)
    assert len(await settled(user)) == 1
    await chart_of(house)


@pytest.mark.parametrize("kind", ["drop", "error"])
async def test_where_only_the_answer_of_a_call_was_lost_the_chart_comes_twice_and_counts_once(
    house: House, kind: str
) -> None:
    """Nobody can know that the first one arrived: at least once, and the set is stored once."""
    house.sandbox.fail(Fault(kind, "sendPhoto", applied=True))  # type: ignore[arg-type]
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    await settled(user)
    assert len(charts(user)) == 2
    assert len(await house.services.store.sets.sets_of(1001, 10)) == 1


async def test_what_telegram_takes_for_malformed_is_a_defect_that_is_told_and_logged(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.account.say", lambda *_, **__: "<b>never closed")
    user = house.sandbox.user(1001)
    await user.send_text("/privacy")
    await user.wait_for("Something went wrong on my side", LONG_S)
    assert "a handler failed: BadRequest at " in caplog.text


async def test_a_store_that_cannot_be_asked_for_a_moment_closes_no_lane(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    claim, failures = Jobs.claim_next, iter((OperationalError("UPDATE", {}, Exception("full")), ConnectionError()))

    async def flaky(jobs: Jobs) -> Job | None:
        for failure in failures:
            raise failure
        return await claim(jobs)

    monkeypatch.setattr(Jobs, "claim_next", flaky)
    await answered_once(house)
    assert caplog.text.count("could not be asked") == 2


async def test_a_lost_acknowledgement_does_not_keep_the_clip_waiting(house: House) -> None:
    house.sandbox.fail(Fault("error", "sendMessage", times=sending.ATTEMPTS))
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=chart.id)


@pytest.mark.parametrize("method", ["sendPhoto", "deleteMessage"])
async def test_one_user_s_flood_wait_delays_nobody_else(house: House, method: str) -> None:
    """With a single worker; Ada is told to wait longer than the test does, Ben's clip comes just behind hers."""
    ada, ben = house.sandbox.user(1001, "Ada"), house.sandbox.user(1002, "Ben")
    house.sandbox.fail(Fault("flood", method, retry_after_s=NEVER_S))
    await sent_clip(ada)
    await eventually(lambda: refused(house.sandbox, method), "Ada was told to wait")
    await sent_clip(ben)
    chart = await ben.wait_for(is_chart, LONG_S)
    await ben.wait_for(is_remark, LONG_S, after=chart.id)


def refused(sandbox: Sandbox, method: str) -> bool:
    return any(call.status == 429 for call in sandbox.calls_of(method))


async def test_a_flood_wait_of_the_progress_message_does_not_delay_the_chart(sandbox: Sandbox, tmp_path: Path) -> None:
    ada, closed = sandbox.user(1001), GatedExecutor()
    sandbox.fail(Fault("flood", "editMessageText", retry_after_s=NEVER_S))
    async with living(sandbox, tmp_path, closed):
        await sent_clip(ada)
        await eventually(lambda: refused(sandbox, "editMessageText"), "the progress was told to wait")
        closed.gate.set()
        await ada.wait_for(is_chart, LONG_S)


async def test_a_clip_acknowledged_late_has_one_progress_message(sandbox: Sandbox, tmp_path: Path) -> None:
    """The lane takes the second clip up while its acknowledgement still waits for Telegram's leave."""
    ada, closed = sandbox.user(1001), GatedExecutor()
    async with living(sandbox, tmp_path, closed):
        await sent_clip(ada)
        await asyncio.wait_for(closed.waiting.wait(), LONG_S)
        await ada.wait_for(lambda _: True, LONG_S)
        sandbox.fail(Fault("flood", "sendMessage", retry_after_s=2))
        await sent_clip(ada)
        await eventually(lambda: refused(sandbox, "sendMessage"), "the acknowledgement was told to wait")
        closed.gate.set()
        await ada.until(lambda: len(charts(ada)) == 2 or None, LONG_S, "two charts were wanted")
        await settled(ada, 1.0)
        assert not any("Got it" in message.text or "restarted" in message.text for message in ada.messages)
        assert len(charts(ada)) == 2


async def test_a_user_who_blocked_the_bot_stops_nobody(sandbox: Sandbox, tmp_path: Path) -> None:
    """And has the chart after unblocking it, at the next start."""
    ada, ben, closed = sandbox.user(1001, "Ada"), sandbox.user(1002, "Ben"), GatedExecutor()
    async with living(sandbox, tmp_path, closed) as house:
        await sent_clip(ada)
        await asyncio.wait_for(closed.waiting.wait(), LONG_S)
        ada.block()
        closed.gate.set()
        chart = await chart_of(house, 1002)
        await ben.wait_for(is_remark, LONG_S, after=chart.id)  # else the stop comes before his chart is noted
    ada.unblock()
    async with living(sandbox, tmp_path, closed):
        await ada.wait_for(is_chart, LONG_S)
        await settled(ada)
    assert (len(charts(ada)), len(charts(ben))) == (1, 1)


async def test_a_text_delivered_twice_is_answered_once(house: House) -> None:
    user = house.sandbox.user(1001)
    house.sandbox.fail(Fault("duplicate", times=2))
    await user.send_text("/help")
    await user.send_text("How many reps did I do?")
    await user.wait_for(is_remark, LONG_S)
    assert len(await settled(user)) == 2


async def test_lost_drafts_lose_nothing_of_the_answer(sandbox: Sandbox, tmp_path: Path) -> None:
    words = "You did five squats. Your tempo was even. Keep your chest up."
    model = ScriptedModel([words], delay_s=0.05)
    sandbox.fail(Fault("flood", "sendMessageDraft", times=1, retry_after_s=1))
    sandbox.fail(Fault("drop", "sendMessageDraft", times=50))
    async with living(sandbox, tmp_path, GatedExecutor(), coach=Coach(model, exercises().values())):
        user = sandbox.user(1001)
        await user.send_text("Is a slow tempo good?")
        answer = await user.wait_for(lambda message: "— " in message.text, LONG_S)
        assert len(answer.text) > 20
        assert len(await settled(user)) == 1


async def test_polling_outlives_an_outage(house: House) -> None:
    house.sandbox.fail(Fault("error", "getUpdates", times=2))
    house.sandbox.fail(Fault("drop", "getUpdates"))
    await answered_once(house)
