"""spotter evaluate-coach: how often the coach is right, what gets through its guard and its gate, how long it takes."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.coach.evaluation.asked import Asked
    from bot.coach.hearing.intents import Listener


def add(commands: Any) -> None:
    """The command and its options."""
    command = commands.add_parser("evaluate-coach", help="measure the coach", description=__doc__)
    command.add_argument("--model", type=Path, metavar="FILE.gguf", help="a chat model to measure beside the rules")
    command.add_argument("--url", metavar="URL", help="a chat server of OpenAI's kind to measure beside the rules")
    command.add_argument("--limit", type=int, default=20, help="questions put to the model (default 20)")
    command.add_argument("--turns", type=int, default=500, help="turns with a scripted model that lies (default 500)")
    command.add_argument("--json", action="store_true", help="JSON instead of a table")
    command.set_defaults(call=call)


def call(given: argparse.Namespace) -> int:
    """The figures are printed; the exit status is 2 for a model that is not there."""
    if given.model and not given.model.is_file():
        print(f"{given.model}: no such file", file=sys.stderr)
        return 2
    figures = asyncio.run(_figures(given))
    print(json.dumps(figures, indent=2, ensure_ascii=False) if given.json else _table(figures))
    return 0


async def _figures(given: argparse.Namespace) -> dict[str, Any]:
    from bot.coach.evaluation.asked import names, read_questions
    from bot.coach.evaluation.measure import answered, gate, lies
    from bot.coach.hearing.intents import Listener
    from pipeline.catalogue import exercises

    listener = Listener(exercises().values())
    lists = {name.removesuffix(".txt"): read_questions(name) for name in names("questions")}
    figures: dict[str, Any] = {name: asdict(answered(asked, listener)) for name, asked in lists.items()}
    figures["gate"], figures["lies"] = asdict(gate()), asdict(await lies(given.turns))
    if given.model or given.url:
        asked = [one for questions in lists.values() for one in questions]
        figures |= await _of_the_model(given, asked, listener)
    return figures


async def _of_the_model(given: argparse.Namespace, asked: list[Asked], listener: Listener) -> dict[str, Any]:
    """What it said, and how quick its file is; a server's own speed is not ours to tell."""
    from bot.coach.evaluation.measure_model import speed, spoken
    from bot.coach.llama.model import LlamaModel
    from bot.coaching import open_model

    where = {"chat_url": given.url} if given.url else {"chat_file": str(given.model.resolve())}
    async with open_model(load_settings(chat_fetch=False, **where)) as model:
        said = {"model": asdict(await spoken(model, asked, listener, given.limit))}
        if not isinstance(model, LlamaModel):
            return said
        quick = await speed(model, listener)
        return said | {"speed": asdict(quick) | {"share": quick.share}}


def _table(figures: dict[str, Any]) -> str:
    """The figures in lines that a person reads."""
    gate, lies = figures["gate"], figures["lies"]
    lines = [_answers(name, one) for name, one in figures.items() if "missed" in one]
    lines += [
        f"acute messages caught       {_share(gate['caught'], gate['acute'])}",
        f"ordinary talk stopped       {_share(gate['tripped'], gate['ordinary'])}",
        f"lies shown                  {lies['shown']} of {lies['told']}, in {lies['turns']} turns",
    ]
    told = _model(figures["model"]) if "model" in figures else []
    return "\n".join((*lines, *told, *(_speed(figures["speed"]) if "speed" in figures else ())))


def _answers(name: str, one: dict[str, Any]) -> str:
    took = f"{one['median_ms']:.1f} ms, at most {one['worst_ms']:.0f} ms"
    return f"{name:27} {_share(one['right'], one['questions'])}; {one['unsupported']} sentences unsupported; {took}"


def _model(one: dict[str, Any]) -> list[str]:
    return [
        f"model: answers right        {_share(one['right'], one['questions'])}",
        f"model: in its own words     {_share(one['own'], one['questions'])}; {one['unsupported']} unsupported",
        f"model: first token          {one['first_piece_s']:.2f} s (median)",
        f"model: tokens a second      {one['pieces_per_s']:.1f}",
        f"model: whole answer         {one['answer_s']:.1f} s (median)",
    ]


def _speed(one: dict[str, Any]) -> list[str]:
    ours, bare = f"{one['ours_per_s']:.1f} tokens a second", f"{one['bare_per_s']:.1f}"
    return [
        f"file: first token           {one['cold_s']:.2f} s cold, {one['warm_s']:.2f} s warm (a follow-up)",
        f"file: writing               {ours}, llama.cpp bare {bare} ({100 * one['share']:.0f} %)",
    ]


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / max(whole, 1):.1f} %)"
