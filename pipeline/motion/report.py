"""Build the report of a log's set: the same values and doubts as a clip's, and how it was measured."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pipeline.catalogue import find, members
from pipeline.catalogue.exercise import Exercise
from pipeline.doubts import about_name
from pipeline.motion.count import CountedSet
from pipeline.motion.count_doubts import count_caveats, has_doubt
from pipeline.motion.even_count import EvenCount
from pipeline.motion.phases import cycles_of, has_misplaced_edge, read_movement, settle_edges, without_idle_ends
from pipeline.motion.punches import Punches
from pipeline.motion.signals import Motion
from pipeline.reps.count import Count
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.tempo import set_tempo, time_reps
from pipeline.values import (
    Array,
    Caveat,
    Curve,
    Cycle,
    Doubt,
    MotionLog,
    Recognition,
    SetReport,
    Source,
    Timing,
    counted_only,
)

METHOD = {
    "sets": "pipeline/motion/segments.py, repetitions and rest in one pass of dynamic programming",
    "exercise": "pipeline/motion/recognize.py, a network over windows of the signal",
    "reps": "pipeline/motion/beat.py, a network over signals that do not depend on how the sensor is worn",
    "tempo": "pipeline/motion/phases.py, the main component from rest to rest",
}
ROUND_METHOD = {
    "sets": "pipeline/motion/rounds.py, windows that look like punching",
    "exercise": METHOD["exercise"],
    "reps": "pipeline/motion/punches.py, every blow that stands out",
    "tempo": "none: a blow has no way back that could be timed",
}
EVEN_METHOD = {
    "sets": "pipeline/motion/even_count.py, windows that do not look like rest",
    "exercise": METHOD["exercise"],
    "reps": "pipeline/motion/even_count.py, how often the movement comes back",
    "tempo": "none: it was not seen when each repetition was",
}
# Exercises on whose repetitions the network learned where they begin; of others it may take the far end for rest. A
# burpee has more than one turn.
KNOWN_REST = frozenset(
    {
        "barbell_row",
        "bench_press",
        "biceps_curl",
        "crunch",
        "deadlift",
        "good_morning",
        "jumping_jack",
        "lateral_raise",
        "lunge",
        "push_press",
        "push_up",
        "shoulder_press",
        "squat",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class MovedSet:
    """The movement of a set, whatever exercise it is: its repetitions, and the curve (T,), 0 at rest and 1 at the turn.

    timed_well is False where some repetitions do not plainly begin at rest.
    """

    times_s: Array
    way: Array
    cycles: tuple[Cycle, ...]
    timed_well: bool = True


def measure_movement(motion: Motion, counted: CountedSet) -> MovedSet:
    """The movement of a set, and when each repetition leaves rest, turns and is back."""
    runs = settle_edges(motion, without_idle_ends(motion, counted.runs, read_movement(motion, counted.runs)))
    movement = read_movement(motion, runs)
    timed_well = not has_misplaced_edge(motion, runs, movement)
    return MovedSet(motion.times_s, movement.values, cycles_of(motion, runs, movement), timed_well)


def set_report(
    log: MotionLog, source: Source, recognition: Recognition, moved: MovedSet, counted: CountedSet
) -> SetReport:
    """The report of one set; its phases are named where it is known which end of a repetition is rest."""
    drawn = Curve(moved.times_s, 100 * moved.way, "movement", "%")
    read = Curve(moved.times_s, moved.way, "movement", "1")
    entry = None if has_doubt(log, Doubt.PHASES_UNNAMED) else _with_known_rest(recognition, seen=counted.rest_seen)
    first_phase = entry.first_phase if entry else None
    count = Count(moved.cycles, drawn, read, counted.confidence, counted.runner_up, first_phase=first_phase)
    reps = time_reps(count)
    report = replace(_blank(log, source, recognition), reps=reps, tempo=set_tempo(reps), curve=drawn, method=METHOD)
    doubts = (
        *report.caveats,
        *count_caveats(counted, len(reps), log, recognition),
        *(() if entry else (Caveat(Doubt.PHASES_UNNAMED),)),
        *(() if moved.timed_well else (Caveat(Doubt.TIMES_UNSURE),)),
    )
    return replace(report, caveats=doubts, first_phase=first_phase)


def even_report(log: MotionLog, source: Source, recognition: Recognition, counted: EvenCount) -> SetReport:
    """The report of a set counted by rhythm alone: the number of repetitions, without their times."""
    reps = tuple(counted_only(number) for number in range(1, counted.reps + 1))
    report = _blank(log, source, recognition)
    doubts = (*report.caveats, *count_caveats(counted, counted.reps, log, recognition), Caveat(Doubt.REPS_NOT_TIMED))
    return replace(report, reps=reps, caveats=doubts, method=EVEN_METHOD)


def round_report(log: MotionLog, source: Source, recognition: Recognition, punches: Punches) -> SetReport:
    """The report of one round: every punch as a repetition without phases, with its peak."""
    count = Count(punches.cycles, punches.curve, punches.curve, 1.0, None)
    timed = time_reps(count)
    reps = tuple(replace(rep, pause_s=0.0, peak_m_s2=peak) for rep, peak in zip(timed, punches.peaks_m_s2, strict=True))
    report = _blank(log, source, recognition)
    return replace(report, reps=reps, tempo=set_tempo(reps), curve=_blows(punches), method=ROUND_METHOD)


def _blows(punches: Punches) -> Curve:
    """The curve of the punches down to half their height, in g, without what lies between them (guard, steps)."""
    times_s, height = punches.curve.times_s, punches.curve.values / GRAVITY_M_S2
    drawn = np.zeros(len(height))
    for cycle in punches.cycles:
        peak = int(np.abs(times_s - cycle.turn_s).argmin())
        low = np.flatnonzero(height < height[peak] / 2)
        first, last = (int(low[low < peak].max(initial=-1)) + 1, int(low[low > peak].min(initial=len(height))))
        drawn[first:last] = height[first:last]
    return Curve(times_s, drawn, punches.curve.label, "g")


def idle_report(log: MotionLog, source: Source, recognition: Recognition) -> SetReport:
    """The report of a log in which nothing repeats."""
    report = _blank(log, source, recognition)
    return replace(report, caveats=(*report.caveats, Caveat(Doubt.NO_MOVEMENT)))


def untimed_report(log: MotionLog, source: Source, recognition: Recognition) -> SetReport:
    """The report of an exercise measured by its duration, a plank or a carry.

    It has no repetitions to count, and no network was trained to find when it began and ended.
    """
    report = _blank(log, source, recognition)
    return replace(report, caveats=(*report.caveats, Caveat(Doubt.NOTHING_TIMED)))


def _blank(log: MotionLog, source: Source, recognition: Recognition) -> SetReport:
    size = np.linalg.norm(log.acceleration_m_s2, axis=1)
    curve = Curve(log.times_s, size, "acceleration", "m/s²")
    own = (caveat for caveat in log.caveats if caveat.doubt is not Doubt.PHASES_UNNAMED)  # said of each set
    caveats = (*own, *about_name(recognition))
    return SetReport(
        source=source,
        recognition=recognition,
        reps=(),
        hold_s=None,
        tempo=None,
        curve=curve,
        findings=(),
        caveats=caveats,
        timing=Timing(0.0, 0.0, 0.0),
        method=METHOD,
    )


def _with_known_rest(recognition: Recognition, *, seen: bool) -> Exercise | None:
    """The exercise, where it or the log tells which end of a repetition is rest; else None."""
    entry = find(recognition.name) if recognition.known and not recognition.coarse else None
    return entry if entry is not None and entry.kind == "reps" and (seen or _rests_as_taught(entry)) else None


def _rests_as_taught(entry: Exercise) -> bool:
    """Whether the network learned where its repetitions begin, or those of a similar exercise.

    A hammer curl begins as a biceps curl. Not in a family of which some begin at the bottom and some at the top.
    """
    taught = [one.first_phase for one in members(entry.family) if one.name in KNOWN_REST]
    return entry.name in KNOWN_REST or (bool(taught) and set(taught) == {entry.first_phase})
