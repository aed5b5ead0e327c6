"""Measures a chat model behind the coach: how often its words pass, and how soon and how fast they come."""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from threading import Event

from bot.coach import Coach
from bot.coach.evaluation.asked import Asked
from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Turn
from bot.coach.guard.guard import guard_for_model
from bot.coach.hearing.intents import Listener
from bot.coach.llama.model import LlamaModel
from bot.coach.model.chat_model import ChatModel
from bot.coach.model.prompt import SYSTEM, Prompt, build, opened
from bot.coach.reply import reply

FOLLOW_UPS = (
    "what should i work on", "how do i fix that", "was that better than last time", "why does that happen at the end",
)  # fmt: skip
RUNS = 3  # times each, of which the best is told


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a model did on questions that it may word.

    own: answers in which a sentence of the model was shown; right: answers that held what they must; unsupported:
    sentences shown in the model's voice that the guard, asked again, would stop. first_piece_s and answer_s are
    medians; pieces_per_s counts what the model wrote from its first piece on (a piece is a token, as a rule).
    """

    questions: int
    right: int
    own: int
    unsupported: int
    first_piece_s: float
    answer_s: float
    pieces_per_s: float


@dataclass(slots=True)
class Watched:
    """A model with a clock: see `chat_model.ChatModel`."""

    model: ChatModel
    first_s: list[float] = field(default_factory=list)
    writing_s: float = 0.0
    pieces: int = 0

    @property
    def ready(self) -> bool:
        """Whether the model is."""
        return self.model.ready

    async def stream(self, prompt: Prompt, *, max_tokens: int, seed: int, cancel: Event) -> AsyncIterator[str]:
        """The model's pieces, counted and timed."""
        times_s = [time.perf_counter()]
        async for piece in self.model.stream(prompt, max_tokens=max_tokens, seed=seed, cancel=cancel):
            times_s.append(time.perf_counter())
            yield piece
        if len(times_s) > 1:
            self.first_s.append(times_s[1] - times_s[0])
            self.writing_s += times_s[-1] - times_s[1]
            self.pieces += len(times_s) - 2

    def read_ahead(self, prompt: Prompt) -> None:
        """The model does."""
        self.model.read_ahead(prompt)

    async def close(self) -> None:
        """The model is closed by whoever opened it."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How quick a model's file is behind the coach.

    cold_s: to the first token of a prompt that nobody read ahead; warm_s: to that of a follow-up, with the talk before
    it read while the user was reading (the median of `FOLLOW_UPS`). ours_per_s are tokens a second through the coach's
    own stream, bare_per_s those of llama.cpp with nothing around it; best of `RUNS` each, taken in turn.
    """

    cold_s: float
    warm_s: float
    ours_per_s: float
    bare_per_s: float

    @property
    def share(self) -> float:
        """Ours, of the bare rate."""
        return self.ours_per_s / self.bare_per_s if self.bare_per_s else 0.0


async def speed(model: LlamaModel, listener: Listener, tokens: int = 48) -> Speed:
    """The file's speed in one conversation on the scene of squats."""
    facts, turns, firsts = SCENES["squat"], tuple[Turn, ...](), list[float]()
    await model.warm_up(Prompt(SYSTEM, ()))
    for question in FOLLOW_UPS:
        notes = reply(listener, question, facts).sentences[:1]
        watched = Watched(model)
        async for _ in watched.stream(build(facts, turns, question, notes), max_tokens=8, seed=1, cancel=Event()):
            pass
        firsts += watched.first_s
        turns = (*turns, Turn("user", question), Turn("assistant", " ".join(notes)))
        model.read_ahead(opened(facts, turns))
        await model.idle()
    ours, bare = await _rates(model, tokens)
    return Speed(firsts[0] if firsts else 0.0, _median(firsts[1:]), ours, bare)


async def _rates(model: LlamaModel, tokens: int) -> tuple[float, float]:
    """Tokens a second, ours and bare: in turn, so that whatever else the machine does meets both."""
    ours, bare, asked = list[float](), list[float](), Prompt("Hi", (Turn("user", "Hello there"),))
    for _ in range(RUNS):
        bare.append(await model.bare_rate(tokens))
        watched = Watched(model)
        async for _ in watched.stream(asked, max_tokens=tokens, seed=1, cancel=Event()):
            pass
        ours.append(watched.pieces / watched.writing_s if watched.writing_s else 0.0)
    return max(ours), max(bare)


async def spoken(model: ChatModel, questions: Sequence[Asked], listener: Listener, limit: int) -> Spoken:
    """The model over the first `limit` of the questions that it may word."""
    asked = [one for one in questions if _wordable(one, listener)][:limit]
    watched = Watched(model)
    coach, took_s = Coach(watched), list[float]()
    right = own = unsupported = 0
    for number, one in enumerate(asked):
        facts, started = SCENES[one.scene], time.perf_counter()
        said = [sentence async for sentence in coach.answer(one.question, facts, user_id=number)]
        took_s.append(time.perf_counter() - started)
        right += one.answered_by(" ".join(sentence.text for sentence in said))
        own += any(sentence.voice == "model" for sentence in said)
        plain = reply(listener, one.question, facts)
        judge = guard_for_model(facts, plain.sentences, plain.sentences)
        unsupported += sum(sentence.voice == "model" and not judge.passes(sentence.text) for sentence in said)
    rate = watched.pieces / watched.writing_s if watched.writing_s else 0.0
    return Spoken(len(asked), right, own, unsupported, _median(watched.first_s), _median(took_s), rate)


def _wordable(asked: Asked, listener: Listener) -> bool:
    facts = SCENES[asked.scene]
    plain = reply(listener, asked.question, facts)
    return plain.open and plain.known and facts.language == "en"


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0
