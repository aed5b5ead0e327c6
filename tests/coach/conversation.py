"""A conversation with the deterministic coach, as a test holds it."""

from __future__ import annotations

from dataclasses import replace

from bot.coach import Coach, Facts
from bot.coach.facts import Turn
from bot.coach.hearing.told import remembered
from pipeline.catalogue import exercises

COACH = Coach(None, exercises().values())


async def last_answer(facts: Facts, *messages: str) -> str:
    """The answer to the last of several messages of one conversation."""
    turns, said = list[Turn](), ""
    for message in messages:
        learned = COACH.learn(message, facts.this.exercise if facts.this else None, turns)
        facts = replace(facts, told=remembered(facts.told, learned))
        said = " ".join([one.text async for one in COACH.answer(message, facts, turns, learned=learned)])
        turns += [Turn("user", message), Turn("assistant", said)]
    return said
