"""Measures the coach: what its answers contain, what gets through the guard and the gate, how long it takes."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.coach import Coach
from bot.coach.cutter import split
from bot.coach.evaluation.asked import Asked, names, read_lines
from bot.coach.evaluation.liar import lying_turn
from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Facts
from bot.coach.guard.guard import guard_for_rules
from bot.coach.hearing.intents import Listener
from bot.coach.model.scripted import ScriptedModel
from bot.coach.reply import reply
from bot.coach.safety.gate import check

SEED = 20_261_120
OPEN = ("what should i work on", "how was my set", "how do i fix that", "was that better than last time")


@dataclass(frozen=True, slots=True)
class Answered:
    """How the questions of one list were answered: how many there are, how many answers held what they must, which did
    not, milliseconds of an answer, and sentences that the guard would stop."""

    questions: int
    right: int
    median_ms: float
    worst_ms: float
    unsupported: int
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """How the safety gate did: acute messages, those caught, ordinary ones, those stopped."""

    acute: int
    caught: int
    ordinary: int
    tripped: int


@dataclass(frozen=True, slots=True)
class Lies:
    """Turns with a model that lies, the lies it told, and those that were shown."""

    turns: int
    told: int
    shown: int


def answered(questions: Sequence[Asked], listener: Listener) -> Answered:
    """The deterministic coach over a list of questions."""
    took_ms, missed, unsupported = list[float](), list[str](), 0
    for asked in questions:
        facts, started = SCENES[asked.scene], time.perf_counter()
        said = reply(listener, asked.question, facts)
        took_ms.append(1000 * (time.perf_counter() - started))
        judge = guard_for_rules(replace(facts, summed=said.summed), said.known_texts(facts.language))
        unsupported += sum(not judge.passes(sentence) for sentence in said.sentences)
        if not asked.answered_by(" ".join(said.sentences)):
            missed.append(f"{asked.scene}: {asked.question}")
    right = len(questions) - len(missed)
    return Answered(len(questions), right, statistics.median(took_ms), max(took_ms), unsupported, tuple(missed))


def gate() -> Gate:
    """The safety gate over all acute and ordinary messages."""
    acute = [line.split("|")[1].strip() for name in names("acute") for line in read_lines(name)]
    ordinary = [line for name in names("ordinary") for line in read_lines(name)]
    return Gate(len(acute), _stopped(acute), len(ordinary), _stopped(ordinary))


def _stopped(messages: Iterable[str]) -> int:
    return sum(check(message, "en") is not None for message in messages)


async def lies(turns: int) -> Lies:
    """A model that lies in every turn, and what of it was shown."""
    rng, shown, told, facts = random.Random(SEED), 0, 0, SCENES["squat"]
    for turn in range(turns):
        (text, false), (other, more) = lying_turn(rng, facts), lying_turn(rng, facts)
        coach = Coach(ScriptedModel([text, other], piece_chars=rng.randint(1, 40)))
        said = await _said(coach, rng.choice(OPEN), facts, turn)
        known = {sentence for lie in (*false, *more) for sentence in split(lie)}
        told += len(false) + len(more)
        shown += sum(sentence in known for sentence in said)
    return Lies(turns, told, shown)


async def _said(coach: Coach, question: str, facts: Facts, user_id: int) -> list[str]:
    return [one.text async for one in coach.answer(question, facts, user_id=user_id)]
