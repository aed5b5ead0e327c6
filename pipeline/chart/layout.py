"""What a chart shows, as values: every shade, bar and figure in seconds and the curve's own unit, without pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pipeline.catalogue import keeps_moving
from pipeline.chart.scale import unit_sign
from pipeline.chart.steadiness import Steadiness, steadiness
from pipeline.spans import Part, Span, spans
from pipeline.values import Array, Rep, SetReport, times_are_unsure

ACCELERATION = ("m/s²", "g")


@dataclass(frozen=True, slots=True)
class LayoutLimits:
    """How much of the curve is shown; chosen by eye on the charts of the test reports.

    least_range_deg: a body that stands still must not look as if it moved; pose jitter is about 3 degrees. least_gap_s,
    gap_steps: a step this long and this much longer than the others is a gap, over which no line is drawn.
    """

    margin_share: float = 0.06  # of the set's length, before its first and after its last repetition
    least_margin_s: float = 0.8  # however short the set
    headroom_share: float = 0.12  # of the curve's range, left free above and below
    stray_percent: float = 1.0  # at either end: a landmark that jumps for a moment must not flatten the curve
    least_range_deg: float = 40.0
    least_gap_s: float = 1.0
    gap_steps: float = 10.0  # of the curve's median step
    steady_room: float = 4.0  # half-widths of the steadiness band above and below it


LIMITS = LayoutLimits()


@dataclass(frozen=True, slots=True)
class Bar:
    """The seconds of one repetition's parts, in the order in which they are stacked."""

    number: int
    spans: tuple[Span, ...]
    complete: bool

    @property
    def total_s(self) -> float:
        """Seconds of all its spans together."""
        return sum(span.seconds for span in self.spans)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a repetition's number stands."""

    number: int
    start_s: float
    end_s: float
    complete: bool


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A chart before it is drawn.

    `downward`: larger values are drawn lower. rest_value: the value at which repetitions usually begin and end; their
    shapes hang from it or stand on it. moved_s: start and end of the time of moving, where that is measured. rough:
    times must not be read to a tenth of a second.
    """

    times_s: Array
    values: Array
    window_s: tuple[float, float]
    range: tuple[float, float]
    rest_value: float
    downward: bool
    named: bool
    shades: tuple[Span, ...]
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    steadiness: Steadiness | None
    moved_s: tuple[float, float] | None = None
    rough: bool = False

    @property
    def longest_s(self) -> float:
        """Seconds of the longest bar; 0 without bars."""
        return max((bar.total_s for bar in self.bars), default=0.0)


def _seen(report: SetReport) -> tuple[Rep, ...]:
    """The repetitions with known times; the others are counted and cannot be drawn."""
    return tuple(rep for rep in report.reps if rep.seen)


def _window(report: SetReport, limits: LayoutLimits) -> tuple[float, float]:
    """The set with a margin around it; the whole curve where nothing was counted."""
    times = report.curve.times_s
    first, last = (float(times[0]), float(times[-1])) if len(times) else (0.0, report.source.duration_s)
    seen = _seen(report)
    if seen and report.hold_s is None:
        start, end = seen[0].start_s, seen[-1].end_s
        margin = max(limits.least_margin_s, limits.margin_share * (end - start))
        first, last = min(start, max(first, start - margin)), max(end, min(last, end + margin))
    return (first, last) if last > first else (first, first + 1.0)


def _range(values: Array, unit: str, steady: Steadiness | None, limits: LayoutLimits) -> tuple[float, float]:
    """All but stray values, with headroom; of a hold its band, with room to see its tremor.

    A sensor's acceleration has no stray values: its rare peaks are the punches themselves.
    """
    finite = values[np.isfinite(values)]
    stray = 0.0 if unit in ACCELERATION else limits.stray_percent
    ends = (stray, 100.0 - stray)
    low, high = (float(end) for end in np.percentile(finite, ends)) if len(finite) else (-1.0, 1.0)
    least = limits.least_range_deg if unit_sign(unit) == "°" else 1e-6
    if steady is not None:
        room = limits.steady_room * max(steady.plus_minus, 1e-6)
        low, high = steady.low - room, steady.high + room
    short = max(0.0, least - (high - low)) / 2
    air = limits.headroom_share * (high - low) + short
    return low - air, high + air


def _at(report: SetReport, times_s: list[float]) -> Array:
    """The curve's values at these times, interpolated across gaps; none where it has no value at all."""
    seen = np.isfinite(report.curve.values)
    if not seen.any():
        return np.zeros(0)
    return np.asarray(np.interp(times_s, report.curve.times_s[seen], report.curve.values[seen]))


def _downward(report: SetReport) -> bool:
    """Whether the curve must be flipped so that lowering the load goes down in the picture.

    A knee's angle falls in a squat's descent and is drawn as it is; an elbow's angle grows while a curl's weight sinks
    and is drawn upside down. Without named phases nothing is flipped.
    """
    seen = _seen(report)
    rise = _at(report, [rep.turn_s for rep in seen]) - _at(report, [rep.start_s for rep in seen])
    if report.first_phase is None or not len(rise):
        return False
    grows = float(np.median(rise)) > 0
    return grows if report.first_phase == "eccentric" else not grows


def _rest_value(report: SetReport) -> float:
    at = _at(report, [time for rep in _seen(report) for time in (rep.start_s, rep.end_s)])
    return float(np.median(at)) if len(at) else math.nan


def _bar(rep: Rep, shades: tuple[Span, ...]) -> Bar:
    return Bar(rep.number, tuple(span for span in shades if span.number == rep.number), rep.complete)


def _shown(
    report: SetReport, window: tuple[float, float], range_: tuple[float, float], limits: LayoutLimits
) -> tuple[Array, Array]:
    """The curve within the window; NaN where it leaves the range, and in the middle of each gap in time."""
    times, values = report.curve.times_s, report.curve.values
    inside = (times >= window[0]) & (times <= window[1])
    fits = (values >= range_[0]) & (values <= range_[1])
    shown_s, shown = times[inside], np.where(fits, values, np.nan)[inside]
    steps_s = np.diff(shown_s)
    if not len(steps_s):
        return shown_s, shown
    gaps = np.flatnonzero(steps_s > max(limits.least_gap_s, limits.gap_steps * float(np.median(steps_s))))
    return np.insert(shown_s, gaps + 1, shown_s[gaps] + steps_s[gaps] / 2), np.insert(shown, gaps + 1, np.nan)


def layout(report: SetReport, limits: LayoutLimits = LIMITS) -> Layout:
    """The report's own times and seconds, arranged for drawing; only a hold's steadiness is computed here.

    The curve keeps its unit and its NaN gaps. The window is the set with a margin; a hold and an empty set show the
    whole curve, and have no bars.
    """
    window, steady = _window(report, limits), steadiness(report)
    within = (report.curve.times_s >= window[0]) & (report.curve.times_s <= window[1])
    range_ = _range(report.curve.values[within], report.curve.unit, steady, limits)
    times, values = _shown(report, window, range_, limits)
    reps = _seen(report) if report.hold_s is None else ()
    shades = spans(report) if reps else ()
    return Layout(
        times_s=times,
        values=values,
        window_s=window,
        range=range_,
        rest_value=_rest_value(report),
        downward=_downward(report),
        named=report.first_phase is not None,
        shades=shades,
        marks=tuple(Mark(rep.number, rep.start_s, rep.end_s, rep.complete) for rep in reps),
        bars=() if report.is_round else tuple(_bar(rep, shades) for rep in reps),
        steadiness=steady,
        moved_s=report.held_span_s if keeps_moving(report.recognition.name) else None,
        rough=times_are_unsure(report.caveats),
    )


def tension_s(report: SetReport) -> float:
    """Time under tension: the report's own, or the length of all complete repetitions where it has no tempo."""
    if report.tempo is not None and math.isfinite(report.tempo.time_under_tension_s):
        return report.tempo.time_under_tension_s
    return sum(rep.duration_s for rep in report.reps if rep.complete)


def median_s(bars: tuple[Bar, ...], part: Part) -> float:
    """The median seconds of one part over the complete repetitions, NaN where none has it."""
    found = [span.seconds for bar in bars if bar.complete for span in bar.spans if span.part is part]
    return float(np.median(found)) if found else math.nan
