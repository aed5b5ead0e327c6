"""spotter chat: talk with the coach about a report, in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.coach.coach import Coach
    from bot.coach.facts import Facts, Turn


def add(commands: Any) -> None:
    """The command and its options."""
    command = commands.add_parser("chat", help="talk with the coach about a report", description=__doc__)
    command.add_argument(
        "--set", type=Path, metavar="REPORT.json", help="what `spotter analyze FILE --json` wrote; without it, no set"
    )
    command.add_argument("--language", choices=("en", "ko"), default="en")
    command.set_defaults(call=call)


def call(given: argparse.Namespace) -> int:
    """Questions are read from the terminal until an empty line or the end of the input."""
    try:
        facts = _facts(given.set, given.language)
    except OSError as error:
        print(f"{given.set}: {error.strerror}", file=sys.stderr)
        return 2
    except (ValueError, KeyError, TypeError, AttributeError):
        print(f"{given.set}: not a report that `spotter analyze FILE --json` wrote", file=sys.stderr)
        return 2
    return asyncio.run(_converse(facts))


def _facts(report: Path | None, language: str) -> Facts:
    from datetime import UTC, datetime

    from bot.coach.facts import Facts, FactsOptions, set_facts
    from bot.replies import cue, exercise_name
    from pipeline.report import from_json

    today = datetime.now(UTC).date()
    if report is None:
        return Facts(today=today, language="ko" if language == "ko" else "en")
    found = from_json(report.read_text(encoding="utf-8"))
    options = FactsOptions(exercise_name(found.recognition.name, language), cue=lambda finding: cue(finding, language))
    return Facts(today=today, this=set_facts(found, today, options), language="ko" if language == "ko" else "en")


async def _converse(facts: Facts) -> int:
    from bot.coach.facts import Turn
    from bot.coaching import open_coach

    turns: list[Turn] = []
    async with open_coach(load_settings()) as coach:
        while question := (await asyncio.to_thread(_read)).strip():
            answer = await _answer(coach, question, facts, turns)
            turns += [Turn("user", question), Turn("assistant", answer)]
    return 0


async def _answer(coach: Coach, question: str, facts: Facts, turns: list[Turn]) -> str:
    said = []
    async for sentence in coach.answer(question, facts, turns):
        print(sentence.text, end=" ", flush=True)
        said.append(sentence)
    print(f"\n  — {said[0].voice if said else 'nobody'}")
    return " ".join(sentence.text for sentence in said)


def _read() -> str:
    try:
        return input("you: ")
    except EOFError:
        return ""
