"""spotter chat: talk with the coach about a report, in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import load_settings

if TYPE_CHECKING:
    from datetime import date

    from bot.coach.coach import Coach
    from bot.coach.facts import Facts, Language, SetFacts, Turn
    from bot.coach.hearing.told import Learned
    from pipeline.values import SetReport


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
    from datetime import datetime

    from bot.coach.facts import Facts, past_set
    from pipeline.report import from_json

    today, spoken = datetime.now().astimezone().date(), language_of(language)  # of whoever sits at this machine
    if report is None:
        return Facts(today=today, language=spoken)
    plain = json.loads(report.read_text(encoding="utf-8"))
    if plain["source"]["kind"] == "photo":
        from bot.photos.facts import photo_facts

        return Facts(today=today, language=spoken, photo=photo_facts(plain, language))
    sets = [from_json(json.dumps(one)) for one in plain.get("sets") or [plain]]
    told = [_set_facts(one, today, language) for one in sets]
    earlier = tuple(past_set(one) for one in reversed(told[:-1]))
    return Facts(today=today, this=told[-1], history=earlier, language=spoken)


def language_of(code: str) -> Language:
    """English, unless the code is Korean's."""
    return "ko" if code == "ko" else "en"


def _set_facts(report: SetReport, today: date, language: str) -> SetFacts:
    from bot.coach.facts import FactsOptions, set_facts
    from bot.coach.phrases import set_label
    from bot.words.names import recognised_name
    from bot.words.replies import cue

    label = set_label(recognised_name(report.recognition, language), language_of(language))
    return set_facts(report, today, FactsOptions(label, cue=lambda finding: cue(finding, language)))


async def _converse(facts: Facts) -> int:
    from bot.coach.facts import Turn
    from bot.coach.hearing.told import remembered
    from bot.coaching import open_coach

    turns: list[Turn] = []
    async with open_coach(load_settings()) as coach:
        while question := (await asyncio.to_thread(_read)).strip():
            learned = coach.learn(question, facts.this.exercise if facts.this else None)
            facts = replace(facts, told=remembered(facts.told, learned))
            answer = await _answer(coach, question, facts, turns, learned)
            turns += [Turn("user", question), Turn("assistant", answer)]
    return 0


async def _answer(coach: Coach, question: str, facts: Facts, turns: list[Turn], learned: Learned) -> str:
    said = []
    async for sentence in coach.answer(question, facts, turns, learned=learned):
        print(sentence.text, end=" ", flush=True)
        said.append(sentence)
    print(f"\n  — {said[0].voice if said else 'nobody'}")
    return " ".join(sentence.text for sentence in said)


def _read() -> str:
    try:
        return input("you: ")
    except EOFError:
        return ""
