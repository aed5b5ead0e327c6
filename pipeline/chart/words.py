"""The texts of a chart, in the caller's language: the chart itself has none."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.catalogue import keeps_moving
from pipeline.values import SetReport


@dataclass(frozen=True, slots=True)
class ChartWords:
    """Every text that a chart can show. `curve` heads the movement curve, `bars` the seconds per repetition;
    `pose_names` are those of the report's poses, one each; `doubts` are whole sentences, set in small print."""

    title: str
    subtitle: str
    curve: str
    bars: str
    lowering: str
    pause: str
    lifting: str
    rest: str
    out: str
    back: str
    tension: str
    partial: str
    no_reps: str
    held: str
    steadiness: str
    second: str
    untimed: str = "Counted by the rhythm: no repetition was timed"
    pace: str = "a minute"
    hardest: str = "hardest"
    typical: str = "typical"
    poses: str = "Poses"
    pose_names: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class ProgressWords:
    """Every text of a progress chart. `day` is how a date is written, from {year}, {month} and {day}; `empty` is
    said where there is nothing to show."""

    title: str
    subtitle: str
    reps: str
    held: str
    weight: str
    weight_unit: str
    tension: str
    second: str
    empty: str
    day: str = "{month}/{day}"
    footnote: str = ""


ENGLISH_PROGRESS = ProgressWords(
    title="Progress",
    subtitle="",
    reps="reps a day",
    held="longest hold",
    weight="heaviest",
    weight_unit="kg",
    tension="under tension",
    second="s",
    empty="No sets yet",
)


def _count(report: SetReport) -> str:
    if report.hold_s is not None:
        return f"{report.hold_s:.0f} s {'moving' if keeps_moving(report.recognition.name) else 'hold'}"
    return f"{report.rep_count} rep{'' if report.rep_count == 1 else 's'}"


def _subtitle(report: SetReport) -> str:
    partial = sum(not rep.complete for rep in report.reps)
    parts = [f"{partial} partial"] if partial else []
    known = math.isfinite(report.source.duration_s)
    return " · ".join([*parts, *([f"{report.source.duration_s:.0f} s {report.source.kind}"] if known else [])])


def english_words(report: SetReport, title_name: str, doubts: tuple[str, ...] = ()) -> ChartWords:
    """The chart's texts in English, titled with the exercise's name and what was counted."""
    return ChartWords(
        title=f"{title_name} · {_count(report)}",
        subtitle=_subtitle(report),
        curve=report.curve.label[:1].upper() + report.curve.label[1:],
        bars="Seconds per rep",
        lowering="lowering",
        pause="pause",
        lifting="lifting",
        rest="rest",
        out="out",
        back="back",
        tension="under tension",
        partial="partial, not counted",
        no_reps="No complete repetition seen",
        held="moving" if keeps_moving(report.recognition.name) else "held",
        steadiness="steady within",
        second="s",
        doubts=doubts,
    )
