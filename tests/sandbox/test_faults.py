"""Each way of failing, as python-telegram-bot feels it."""

from __future__ import annotations

import asyncio
import datetime as dt

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.sandbox import Fault, Sandbox, SandboxUser
from tests.sandbox.scripted import application, polling

LONG_S = 60.0  # only a test that fails waits so long; the machine may be busy


async def test_a_flood_says_how_long_to_wait(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.fail(Fault("flood", "sendMessage", times=2, retry_after_s=17))
    for _ in range(2):
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(1001, "hi")
        assert refused.value.retry_after == dt.timedelta(seconds=17)
    assert await bot.send_message(1001, "hi")
    assert [call.status for call in sandbox.calls_of("sendMessage")] == [429, 429, 200]


@pytest.mark.parametrize(
    ("status", "words"), [(500, "Internal Server Error"), (502, "Bad Gateway"), (504, "Gateway Timeout")]
)
async def test_a_server_error_is_a_network_error(bot: Bot, sandbox: Sandbox, status: int, words: str) -> None:
    sandbox.fail(Fault("error", status=status))
    with pytest.raises(NetworkError, match=words):
        await bot.send_message(1001, "hi")


async def test_a_hanging_call_times_out(bot: Bot, sandbox: Sandbox, ada: SandboxUser) -> None:
    sandbox.fail(Fault("hang", "sendMessage"))
    with pytest.raises(TimedOut):
        await bot.send_message(1001, "hi", read_timeout=0.1)
    assert ada.messages == []


async def test_a_hang_ends_by_itself(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.fail(Fault("hang", "sendMessage", hang_s=0.05))
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "hi")


async def test_a_dropped_connection_is_a_network_error(bot: Bot, sandbox: Sandbox, ada: SandboxUser) -> None:
    sandbox.fail(Fault("drop", "sendmessage"))
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "hi")
    assert ada.messages == []


@pytest.mark.parametrize("kind", ["drop", "error"])
async def test_an_answer_can_be_lost_after_the_call_took_effect(
    bot: Bot, sandbox: Sandbox, ada: SandboxUser, kind: str
) -> None:
    sandbox.fail(Fault(kind, "sendMessage", applied=True))  # type: ignore[arg-type]
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "hi")
    assert [message.text for message in ada.messages] == ["hi"]


async def test_a_fault_meets_only_its_method(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.fail(Fault("drop", "sendPhoto"))
    assert await bot.send_message(1001, "hi")
    assert len(sandbox.state.faults.listed()) == 1


async def test_a_download_can_be_cut_short(bot: Bot, sandbox: Sandbox, ada: SandboxUser) -> None:
    sent = await ada.send_video(bytes(300_000))
    file = await bot.get_file(sent.raw["video"]["file_id"])
    sandbox.fail(Fault("cut"))
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    assert len(await file.download_as_bytearray()) == 300_000


async def test_a_download_can_fail_like_a_method(bot: Bot, sandbox: Sandbox, ada: SandboxUser) -> None:
    sent = await ada.send_document(b"log", file_name="log.csv")
    file = await bot.get_file(sent.raw["document"]["file_id"])
    sandbox.fail(Fault("error", "download", status=503))
    with pytest.raises(NetworkError, match="Service Unavailable"):
        await file.download_as_bytearray()


async def test_an_update_can_come_twice(bot: Bot, sandbox: Sandbox, ada: SandboxUser) -> None:
    sandbox.fail(Fault("duplicate"))
    await ada.send_text("once")
    await ada.send_text("then")
    numbers = [update.update_id for update in await bot.get_updates()]
    assert [number - numbers[0] for number in numbers] == [0, 0, 1]
    assert await bot.get_updates(offset=numbers[-1] + 1) == ()


async def test_polling_goes_on_after_the_server_failed(sandbox: Sandbox, ada: SandboxUser) -> None:
    sandbox.fail(Fault("error", "getUpdates"))
    async with polling(application(sandbox)):
        await ada.send_text("still there?")
        assert await ada.wait_for("still there?")
    assert 502 in [call.status for call in sandbox.calls_of("getUpdates")]


async def test_stopping_lets_go_of_what_hangs() -> None:
    async with Sandbox() as sandbox:
        sandbox.fail(Fault("hang", "getMe"))
        async with aiohttp.ClientSession() as session:
            address = f"{sandbox.base_url}{sandbox.token}/getMe"
            with pytest.raises(aiohttp.ClientError):
                await _stopping_meanwhile(sandbox, session, address)


async def _stopping_meanwhile(sandbox: Sandbox, session: aiohttp.ClientSession, address: str) -> None:
    calling = asyncio.create_task(_fetch(session, address))
    async with asyncio.timeout(LONG_S):
        while not sandbox.calls_of("getMe"):
            await asyncio.sleep(0.01)
    await sandbox.stop()
    await calling


async def _fetch(session: aiohttp.ClientSession, address: str) -> None:
    async with session.get(address) as answer:
        await answer.read()


async def test_faults_are_set_over_http(bot: Bot, sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession(sandbox.url) as session:
        fault = {"kind": "flood", "method": "sendMessage", "retry_after_s": 3}
        async with session.post("/sandbox/faults", json=[fault, {"kind": "cut"}]) as answer:
            assert [coming["kind"] for coming in await answer.json()] == ["flood", "cut"]
        with pytest.raises(RetryAfter):
            await bot.send_message(1001, "hi")
        async with session.delete("/sandbox/faults") as answer:
            assert await answer.json() == []
        async with session.get("/sandbox/calls", params={"method": "sendMessage"}) as answer:
            assert [call["status"] for call in await answer.json()] == [429]


@pytest.mark.parametrize(
    "wrong", [{"kind": "meteor"}, {"kind": "flood", "times": 0}, {"kind": "error", "status": 200}, {"type": "flood"}]
)
async def test_a_fault_that_makes_no_sense_is_refused(sandbox: Sandbox, wrong: dict[str, object]) -> None:
    async with aiohttp.ClientSession(sandbox.url) as session, session.post("/sandbox/faults", json=wrong) as answer:
        assert answer.status == 400
    assert sandbox.state.faults.listed() == []
