"""Fetches the model's file from a Hugging Face repository, beside the running bot, and says how far it is.

    Absent -> Fetching (p %) -> Ready
                             -> Failed (why); in the background tried again later

What was fetched before a break is kept and gone on with: huggingface_hub's own resuming download into a folder.
"""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingface_hub import hf_hub_download
from huggingface_hub.utils import logging as hub_logging
from huggingface_hub.utils import tqdm

log = logging.getLogger(__name__)
hub_logging.set_verbosity_error()  # each of its own tries would be a line in the middle of a chat; `Failed` says why

GGUF_MAGIC = b"GGUF"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the weights are: the default is TinyLlama-1.1B-Chat-v1.0 at eight bits, 1.17 GB, Apache-2.0."""

    repository: str = "TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF"
    file: str = "tinyllama-1.1b-chat-v1.0.Q8_0.gguf"
    revision: str | None = None
    endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a broken download is taken up again, and how long is waited before: first_wait_s, doubled each time.
    Where all tries failed, the background begins anew after rest_s: a bot may start long before its network does."""

    most: int = 5
    first_wait_s: float = 5.0
    longest_wait_s: float = 300.0  # the house's value
    rest_s: float = 3600.0  # likewise

    def wait_s(self, tries: int) -> float:
        """Seconds to wait after that many failed tries: each wait is twice the last, up to the longest."""
        return float(min(self.first_wait_s * 2 ** (tries - 1), self.longest_wait_s))


@dataclass(frozen=True, slots=True)
class Absent:
    """Nobody has asked for the file yet."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """On its way: bytes so far and in all, 0 where that is not known yet."""

    done_bytes: int = 0
    total_bytes: int = 0

    @property
    def percent(self) -> float:
        """How much has arrived (0..100); 0 where the size is not known."""
        return 100 * self.done_bytes / self.total_bytes if self.total_bytes else 0.0


@dataclass(frozen=True, slots=True)
class Ready:
    path: Path


@dataclass(frozen=True, slots=True)
class Failed:
    """Given up for now; `why` is fit for an operator's eyes."""

    why: str


State = Absent | Fetching | Ready | Failed


class Weights:
    """The model's file in a folder, fetched in a thread of its own."""

    def __init__(self, folder: Path, source: Source = Source(), retries: Retries = Retries()) -> None:
        self._folder, self._source, self._retries = folder, source, retries
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._state: State = Ready(self.path) if self.path.is_file() else Absent()

    @property
    def path(self) -> Path:
        """Where the file is, once it is there."""
        return self._folder / self._source.file

    @property
    def state(self) -> State:
        """Where the file is now: absent, being fetched, or ready."""
        return self._state

    def find(self) -> Path | None:
        """The file, None until it is complete: what `LlamaModel` asks for."""
        return self._state.path if isinstance(self._state, Ready) else None

    def start(self) -> None:
        """The file is being fetched in the background, unless it is there or on its way."""
        if isinstance(self._state, Ready) or (self._thread and self._thread.is_alive()):
            return
        self._state = Fetching()
        self._thread = threading.Thread(target=self._fetch_until_here, name="weights", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """No further try is made; a piece that is on its way may still come in."""
        self._stopping.set()

    def fetch(self, on_progress: Callable[[Fetching], None] | None = None) -> State:
        """The state after all tries: Ready, or Failed with the last reason. Blocks; resumes what is there."""
        for tries in range(1, self._retries.most + 1):
            self._state = self._try(on_progress)
            if isinstance(self._state, Ready) or tries == self._retries.most:
                break
            log.info("fetching %s: %s; next try soon", self._source.file, self._state)
            if self._stopping.wait(self._retries.wait_s(tries)):
                break
        if isinstance(self._state, Failed):
            log.warning("the chat model could not be fetched, the rules answer: %s", self._state.why)
        return self._state

    def _fetch_until_here(self) -> None:
        while not isinstance(self.fetch(), Ready) and not self._stopping.wait(self._retries.rest_s):
            continue

    def _try(self, on_progress: Callable[[Fetching], None] | None) -> State:
        def report(progress: Fetching) -> None:
            self._state = progress
            if on_progress:
                on_progress(progress)

        try:
            return _checked(_download(self._folder, self._source, report))
        except Exception as error:  # noqa: BLE001 - the edge of the thread: whatever the hub's client raises becomes a state
            return Failed(f"{type(error).__name__}: {_first_line(error)}")


def _download(folder: Path, source: Source, report: Callable[[Fetching], None]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    found = hf_hub_download(
        source.repository,
        source.file,
        revision=source.revision,
        local_dir=folder,
        endpoint=source.endpoint,
        token=False,  # a public file: no account of this machine's user is sent along
        tqdm_class=_progress_class(report),
    )
    return Path(found)


def _checked(path: Path) -> State:
    """Ready if the file begins like a GGUF; else it is removed, so that the next try fetches it anew."""
    with path.open("rb") as file:
        magic = file.read(len(GGUF_MAGIC))
    if magic == GGUF_MAGIC:
        return Ready(path)
    path.unlink()
    return Failed(f"{path.name} is no GGUF file")


def _progress_class(report: Callable[[Fetching], None]) -> type:
    """A progress bar that draws nothing and reports instead."""

    class Progress(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **{**options, "file": io.StringIO(), "disable": False})
            report(Fetching(int(self.n), int(self.total or 0)))

        def update(self, n: float | None = 1) -> bool | None:
            drawn: bool | None = super().update(n)
            report(Fetching(int(self.n), int(self.total or 0)))
            return drawn

    return Progress


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:200]
