"""What the coach may speak of: one set that was measured, the user's earlier ones, and what the user told.

Frozen values; whoever calls the coach builds them from a `SetReport` and from stored rows.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pipeline.units import KG_PER_LB
from pipeline.values import UNKNOWN, Caveat, Doubt, Finding, Rep, SetReport, SourceKind, Tempo, count_is_torn

Language = Literal["en", "ko"]
Units = Literal["kg", "lb"]

ToldKind = Literal["injury", "goal", "equipment", "bodyweight"]

PROTEIN_G_PER_KG = 1.6  # Morton 2018, Br J Sports Med 52:376-384, as in knowledge/plans.toml
POUNDS_PER_KG = 1.0 / KG_PER_LB


@dataclass(frozen=True, slots=True)
class SetFacts:
    """One set. `exercise` is a slug, `label` its name in the user's language; NaN and None mean not measured.

    `findings` carry their cue in the user's language. `confidence` is that of the exercise's name (0..1). `sway_m` and
    `span_s` are those of `SetReport`; `corrected_reps` is the count that the user set, None where they set none.
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
    def is_hold(self) -> bool:
        return self.hold_s is not None


@dataclass(frozen=True, slots=True)
class PastSet:
    """An earlier set as it was stored."""

    exercise: str
    label: str
    done_on: date
    rep_count: int
    tempo: Tempo | None = None
    hold_s: float | None = None
    weight_kg: float | None = None
    range_deg: float = math.nan


@dataclass(frozen=True, slots=True)
class JointSeen:
    """A joint in a photo: its name in the user's language, its angle, and that of the pose as it usually is (NaN where
    that is not known); `off` where the two differ by more than people do."""

    name: str
    angle_deg: float
    usual_deg: float = math.nan
    off: bool = False


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What a photo shows. `label` is the pose or the group of poses that is sure, empty for none; joints that differ
    most come first."""

    label: str
    confidence: float
    joints: tuple[JointSeen, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    given: bool = False

    @property
    def deviations(self) -> tuple[JointSeen, ...]:
        """What differs from the pose as it usually is."""
        return tuple(joint for joint in self.joints if joint.off)


@dataclass(frozen=True, slots=True)
class Told:
    """A lasting fact that the user told. `value` is a key of data/told.toml (equipment: several, joined by "+"), or the
    bodyweight in kg."""

    kind: ToldKind
    value: str

    @property
    def weight_kg(self) -> float:
        """The bodyweight; NaN for every other kind."""
        return float(self.value) if self.kind == "bodyweight" else math.nan


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an answer may rest on.

    `history` is newest first and does not hold `this`; its first `newer` sets were done after `this`. `photo` is there
    where the newest that the user sent is a photo. `aching` are parts of the body that hurt in this conversation: told
    in passing, so they are spared today and not kept. `set_counts` are the sets of each exercise that are stored, this
    one among them, where the history does not hold all.
    """

    today: date
    this: SetFacts | None = None
    history: tuple[PastSet, ...] = ()
    told: tuple[Told, ...] = ()
    newer: int = 0
    language: Language = "en"
    units: Units = "kg"
    photo: PhotoFacts | None = None
    aching: tuple[str, ...] = ()
    set_counts: Mapping[str, int] = field(default_factory=dict)

    def earlier(self, exercise: str) -> tuple[PastSet, ...]:
        """The stored sets of one exercise, newest first; of one that was not recognised none: they may be several."""
        return tuple(past for past in self.history if past.exercise == exercise != UNKNOWN)

    @property
    def spared(self) -> tuple[str, ...]:
        """The parts of the body to take care of: those that the user told of, and those that ache."""
        return tuple(dict.fromkeys((*self.told_values("injury"), *self.aching)))

    def set_count(self, exercise: str) -> int:
        """How many sets of an exercise are known, the one in question among them."""
        this = self.this is not None and self.this.exercise == exercise
        return max(self.set_counts.get(exercise, 0), len(self.earlier(exercise)) + this)

    def told_values(self, kind: ToldKind) -> tuple[str, ...]:
        """What the user told of one kind."""
        return tuple(one.value for one in self.told if one.kind == kind)

    @property
    def last_same(self) -> PastSet | None:
        """The newest earlier set of the exercise in question."""
        if self.this is None or self.this.exercise == UNKNOWN:
            return None
        return next((past for past in self.history[self.newer :] if past.exercise == self.this.exercise), None)

    @property
    def same_workout(self) -> bool:
        """The newest earlier set of the exercise was done on the day of this one."""
        return self.this is not None and self.last_same is not None and self.last_same.done_on == self.this.done_on

    @property
    def day(self) -> tuple[PastSet, ...]:
        """All sets on the day of `this`, in the order they were done, `this` among them."""
        if self.this is None:
            return ()
        after, before = self.history[: self.newer], self.history[self.newer :]
        ordered = (*reversed(before), past_set(self.this), *reversed(after))
        return tuple(past for past in ordered if past.done_on == self.this.done_on)

    @property
    def session(self) -> tuple[PastSet, ...]:
        """The sets of this exercise on the day of `this`, in the order they were done, `this` among them."""
        return tuple(past for past in self.day if self.this and past.exercise == self.this.exercise)


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the conversation so far, and how long ago it was said."""

    role: Literal["user", "assistant"]
    text: str
    minutes_ago: float = 0.0


@dataclass(frozen=True, slots=True)
class FactsOptions:
    """What a report does not hold: how its exercise is called, the load, and each finding's cue in words."""

    label: str
    weight_kg: float | None = None
    corrected_reps: int | None = None
    cue: Callable[[Finding], str] = field(default=lambda finding: finding.cue)


def set_facts(report: SetReport, done_on: date, options: FactsOptions) -> SetFacts:
    """The facts of one report, every finding said in the words that `options.cue` gives it.

    Ranges that the camera could not carry are left out, so that nothing of depth is told as if it had been judged.
    """
    hidden = any(caveat.doubt is Doubt.VIEW_HIDES_RANGE for caveat in report.caveats)
    return SetFacts(
        exercise=report.recognition.name,
        label=options.label,
        done_on=done_on,
        reps=tuple(_without_range(rep) for rep in report.reps) if hidden else report.reps,
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
    )


def in_units(weight_kg: float, units: Units) -> float:
    """A load in the user's unit."""
    return weight_kg if units == "kg" else weight_kg * POUNDS_PER_KG


def estimated_max_kg(weight_kg: float, rep_count: int, most_reps: int = 10) -> float:
    """Epley's one-repetition maximum, w(1 + r/30); the weight itself for one; NaN beyond ten, where it is not valid.

    Source: Epley 1985; no more than ten repetitions: Reynolds 2006, J Strength Cond Res 20(3):584-592.
    """
    if not 1 <= rep_count <= most_reps:
        return math.nan
    return weight_kg if rep_count == 1 else weight_kg * (1 + rep_count / 30)


def protein_g(facts: Facts) -> int | None:
    """Grams of protein a day for the told bodyweight, to the nearest five; None where it was not told."""
    weights = [one.weight_kg for one in facts.told if one.kind == "bodyweight"]
    return 5 * round(PROTEIN_G_PER_KG * weights[-1] / 5) if weights else None


def _without_range(rep: Rep) -> Rep:
    return replace(rep, range_deg=math.nan, mean_speed_deg_s=math.nan, peak_speed_deg_s=math.nan)


def _median(values: Iterable[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return statistics.median(known) if known else math.nan
