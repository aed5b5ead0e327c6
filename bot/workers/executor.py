"""Worker processes for analysis: spawned, kept warm, each with a hard deadline and a memory limit.

The event loop only ever waits: each worker is spoken to by a thread of its own.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

import psutil

from bot.executor_errors import DeadlineExceeded, MemoryExceeded, WorkerBroken, WorkerDied
from bot.tasks import Result, Task, WorkerOptions
from pipeline.errors import AnalysisError

Progress = Callable[[float], None]
Entry = Callable[[Connection, WorkerOptions], None]

MEGABYTE = 1_000_000  # bytes
MEMORY_CHECK_S = 0.25  # the house's value


class Executor(Protocol):
    """What runs a task somewhere else than on the event loop."""

    async def run(self, task: Task, progress: Progress) -> Result:
        """The task's outcome. Raises AnalysisError, ExecutorError."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take. start_s: importing and loading the networks on a slow disk."""

    deadline_s: float = 180.0
    memory_limit_mb: int = 1200
    start_s: float = 120.0


def work(pipe: Connection, options: WorkerOptions) -> None:
    """A worker process's entry: the networks and drawing libraries are loaded there, never in the bot's own process."""
    os.environ["MPLCONFIGDIR"] = str(options.cache_dir)  # matplotlib's list of fonts, else in the user's home
    from bot.workers.work import serve

    serve(pipe, options)


class WorkerPool:
    """`size` processes behind `run`, each running `entry`. Use as `async with WorkerPool(...) as pool`."""

    def __init__(self, options: WorkerOptions, limits: Limits, size: int, entry: Entry = work) -> None:
        self._options, self._limits, self._size, self._entry = options, limits, size, entry
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._workers: set[_Worker] = set()
        self._threads = ThreadPoolExecutor(2 * size, thread_name_prefix="worker-pipe")

    async def __aenter__(self) -> WorkerPool:
        for _ in range(self._size):
            self._add()
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.kill()
        self._threads.shutdown(wait=True)

    async def run(self, task: Task, progress: Progress) -> Result:
        """See Executor. Waits for a free worker; the deadline counts from the moment it is warm."""
        worker = await self._idle.get()
        try:
            outcome = await self._supervised(worker, task, progress)
        except AnalysisError:
            self._idle.put_nowait(worker)
            raise
        except BaseException:  # a cancelled task too: its process is in the middle of the work
            self._replace(worker)
            raise
        self._idle.put_nowait(worker)
        return outcome

    def _add(self) -> None:
        worker = _Worker(self._options, self._entry)
        self._workers.add(worker)
        self._idle.put_nowait(worker)
        self._threads.submit(worker.start)  # warm before the first clip; where that fails it is tried again then

    def _replace(self, worker: _Worker) -> None:
        worker.kill()
        self._workers.discard(worker)
        self._add()

    async def _supervised(self, worker: _Worker, task: Task, progress: Progress) -> Result:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._limits.start_s):
            await loop.run_in_executor(self._threads, worker.start)

        def tell(share: float) -> None:
            loop.call_soon_threadsafe(progress, share)

        work = loop.run_in_executor(self._threads, worker.perform, task, tell)
        watch = asyncio.create_task(self._outgrown(worker))
        work.add_done_callback(_retrieved)
        try:
            ended: set[asyncio.Future[Any]] = {work, watch}
            await asyncio.wait(ended, timeout=self._limits.deadline_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            watch.cancel()
        if work.done():
            return work.result()
        raise MemoryExceeded() if watch.done() else DeadlineExceeded()

    async def _outgrown(self, worker: _Worker) -> None:
        """Returns once the worker's process is larger than it may be."""
        while worker.megabytes() <= self._limits.memory_limit_mb:
            await asyncio.sleep(MEMORY_CHECK_S)


def _retrieved(work: asyncio.Future[Result]) -> None:
    """A task that was given up still ends with an error; it has been told already."""
    if not work.cancelled():
        work.exception()


class _Worker:
    """One process and the pipe to it. `start` and `perform` block: they are called in a thread."""

    def __init__(self, options: WorkerOptions, entry: Entry) -> None:
        self._options, self._entry = options, entry
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._killed = False

    def start(self) -> None:
        """The process is warm: it is already, or a new one is, where there was none or it died. Raises WorkerBroken."""
        with self._lock:
            if self._killed or (self._process is not None and self._process.is_alive()):
                return
            if self._pipe is not None:
                self._pipe.close()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            process = context.Process(
                target=self._entry, args=(theirs, self._options), daemon=True, name="spotter-worker"
            )
            process.start()
            theirs.close()
            self._process = process
            self._receive()

    def perform(self, task: Task, tell: Progress) -> Result:
        """Raises AnalysisError as the pipeline does, WorkerBroken for anything else."""
        if self._pipe is None:
            raise WorkerBroken("the worker was ended")
        try:
            self._pipe.send(task)
        except OSError as error:
            raise WorkerDied("the worker's process died") from error
        while True:
            kind, value = self._receive()
            if kind == "progress":
                tell(value)
            elif kind == "outcome":
                return value  # type: ignore[no-any-return]
            elif kind == "refused":
                raise value
            else:
                raise WorkerBroken(value)

    def megabytes(self) -> float:
        """Resident memory; 0 when the process is gone (its pipe tells)."""
        try:
            return psutil.Process(self._process.pid).memory_info().rss / MEGABYTE if self._process else 0.0
        except psutil.Error:
            return 0.0

    def kill(self) -> None:
        """The process is ended at once; whoever waits for it gets WorkerBroken."""
        self._killed = True
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def _receive(self) -> tuple[str, Any]:
        assert self._pipe is not None
        try:
            return self._pipe.recv()  # type: ignore[no-any-return]
        except (EOFError, OSError) as error:
            raise WorkerDied("the worker's process died") from error
