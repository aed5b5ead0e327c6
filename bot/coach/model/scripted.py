"""A chat model that says what it was given: the double for tests, which also lies, stalls and breaks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from bot.coach.model.chat_model import ModelFailed
from bot.coach.model.prompt import Prompt


@dataclass(slots=True)
class ScriptedModel:
    """Says the next of `texts` (the last one for ever) in pieces of `piece_chars`, and remembers every prompt.

    `delay_s` passes before each piece; after `fails_after` pieces it breaks off (None: never). Nothing is said before
    the `gate`, if there is one, is open.
    """

    texts: Sequence[str]
    piece_chars: int = 4
    delay_s: float = 0.0
    fails_after: int | None = None
    gate: asyncio.Event | None = None
    ready: bool = True
    prompts: list[Prompt] = field(default_factory=list)
    ahead: list[Prompt] = field(default_factory=list)
    seeds: list[int] = field(default_factory=list)
    cancelled: int = 0

    async def stream(
        self, prompt: Prompt, *, max_tokens: int, seed: int, cancel: threading.Event
    ) -> AsyncIterator[str]:
        """The script's text for this prompt, piece by piece. Raises ModelFailed where told to."""
        text = self.texts[min(len(self.prompts), len(self.texts) - 1)]
        self.prompts.append(prompt)
        self.seeds.append(seed)
        if self.gate:
            await self.gate.wait()
        for number, start in enumerate(range(0, len(text), self.piece_chars)):
            if number == self.fails_after:
                raise ModelFailed("told to")
            await asyncio.sleep(self.delay_s)
            if cancel.is_set():
                self.cancelled += 1
                return
            yield text[start : start + self.piece_chars]

    def read_ahead(self, prompt: Prompt) -> None:
        """The prompt is remembered."""
        self.ahead.append(prompt)

    async def close(self) -> None:
        """Nothing is held."""
