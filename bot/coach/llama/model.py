"""A GGUF model in this process through llama-cpp-python: one thread owns it, one answer is written at a time.

A llama.cpp context is not thread-safe and a token takes tens of milliseconds, so that nothing of it runs on the event
loop; pieces are handed over by call_soon_threadsafe. A system part that never changes is read once, whoever asks. A
conversation that gives way to another user's is laid aside as it was read (see shelf.py), and taken up again in
milliseconds.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bot.coach.facts import Turn
from bot.coach.llama.context import SETTINGS, LlamaContext, LlamaSettings
from bot.coach.llama.shelf import Shelf, about, shared
from bot.coach.model.chat_model import ChatModelError, ModelFailed, ModelMissing, PromptTooLong
from bot.coach.model.prompt import Prompt
from bot.coach.model.stops import StopFilter
from bot.coach.model.templates import STOP, TemplateUnusable

log = logging.getLogger(__name__)


@dataclass(slots=True)
class ReadCount:
    """Prompt tokens that were asked for and that had to be read: the rest was still in the context."""

    asked: int = 0
    read: int = 0


@dataclass(frozen=True, slots=True)
class _Job:
    prompt: Prompt
    max_tokens: int
    seed: int
    cancel: threading.Event
    loop: asyncio.AbstractEventLoop
    out: asyncio.Queue[str | ChatModelError | None] = field(default_factory=asyncio.Queue)

    def hand_over(self, item: str | ChatModelError | None) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.out.put_nowait, item)


class LlamaModel:
    """The chat model of a GGUF file, loaded in its own thread when it is first asked.

    `find` says where the file is, None while there is none yet.
    """

    def __init__(self, find: Callable[[], Path | None], settings: LlamaSettings = SETTINGS) -> None:
        self._find = find
        self._settings = settings
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="llama")
        self._closing = threading.Event()
        self._context: LlamaContext | None = None
        self._ahead = threading.Event()
        self._broken: Path | None = None
        self._shelf = Shelf(settings.shelf)
        self._about = ""
        self.reads = ReadCount()

    @property
    def ready(self) -> bool:
        """Whether there is a file that has not failed to load."""
        path = self._find()
        return path is not None and path != self._broken and not self._closing.is_set()

    async def stream(
        self, prompt: Prompt, *, max_tokens: int, seed: int, cancel: threading.Event
    ) -> AsyncIterator[str]:
        """Pieces of the answer as they are written. Raises ModelMissing, PromptTooLong, ModelFailed."""
        job = _Job(prompt, max_tokens, seed, cancel, asyncio.get_running_loop())
        self._ahead.set()
        self._thread.submit(self._work, job)
        try:
            while (item := await job.out.get()) is not None:
                if isinstance(item, ChatModelError):
                    raise item
                yield item
        finally:
            cancel.set()

    async def warm_up(self, prompt: Prompt) -> None:
        """The model is loaded and has read the beginning that all prompts share. Raises ChatModelError."""
        async for _ in self.stream(prompt, max_tokens=1, seed=0, cancel=threading.Event()):
            pass

    def read_ahead(self, prompt: Prompt) -> None:
        """The model is being loaded and reads the prompt up to where a question begins, until the next one comes."""
        self._ahead.set()
        self._ahead = stop = threading.Event()
        self._thread.submit(self._read_ahead, prompt, stop)

    async def idle(self) -> None:
        """Everything that was asked of the model before is done, reading ahead too."""
        await asyncio.wrap_future(self._thread.submit(lambda: None))

    async def bare_rate(self, max_tokens: int) -> float:
        """Tokens a second as llama.cpp itself writes them, nothing of ours around. Raises ChatModelError.

        What was read before is forgotten.
        """
        return await asyncio.wrap_future(self._thread.submit(self._bare_rate, max_tokens))

    async def close(self) -> None:
        """The thread has ended and the model's memory is free."""
        self._closing.set()
        self._thread.submit(self._unload)
        await asyncio.to_thread(self._thread.shutdown, wait=True)

    def _unload(self) -> None:
        if self._context is not None:
            self._context.close()
            self._context = None

    def _bare_rate(self, max_tokens: int) -> float:
        context = self._loaded()
        self._forget_context()
        times_s = [time.perf_counter() for _ in context.bare(max_tokens)]
        self._forget_context()
        return (len(times_s) - 1) / (times_s[-1] - times_s[0]) if len(times_s) > 1 else 0.0

    def _work(self, job: _Job) -> None:
        """Runs in the model's thread: every outcome reaches the loop, the end as None."""
        try:
            for piece in self._write(job):
                job.hand_over(piece)
            job.hand_over(None)
        except ChatModelError as error:
            job.hand_over(error)
        except Exception as error:  # noqa: BLE001 - the edge of the thread: an error nobody carries over leaves a reader waiting
            log.warning("the model broke off: %s", type(error).__name__)
            self._forget_context()
            job.hand_over(ModelFailed(type(error).__name__))

    def _write(self, job: _Job) -> Iterator[str]:
        if self._stopped(job.cancel):
            return
        context = self._loaded()
        tokens = context.tokens(job.prompt)
        if len(tokens) + job.max_tokens > self._settings.context:
            raise PromptTooLong(f"{len(tokens)} and {job.max_tokens} tokens do not fit into {self._settings.context}")
        self.reads.asked += len(tokens)
        self._turn_to(context, about(job.prompt), tokens)
        self._read(context, tokens, job.cancel, self._settings.chunk)
        if self._stopped(job.cancel):
            return
        stops = StopFilter(STOP)
        for text in context.write(job.seed, job.max_tokens, lambda: self._stopped(job.cancel)):
            if piece := stops.feed(text):
                yield piece
            if stops.over:
                return
        if rest := stops.flush():
            yield rest

    def _read_ahead(self, prompt: Prompt, stop: threading.Event) -> None:
        """Runs in the model's thread: all that comes before a question is read, whatever will be asked."""
        if self._stopped(stop):
            return
        try:
            context = self._loaded()
            one, other = (context.tokens(_asking(prompt, question)) for question in ("How?", "and why"))
            tokens = one[: shared(one, other)]
            if len(tokens) < self._settings.context:
                self._turn_to(context, about(prompt), tokens)
                self._read(context, tokens, stop, self._settings.ahead_chunk)
        except ModelMissing:
            log.info("there is no model to read ahead")
        except Exception as error:  # noqa: BLE001 - the edge of the thread: nobody waits for this, the next answer reads it all
            log.info("reading ahead broke off: %s", type(error).__name__)
            self._forget_context()

    def _read(self, context: LlamaContext, tokens: Sequence[int], stop: threading.Event, chunk: int) -> None:
        for count in context.read(tokens, lambda: self._stopped(stop), chunk):
            self.reads.read += count

    def _turn_to(self, context: LlamaContext, whose: str, tokens: Sequence[int]) -> None:
        """The conversation at hand is laid aside for another one, which is taken up as far as it was read before."""
        if whose == self._about:
            return
        if self._about:
            self._shelf.put(self._about, context.kept())
        kept, self._about = self._shelf.take(whose), whose
        if kept and shared(kept.tokens, tokens) > shared(context.held(), tokens):
            context.take_up(kept)

    def _stopped(self, stop: threading.Event) -> bool:
        return stop.is_set() or self._closing.is_set()

    def _forget_context(self) -> None:
        self._shelf.clear()
        self._about = ""
        if self._context is not None:
            self._context.reset()

    def _loaded(self) -> LlamaContext:
        if self._context is None:
            self._context = self._load()
        return self._context

    def _load(self) -> LlamaContext:
        path = self._find()
        if path is None:
            raise ModelMissing("no model file")
        try:
            return LlamaContext(path, self._settings)
        except (ValueError, RuntimeError, OSError, TemplateUnusable) as error:
            log.warning("the chat model cannot be loaded: %s", error)
            self._broken = path
            raise ModelMissing(f"{path.name} could not be loaded") from error


def _asking(prompt: Prompt, question: str) -> Prompt:
    return Prompt(prompt.system, (*prompt.turns, Turn("user", question)))
