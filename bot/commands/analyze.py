"""spotter analyze: what was done in a clip, in the terminal, as JSON, as a chart."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import load_settings

if TYPE_CHECKING:
    from pipeline.pose import PoseEstimator
    from pipeline.values import MeasuredSet


def add(commands: Any) -> None:
    """The command and its options."""
    command = commands.add_parser("analyze", help="say what was done in a clip", description=__doc__)
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="video files")
    command.add_argument("--json", action="store_true", help="one JSON object a line instead of text")
    command.add_argument(
        "--chart", type=Path, metavar="OUT.png", help="also write the chart; with several files, a folder"
    )
    command.add_argument("--annotated", type=Path, metavar="OUT.mp4", help="also write the annotated clip (one file)")
    command.add_argument("--exercise", metavar="NAME", help="what it was, instead of recognising it")
    command.set_defaults(call=call)


def call(given: argparse.Namespace) -> int:
    """Every file is analysed; one that cannot be does not stop the others, but the exit status says so."""
    from bot.replies import problem
    from pipeline.errors import AnalysisError
    from pipeline.pose import PoseEstimator

    given.exercise = slug(given.exercise) if given.exercise else None
    failed = 0
    with PoseEstimator(pose_model()) as estimator:
        for path in given.files:
            try:
                _one(path, given, estimator)
            except FileNotFoundError:
                failed += 1
                print(f"{path}: there is no such file", file=sys.stderr)
            except AnalysisError as error:
                failed += 1
                print(f"{path}: {problem(error, 'en')}", file=sys.stderr)
    return 1 if failed else 0


def slug(name: str) -> str:
    """The catalogue's own name for what a person calls it. Raises UnknownExercise, before any clip is looked at."""
    from pipeline.catalogue import find
    from pipeline.errors import UnknownExercise

    entry = find(name)
    if entry is None:
        raise UnknownExercise(name=name)
    return entry.name


def pose_model() -> Path:
    """The pose model's verified path. Raises AssetMissing, AssetCorrupt."""
    from pipeline.assets import POSE_LANDMARKER, verify

    return verify(POSE_LANDMARKER, load_settings().models_dir)


def _one(path: Path, given: argparse.Namespace, estimator: PoseEstimator) -> None:
    from bot.terminal import report_text
    from pipeline.analyze import analyze_clip
    from pipeline.report import to_json

    found, *_ = analyze_clip(path, estimator, name=str(path), exercise=given.exercise, progress=_progress(path))
    _clear_progress()
    print(to_json(found.report) if given.json else report_text(found.report))
    _draw(path, given, found)


def _draw(path: Path, given: argparse.Namespace, found: MeasuredSet) -> None:
    from bot.chart_words import chart_words
    from pipeline.chart import draw_chart
    from pipeline.overlay import draw_overlay
    from pipeline.values import PoseTrack

    assert isinstance(found.track, PoseTrack)
    words = chart_words(found.report, "en")
    if given.chart:
        several = len(given.files) > 1
        out = given.chart / f"{path.stem}.png" if several or given.chart.is_dir() else given.chart
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(draw_chart(found.report, words))
    if given.annotated:
        draw_overlay(path, found.track, found.report, given.annotated, words)


def _progress(path: Path) -> Any:
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda share: print(f"\r{path.name}: {share:4.0%} ", end="", file=sys.stderr, flush=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
