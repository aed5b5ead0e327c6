"""A sandbox, someone in it, and a bot's client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import av
import numpy as np
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


@pytest.fixture
def make_clip() -> Callable[[Path], None]:
    """Writes two seconds of a grey picture, 96 by 128 pixels at 10 frames a second."""
    return _write_clip


def _write_clip(path: Path) -> None:
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 96, 128, "yuv420p"
        for number in range(20):
            picture = np.full((128, 96, 3), 60 + 8 * number, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
