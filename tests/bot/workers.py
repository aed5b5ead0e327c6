"""Stand-ins for the worker's entry: they do what the name of the clip says."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

from bot.tasks import AnalyzeClip, WorkerOptions
from pipeline.errors import NobodyInView

MEGABYTE = 1_000_000
LONG_S = 600.0  # longer than any test waits


def obedient(pipe: Connection, _: WorkerOptions) -> None:
    """Answers each task as its `name` says, until the pipe closes."""
    pipe.send(("ready", None))
    while True:
        try:
            task: AnalyzeClip = pipe.recv()
        except EOFError:
            return
        _obey(task.name, pipe)


def _obey(name: str, pipe: Connection) -> None:
    match name:
        case "echo":
            pipe.send(("progress", 0.5))
            pipe.send(("outcome", str(os.getpid()).encode()))
        case "hang":
            pipe.send(("progress", 0.0))
            time.sleep(LONG_S)
        case "swell":
            swollen = bytearray(400 * MEGABYTE)
            time.sleep(LONG_S + len(swollen) * 0)
        case "die":
            os._exit(3)
        case "refuse":
            pipe.send(("refused", NobodyInView(seen_share=0.0)))
        case _:
            pipe.send(("broken", "ValueError at nowhere.py:1"))
