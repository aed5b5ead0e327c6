"""What travels between the bot and its workers: frozen values, light to import. The work itself is `work.py`'s."""

from __future__ import annotations

import os
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.chart.progress import ProgressPoint
from pipeline.values import SetReport, Source
from pipeline.video import Sampling


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """What every worker is started with."""

    pose_model: Path
    sampling: Sampling
    cache_dir: Path


@dataclass(frozen=True, slots=True)
class AnalyzeClip:
    """Analyse the clip at `path`; `name` is what the user called it."""

    path: Path
    name: str
    language: str
    exercise: str | None = None


@dataclass(frozen=True, slots=True)
class Recount:
    """Count a stored track again under the exercise the user gave."""

    track: bytes
    source: Source
    language: str
    exercise: str | None


@dataclass(frozen=True, slots=True)
class Annotate:
    """Draw skeleton, counter and tempo on the clip at `path` into `out`."""

    path: Path
    out: Path
    track: bytes
    report: SetReport
    language: str


@dataclass(frozen=True, slots=True)
class DrawProgress:
    """Draw how the sets develop."""

    points: tuple[ProgressPoint, ...]
    language: str
    units: str


Task = AnalyzeClip | Recount | Annotate | DrawProgress


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A measured set: report, chart as PNG, and the packed track from which it can be counted again."""

    report: SetReport
    chart_png: bytes
    track: bytes


Result = Outcome | Path | bytes


def work(pipe: Connection, options: WorkerOptions) -> None:
    """A worker process's entry: the networks and drawing libraries are loaded there, never in the bot's own process."""
    os.environ["MPLCONFIGDIR"] = str(options.cache_dir)  # matplotlib's list of fonts, else in the user's home
    from bot.work import serve

    serve(pipe, options)
