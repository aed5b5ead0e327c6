"""A sensor log becomes reports, one a set: the whole road on one page.

    log -> even time -> sets and rest -> exercise -> reps -> phases -> doubts -> SetReport

`analyze_log` walks it from a log; `measure_log_set` walks the part behind the cut, so that a stored set is counted
again under another name without its file.
"""

from __future__ import annotations

import time
from dataclasses import replace

from pipeline.catalogue import find
from pipeline.catalogue.exercise import Exercise
from pipeline.motion.count import count_movement
from pipeline.motion.signals import motion_of
from pipeline.motion.spans import set_spans
from pipeline.recognize import given
from pipeline.reps.count import Count
from pipeline.tempo import set_tempo, time_reps
from pipeline.values import (
    UNKNOWN,
    Caveat,
    Doubt,
    MeasuredSet,
    MotionLog,
    Recognition,
    SetReport,
    Source,
    Timing,
)

METHOD = {
    "sets": "pipeline/motion/spans.py",
    "reps": "pipeline/motion/count.py, the movement's main component",
    "tempo": "pipeline/tempo.py, phases by the share of each movement's peak speed",
}
_MARGIN_S = 1.0  # kept before and after a set, so that counting it again sees its edges


def analyze_log(log: MotionLog, source: Source, *, exercise: str | None = None) -> tuple[MeasuredSet, ...]:
    """The sets of the log, in order, at least one: where nothing was done, the whole log without repetitions.

    `exercise` is a catalogue name that the user gave; without it each set's exercise is recognised.

    Raises TooLong, UnknownExercise.
    """
    started = time.perf_counter()
    spans = set_spans(motion_of(log))
    parts = [part_of(log, start_s - _MARGIN_S, end_s + _MARGIN_S) for start_s, end_s in spans] or [log]
    reports = [measure_log_set(part, source, exercise=exercise) for part in parts]
    placed = [replace(report, span_s=span) for report, span in zip(reports, spans, strict=False)] or reports
    timing = Timing(0.0, 0.0, time.perf_counter() - started)
    return tuple(MeasuredSet(replace(report, timing=timing), part) for report, part in zip(placed, parts, strict=True))


def measure_log_set(log: MotionLog, source: Source, *, exercise: str | None = None) -> SetReport:
    """The report of one set's part of a log. Raises UnknownExercise."""
    recognition = given(exercise) if exercise else Recognition(UNKNOWN, 0.0)
    entry = find(recognition.name) if recognition.known else None
    count = count_movement(motion_of(log))
    reps = time_reps(count, None)
    return SetReport(
        source=source,
        recognition=recognition,
        reps=reps,
        hold_s=None,
        tempo=set_tempo(reps),
        curve=count.curve,
        findings=(),
        caveats=(*log.caveats, *_doubts(recognition, entry, count)),
        timing=Timing(0.0, 0.0, 0.0),
        method=METHOD,
    )


def part_of(log: MotionLog, start_s: float, end_s: float) -> MotionLog:
    """The samples between two times, their times unchanged."""
    inside = (log.times_s >= start_s) & (log.times_s <= end_s)
    return replace(
        log,
        times_s=log.times_s[inside],
        acceleration_m_s2=log.acceleration_m_s2[inside],
        rotation_rad_s=log.rotation_rad_s[inside],
    )


def _doubts(recognition: Recognition, entry: Exercise | None, count: Count) -> tuple[Caveat, ...]:
    found = []
    if not recognition.known:
        names = ", ".join(candidate.name for candidate in recognition.alternatives)
        found.append(Caveat(Doubt.EXERCISE_UNKNOWN, {"alternatives": names}))
    found.append(Caveat(Doubt.PHASES_UNNAMED if count.cycles else Doubt.NO_MOVEMENT))
    return tuple(found)
