"""spotter evaluate: how often the answers are right, over clips, photos and sensor logs whose truth is known."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.commands.analyze import Analysis
    from pipeline.evaluate.clips import Answer, Evaluation, LabelledClip
    from pipeline.evaluate.photos import LabelledPhoto, PhotoAnswer, PhotoEvaluation
    from pipeline.values import MeasuredSet


def add(commands: Any) -> None:
    """The command and its options."""
    command = commands.add_parser("evaluate", help="measure how often the answers are right", description=__doc__)
    command.add_argument(
        "manifest",
        type=Path,
        metavar="MANIFEST.csv",
        help="columns path (of a clip or an app's export, beside the manifest), exercise, reps; of photos alone: path, "
        "exercise (a pose's name, too); or a folder of packed sensor logs (npz and csv)",
    )
    command.add_argument("--json", action="store_true", help="JSON instead of a table")
    command.add_argument("--confusion", type=Path, metavar="FILE.png", help="draw what was taken for what")
    command.add_argument("--told", action="store_true", help="tell the exercise instead of recognising it")
    command.add_argument("--people", type=int, help="of logs: only so many people of each table, drawn by --seed")
    command.add_argument("--seed", default="spotter", help="which people: the default are those nothing learned from")
    command.set_defaults(call=call)


def call(given: argparse.Namespace) -> int:
    """The table is printed; the exit status is 2 for a manifest that cannot be read."""
    from pipeline.evaluate.clips import table
    from pipeline.evaluate.logs import holds_recordings
    from pipeline.evaluate.photos import PhotoEvaluation, holds_photos, photo_table
    from pipeline.report import strict

    found: Evaluation | PhotoEvaluation
    try:
        if holds_recordings(given.manifest):
            found = of_logs(given)
        else:
            found = (of_photos if holds_photos(given.manifest) else of_manifest)(given)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    shown = photo_table(found) if isinstance(found, PhotoEvaluation) else table(found)
    print(json.dumps(strict(asdict(found))) if given.json else shown)
    if given.confusion:
        draw(found, given.confusion)
    return 0


def draw(found: Evaluation | PhotoEvaluation, path: Path) -> None:
    """The file holds a picture of what was taken for what."""
    from pipeline.chart.confusion import draw_confusion
    from pipeline.evaluate.names import confusion_matrix
    from pipeline.photo.answer import group_of

    path.write_bytes(draw_confusion(*confusion_matrix(found.confusions, group_of)))
    print(f"written: {path}", file=sys.stderr)


def of_manifest(given: argparse.Namespace) -> Evaluation:
    """The manifest's clips, each through the pose network, and its exports of sensor apps. Raises ValueError where one
    of them is not there, before any is looked at."""
    from bot.commands.analyze import Analysis
    from bot.words.terminal import without_native_logs
    from pipeline.evaluate.clips import evaluate, read_manifest

    clips = read_manifest(given.manifest)
    _all_there(given.manifest, [clip.path for clip in clips])
    with without_native_logs(), contextlib.ExitStack() as closing:
        analysis = Analysis(given, closing)
        return evaluate(clips, lambda clip: answer(clip, analysis, told=given.told))


def of_photos(given: argparse.Namespace) -> PhotoEvaluation:
    """The manifest's photos, each through the whole road. Raises ValueError where one of them is not there."""
    from bot.commands.analyze import Analysis
    from bot.words.terminal import without_native_logs
    from pipeline.evaluate.photos import evaluate_photos, read_photos

    photos = read_photos(given.manifest)
    _all_there(given.manifest, [photo.path for photo in photos])
    with without_native_logs(), contextlib.ExitStack() as closing:
        analysis = Analysis(given, closing)
        return evaluate_photos(photos, lambda photo: answer_to_photo(photo, analysis))


def _all_there(manifest: Path, paths: Sequence[Path]) -> None:
    if gone := [str(path) for path in paths if not path.exists()]:
        raise ValueError(f"{manifest}: there is no such file: {', '.join(gone)}")


def of_logs(given: argparse.Namespace) -> Evaluation:
    """The folder's recordings, or those of some people only."""
    from pipeline.evaluate.logs import evaluate_recordings, of_people, read_labelled

    recordings = read_labelled(given.manifest)
    kept = recordings if given.people is None else of_people(recordings, given.people, given.seed)
    return evaluate_recordings(kept, told=given.told)


def answer(clip: LabelledClip, analysis: Analysis, *, told: bool) -> Answer:
    """What the product says of the recording; one that it cannot report on counts as no reps and no name."""
    from pipeline.errors import AnalysisError
    from pipeline.evaluate.clips import Answer

    try:
        sets = measured(clip, analysis, clip.exercise if told else None)
    except AnalysisError as error:
        print(f"{clip.path.name}: {type(error).__name__}", file=sys.stderr)
        return Answer(0)
    counted = sum(done.report.rep_count for done in sets)
    recognition = max((done.report for done in sets), key=lambda one: (one.rep_count, one.hold_s or 0.0)).recognition
    print(f"{clip.path.name}: {recognition.name}, {counted}", file=sys.stderr)
    return Answer(counted, recognition)


def answer_to_photo(photo: LabelledPhoto, analysis: Analysis) -> PhotoAnswer:
    """What the product says of the photo; nothing, where it cannot report on it."""
    from pipeline.errors import AnalysisError
    from pipeline.evaluate.photos import PhotoAnswer
    from pipeline.photo.analyze import analyze_photo

    try:
        said = PhotoAnswer.of(analyze_photo(photo.path, analysis.estimator))
    except AnalysisError as error:
        print(f"{photo.path.name}: {type(error).__name__}", file=sys.stderr)
        return PhotoAnswer()
    print(f"{photo.path.name}: {said.names[0].name if said.level == 'unknown' else said.said}", file=sys.stderr)
    return said


def measured(clip: LabelledClip, analysis: Analysis, exercise: str | None) -> tuple[MeasuredSet, ...]:
    """The sets of a clip or of a sensor log, whose columns the manifest may tell (`spotter analyze --columns`).

    Raises AnalysisError.
    """
    from bot.commands.analyze import kind_of_path
    from pipeline.analyze import analyze_clip
    from pipeline.analyze_log import analyze_log
    from pipeline.together import read_together, source_of_log

    if kind_of_path(clip.path) != "log":
        return analyze_clip(clip.path, analysis.estimator, exercise=exercise)
    log = read_together([clip.path], [clip.path.name], clip.labels.get("columns") or None)
    return analyze_log(log, source_of_log(log, [clip.path.name]), exercise=exercise)
