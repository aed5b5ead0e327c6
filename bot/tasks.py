"""What travels between the bot and its workers: frozen values. The work itself is `workers/work.py`'s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.chart.progress import ProgressPoint
from pipeline.photo.report import PhotoReport
from pipeline.values import SetReport
from pipeline.video.decode import Sampling

CHARTS_AT_ONCE = 4  # of a recording with more sets each chart is drawn when it is asked for


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """What every worker is started with."""

    pose_model: Path
    sampling: Sampling
    cache_dir: Path


@dataclass(frozen=True, slots=True)
class AnalyzeClip:
    """Analyse the clip at `path`; `name` is what the user called it, `told_before` what earlier sets, newest first."""

    path: Path
    name: str
    language: str
    exercise: str | None = None
    told_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnalyzeLog:
    """Analyse the sensor log in `paths`, one recording, called `names`; `columns` is what the user said of it,
    `told_before` what they called earlier sets, newest first."""

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    language: str
    exercise: str | None = None
    columns: str | None = None
    told_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnalyzePhoto:
    """Analyse the photo at `path`; `name` is what the user called the file, `exercise` what they say it shows,
    `told_before` what they called earlier sets and photos."""

    path: Path
    name: str
    language: str
    exercise: str | None = None
    told_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recount:
    """Count the stored track of `report` again, under the exercise the user gave; None: under the one it has. The chart
    is titled with `said_reps`, the user's own count, where there is one."""

    track: bytes
    report: SetReport
    language: str
    exercise: str | None
    said_reps: int | None = None


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
    """Draw how the sets develop; `english` names their exercises where no font can draw those of the language."""

    points: tuple[ProgressPoint, ...]
    english: Mapping[str, str]
    language: str
    units: str


Task = AnalyzeClip | AnalyzeLog | AnalyzePhoto | Recount | Annotate | DrawProgress


@dataclass(frozen=True, slots=True, eq=False)
class DrawnSet:
    """A measured set: report, chart as PNG (None: not drawn), and the packed track to count it again from."""

    report: SetReport
    chart_png: bytes | None
    track: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The sets of one recording, in the order they were done, at least one."""

    sets: tuple[DrawnSet, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DrawnPhoto:
    """What a photo shows, without its picture, and the photo drawn upon, as PNG."""

    report: PhotoReport
    picture_png: bytes


@dataclass(frozen=True, slots=True)
class AnnotatedClip:
    """The clip that was drawn on: where it lies, and its width and height in pixels."""

    path: Path
    width_px: int
    height_px: int


Result = Outcome | DrawnSet | DrawnPhoto | AnnotatedClip | bytes
