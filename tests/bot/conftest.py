"""A sandbox, an executor that answers by script, and the bot living between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.bot.house import House, ScriptedExecutor, living, measured


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
