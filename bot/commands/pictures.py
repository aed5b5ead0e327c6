"""The pictures that `spotter analyze` writes: a chart each set, a photo with its angles, the annotated clip."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.values import MeasuredSet


def draw(path: Path, given: argparse.Namespace, found: Sequence[MeasuredSet]) -> None:
    """The chart of each set and the annotated clip are written, as far as they are wanted."""
    for one, number in zip(found, _numbers(found), strict=True):
        if given.chart:
            _draw_chart(_numbered(chart_path(path, given), number), one)
        if given.annotated and one.report.source.kind == "clip":
            _annotate(path, _numbered(given.annotated, number), one)


def _numbers(found: Sequence[MeasuredSet]) -> Iterator[int | None]:
    """1, 2, … where there are several sets."""
    return iter(range(1, len(found) + 1)) if len(found) > 1 else iter([None])


def _numbered(out: Path, number: int | None) -> Path:
    """squats.png of the second set is squats-2.png."""
    return out if number is None else out.with_name(f"{out.stem}-{number}{out.suffix}")


def chart_path(path: Path, given: argparse.Namespace) -> Path:
    """Where the picture of that file goes: into the folder named, where several files are, each under its own name."""
    several = len(given.files) > 1 and not given.together
    chart: Path = given.chart
    if not several and not chart.is_dir():
        return chart
    namesakes = sum(other.stem == path.stem for other in given.files)
    return chart / f"{path.stem if namesakes == 1 else '_'.join(path.relative_to(path.anchor).parts)}.png"


def _draw_chart(out: Path, one: MeasuredSet) -> None:
    from bot.words.chart_words import chart_words
    from pipeline.chart import draw_chart

    write(out, draw_chart(one.report, chart_words(one.report, "en")))


def write(out: Path, content: bytes) -> None:
    """The file holds the content, its folder made where it is missing."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)


def _annotate(path: Path, out: Path, one: MeasuredSet) -> None:
    from bot.words.chart_words import chart_words
    from pipeline.overlay import draw_overlay
    from pipeline.values import PoseTrack

    assert isinstance(one.track, PoseTrack)
    draw_overlay(path, one.track, one.report, out, chart_words(one.report, "en"))
