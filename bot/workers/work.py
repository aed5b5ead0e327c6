"""What a worker process does: one task in, progress and one outcome out. No asyncio, no Telegram, no database.

Tasks and outcomes are frozen values that travel through a pipe.
"""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from bot.tasks import (
    CHARTS_AT_ONCE,
    AnalyzeClip,
    AnalyzeLog,
    AnalyzePhoto,
    AnnotatedClip,
    DrawnPhoto,
    DrawnSet,
    DrawProgress,
    Outcome,
    Recount,
    Result,
    Task,
    WorkerOptions,
)
from bot.words.chart_words import chart_words, drawable, progress_words
from bot.words.photo_messages import photo_words
from pipeline.analyze import analyze_clip, measure_set
from pipeline.analyze_log import analyze_log, measure_log_set
from pipeline.chart import draw_chart, draw_progress
from pipeline.errors import AnalysisError
from pipeline.media import in_the_words_of
from pipeline.overlay import draw_overlay
from pipeline.photo.analyze import analyze_photo
from pipeline.photo.draw import draw_photo
from pipeline.pose.estimator import PoseEstimator
from pipeline.together import read_together, source_of_log
from pipeline.tracks import from_bytes, to_bytes
from pipeline.values import MeasuredSet, PoseTrack, SetReport
from pipeline.video.decode import Sampling

NICENESS = 5  # the event loop's process goes first when both want a core


Report = Callable[[float], None]


def perform(task: Task, estimator: PoseEstimator, sampling: Sampling, progress: Report) -> Result:
    """The outcome of `task`. Raises AnalysisError."""
    if isinstance(task, DrawProgress):
        return _progress_chart(task)
    if isinstance(task, AnalyzeClip):
        return _drawn(_sets_of_clip(task, estimator, sampling, progress), task.language)
    if isinstance(task, AnalyzeLog):
        return _drawn(_sets_of_log(task), task.language)
    if isinstance(task, AnalyzePhoto):
        return _photo(task, estimator)
    if isinstance(task, Recount):
        return _recounted(task)
    track = from_bytes(task.track)
    assert isinstance(track, PoseTrack), "only clips are annotated"
    words = chart_words(task.report, task.language)
    return AnnotatedClip(task.out, *draw_overlay(task.path, track, task.report, task.out, words))


def _progress_chart(task: DrawProgress) -> bytes:
    points = task.points
    if drawable(task.language) != task.language:
        points = tuple(replace(point, exercise=task.english[point.exercise]) for point in points)
    return draw_progress(points, progress_words(task.language, task.units), pounds=task.units == "lb")


def _sets_of_clip(
    task: AnalyzeClip, estimator: PoseEstimator, sampling: Sampling, progress: Report
) -> tuple[MeasuredSet, ...]:
    return analyze_clip(
        task.path,
        estimator,
        name=task.name,
        exercise=task.exercise,
        told_before=task.told_before,
        sampling=sampling,
        progress=progress,
    )


def _sets_of_log(task: AnalyzeLog) -> tuple[MeasuredSet, ...]:
    log = read_together(task.paths, task.names, task.columns)
    return analyze_log(log, source_of_log(log, task.names), exercise=task.exercise, told_before=task.told_before)


def _photo(task: AnalyzePhoto, estimator: PoseEstimator) -> DrawnPhoto:
    report = analyze_photo(task.path, estimator, name=task.exercise, told_before=task.told_before)
    drawn = draw_photo(report, photo_words(report, drawable(task.language)))
    source = replace(report.source, path=task.name)
    return DrawnPhoto(replace(report, source=source, view=None), drawn)


def _drawn(sets: Sequence[MeasuredSet], language: str) -> Outcome:
    few = len(sets) <= CHARTS_AT_ONCE
    return Outcome(
        tuple(
            DrawnSet(found.report, _chart(found.report, language) if few else None, to_bytes(found.track))
            for found in sets
        )
    )


def _recounted(task: Recount) -> DrawnSet:
    """Under another exercise a new report; under its own the one it has, to which only the curve is found again: alone,
    a set out of a workout might be named or counted otherwise."""
    track, before = from_bytes(task.track), task.report
    told_before = (before.recognition.name,) if before.recognition.known else ()  # as when it was named
    exercise = task.exercise or (before.recognition.name if before.recognition.given else None)
    if isinstance(track, PoseTrack):
        found = measure_set(track, before.source, exercise=exercise, told_before=told_before)
    else:
        found = measure_log_set(track, before.source, exercise=exercise, told_before=told_before)
    report = replace(found, span_s=before.span_s) if task.exercise else replace(before, curve=found.curve)
    return DrawnSet(report, _chart(report, task.language, task.said_reps), task.track)


def _chart(report: SetReport, language: str, said_reps: int | None = None) -> bytes:
    return draw_chart(report, chart_words(report, language, said_reps))


def serve(pipe: Connection, options: WorkerOptions) -> None:
    """Tasks are taken from `pipe` until it closes. Sends ("ready",), then ("progress", share) and one
    ("outcome", value), ("refused", AnalysisError) or ("broken", text) for each task."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; it closes the pipe
    os.nice(NICENESS)
    with PoseEstimator(options.pose_model) as estimator:
        _silence_native_logs()
        pipe.send(("ready", None))
        while True:
            try:
                task: Task = pipe.recv()
            except EOFError:
                return
            pipe.send(_answer(task, estimator, options.sampling, pipe))


def _answer(task: Task, estimator: PoseEstimator, sampling: Sampling, pipe: Connection) -> tuple[str, object]:
    try:
        return "outcome", perform(task, estimator, sampling, lambda share: pipe.send(("progress", share)))
    except AnalysisError as error:
        return "refused", _as_called(error, task)
    except Exception as error:  # noqa: BLE001  (the worker's edge: a defect must reach the parent's log, not kill the pool)
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
        return "broken", f"{type(error).__name__} at {where}"


def _as_called(error: AnalysisError, task: Task) -> AnalysisError:
    """To a user a file is what they called it."""
    if isinstance(task, AnalyzeLog) and len(task.names) == 1:
        return in_the_words_of(task.names[0], error)
    return in_the_words_of(task.name, error) if isinstance(task, AnalyzeClip | AnalyzePhoto) else error


def _silence_native_logs() -> None:
    """MediaPipe and FFmpeg write to file descriptor 2 from C++; defects are told through the pipe instead."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
