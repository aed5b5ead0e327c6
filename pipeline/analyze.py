"""Analyse a clip: from a video file to reports, one for each set. Read this module first.

    probe -> frames -> pose -> sets, and of each: exercise -> reps -> phases -> findings -> doubts -> SetReport

`analyze_clip` starts from a file; `measure_set` does everything after the pose, so that a stored track can be counted
again under another exercise without its clip.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.bouts import measure_bout
from pipeline.catalogue import Exercise, find, keeps_moving
from pipeline.doubts import doubts, view_doubts
from pipeline.flow import is_flow, reported_poses
from pipeline.form import Form, check_form
from pipeline.hidden_range import leave_out_hidden
from pipeline.holds import measure_hold
from pipeline.pose.estimator import PoseEstimator
from pipeline.recognize import given, recognize
from pipeline.recognize.earlier_names import with_earlier_name
from pipeline.rep_motion import measure_motion
from pipeline.reps import Count
from pipeline.sets.cut import sets_of
from pipeline.sets.given_name import names_given
from pipeline.shots import count_shots
from pipeline.stopwatch import Stopwatch
from pipeline.tempo import set_tempo, time_reps
from pipeline.values import (
    UNKNOWN,
    HeldPose,
    MeasuredSet,
    PoseTrack,
    Recognition,
    SetReport,
    Source,
    Timing,
    count_is_torn,
    times_are_unsure,
)
from pipeline.video.decode import Frame, Part, Sampling, frames, probe
from pipeline.video.pace import Pace

Progress = Callable[[float], None]

METHOD = {
    "pose": "MediaPipe Pose Landmarker (BlazePose full), 33 landmarks, 12 to 30 Hz, 640 px",
    "smoothing": "median of 3 and zero-phase low-pass on a 30 Hz grid",
    "exercise": "pipeline/recognize, networks over landmarks, see pipeline/weights/recognizer.md",
    "reps": "pipeline/reps, every plausible count of some eighty signals of the body, scored",
    "tempo": "pipeline/reps/timing.py, holds and moves fitted to the clearest signals",
    "poses": "pipeline/flow.py, networks over still bodies, see pipeline/weights/poses.md",
}


def analyze_clip(
    path: Path,
    estimator: PoseEstimator,
    *,
    name: str | None = None,
    exercise: str | None = None,
    told_before: Sequence[str] = (),
    sampling: Sampling = Sampling(),  # noqa: B008  (frozen)
    progress: Progress = lambda _: None,
) -> tuple[MeasuredSet, ...]:
    """Measure every set of the clip at `path`: at least one, in order, each with its pose track.

    `name` is the file name that the reports show (default: the file's own). `exercise` is a catalogue name given by the
    user; without it the exercise is recognised. Where the clip has several sets, a set that surely shows another family
    of exercises is recognised all the same. `told_before`: the names that the same person gave to earlier sets, newest
    first. `progress` is called with the share done, 0..1, while the pose is found (nearly all of the work). Raises
    UnreadableMedia, BeyondLimits, NobodyInView, UnknownExercise.
    """
    started = time.perf_counter()
    clip = probe(path, sampling)
    decoding, done_s = Stopwatch(), 0.0

    def shown(part: Part, pace: Pace) -> Iterator[Frame]:
        return decoding.timed(frames(path, sampling, part=part, pace=pace))

    def advanced(seconds: float) -> None:
        nonlocal done_s
        done_s += seconds
        progress(min(1.0, done_s / max(clip.duration_s, 0.1)))

    track = estimator.track_clip(shown, clip, sampling, advanced=advanced)
    pose_s = time.perf_counter() - started
    source = Source("clip", name or clip.name, clip.duration_s, clip.frame_rate_hz)
    parts = (track,) if _is_one_set(track, exercise) else sets_of(track)
    told = names_given(parts, exercise)
    reports = [
        measure_set(part, source, exercise=one, told_before=told_before) for part, one in zip(parts, told, strict=True)
    ]
    timing = Timing(decode_s=decoding.seconds, pose_s=pose_s, total_s=time.perf_counter() - started)
    spans = [_span_s(part) for part in parts] if len(parts) > 1 else [None]
    return tuple(
        MeasuredSet(replace(report, timing=timing, span_s=span), part)
        for report, span, part in zip(reports, spans, parts, strict=True)
    )


def _is_one_set(track: PoseTrack, exercise: str | None) -> bool:
    """Whether not to cut the track: a flow of poses, or an exercise that moves about, whose walking is no rest."""
    return is_flow(track, recognize(track)) if exercise is None else keeps_moving(given(exercise).name)


def _span_s(part: PoseTrack) -> tuple[float, float]:
    return float(part.times_s[0]), float(part.times_s[-1])


def measure_set(
    track: PoseTrack, source: Source, *, exercise: str | None = None, told_before: Sequence[str] = ()
) -> SetReport:
    """The report of one set's pose track: all that `analyze_clip` does after the pose. Raises UnknownExercise."""
    recognition = given(exercise, track) if exercise else with_earlier_name(recognize(track, told_before), told_before)
    poses = reported_poses(track, recognition)
    if poses:
        return _flow(track, source, recognition, poses)
    entry = find(recognition.name) if recognition.known else None
    hold = measure_hold(track, entry) if entry and entry.kind == "hold" else None
    bout = measure_bout(track) if entry and entry.kind == "move" else None
    timed = hold or bout
    count = count_shots(track, entry, named=recognition.given)
    reps = measure_motion(time_reps(count), track, entry)
    caveats = doubts(track, source.frame_rate_hz, recognition, entry, timed if entry and entry.timed else count)
    sure, torn = not times_are_unsure(caveats), count_is_torn(caveats)
    form = Form() if torn else check_form(track, entry, reps, hold=hold, timed=sure)
    report = SetReport(
        source=source,
        recognition=recognition,
        reps=reps,
        hold_s=hold.held_s if hold else bout.moved_s if bout else None,
        hold_start_s=timed.start_s if timed else None,
        sway_m=hold.sway_m if hold else None,
        tempo=set_tempo(reps, from_turn=_from_turn(count, entry), comparable=sure and not torn),
        curve=count.curve,
        findings=form.findings,
        form_judged=form.judged,
        caveats=caveats,
        timing=Timing(0.0, 0.0, 0.0),
        method=METHOD,
        first_phase=count.first_phase,
    )
    return leave_out_hidden(report, count.movement)


def _from_turn(count: Count, entry: Exercise | None) -> bool:
    """Whether the repetitions start at the end of the movement where the exercise usually turns."""
    return entry is not None and count.first_phase not in (None, entry.first_phase)


def _flow(track: PoseTrack, source: Source, recognition: Recognition, poses: tuple[HeldPose, ...]) -> SetReport:
    """The report of yoga poses held one after the other; no repetitions are counted."""
    held = measure_hold(track) if len(poses) == 1 else None
    longest = max(poses, key=lambda pose: pose.held_s)
    return SetReport(
        source=source,
        recognition=recognition if recognition.known else Recognition(UNKNOWN, 0.0),
        reps=(),
        hold_s=longest.held_s,
        hold_start_s=longest.start_s,
        tempo=None,
        curve=count_shots(track, None).curve,
        findings=(),
        caveats=view_doubts(track, source.frame_rate_hz),
        timing=Timing(0.0, 0.0, 0.0),
        method=METHOD,
        sway_m=held.sway_m if held else None,
        poses=poses,
    )
