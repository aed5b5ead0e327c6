"""The webhook takes what Telegram sends and nobody else's, and the whole road runs over it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Update

from bot.app import running
from bot.coach.coach import Coach
from bot.sandbox import Fault, Sandbox
from bot.services import Services
from bot.transport.updates import LARGEST_UPDATE_BYTES, PATH, SECRET_HEADER, webhook_app
from models.store import open_store
from pipeline.catalogue import exercises
from tests.bot.house import House, ScriptedExecutor, settings_for
from tests.bot.phone import LONG_S, chart_of, is_chart, is_remark, settled

SECRET = "a_secret-of-24-characters"


@pytest.fixture
async def served(sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor) -> AsyncIterator[tuple[House, str]]:
    """The bot behind a webhook, and the webhook's address. Settings demand https, which a proxy would speak."""
    settings = settings_for(sandbox, tmp_path, webhook_url="https://spotter.example", webhook_secret=SECRET)
    async with open_store(settings.store_url) as store:
        services = Services(settings, store, executor, Coach(None, exercises().values()))
        async with running(services) as application, serving(webhook_app(application, SECRET)) as address:
            yield House(sandbox, services, settings, application), address


@contextlib.asynccontextmanager
async def serving(made: web.Application) -> AsyncIterator[str]:
    async with TestServer(made) as server:
        yield str(server.make_url(PATH))


async def post(address: str, secret: str | None, **body: Any) -> int:
    """The status that a call gets."""
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with aiohttp.ClientSession() as session, session.post(address, headers=headers, **body) as answer:
        return answer.status


async def test_the_whole_road_over_the_webhook(served: tuple[House, str]) -> None:
    house, address = served
    await house.application.bot.set_webhook(address, secret_token=SECRET, allowed_updates=[Update.MESSAGE])
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    house.sandbox.fail(Fault("duplicate"))
    asked = await user.send_text("/help")
    await user.wait_for("Send me", LONG_S, after=asked.id)
    assert [is_chart(message) for message in await settled(user)] == [True, False, False]
    assert house.sandbox.calls_of("getUpdates") == []


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "ä" * 24])
async def test_whoever_does_not_know_the_secret_is_turned_away(served: tuple[House, str], secret: str | None) -> None:
    house, address = served
    forged = {"update_id": 1, "message": message("/forget")}
    assert await post(address, secret and secret.encode().decode("latin-1"), json=forged) == 403
    assert house.application.update_queue.empty()
    assert house.sandbox.calls_of("sendMessage") == []


def message(text: str) -> dict[str, Any]:
    chat, sender = {"id": 1001, "type": "private"}, {"id": 1001, "is_bot": False, "first_name": "Ada"}
    return {"message_id": 1, "date": 1_790_000_000, "chat": chat, "from": sender, "text": text}


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b"7", b'"update"', b"{}", b'{"update_id":1,"message":7}', b"[1]"],
)
async def test_what_is_no_update_is_refused_and_the_next_is_taken(served: tuple[House, str], body: bytes) -> None:
    house, address = served
    assert await post(address, SECRET, data=body) == 400
    house.sandbox.user(1001)
    assert await post(address, SECRET, json={"update_id": 2, "message": message("hello")}) == 200
    await house.sandbox.user(1001).wait_for(is_remark, LONG_S)


async def test_an_oversized_call_is_refused(served: tuple[House, str]) -> None:
    _, address = served
    assert await post(address, SECRET, data=b" " * (LARGEST_UPDATE_BYTES + 1)) == 413


async def test_only_the_one_path_and_only_post(served: tuple[House, str]) -> None:
    _, address = served
    async with aiohttp.ClientSession() as session:
        async with session.get(address) as answer:
            assert answer.status == 405
        async with session.post(address.replace(PATH, "/"), json={}) as answer:
            assert answer.status == 404
