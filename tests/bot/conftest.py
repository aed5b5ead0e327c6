"""A sandbox, an executor that answers by script, and the bot living between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest

from bot.sandbox import Sandbox
from tests.bot.house import House, ScriptedExecutor, living, measured


@pytest.fixture(autouse=True, scope="session")
def _certificates_read_once() -> Iterator[None]:
    """Every bot of a test has two clients, and each would read all certificates anew, for a fifth of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("httpx._transports.default.create_ssl_context", cache(httpx.create_ssl_context))
        yield


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox on a free port; whatever the bot sends it must be known to Telegram."""
    async with Sandbox() as sandbox:
        yield sandbox
        unknown = {name for _, name in sandbox.state.unknown_parameters}
        assert unknown <= {"parse_mode"}  # python-telegram-bot adds its default to methods that have no use for it


@pytest.fixture
def executor() -> ScriptedExecutor:
    """Five squats, whatever the clip."""
    return ScriptedExecutor(measured())


@pytest.fixture
async def house(sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor) -> AsyncIterator[House]:
    """The bot is up."""
    async with living(sandbox, tmp_path, executor) as house:
        yield house
