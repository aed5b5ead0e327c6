"""No token, no file name and no word of a user is in the logs, on the main road and where something breaks."""

from __future__ import annotations

import asyncio
import errno
import io
import logging
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import InvalidToken

from bot import logs
from bot.coach.coach import Coach
from bot.errors import place_of
from bot.executor_errors import WorkerBroken
from bot.sandbox import Fault, Sandbox
from tests.bot.house import House, ScriptedExecutor, living
from tests.bot.phone import LONG_S, chart_of, eventually, is_chart, is_remark, sent_clip, settled
from tests.bot.test_bad_input import raising

NAME, CAPTION, FILE, WORDS, PLACE = "Zephyrine", "cuttlefish", "quagmire.mp4", "my knee is xylophonic", "Brobdingnag"
PRIVATE = (NAME, CAPTION, "quagmire", "xylophonic", PLACE)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is written to the log when every library logs all it can."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logs.handler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def assert_discreet(sandbox: Sandbox, text: str, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the lines written nor what our own records carry hold anything private."""
    secret = sandbox.token.partition(":")[2]
    ours = [record for record in caplog.records if record.name.partition(".")[0] in logs.OURS]
    carried = "\n".join(record.getMessage() for record in ours)
    assert [word for word in (*PRIVATE, secret) if word in text or word in carried] == []
    assert [record.name for record in ours if record.exc_info] == []


async def main_road(house: House) -> None:
    """A clip, a question, a correction, a wrong place, an export."""
    user = house.sandbox.user(1001, NAME)
    chart = await chart_of(house, file_name=FILE, caption=CAPTION)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    asked = await user.send_text(WORDS)
    await user.wait_for(lambda message: "Spotter" in message.text, LONG_S, after=asked.id)
    await user.send_text(f"/settings {PLACE}")
    await user.wait_for("don't know the place", LONG_S)
    await user.send_text("/export")
    await user.wait_for(lambda message: message.kind == "document", LONG_S)


async def test_the_main_road(
    written: io.StringIO, caplog: pytest.LogCaptureFixture, sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    async with living(sandbox, tmp_path, executor) as house:
        await main_road(house)
    assert "telegram" in written.getvalue()
    assert_discreet(sandbox, written.getvalue(), caplog)


@pytest.mark.parametrize(
    "error", [RuntimeError(f"{FILE} of {NAME}"), WorkerBroken("KeyError at reps.py:3"), FileNotFoundError(FILE)]
)
async def test_a_defect_while_a_clip_is_analysed(
    written: io.StringIO,
    caplog: pytest.LogCaptureFixture,
    house: House,
    executor: ScriptedExecutor,
    error: Exception,
) -> None:
    executor.answer = raising(error)
    user = house.sandbox.user(1001, NAME)
    await sent_clip(user, file_name=FILE, caption=CAPTION)
    await user.wait_for(lambda message: "my side" in message.text, LONG_S)
    assert type(error).__name__ in written.getvalue()
    assert_discreet(house.sandbox, written.getvalue(), caplog)


def test_what_the_owner_can_mend_is_named_by_its_code_alone() -> None:
    full = sqlite3.OperationalError(WORDS)
    full.sqlite_errorname = "SQLITE_FULL"
    assert place_of(OperationalError(WORDS, {}, full)).startswith("OperationalError (SQLITE_FULL) at")
    assert place_of(OSError(errno.ENOSPC, WORDS, FILE)).startswith("OSError (ENOSPC) at")
    assert place_of(KeyError(WORDS)).startswith("KeyError at")


async def test_a_defect_in_a_handler_is_told_and_logged_by_its_place(
    written: io.StringIO, caplog: pytest.LogCaptureFixture, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> object:
        raise KeyError(f"{NAME} said {WORDS}")

    monkeypatch.setattr(type(house.services.store.talk), "facts_of", broken)
    user = house.sandbox.user(1001, NAME)
    await user.send_text(WORDS)
    await user.wait_for("Something went wrong on my side", LONG_S)
    assert len(await settled(user)) == 1
    assert "KeyError at test_privacy_of_logs.py" in written.getvalue()
    assert_discreet(house.sandbox, written.getvalue(), caplog)


async def test_a_defect_while_the_answer_is_told(
    written: io.StringIO, caplog: pytest.LogCaptureFixture, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise ValueError(f"{NAME}: {FILE}")

    monkeypatch.setattr(Coach, "first_remark", broken)
    user = house.sandbox.user(1001, NAME)
    await sent_clip(user, file_name=FILE)
    await user.wait_for(is_chart, LONG_S)
    await eventually(lambda: "ValueError at" in written.getvalue(), "the defect is logged")
    assert_discreet(house.sandbox, written.getvalue(), caplog)


async def test_an_update_of_an_unknown_shape(
    written: io.StringIO, caplog: pytest.LogCaptureFixture, house: House
) -> None:
    """python-telegram-bot logs the whole of what it cannot read, at CRITICAL."""
    user = house.sandbox.user(1001, NAME)
    state = house.sandbox.state
    state.deliver("message", state.add_message(user.chat, user.person, {"text": WORDS, "video": {"file_name": FILE}}))
    await eventually(lambda: "CRITICAL" in written.getvalue(), "the library complains")
    assert_discreet(house.sandbox, written.getvalue(), caplog)
    state.updates.clear()


async def test_faults_of_the_line(written: io.StringIO, caplog: pytest.LogCaptureFixture, house: House) -> None:
    for kind in ("drop", "error"):
        house.sandbox.fail(Fault(kind))
        house.sandbox.fail(Fault(kind, "getUpdates"))
    await chart_of(house, file_name=FILE, caption=CAPTION)
    assert_discreet(house.sandbox, written.getvalue(), caplog)


async def test_an_error_that_nobody_awaited(
    written: io.StringIO, caplog: pytest.LogCaptureFixture, house: House
) -> None:
    """asyncio writes what the error says, which may be a user's words."""
    lost = asyncio.get_running_loop().create_future()
    lost.set_exception(ValueError(WORDS))
    del lost
    await eventually(lambda: "never retrieved: ValueError at" in written.getvalue(), "the loss is logged")
    assert_discreet(house.sandbox, written.getvalue(), caplog)


def test_an_error_is_written_by_type_and_place_and_a_library_s_line_without_its_values(written: io.StringIO) -> None:
    try:
        refuse()
    except InvalidToken:
        logging.getLogger("telegram.ext.Updater").exception("Failed: %s", "1234567:secret")
        logging.getLogger("bot.commands").exception("Failed with %d", 7)
    lines = written.getvalue()
    assert "Failed: %s" in lines
    assert "Failed with 7" in lines
    assert lines.count("InvalidToken at test_privacy_of_logs.py:") == 2
    assert "secret" not in lines


def refuse() -> None:
    raise InvalidToken("1234567:secret was refused")


def test_start_holds_libraries_to_warnings(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(sys, "stderr", stderr := io.StringIO())
    caplog.set_level(logging.WARNING)  # restored, with the levels below, when the test ends
    for name in logs.OURS:
        caplog.set_level(logging.WARNING, name)
    logs.start("DEBUG")
    logging.getLogger("httpx").info("POST https://api.telegram.org/bot123:secret/getMe")
    logging.getLogger("bot.app").debug("up")
    assert "secret" not in stderr.getvalue()
    assert "DEBUG bot.app: up" in stderr.getvalue()
