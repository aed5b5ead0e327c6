"""A chat model writes an answer, sentence by sentence, while its user has patience and the guard lets it through."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from bot.coach.cutter import SentenceCutter
from bot.coach.model.chat_model import ChatModel, ChatModelError
from bot.coach.model.line import Line, OnPlace
from bot.coach.model.prompt import BUDGET, Budget, Prompt, build
from bot.coach.talk import Talk

log = logging.getLogger(__name__)

Show = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a user waits for the model before the deterministic coach answers, in seconds.

    line_s: until the turn comes; first_s: until the first piece of text (a prompt of 400 tokens that was not read ahead
    takes 10 s on two cores); whole_s: from there until the answer is complete.
    """

    line_s: float = 30.0
    first_s: float = 20.0
    whole_s: float = 40.0


@dataclass(frozen=True, slots=True)
class CoachSettings:
    """What a coach may be told: patience, budget, the seed of every answer, and how often the model may try.

    Under `least_cover` of the content words of the deterministic answer's core, that sentence is added.
    """

    patience: Patience = Patience()
    budget: Budget = BUDGET
    seed: int = 20_260
    attempts: int = 2
    least_cover: float = 0.3


USUAL = CoachSettings()


@dataclass(frozen=True)
class Writer:
    """Lets a model write, one user's answer at a time; the others wait in line."""

    settings: CoachSettings
    line: Line = field(default_factory=Line)

    async def write(self, model: ChatModel, talk: Talk, user_id: int, on_place: OnPlace | None, show: Show) -> None:
        """The model's sentences that pass were shown; none where it is missing, too slow or broke off at once."""
        try:
            async with asyncio.timeout(self.settings.patience.line_s) as clock, self.line.turn(user_id, on_place):
                await self._attempts(model, talk, clock, show)
        except TimeoutError:
            log.info("the model was too slow: the rules go on")
        except ChatModelError as error:
            log.info("the model did not answer (%s): the rules go on", type(error).__name__)

    async def _attempts(self, model: ChatModel, talk: Talk, clock: asyncio.Timeout, show: Show) -> None:
        """From the first sentence that fails the model writes on once more, with another seed; then failures drop."""
        prompt = build(talk.facts, talk.turns, talk.question, talk.notes, self.settings.budget)
        shown: list[str] = []
        for attempt in range(self.settings.attempts):
            last = attempt + 1 == self.settings.attempts
            begun = replace(prompt, begun=" ".join(shown))
            async with aclosing(self._sentences(model, begun, attempt, clock)) as sentences:
                async for sentence in sentences:
                    if talk.guard.passes(sentence) and sentence not in shown:
                        shown.append(sentence)
                        show(sentence)
                    elif not last:
                        break
                else:
                    return

    async def _sentences(
        self, model: ChatModel, prompt: Prompt, attempt: int, clock: asyncio.Timeout
    ) -> AsyncGenerator[str, None]:
        """Whole sentences of one run of the model; the clock is set for the first piece, then for the whole."""
        patience, now = self.settings.patience, asyncio.get_running_loop().time
        cutter, cancel = SentenceCutter(), threading.Event()
        pieces = model.stream(
            prompt,
            max_tokens=self.settings.budget.answer,
            seed=self.settings.seed + attempt,
            cancel=cancel,
        )
        clock.reschedule(now() + patience.first_s)
        limit_s = None
        try:
            async for piece in pieces:
                if limit_s is None:
                    limit_s = now() + patience.whole_s
                    clock.reschedule(limit_s)
                for sentence in cutter.feed(piece):
                    yield sentence
            if rest := cutter.flush():
                yield rest
        finally:
            cancel.set()
