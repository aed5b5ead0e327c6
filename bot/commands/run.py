"""spotter run: the bot on Telegram, by long polling, or by a webhook where SPOTTER_WEBHOOK_URL is set."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from typing import Any

from pydantic.fields import FieldInfo

from bot.settings import PREFIX, Settings, SettingsError, load_settings


def add(commands: Any) -> None:
    """The command; its help lists every setting."""
    rows = [f"  {PREFIX}{name.upper():22} {_described(field)}" for name, field in Settings.model_fields.items()]
    command = commands.add_parser(
        "run",
        help="run the bot on Telegram",
        description=__doc__,
        epilog="settings (environment or .env):\n" + "\n".join(rows),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(call=call)


def _described(field: FieldInfo) -> str:
    """What the setting is, and its default where it has one."""
    default = field.get_default(call_default_factory=True)
    shown = f"{default:g}" if isinstance(default, float) else default
    return f"{field.description} ({shown})" if shown else str(field.description)


def call(_: argparse.Namespace) -> int:
    """Runs until it is told to stop (Ctrl-C or SIGTERM). Raises SettingsError without a token."""
    from bot import logs

    settings = load_settings()
    if settings.telegram_token is None:
        raise SettingsError(f"{PREFIX}TELEGRAM_TOKEN is not set: get one from @BotFather (see the README).")
    logs.start(settings.log_level)
    return asyncio.run(_run(settings))


async def _run(settings: Settings) -> int:
    """Serves until a signal asks it to stop, also while Telegram cannot be reached yet."""
    serving = asyncio.ensure_future(_serve(settings))

    def stop() -> None:
        if not serving.cancelling():  # a second Ctrl-C must not end the closing down
            serving.cancel()

    for wanted in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wanted, stop)
    with contextlib.suppress(asyncio.CancelledError):
        await serving
    return 0


async def _serve(settings: Settings) -> None:
    from telegram.error import InvalidToken

    from bot.app import open_services, running
    from bot.transport.updates import receiving

    try:
        async with (
            open_services(settings) as services,
            running(services) as application,
            receiving(application, settings),
        ):
            print(f"@{application.bot.username} is up; Ctrl-C stops it.", file=sys.stderr)
            await asyncio.Event().wait()
    except InvalidToken:
        raise SettingsError(f"{PREFIX}TELEGRAM_TOKEN was refused by Telegram: get a new one from @BotFather.") from None
