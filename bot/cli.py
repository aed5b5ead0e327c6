"""The `spotter` command: run, demo, analyze, evaluate, evaluate-coach, watch-log, models, chat, train."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from bot.commands import analyze, chat, demo, evaluate, evaluate_coach, models, run, train, watch_log
from bot.settings import SettingsError
from pipeline.errors import AnalysisError

COMMANDS = (run, demo, analyze, evaluate, evaluate_coach, watch_log, models, chat, train)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="spotter",
        description="A workout coach in a Telegram chat: it counts and times your reps, draws the chart, and talks.",
        epilog="Settings come from the environment or a .env file; `spotter run --help` lists them.",
    )
    top.add_argument("--version", action="version", version=f"spotter {version('spotter')}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status is 0, 1 where something could not be done, 2 for a wrong setting or usage; 130
    and 141 where it was ended by Ctrl-C, or by who reads its output (`| head`)."""
    given = parser().parse_args(arguments)
    try:
        status = int(given.call(given))
        sys.stdout.flush()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except AnalysisError as error:
        from bot.words.replies import problem

        print(problem(error, "en"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left would be complained of at exit
        return 141
    return status


if __name__ == "__main__":
    sys.exit(main())
