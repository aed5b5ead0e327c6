"""When each phase of each repetition took place: for the shading of the chart and the colours of the annotated clip."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from pipeline.values import Phase, Rep, SetReport


class Part(StrEnum):
    """A part of a repetition; OUT and BACK where it is unknown which way is the lifting."""

    ECCENTRIC = "eccentric"
    PAUSE = "pause"
    CONCENTRIC = "concentric"
    OUT = "out"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Span:
    """One part of one repetition, in seconds of the clip."""

    number: int
    part: Part
    start_s: float
    end_s: float
    complete: bool = True

    @property
    def seconds(self) -> float:
        return self.end_s - self.start_s


def named(rep: Rep) -> bool:
    """Whether it is known which part of the repetition is the lifting."""
    return math.isfinite(rep.eccentric_s) and math.isfinite(rep.concentric_s)


def _stillness(rep: Rep, first_s: float, second_s: float) -> tuple[float, float]:
    """When the first phase ends and the second begins, in this order and within the repetition."""
    leaves = min(max(rep.start_s + first_s, rep.start_s), rep.end_s)
    return leaves, max(leaves, min(rep.end_s - second_s, rep.end_s))


def rep_spans(rep: Rep, first_phase: Phase | None) -> tuple[Span, ...]:
    """The repetition's parts in order of time, without gaps between them; a pause only where there is one."""
    if first_phase is None or not named(rep):
        parts = [(Part.OUT, rep.start_s, rep.turn_s), (Part.BACK, rep.turn_s, rep.end_s)]
    elif first_phase == "eccentric":
        still = _stillness(rep, rep.eccentric_s, rep.concentric_s)
        parts = [(Part.ECCENTRIC, rep.start_s, still[0]), (Part.PAUSE, *still), (Part.CONCENTRIC, still[1], rep.end_s)]
    else:
        still = _stillness(rep, rep.concentric_s, rep.eccentric_s)
        parts = [(Part.CONCENTRIC, rep.start_s, still[0]), (Part.PAUSE, *still), (Part.ECCENTRIC, still[1], rep.end_s)]
    return tuple(Span(rep.number, part, start, end, rep.complete) for part, start, end in parts if end > start)


def spans(report: SetReport) -> tuple[Span, ...]:
    """Every part of every repetition of the set, in order of time."""
    return tuple(span for rep in report.reps for span in rep_spans(rep, report.first_phase))
