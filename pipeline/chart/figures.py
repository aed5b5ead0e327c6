"""The large figures of a set: its tempo; what was held and how steadily; how hard and quick the punches came."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.catalogue import lifts_first
from pipeline.catalogue.rules import goes_by_pace
from pipeline.chart.layout import Layout, median_s, tension_s
from pipeline.chart.scale import unit_sign
from pipeline.chart.words import ChartWords
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.spans import Part
from pipeline.values import HeldPose, Rep, SetReport, Tempo, in_halves

NOT_KNOWN = "–"
LEAST_FOR_A_PACE = 3  # repetitions


@dataclass(frozen=True, slots=True)
class Figure:
    """One large number with its unit, its name and, where it is a part of a repetition, that part."""

    number: str
    unit: str
    name: str
    part: Part | None = None


def seconds(value: float) -> str:
    """Tenths of a second, whole seconds from a hundred on, a dash where unknown."""
    return NOT_KNOWN if math.isnan(value) else f"{value:.1f}" if value < 99.95 else f"{value:.0f}"


def _about(value: float) -> str:
    """A rough time: half seconds, a dash where unknown."""
    half = in_halves(value)
    return NOT_KNOWN if math.isnan(half) else f"~{half:.1f}" if half else "<0.5"


def _held(hold_s: float, shown: Layout, unit: str, words: ChartWords) -> tuple[Figure, ...]:
    if shown.moved_s is not None:
        return (Figure(f"{hold_s:.0f}", words.second, words.held),)
    held = Figure(seconds(hold_s), words.second, words.held)
    if shown.steadiness is None:
        return (held,)
    number = f"±{shown.steadiness.plus_minus:.1f}{unit_sign(unit)}"
    return (held, Figure(number, "", words.steadiness))


def _longest(poses: tuple[HeldPose, ...], words: ChartWords) -> tuple[Figure, ...]:
    """For the pose that was held longest: its curve's unit means nothing, its sway is in metres of body."""
    longest = max(poses, key=lambda pose: pose.held_s)
    sway = Figure(f"±{100 * longest.sway_m:.0f}", "cm", words.steadiness)
    return (Figure(seconds(longest.held_s), words.second, words.held), sway)


def _tempo(tempo: Tempo, words: ChartWords, told: Callable[[float], str], *, top_pauses: bool) -> tuple[Figure, ...]:
    """As coaches write it: lowering, what is held at the bottom, lifting, what is held at the top; a single repetition
    has no rest."""
    pause, rest = Figure(told(tempo.pause_s), "", words.pause, Part.PAUSE), Figure(told(tempo.rest_s), "", words.rest)
    lowering = Figure(told(tempo.eccentric_s), "", words.lowering, Part.ECCENTRIC)
    lifting = Figure(told(tempo.concentric_s), "", words.lifting, Part.CONCENTRIC)
    parts = (lowering, rest, lifting, pause) if top_pauses else (lowering, pause, lifting, rest)
    return tuple(part for part in parts if part.number != NOT_KNOWN)


def _there_and_back(shown: Layout, words: ChartWords, told: Callable[[float], str]) -> tuple[Figure, ...]:
    parts = ((Part.OUT, words.out), (Part.BACK, words.back))
    return tuple(Figure(told(median_s(shown.bars, part)), "", name, part) for part, name in parts)


def _round(reps: tuple[Rep, ...], words: ChartWords) -> tuple[Figure, ...]:
    peaks_g = [rep.peak_m_s2 / GRAVITY_M_S2 for rep in reps]
    hardest, typical = (
        Figure(_g(max(peaks_g)), "g", words.hardest),
        Figure(_g(median(peaks_g)), "g", words.typical),
    )
    return (*_pace(reps, words), hardest, typical)


def _pace(reps: Sequence[Rep], words: ChartWords) -> tuple[Figure, ...]:
    """From three on: of two there is one gap, which is no pace."""
    if len(reps) < LEAST_FOR_A_PACE:
        return ()
    lasted_s = reps[-1].turn_s - reps[0].turn_s
    return (Figure(f"{60 * (len(reps) - 1) / lasted_s:.0f}", "", words.pace),)


def _g(value: float) -> str:
    """With a decimal below ten, where whole numbers would hide which punch was harder."""
    return f"{value:.1f}" if value < 9.95 else f"{value:.0f}"


def figures(report: SetReport, shown: Layout, words: ChartWords) -> tuple[Figure, ...]:
    """The set's figures in the order in which they are written; none where nothing was timed or held."""
    if report.poses:
        return _longest(report.poses, words)
    if report.hold_s is not None:
        return _held(report.hold_s, shown, report.curve.unit, words)
    if not any(rep.complete and rep.seen for rep in report.reps):
        return ()
    if report.is_round:
        return _round(report.reps, words)
    told = _about if shown.rough else seconds
    tension = f"~{tension_s(report):.0f}" if shown.rough else seconds(tension_s(report))
    if shown.named and report.tempo:
        parts = _tempo(report.tempo, words, told, top_pauses=lifts_first(report.recognition.name))
    else:
        parts = _there_and_back(shown, words, told)
    if goes_by_pace(report.recognition.name):
        ways = tuple(replace(part, unit=words.second) for part in parts if part.part not in (None, Part.PAUSE))
        return (*ways, *_pace([rep for rep in report.reps if rep.complete and rep.seen], words))
    return (*parts, Figure(tension, words.second, words.tension))
