"""A GGUF model in this process through llama-cpp-python: one thread owns it, one answer is written at a time.

A llama.cpp context is not thread-safe and a token takes tens of milliseconds, so that nothing of it runs on the event
loop; pieces are handed over by call_soon_threadsafe. What the context has read stays: the next prompt is read only from
where it differs, so that a system part that never changes is read once, whoever asks. A conversation that gives way to
another user's is laid aside as it was read (see shelf.py), and taken up again in milliseconds.
"""

from __future__ import annotations

import asyncio
import codecs
import ctypes
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bot.coach.chat_model import ChatModelError, ModelFailed, ModelMissing, PromptTooLong
from bot.coach.facts import Turn
from bot.coach.prompt import Prompt
from bot.coach.shelf import Kept, Shelf, about, shared
from bot.coach.stops import StopFilter
from bot.coach.templates import STOP, Template, TemplateUnusable, template_for

if TYPE_CHECKING:
    from llama_cpp import Llama

log = logging.getLogger(__name__)

# How often a thread of llama.cpp looks whether the others are done before it sleeps. GNU's OpenMP looks for about a
# millisecond, which on a busy machine is spent beside threads that wait for the very core: with eight other processes a
# token took 0.8 to 4.8 s and 0.5 to 0.9 s of CPU so, and 0.3 to 0.6 s and 0.17 s with this value (libgomp's own where
# there are more threads than cores).
SPINS = "1000"


@dataclass(frozen=True, slots=True)
class LlamaSettings:
    """How the model is run. threads None: one a physical core, as more than that slows llama.cpp down (its issue 1665).

    chunk is how many prompt tokens are read between two looks at `cancel`, ahead_chunk the same while nobody waits: a
    question that comes in waits for that many. shelf is how many conversations stay read beside the newest: 23 kB a
    token for TinyLlama, some 15 MB each. temperature is low, as words are wanted and no ideas; without a penalty
    TinyLlama repeats itself (its issues 24 and 133).
    """

    context: int = 2048
    threads: int | None = None
    chunk: int = 128
    ahead_chunk: int = 32
    shelf: int = 8
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
        self._turn_to(llama, about(job.prompt), tokens)
        if not self._read(llama, tokens, job.cancel, self._settings.chunk):
            return
        stops = StopFilter(STOP)
        for text in self._texts(llama, job):
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
        """Runs in the model's thread: all that comes before a question is read, whatever will be asked."""
        if self._stopped(stop):
            return
        try:
            llama = self._loaded()
            one, other = (self._tokens(llama, _asking(prompt, question)) for question in ("How?", "and why"))
            tokens = one[: shared(one, other)]
            if len(tokens) < self._settings.context:
                self._turn_to(llama, about(prompt), tokens)
                self._read(llama, tokens, stop, self._settings.ahead_chunk)
        except ModelMissing:
            log.info("there is no model to read ahead")
        except Exception as error:  # noqa: BLE001 - the edge of the thread: nobody waits for this, the next answer reads it all
            log.info("reading ahead broke off: %s", type(error).__name__)
            self._forget_context()

    def _read(self, llama: Llama, tokens: Sequence[int], stop: threading.Event, chunk: int) -> bool:
        """The context holds these tokens, of which the shared beginning was kept; False if it was told to stop.

        The last token is read in any case: what comes after it is chosen from what reading it left behind.
        """
        kept = min(shared(_held(llama), tokens), len(tokens) - 1)
        llama.n_tokens = kept  # eval() forgets what lies behind
        for start in range(kept, len(tokens), chunk):
            if self._stopped(stop):
                return False
            piece = tokens[start : start + chunk]
            llama.eval(piece)
            self.reads.read += len(piece)
        return True

    def _turn_to(self, llama: Llama, whose: str, tokens: Sequence[int]) -> None:
        """The conversation at hand is laid aside for another one, which is taken up as far as it was read before."""
        if whose == self._about:
            return
        held = _held(llama)
        if self._about:
            self._shelf.put(self._about, Kept(tuple(held), _state(llama)))
        kept, self._about = self._shelf.take(whose), whose
        if kept and shared(kept.tokens, tokens) > shared(held, tokens):
            _take_up(llama, kept)

    def _texts(self, llama: Llama, job: _Job) -> Iterator[str]:
        """The answer's text token by token, after a prompt that was just read; a character of several tokens comes
        whole."""
        choices = self._settings
        llama.set_seed(job.seed)
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        written = llama.generate(
            [], reset=False, temp=choices.temperature, top_p=choices.top_p, repeat_penalty=choices.repeat_penalty
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
        self._shelf.clear()
        self._about = ""
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
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)  # read when the library is loaded
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


def _asking(prompt: Prompt, question: str) -> Prompt:
    return Prompt(prompt.system, (*prompt.turns, Turn("user", question)))


def _held(llama: Llama) -> list[int]:
    """The tokens that the context holds."""
    tokens: list[int] = llama.input_ids[: llama.n_tokens].tolist()
    return tokens


def _state(llama: Llama) -> bytes:
    """What the context made of its tokens."""
    import llama_cpp

    size = llama_cpp.llama_state_seq_get_size(llama.ctx, 0)
    state = (ctypes.c_uint8 * size)()
    written = llama_cpp.llama_state_seq_get_data(llama.ctx, state, size, 0)
    return bytes(state)[:written]


def _take_up(llama: Llama, kept: Kept) -> None:
    """The context is as it was when these tokens had been read."""
    import llama_cpp

    state = (ctypes.c_uint8 * len(kept.state)).from_buffer_copy(kept.state)
    taken = llama_cpp.llama_state_seq_set_data(llama.ctx, state, len(kept.state), 0)
    llama.n_tokens = len(kept.tokens) if taken else 0
    llama.input_ids[: llama.n_tokens] = kept.tokens[: llama.n_tokens]


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
