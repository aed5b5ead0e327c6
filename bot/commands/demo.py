"""spotter demo: the whole bot on this machine, with a phone in the browser. No account, no token, no cloud.

The bot is the real one; Telegram is played by the sandbox. A sample clip of a rendered athlete and the log of a
simulated wrist go through the whole road at the start, and their reports are printed here.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import socket
import sys
import time
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from bot.sandbox.seen import SeenMessage
    from bot.sandbox.user import SandboxUser
    from bot.services import Services

PORT = 8765  # the house's value
USER_ID, USER_NAME = 1001, "Ada"
PATIENCE_S = 180.0  # for the sample clip, on a busy machine


def add(commands: Any) -> None:
    """The command and its options."""
    command = commands.add_parser("demo", help="try everything here, with a phone in the browser", description=__doc__)
    command.add_argument(
        "--port", type=_port, default=PORT, help=f"where the phone is served ({PORT}); 0 takes a free one"
    )
    command.add_argument("--once", action="store_true", help="stop after the samples (for tests)")
    command.set_defaults(call=call)


def call(given: argparse.Namespace) -> int:
    """Runs until Ctrl-C; with --once the exit status says whether the samples were answered."""
    from bot import logs

    logs.start("WARNING")
    return asyncio.run(_demo(given.port, once=given.once))


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"wanted a number from 0 to 65535, got {text!r}")
    return int(text)


def sample_clip() -> Path:
    """The rendered athlete that ships with Spotter."""
    return Path(str(resources.files("bot.demo").joinpath("sample.mp4")))


def sample_log() -> Path:
    """Two sets of a simulated wrist, as a sensor app would export them."""
    return Path(str(resources.files("bot.demo").joinpath("sample-log.csv")))


async def _demo(port: int, *, once: bool) -> int:
    from bot.app import open_services, running
    from bot.sandbox import Sandbox
    from bot.transport.updates import receiving

    started, stop = time.perf_counter(), asyncio.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wanted, stop.set)
    async with contextlib.AsyncExitStack() as house:
        sandbox = await house.enter_async_context(Sandbox(port=_free(port), samples=[sample_clip(), sample_log()]))
        settings = demo_settings(sandbox.url, sandbox.token)
        services = await house.enter_async_context(open_services(settings))
        application = await house.enter_async_context(running(services))
        await house.enter_async_context(receiving(application, settings))
        print(
            f"\n  The bot is up ({time.perf_counter() - started:.1f} s). Open the phone:  {sandbox.phone_url}\n",
            flush=True,
        )
        playing = asyncio.create_task(_play(sandbox.user(USER_ID, USER_NAME), services))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({playing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        answered = playing.done() and playing.result()
        playing.cancel()
        if not once and not stop.is_set():
            print("  Go on in the browser: send a clip of your own, ask the coach. Ctrl-C stops it.\n", flush=True)
            await stopping
        stopping.cancel()
    return 0 if answered else 1


def demo_settings(api_url: str, token: str) -> Settings:
    """The owner's settings, turned to the sandbox, with a database of the demo's own beside the real one."""
    own = load_settings()
    return load_settings(
        telegram_token=token,
        telegram_api_url=api_url,
        webhook_url=None,
        allowed_users=[],
        database_url=f"sqlite+aiosqlite:///{own.data_dir / 'demo.sqlite3'}",
    )


def _free(port: int) -> int:
    """`port`, or 0 (any) where another program has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            print(f"  Port {port} is taken; using another.", file=sys.stderr)
            return 0
    return port


async def _play(user: SandboxUser, services: Services) -> bool:
    """The samples go through the whole road, one after the other, and their reports are printed."""
    await user.send_text("/start")
    return await _answered(user, services, sample_clip()) and await _answered(user, services, sample_log())


async def _answered(user: SandboxUser, services: Services, sample: Path) -> bool:
    """The report of the sample is printed; False where none came, and why."""
    from bot.words.terminal import recording_text
    from pipeline.report import from_json

    started = time.perf_counter()
    print(f"  {USER_NAME} sends {sample.name} …", flush=True)
    sent = await (_send_clip(user, sample) if sample.suffix == ".mp4" else _send_log(user, sample))
    try:
        answer = await user.wait_for(lambda message: "reply_to_message" in message.raw, PATIENCE_S, after=sent.id)
    except TimeoutError:
        print("  No answer came; see the lines above.", file=sys.stderr)
        return False
    if answer.kind != "photo":
        print(f"  {answer.text}", file=sys.stderr)
        return False
    stored = await services.store.sets.latest_set(user.id)
    assert stored is not None
    reports = [from_json(row.report) for row in await services.store.sets.of_job(stored.job_id)]
    print(f"  … and has the chart {time.perf_counter() - started:.1f} s later:\n")
    print("\n".join(f"    {line}" for line in recording_text(reports).splitlines()), "\n", flush=True)
    return True


async def _send_log(user: SandboxUser, log: Path) -> SeenMessage:
    return await user.send_document(_content(log), file_name=log.name, mime_type="text/csv")


async def _send_clip(user: SandboxUser, clip: Path) -> SeenMessage:
    from pipeline.video.decode import probe

    shape = probe(clip)
    return await user.send_video(
        _content(clip),
        file_name=clip.name,
        duration=round(shape.duration_s),
        width=shape.width_px,
        height=shape.height_px,
    )


def _content(sample: Path) -> bytes:
    return sample.read_bytes()
