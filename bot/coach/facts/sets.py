"""Sets as the coach may speak of them: the one in question with all that was measured, earlier ones as stored."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.values import (
    Caveat,
    Finding,
    Rep,
    SetReport,
    SourceKind,
    Tempo,
    count_is_torn,
    times_are_unsure,
)


@dataclass(frozen=True, slots=True)
class SetFacts:
    """One set. `exercise` is a slug, `label` its name in the user's language; NaN and None mean not measured.

    `findings` carry their cue in the user's language. `confidence` is that of the exercise's name (0..1). `sway_m`,
    `span_s` and `form_judged` are those of `SetReport`; `corrected_reps` is the count that the user set, None where
    they set none.
    """

    exercise: str
    label: str
    done_on: date
    reps: tuple[Rep, ...] = ()
    tempo: Tempo | None = None
    hold_s: float | None = None
    weight_kg: float | None = None
    findings: tuple[Finding, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    confidence: float = 1.0
    given: bool = False
    kind: SourceKind = "clip"
    sway_m: float | None = None
    span_s: tuple[float, float] | None = None
    corrected_reps: int | None = None
    form_judged: tuple[str, ...] = ()

    @property
    def rep_count(self) -> int:
        """Complete repetitions, as the user corrected them or else as they were counted."""
        return self.counted if self.corrected_reps is None else self.corrected_reps

    @property
    def counted(self) -> int:
        """Complete repetitions as they were counted."""
        return sum(rep.complete for rep in self.reps)

    @property
    def partial_count(self) -> int:
        """Repetitions that were seen and not counted; none where the user set the count."""
        return len(self.reps) - self.counted if self.corrected_reps is None else 0

    @property
    def is_round(self) -> bool:
        """Blows that a sensor felt: each has its peak, and no phases."""
        return bool(self.reps) and all(math.isfinite(rep.peak_m_s2) for rep in self.reps)

    @property
    def range_deg(self) -> float:
        """The median range of the complete repetitions, NaN where none is known."""
        return _median(rep.range_deg for rep in self.reps if rep.complete)

    @property
    def is_torn(self) -> bool:
        """Whether it is not sure what was one repetition: then none can be held against a rule."""
        return count_is_torn(self.caveats)

    @property
    def rough_times(self) -> bool:
        """Whether it could not be seen well when each repetition begins and ends."""
        return times_are_unsure(self.caveats)

    @property
    def is_hold(self) -> bool:
        return self.hold_s is not None


@dataclass(frozen=True, slots=True)
class PastSet:
    """An earlier set as it was stored; `rough_times` as of `SetFacts`."""

    exercise: str
    label: str
    done_on: date
    rep_count: int
    tempo: Tempo | None = None
    hold_s: float | None = None
    weight_kg: float | None = None
    range_deg: float = math.nan
    rough_times: bool = False

    @property
    def counted(self) -> bool:
        """Whether anything was counted or timed in it: where nothing was, that tells of the clip, not of the set."""
        return self.rep_count > 0 or self.hold_s is not None


@dataclass(frozen=True, slots=True)
class FactsOptions:
    """What a report does not hold: how its exercise is called, the load, and each finding's cue in words."""

    label: str
    weight_kg: float | None = None
    corrected_reps: int | None = None
    cue: Callable[[Finding], str] = field(default=lambda finding: finding.cue)


def set_facts(report: SetReport, done_on: date, options: FactsOptions) -> SetFacts:
    """The facts of one report, every finding said in the words that `options.cue` gives it."""
    return SetFacts(
        exercise=report.recognition.name,
        label=options.label,
        done_on=done_on,
        reps=report.reps,
        tempo=report.tempo,
        hold_s=report.hold_s,
        weight_kg=options.weight_kg,
        findings=tuple(replace(finding, cue=options.cue(finding)) for finding in report.findings),
        caveats=report.caveats,
        confidence=report.recognition.confidence,
        given=report.recognition.given,
        kind=report.source.kind,
        sway_m=report.sway_m,
        span_s=report.span_s,
        corrected_reps=options.corrected_reps,
        form_judged=report.form_judged,
    )


def past_set(this: SetFacts) -> PastSet:
    """What is kept of a set once a newer one is talked about."""
    return PastSet(
        exercise=this.exercise,
        label=this.label,
        done_on=this.done_on,
        rep_count=this.rep_count,
        tempo=this.tempo,
        hold_s=this.hold_s,
        weight_kg=this.weight_kg,
        range_deg=this.range_deg,
        rough_times=this.rough_times,
    )


def _median(values: Iterable[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return statistics.median(known) if known else math.nan
