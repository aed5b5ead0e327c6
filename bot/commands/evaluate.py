"""spotter evaluate: how often the answers are right, over clips whose truth is known."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.evaluate import Answer, LabelledClip
    from pipeline.pose import PoseEstimator


def add(commands: Any) -> None:
    """The command and its options."""
    command = commands.add_parser("evaluate", help="measure how often the answers are right", description=__doc__)
    command.add_argument(
        "manifest", type=Path, metavar="MANIFEST.csv", help="columns path (beside the manifest), exercise, reps"
    )
    command.add_argument("--json", action="store_true", help="JSON instead of a table")
    command.add_argument("--told", action="store_true", help="tell the exercise instead of recognising it")
    command.set_defaults(call=call)


def call(given: argparse.Namespace) -> int:
    """The table is printed; the exit status is 2 for a manifest that cannot be read."""
    from bot.commands.analyze import pose_model
    from pipeline.evaluate import evaluate, read_manifest, table
    from pipeline.pose import PoseEstimator
    from pipeline.report import strict

    try:
        clips = read_manifest(given.manifest)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    with PoseEstimator(pose_model()) as estimator:
        found = evaluate(clips, lambda clip: answer(clip, estimator, told=given.told))
    print(json.dumps(strict(asdict(found))) if given.json else table(found))
    return 0


def answer(clip: LabelledClip, estimator: PoseEstimator, *, told: bool) -> Answer:
    """What the product says of the clip; a clip that it cannot report on counts as no reps and no name."""
    from pipeline.analyze import analyze_clip
    from pipeline.errors import AnalysisError
    from pipeline.evaluate import Answer

    try:
        sets = analyze_clip(clip.path, estimator, exercise=clip.exercise if told else None)
    except (AnalysisError, FileNotFoundError) as error:
        print(f"{clip.path.name}: {type(error).__name__}", file=sys.stderr)
        return Answer(0)
    report = sets[0].report
    likely = (report.recognition.name, *(candidate.name for candidate in report.recognition.alternatives))
    counted = sum(done.report.rep_count for done in sets)
    print(f"{clip.path.name}: {likely[0]}, {counted}", file=sys.stderr)
    return Answer(counted, likely if report.recognition.known else likely[1:])
