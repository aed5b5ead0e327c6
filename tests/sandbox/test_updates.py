"""How updates reach the bot: long polling, one poller, and the webhook."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import Conflict

from bot.sandbox import Fault, Patience, Sandbox, SandboxUser
from bot.sandbox.refusals import Json
from bot.sandbox.webhook import SECRET_HEADER
from tests.sandbox.scripted import bot_for

SECRET = "a-secret_of-ours"
LONG_S = 60.0  # only a test that fails waits so long; the machine may be busy
POLL_S = 45  # longer than any test needs: a poll that ends does so for its reason


async def _polling(bot: Bot, sandbox: Sandbox) -> asyncio.Task[tuple[Update, ...]]:
    """A poll that the sandbox has taken and that waits."""
    poll = asyncio.create_task(bot.get_updates(timeout=POLL_S))
    async with asyncio.timeout(LONG_S):
        while not sandbox.state.updates.polled:
            await asyncio.sleep(0.01)
    return poll


async def test_a_poll_waits_for_the_first_update(bot: Bot, sandbox: Sandbox, ada: SandboxUser) -> None:
    began_s = time.monotonic()
    waiting = await _polling(bot, sandbox)
    assert not waiting.done()
    await ada.send_text("now")
    (update,) = await waiting
    assert time.monotonic() - began_s < POLL_S / 2
    assert update.message is not None
    assert update.message.text == "now"


async def test_a_poll_ends_empty_after_its_timeout(bot: Bot) -> None:
    began_s = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert time.monotonic() - began_s >= 1.0


async def test_an_update_comes_again_until_it_is_confirmed(bot: Bot, ada: SandboxUser) -> None:
    for text in ("one", "two", "three"):
        await ada.send_text(text)
    first, second, third = await bot.get_updates()
    assert [update.update_id for update in await bot.get_updates(limit=2)] == [first.update_id, second.update_id]
    assert [update.update_id for update in await bot.get_updates(offset=third.update_id)] == [third.update_id]
    assert [update.update_id for update in await bot.get_updates()] == [third.update_id]
    assert await bot.get_updates(offset=third.update_id + 1) == ()


async def test_a_negative_offset_leaves_the_newest(bot: Bot, ada: SandboxUser) -> None:
    for text in ("one", "two", "three"):
        await ada.send_text(text)
    updates = await bot.get_updates(offset=-1)
    assert [update.message.text for update in updates if update.message] == ["three"]


async def test_only_the_kinds_that_were_asked_for_come(bot: Bot, ada: SandboxUser) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await ada.send_text("not asked for")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=[])
    await ada.send_text("asked for again")
    assert len(await bot.get_updates()) == 1


async def test_a_second_poller_ends_the_first(bot: Bot, sandbox: Sandbox, ada: SandboxUser) -> None:
    first = await _polling(bot, sandbox)
    async with bot_for(sandbox) as other:
        second = asyncio.create_task(other.get_updates(timeout=POLL_S))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await ada.send_text("for the second")
        assert len(await second) == 1


async def test_polling_conflicts_with_a_webhook(bot: Bot, sandbox: Sandbox) -> None:
    polled = await _polling(bot, sandbox)
    await bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await polled
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


@dataclass(slots=True)
class _Hook:
    """A webhook that refuses the first `refusals` posts."""

    url: str = ""
    refusals: int = 0
    got: list[Json] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get(SECRET_HEADER))
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        self.got.append(await request.json())
        return web.Response()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(LONG_S):
            while len(self.got) < count:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def _listening(hook: _Hook) -> AsyncIterator[_Hook]:
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_updates_in_order_with_the_secret(bot: Bot, ada: SandboxUser) -> None:
    async with _listening(_Hook()) as hook:
        await ada.send_text("before")
        await bot.set_webhook(hook.url, secret_token=SECRET)
        await ada.send_text("after")
        await hook.until(2)
        assert [update["message"]["text"] for update in hook.got] == ["before", "after"]
        assert hook.secrets == [SECRET, SECRET]
        assert (await bot.get_webhook_info()).pending_update_count == 0
        await bot.delete_webhook()


async def test_a_refused_update_is_brought_again() -> None:
    async with Sandbox(patience=Patience(first_retry_s=0.02)) as sandbox, bot_for(sandbox) as bot:
        ada = sandbox.user(1001)
        async with _listening(_Hook(refusals=2)) as hook:
            await bot.set_webhook(hook.url)
            await ada.send_text("take it")
            await ada.send_text("and this")
            await hook.until(2)
            assert [update["message"]["text"] for update in hook.got] == ["take it", "and this"]
            assert hook.secrets == [None] * 4
            info = await bot.get_webhook_info()
            assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_an_update_that_is_to_come_twice_comes_twice_by_webhook_too(
    sandbox: Sandbox, bot: Bot, ada: SandboxUser
) -> None:
    async with _listening(_Hook()) as hook:
        await bot.set_webhook(hook.url)
        sandbox.fail(Fault("duplicate"))
        await ada.send_text("twice")
        await ada.send_text("once")
        await hook.until(3)
        assert [update["message"]["text"] for update in hook.got] == ["twice", "twice", "once"]
        await bot.delete_webhook()


async def test_a_webhook_that_nobody_serves_keeps_updates_waiting(bot: Bot, ada: SandboxUser) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await ada.send_text("hello?")
    async with asyncio.timeout(LONG_S):
        while not (info := await bot.get_webhook_info()).last_error_message:
            await asyncio.sleep(0.02)
    assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 1)
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
