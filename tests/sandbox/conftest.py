"""A sandbox, someone in it, and a bot's client."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.sandbox import Sandbox, SandboxUser
from tests.sandbox.scripted import bot_for


@pytest.fixture(autouse=True)
def timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot gives durations as timedelta, the coming default, and does not warn of it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox on a free port."""
    async with Sandbox() as made:
        yield made


@pytest.fixture
def ada(sandbox: Sandbox) -> SandboxUser:
    """Someone with a phone."""
    return sandbox.user(1001, "Ada")


@pytest.fixture
async def bot(sandbox: Sandbox, ada: SandboxUser) -> AsyncIterator[Bot]:
    """A bot that can write to Ada. No parameter it sends may be unknown to the method."""
    async with bot_for(sandbox) as client:
        yield client
    assert sandbox.state.unknown_parameters == []
