"""A GGUF model in this process through llama-cpp-python: one thread owns it, one answer is written at a time.

A llama.cpp context is not thread-safe and a token takes tens of milliseconds, so that nothing of it runs on the event
loop; pieces are handed over by call_soon_threadsafe. What the context has read stays: the next prompt is read only from
where it differs, so that a system part that never changes is read once, whoever asks.
"""

from __future__ import annotations

import asyncio
import codecs
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bot.coach.chat_model import ChatModelError, ModelFailed, ModelMissing, PromptTooLong
from bot.coach.prompt import Prompt
from bot.coach.stops import StopFilter
from bot.coach.templates import STOP, Template, TemplateUnusable, template_for

if TYPE_CHECKING:
    from llama_cpp import Llama

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LlamaSettings:
    """How the model is run. threads None: one a physical core, as more than that slows llama.cpp down (its issue 1665).

    chunk is how many prompt tokens are read between two looks at `cancel`, ahead_chunk the same while nobody waits: a
    question that comes in waits for that many. temperature is low, as words are wanted and no ideas; without a penalty
    TinyLlama repeats itself (its issues 24 and 133).
    """

    context: int = 2048
    threads: int | None = None
    chunk: int = 128
    ahead_chunk: int = 32
    temperature: float = 0.4
    top_p: float = 0.9
    repeat_penalty: float = 1.1


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

    def __init__(self, find: Callable[[], Path | None], settings: LlamaSettings = LlamaSettings()) -> None:
        self._find = find
        self._settings = settings
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="llama")
        self._closing = threading.Event()
        self._llama: Llama | None = None
        self._template: Template | None = None
        self._ends: frozenset[int] = frozenset()
        self._ahead = threading.Event()
        self._broken: Path | None = None
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
        """The prompt is being read as far as it goes, until the next question comes."""
        self._ahead.set()
        self._ahead = stop = threading.Event()
        self._thread.submit(self._read_ahead, prompt, stop)

    async def close(self) -> None:
        """The thread has ended and the model's memory is free."""
        self._closing.set()
        self._thread.submit(self._unload)
        await asyncio.to_thread(self._thread.shutdown, wait=True)

    def _unload(self) -> None:
        if self._llama is not None:
            self._llama.close()
            self._llama = None

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
        llama = self._loaded()
        tokens = self._tokens(llama, job.prompt)
        if len(tokens) + job.max_tokens > self._settings.context:
            raise PromptTooLong(f"{len(tokens)} and {job.max_tokens} tokens do not fit into {self._settings.context}")
        self.reads.asked += len(tokens)
        if not self._read(llama, tokens[:-1], job.cancel, self._settings.chunk):
            return
        stops = StopFilter(STOP)
        for text in self._texts(llama, tokens[-1], job):
            if piece := stops.feed(text):
                yield piece
            if stops.over:
                return
        if rest := stops.flush():
            yield rest

    def _tokens(self, llama: Llama, prompt: Prompt) -> list[int]:
        """The prompt as the file's template writes it. Raises ModelFailed where it can't."""
        assert self._template is not None
        try:
            text = self._template.render(prompt)
        except TemplateUnusable as error:
            raise ModelFailed("the file's template refuses the conversation") from error
        bos = _text_of(llama, llama.token_bos())
        begun = bool(bos) and text.startswith(bos)
        tokens: list[int] = llama.tokenize(text.encode(), add_bos=not begun, special=True)
        return tokens

    def _read_ahead(self, prompt: Prompt, stop: threading.Event) -> None:
        """Runs in the model's thread. What the template puts behind the last turn is read in vain: a few tokens."""
        if self._stopped(stop) or self._llama is None:
            return
        try:
            tokens = self._tokens(self._llama, prompt)
            if len(tokens) < self._settings.context:
                self._read(self._llama, tokens, stop, self._settings.ahead_chunk)
        except Exception as error:  # noqa: BLE001 - the edge of the thread: nobody waits for this, the next answer reads it all
            log.info("reading ahead broke off: %s", type(error).__name__)
            self._forget_context()

    def _read(self, llama: Llama, tokens: Sequence[int], stop: threading.Event, chunk: int) -> bool:
        """The context holds these tokens, of which the shared beginning was kept; False if it was told to stop."""
        kept = _shared(llama.input_ids[: llama.n_tokens].tolist(), tokens)
        llama.n_tokens = kept  # eval() forgets what lies behind
        for start in range(kept, len(tokens), chunk):
            if self._stopped(stop):
                return False
            piece = tokens[start : start + chunk]
            llama.eval(piece)
            self.reads.read += len(piece)
        return True

    def _texts(self, llama: Llama, last: int, job: _Job) -> Iterator[str]:
        """The answer's text token by token; a character of several tokens comes whole."""
        choices = self._settings
        llama.set_seed(job.seed)
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        written = llama.generate(
            [last], reset=False, temp=choices.temperature, top_p=choices.top_p, repeat_penalty=choices.repeat_penalty
        )
        for count, token in enumerate(written, start=1):
            if token in self._ends or self._stopped(job.cancel):
                return
            yield decoder.decode(llama.detokenize([token]))
            if count >= job.max_tokens:
                return

    def _stopped(self, stop: threading.Event) -> bool:
        return stop.is_set() or self._closing.is_set()

    def _forget_context(self) -> None:
        if self._llama is not None:
            self._llama.reset()

    def _loaded(self) -> Llama:
        if self._llama is None:
            self._llama, self._template = self._load()
            self._ends = _ends(self._llama)
        return self._llama

    def _load(self) -> tuple[Llama, Template]:
        path = self._find()
        if path is None:
            raise ModelMissing("no model file")
        try:
            llama = _open(path, self._settings)
            return llama, _template_of(llama)
        except (ValueError, RuntimeError, OSError, TemplateUnusable) as error:
            self._broken = path
            raise ModelMissing(f"{path.name} could not be loaded") from error


def _open(path: Path, settings: LlamaSettings) -> Llama:
    """The model, quiet. The library is imported here: that alone takes a good part of a second of the thread's time."""
    from llama_cpp import Llama

    threads = settings.threads or psutil.cpu_count(logical=False) or 1
    return Llama(
        str(path),
        n_ctx=settings.context,
        n_threads=threads,
        n_threads_batch=threads,
        n_batch=max(settings.chunk, 32),
        n_gpu_layers=0,
        verbose=False,
    )


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two prompts begin with in common."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))


def _template_of(llama: Llama) -> Template:
    """The pinned template for TinyLlama, the file's own for any other. Raises TemplateUnusable."""
    about = llama.metadata
    bos, eos = _text_of(llama, llama.token_bos()), _text_of(llama, llama.token_eos())
    return template_for(about.get("general.name", ""), about.get("tokenizer.chat_template"), bos, eos, _controls(llama))


def _controls(llama: Llama) -> list[str]:
    """The texts of all control tokens: none of them may come from what a user typed."""
    import llama_cpp

    vocabulary = llama_cpp.llama_model_get_vocab(llama.model)
    tokens = (token for token in range(llama.n_vocab()) if llama_cpp.llama_vocab_is_control(vocabulary, token))
    return [text for token in tokens if (text := _text_of(llama, token))]


def _text_of(llama: Llama, token: int) -> str:
    """The text of one token, control tokens included; empty for none."""
    return str(llama.detokenize([token], special=True).decode("utf-8", "ignore")) if token >= 0 else ""


def _ends(llama: Llama) -> frozenset[int]:
    """The tokens that end a turn: a model may have several."""
    import llama_cpp

    vocabulary = llama_cpp.llama_model_get_vocab(llama.model)
    return frozenset(token for token in range(llama.n_vocab()) if llama_cpp.llama_vocab_is_eog(vocabulary, token))
