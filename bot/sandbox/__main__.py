"""`python -m bot.sandbox`: the server alone, for a bot started elsewhere."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.sandbox import Sandbox


def main() -> None:
    """Run the server until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A Telegram Bot API on this machine.")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8081, help="where to listen (default: %(default)s)")
    parser.add_argument("--sample", type=Path, nargs="*", default=[], help="files that the phone offers to send")
    parser.add_argument("--flood-control", action="store_true", help="enforce the published message rates")
    try:
        asyncio.run(_serve(parser.parse_args()))
    except KeyboardInterrupt:
        return


async def _serve(arguments: argparse.Namespace) -> None:
    made = Sandbox(
        host=arguments.host, port=arguments.port, samples=arguments.sample, flood_control=arguments.flood_control
    )
    async with made as sandbox:
        print(
            f"Phone    {sandbox.phone_url}\nBot API  {sandbox.base_url}\nFiles    {sandbox.base_file_url}", flush=True
        )
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
