"""spotter analyze: what was done in clips, sensor logs and photos, in the terminal, as JSON, as charts."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.pictures import chart_path, draw, write
from bot.settings import load_settings

if TYPE_CHECKING:
    from pipeline.pose.estimator import PoseEstimator
    from pipeline.values import MeasuredSet, SourceKind


def add(commands: Any) -> None:
    """The command and its options."""
    command = commands.add_parser("analyze", help="say what was done in a clip, log or photo", description=__doc__)
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="clips, photos, exports of sensor apps")
    command.add_argument("--json", action="store_true", help="one JSON object a line instead of text")
    command.add_argument(
        "--chart",
        type=Path,
        metavar="OUT.png",
        help="also write the chart, one a set (of a photo: itself with angles); with several files, a folder",
    )
    command.add_argument("--annotated", type=Path, metavar="OUT.mp4", help="also write the annotated clip (one file)")
    command.add_argument("--exercise", metavar="NAME", help="what it was, instead of recognising it")
    command.add_argument("--together", action="store_true", help="the files are parts of one sensor recording")
    command.add_argument("--columns", type=_columns, metavar="CODE", help="what the columns of a log are, as asked for")
    command.set_defaults(call=call)


def call(given: argparse.Namespace) -> int:
    """Every file is analysed; one that cannot be does not stop the others, but the exit status says so: 1, or 2 for
    options that do not go together."""
    given.exercise = slug(given.exercise) if given.exercise else None
    recordings = [tuple(given.files)] if given.together else [(path,) for path in given.files]
    if given.annotated and len(recordings) > 1:
        print("--annotated is for one file: each of several would take the place of the one before", file=sys.stderr)
        return 2
    with contextlib.ExitStack() as closing:
        analysis = Analysis(given, closing)
        answered = [_told(paths, analysis) for paths in recordings]
    return 0 if all(answered) else 1


def slug(name: str) -> str:
    """The catalogue's own name for what a person calls it. Raises UnknownExercise, before any clip is looked at."""
    from pipeline.catalogue import find
    from pipeline.catalogue.pose import find_pose
    from pipeline.errors import UnknownExercise

    entry = find(name) or find_pose(name)
    if entry is None:
        raise UnknownExercise(name=name)
    return entry.name


def pose_model() -> Path:
    """The pose model's verified path. Raises AssetMissing, AssetCorrupt."""
    from pipeline.assets import POSE_LANDMARKER, verify

    return verify(POSE_LANDMARKER, load_settings().models_dir)


@dataclass(frozen=True)
class Analysis:
    """One call of the command; the networks for poses are loaded with the first clip or photo, for logs never."""

    given: argparse.Namespace
    closing: contextlib.ExitStack

    @cached_property
    def estimator(self) -> PoseEstimator:
        """Raises AssetMissing, AssetCorrupt."""
        from bot.words.terminal import without_native_logs
        from pipeline.pose.estimator import PoseEstimator

        model = pose_model()
        self.closing.enter_context(without_native_logs())
        return self.closing.enter_context(PoseEstimator(model))

    def show(self, paths: Sequence[Path]) -> None:
        """The recording in `paths` is told, drawn and written. Raises AnalysisError, FileNotFoundError."""
        kind: SourceKind = "log" if len(paths) > 1 else kind_of_path(paths[0])
        if kind == "photo":
            return self._show_photo(paths[0])
        found = self._log(paths) if kind == "log" else self._clip(paths[0])
        _clear_progress()
        print(_json(found) if self.given.json else _text(found))
        return draw(paths[0], self.given, found)

    def _show_photo(self, path: Path) -> None:
        from bot.words.photo_messages import photo_text, photo_words
        from pipeline.photo.analyze import analyze_photo
        from pipeline.photo.draw import draw_photo
        from pipeline.photo.report import photo_to_plain

        report = analyze_photo(path, self.estimator, name=self.given.exercise)
        print(json.dumps(photo_to_plain(report), ensure_ascii=False) if self.given.json else photo_text(report))
        if self.given.chart:
            write(chart_path(path, self.given), draw_photo(report, photo_words(report, "en")))

    def _clip(self, path: Path) -> tuple[MeasuredSet, ...]:
        from pipeline.analyze import analyze_clip

        estimator, exercise = self.estimator, self.given.exercise
        return analyze_clip(path, estimator, name=str(path), exercise=exercise, progress=_progress(path))

    def _log(self, paths: Sequence[Path]) -> tuple[MeasuredSet, ...]:
        from pipeline.analyze_log import analyze_log
        from pipeline.together import read_together, source_of_log

        names = [str(path) for path in paths]
        log = read_together(paths, names, self.given.columns)
        return analyze_log(log, source_of_log(log, names), exercise=self.given.exercise)


def _columns(code: str) -> str:
    """The code, where it spells what may be said of columns."""
    from pipeline.sensors import ColumnChoice

    try:
        ColumnChoice.from_code(code)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{error}; the codes to choose from are printed when they are asked for"
        ) from error
    return code


def _told(paths: Sequence[Path], analysis: Analysis) -> bool:
    """True where the recording was analysed; else why not stands in a line of its own."""
    from pipeline.errors import AnalysisError
    from pipeline.media import in_the_words_of

    try:
        analysis.show(paths)
    except BrokenPipeError:
        raise
    except FileNotFoundError:
        _complain(paths, "there is no such file")
    except OSError as error:  # may not be read, or what is asked for cannot be written
        _complain([Path(error.filename or paths[0])], str(error.strerror))
    except AnalysisError as error:
        _complain(paths, _problem(in_the_words_of(paths[0].name, error) if len(paths) == 1 else error))
    else:
        return True
    return False


def _complain(paths: Sequence[Path], sentence: str) -> None:
    print(f"{' + '.join(map(str, paths))}: {sentence}", file=sys.stderr)


def _problem(error: Exception) -> str:
    """The sentence, and for a question its answers as options of this command."""
    from bot.words.replies import problem
    from pipeline.errors import AnalysisError, ColumnsUnsure

    assert isinstance(error, AnalysisError)
    sentence = problem(error, "en")
    if not isinstance(error, ColumnsUnsure):
        return sentence
    choices = zip(str(error.facts["choices"]).split(" "), str(error.facts["labels"]).split("|"), strict=True)
    return "\n  ".join([sentence, *(f"--columns {code}   {label}" for code, label in choices)])


def kind_of_path(path: Path) -> SourceKind:
    """What it is by its bytes; a folder is what a sensor app exports."""
    from pipeline.media import kind_of

    return "log" if path.is_dir() else kind_of(path)


def _json(found: Sequence[MeasuredSet]) -> str:
    from pipeline.report import recording_json

    return recording_json([one.report for one in found])


def _text(found: Sequence[MeasuredSet]) -> str:
    from bot.words.terminal import recording_text

    return recording_text([one.report for one in found])


def _progress(path: Path) -> Callable[[float], None]:
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda share: print(f"\r{path.name}: {share:4.0%} ", end="", file=sys.stderr, flush=True)


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
