"""One llama.cpp context of a GGUF file: its template, what it has read, what it writes. Knows no thread and no user.

The only importer of llama_cpp. What the context has read stays: the next prompt is read only from where it differs.
"""

from __future__ import annotations

import codecs
import ctypes
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bot.coach.llama.shelf import Kept, shared
from bot.coach.model.chat_model import ModelFailed
from bot.coach.model.prompt import Prompt
from bot.coach.model.templates import Template, TemplateUnusable, template_for

if TYPE_CHECKING:
    from llama_cpp import Llama

# How often a thread of llama.cpp looks whether the others are done before it sleeps. GNU's OpenMP looks for about a
# millisecond, which on a busy machine is spent beside threads that wait for the very core: with eight other processes a
# token took 0.8 to 4.8 s and 0.5 to 0.9 s of CPU so, and 0.3 to 0.6 s and 0.17 s with this value (libgomp's own where
# there are more threads than cores).
SPINS = "1000"
# Built for matrix tiles llama.cpp may load an invalid tile configuration and take the whole bot with it (its pull
# request 26954). The Makefile builds it without them; who brings a build of their own hears of it instead.
MATRIX_TILES = b"AMX_INT8 = 1"

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class LlamaSettings:
    """How the model is run. threads None: one a physical core, as more than that slows llama.cpp down (its issue 1665).

    chunk is how many prompt tokens are read between two looks at `cancel`, ahead_chunk the same while nobody waits: a
    question that comes in waits for that many. shelf is how many conversations stay read beside the newest: 23 kB a
    token for TinyLlama, some 15 MB each. temperature is low, as words are wanted and no ideas; without a penalty
    TinyLlama repeats itself (its issues 24 and 133).
    """

    context: int = 2048  # tokens: TinyLlama's own
    threads: int | None = None
    chunk: int = 128
    ahead_chunk: int = 32
    shelf: int = 8
    temperature: float = 0.4
    top_p: float = 0.9
    repeat_penalty: float = 1.1


SETTINGS = LlamaSettings()


class LlamaContext:
    """An open model; not thread-safe, as llama.cpp's context is not."""

    def __init__(self, path: Path, settings: LlamaSettings) -> None:
        """Raises ValueError, RuntimeError, OSError or TemplateUnusable where the file can't be used."""
        self._settings = settings
        self._llama = _open(path, settings)
        self._template = _template_of(self._llama)
        self._ends = _ends(self._llama)

    def close(self) -> None:
        """The model's memory is free."""
        self._llama.close()

    def reset(self) -> None:
        """Nothing is read any more."""
        self._llama.reset()

    def tokens(self, prompt: Prompt) -> list[int]:
        """The prompt as the file's template writes it. Raises ModelFailed where it can't."""
        try:
            text = self._template.render(prompt)
        except TemplateUnusable as error:
            raise ModelFailed("the file's template refuses the conversation") from error
        bos = _text_of(self._llama, self._llama.token_bos())
        begun = bool(bos) and text.startswith(bos)
        tokens: list[int] = self._llama.tokenize(text.encode(), add_bos=not begun, special=True)
        return tokens

    def held(self) -> list[int]:
        """The tokens that the context holds."""
        tokens: list[int] = self._llama.input_ids[: self._llama.n_tokens].tolist()
        return tokens

    def read(self, tokens: Sequence[int], stopped: Stopped, chunk: int) -> Iterator[int]:
        """The context holds these tokens, of which the shared beginning was kept; yields how many each step has read.

        It ends early where it is told to stop. The last token is read in any case: what comes after it is chosen from
        what reading it left behind.
        """
        kept = min(shared(self.held(), tokens), len(tokens) - 1)
        self._llama.n_tokens = kept  # eval() forgets what lies behind
        for start in range(kept, len(tokens), chunk):
            if stopped():
                return
            piece = tokens[start : start + chunk]
            self._llama.eval(piece)
            yield len(piece)

    def write(self, seed: int, max_tokens: int, stopped: Stopped) -> Iterator[str]:
        """The text that follows what was just read, token by token; a character of several tokens comes whole."""
        choices = self._settings
        self._llama.set_seed(seed)
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        written = self._llama.generate(
            [], reset=False, temp=choices.temperature, top_p=choices.top_p, repeat_penalty=choices.repeat_penalty
        )
        for count, token in enumerate(written, start=1):
            if token in self._ends or stopped():
                return
            yield decoder.decode(self._llama.detokenize([token]))
            if count >= max_tokens:
                return

    def kept(self) -> Kept:
        """What the context made of its tokens."""
        import llama_cpp

        size = llama_cpp.llama_state_seq_get_size(self._llama.ctx, 0)
        state = (ctypes.c_uint8 * size)()
        written = llama_cpp.llama_state_seq_get_data(self._llama.ctx, state, size, 0)
        return Kept(tuple(self.held()), bytes(state)[:written])

    def take_up(self, kept: Kept) -> None:
        """The context is as it was when these tokens had been read."""
        import llama_cpp

        llama, state = self._llama, (ctypes.c_uint8 * len(kept.state)).from_buffer_copy(kept.state)
        taken = llama_cpp.llama_state_seq_set_data(llama.ctx, state, len(kept.state), 0)
        llama.n_tokens = len(kept.tokens) if taken else 0
        llama.input_ids[: llama.n_tokens] = kept.tokens[: llama.n_tokens]

    def bare(self, max_tokens: int) -> Iterator[int]:
        """Tokens as llama.cpp itself writes them, with nothing of ours around: what our own speed is measured against.

        What was read before is forgotten.
        """
        llama, choices = self._llama, self._settings
        llama.reset()
        written = llama.generate(
            llama.tokenize(b"Hello there", add_bos=True),
            temp=choices.temperature,
            top_p=choices.top_p,
            repeat_penalty=choices.repeat_penalty,
        )
        for _, token in zip(range(max_tokens), written, strict=False):
            yield token


def _open(path: Path, settings: LlamaSettings) -> Llama:
    """The model, quiet. The library is imported here: that alone takes a good part of a second of the thread's time."""
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)  # read when the library is loaded
    from llama_cpp import Llama, llama_print_system_info

    if MATRIX_TILES in llama_print_system_info():
        raise RuntimeError("llama.cpp was built with AMX, whose code ends the process: `make clean`, then set up anew")
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
