"""Analyse a sensor log: from a log to reports, one for each set. The counterpart of `analyze.py`.

    log -> sets, rounds and rest -> exercise -> repetitions or punches -> phases -> doubts -> SetReport

`analyze_log` starts from a log; `measure_log_set` does everything after the sets are found, so that a stored set can be
counted again under another exercise without its file.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from pipeline.catalogue import find
from pipeline.motion.count import CountedSet, count_one, find_sets
from pipeline.motion.even_count import count_evenly
from pipeline.motion.exercise_changes import split_by_exercise
from pipeline.motion.few_reps import RunFacts, are_sets
from pipeline.motion.gap_caveats import report_gaps_once
from pipeline.motion.punches import punches_of
from pipeline.motion.recognize import WindowScores, name_span, name_spans, score_windows, taught
from pipeline.motion.report import (
    MovedSet,
    even_report,
    idle_report,
    measure_movement,
    round_report,
    set_report,
    untimed_report,
)
from pipeline.motion.rounds import is_strike, punch_rounds
from pipeline.motion.signals import Motion, motion_of
from pipeline.recognize import NO_EXERCISE, given
from pipeline.recognize.earlier_names import with_earlier_name
from pipeline.values import UNKNOWN, MeasuredSet, MotionLog, Recognition, SetReport, Source, Timing

MARGIN_S = 2.0  # kept before and after a set, so that counting it again sees its edges

Found = tuple[SetReport, tuple[float, float]]
NamedSet = tuple[CountedSet, MovedSet, Recognition]


@dataclass(frozen=True, slots=True)
class _Said:
    """What the user said: the exercise of this log, and the names of earlier sets."""

    given: Recognition | None
    before: tuple[str, ...]

    def beside(self, found: Recognition) -> Recognition:
        """What was found, in the person's own name for it."""
        return with_earlier_name(found, self.before)


def analyze_log(
    log: MotionLog,
    source: Source,
    *,
    exercise: str | None = None,
    told_before: Sequence[str] = (),
    earlier: Sequence[RunFacts] = (),
) -> tuple[MeasuredSet, ...]:
    """Measure every set of the log, in order; where nothing was done, one report of the whole log without repetitions.

    `exercise` is a catalogue name given by the user; without it each set's exercise is recognised. `told_before`: the
    names that the same person gave to earlier sets, newest first, used where only the family is sure. `earlier`: sets
    of the same workout that the log no longer holds, which show how long its rests usually are. A set's track is its
    part of the log, with the log's own times. Raises TooLong, UnknownExercise.
    """
    started = time.perf_counter()
    said = _Said(given(exercise) if exercise else None, tuple(told_before))
    if said.given and _is_timed(said.given):
        return (MeasuredSet(untimed_report(log, source, said.given), log),)
    scores, sets = _counted_and_named(log, said)
    rounds = _told_rounds(log, said.given) if said.given else punch_rounds(scores)
    found = [*_rounds(log, source, scores, said, rounds), *_sets(log, source, scores, sets, rounds, earlier)]
    timing = Timing(0.0, 0.0, time.perf_counter() - started)
    if not found:
        report = _of_nothing_counted(log, source, scores, said.given or said.beside(_named(scores, log)))
        return (MeasuredSet(replace(report, timing=timing), log),)
    measured = [
        MeasuredSet(replace(report, span_s=span_s, timing=timing), part_of(log, span_s))
        for report, span_s in sorted(found, key=lambda one: one[1])
    ]
    return report_gaps_once(measured, log.times_s)


def measure_log_set(
    log: MotionLog, source: Source, *, exercise: str | None = None, told_before: Sequence[str] = ()
) -> SetReport:
    """The report of one set's part of a log. Raises TooLong, UnknownExercise."""
    recognition = given(exercise) if exercise else with_earlier_name(_named(score_windows(log), log), told_before)
    if _is_timed(recognition):
        return untimed_report(log, source, recognition)
    if is_strike(recognition.name):
        punches = punches_of(log)
        return (
            round_report(log, source, recognition, punches) if punches.cycles else idle_report(log, source, recognition)
        )
    motion = motion_of(log)
    counted = count_one(motion)
    if counted is None:
        return _of_nothing_counted(log, source, score_windows(log), recognition)
    return set_report(log, source, recognition, measure_movement(motion, counted), counted)


def _is_timed(recognition: Recognition) -> bool:
    entry = find(recognition.name)
    return entry is not None and entry.timed


def part_of(log: MotionLog, span_s: tuple[float, float], margin_s: float = MARGIN_S) -> MotionLog:
    """The samples of the span and margin_s around it, their times unchanged."""
    inside = (log.times_s >= span_s[0] - margin_s) & (log.times_s <= span_s[1] + margin_s)
    return replace(
        log,
        times_s=log.times_s[inside],
        acceleration_m_s2=log.acceleration_m_s2[inside],
        rotation_rad_s=log.rotation_rad_s[inside],
    )


def _of_nothing_counted(log: MotionLog, source: Source, scores: WindowScores, recognition: Recognition) -> SetReport:
    """The report where no repetition was found but the exercise is sure: counted by the rhythm of the movement."""
    if recognition.name not in taught() or is_strike(recognition.name):
        return idle_report(log, source, recognition)
    counted = count_evenly(motion_of(log), scores)
    return even_report(log, source, recognition, counted) if counted else idle_report(log, source, recognition)


def _rounds(
    log: MotionLog,
    source: Source,
    scores: WindowScores,
    said: _Said,
    rounds: tuple[tuple[float, float], ...],
) -> Iterator[Found]:
    for span_s in rounds:
        part = part_of(log, span_s, 0.0)
        punches = punches_of(part)
        if punches.cycles:
            between_s = punches.cycles[0].start_s, punches.cycles[-1].end_s
            recognition = said.given or said.beside(name_span(scores, *between_s))
            yield round_report(part, source, recognition, punches), between_s


def _counted_and_named(log: MotionLog, said: _Said) -> tuple[WindowScores, list[NamedSet]]:
    """The windows' scores, and every set; on two threads, since networks release the interpreter's lock."""
    motion, told = motion_of(log), said.given
    with ThreadPoolExecutor(1) as beside:
        scored = beside.submit(score_windows, log)
        counted = () if told and is_strike(told.name) else find_sets(motion)
        scores = scored.result()
        parts = counted if told else tuple(part for one in counted for part in split_by_exercise(one, scores))
        named = beside.submit(_names, scores, parts, said)
        moved = [measure_movement(_around(motion, part.span_s), part) for part in parts]
    return scores, list(zip(parts, moved, named.result(), strict=True))


def _names(scores: WindowScores, parts: Sequence[CountedSet], said: _Said) -> Sequence[Recognition]:
    if said.given:
        return [said.given] * len(parts)
    return [said.beside(found) for found in name_spans(scores, [part.span_s for part in parts])]


def _sets(
    log: MotionLog,
    source: Source,
    scores: WindowScores,
    sets: Sequence[NamedSet],
    rounds: tuple[tuple[float, float], ...],
    earlier: Sequence[RunFacts],
) -> Iterator[Found]:
    told = [RunFacts(counted.span_s, counted.reps, recognition, counted.beside) for counted, _, recognition in sets]
    accepted = are_sets([*earlier, *told], scores)[len(earlier) :]
    for (counted, moved, recognition), is_set in zip(sets, accepted, strict=True):
        if is_set and not _within(counted.span_s, rounds):
            recognition = _unnamed(recognition) if recognition.name == NO_EXERCISE else recognition
            yield set_report(log, source, recognition, moved, counted), counted.span_s


def _told_rounds(log: MotionLog, told: Recognition) -> tuple[tuple[float, float], ...]:
    """The whole log where the user said that it is punches; then nothing else is looked for."""
    return ((float(log.times_s[0]), float(log.times_s[-1])),) if is_strike(told.name) else ()


def _named(scores: WindowScores, log: MotionLog) -> Recognition:
    if not len(scores.times_s):
        return Recognition(UNKNOWN, 0.0)
    return name_span(scores, float(log.times_s[0]), float(log.times_s[-1]))


def _unnamed(recognition: Recognition) -> Recognition:
    return Recognition(UNKNOWN, 0.0, recognition.alternatives)


def _around(motion: Motion, span_s: tuple[float, float]) -> Motion:
    return motion.between(span_s[0] - MARGIN_S, span_s[1] + MARGIN_S)


def _within(span_s: tuple[float, float], rounds: tuple[tuple[float, float], ...]) -> bool:
    """Whether most of the span lies in a round."""
    shared_s = sum(max(0.0, min(span_s[1], end_s) - max(span_s[0], start_s)) for start_s, end_s in rounds)
    return shared_s > (span_s[1] - span_s[0]) / 2
