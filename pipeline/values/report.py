"""The report of one set: source, exercise, repetitions, tempo, findings and doubts."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.values.doubt import Caveat
from pipeline.values.log import MotionLog
from pipeline.values.recognition import Recognition
from pipeline.values.reps import Curve, Phase, Rep, Tempo
from pipeline.values.track import PoseTrack

SourceKind = Literal["clip", "photo", "log"]
Severity = Literal["info", "mild", "severe"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report comes from; `path` is the file name the user gave, never a folder of this machine."""

    kind: SourceKind
    path: str
    duration_s: float
    frame_rate_hz: float


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the analysis took, in seconds; part of the report."""

    decode_s: float
    pose_s: float
    total_s: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of form: what was measured, against which limit, with the limit's source (`rule`: key in
    catalogue/rules).
    """

    rule: str
    severity: Severity
    reps: tuple[int, ...]
    measured: float
    limit: float
    unit: str
    cue: str
    source: str


@dataclass(frozen=True, slots=True)
class HeldPose:
    """A yoga pose held from start_s to end_s.

    confidence is its mean probability; sway_m the root mean square distance of the body's points from their mean, in
    the picture, metres of an adult of middle height.
    """

    name: str
    start_s: float
    end_s: float
    confidence: float
    sway_m: float

    @property
    def held_s(self) -> float:
        """How long it was held, in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, eq=False)
class SetReport:
    """Everything that is known of one set.

    hold_s: how long a posture was held or, where the catalogue's kind is "move", how long the person kept moving; None
    where repetitions are counted. hold_start_s: when that began in the recording. first_phase: the phase that each
    repetition begins with, None where it is unknown which way is the lifting. span_s: the part of the recording that
    this set is, None where it is the whole. sway_m: the root mean square sway of trunk and hips in a hold (metres of an
    adult of middle height), None where it is not a hold. poses: yoga poses held one after the other, if that was done;
    hold_s is then the longest of them. form_judged: the aspects of form (as the catalogue's rules call them) that could
    be judged; one without a finding is fine as far as can be seen.
    """

    source: Source
    recognition: Recognition
    reps: tuple[Rep, ...]
    hold_s: float | None
    tempo: Tempo | None
    curve: Curve
    findings: tuple[Finding, ...]
    caveats: tuple[Caveat, ...]
    timing: Timing
    method: Mapping[str, str]
    first_phase: Phase | None = None
    span_s: tuple[float, float] | None = None
    sway_m: float | None = None
    poses: tuple[HeldPose, ...] = ()
    hold_start_s: float | None = None
    form_judged: tuple[str, ...] = ()

    @property
    def held_span_s(self) -> tuple[float, float] | None:
        """Start and end of `hold_s` in the recording, seconds; None where not known."""
        if self.hold_s is None or self.hold_start_s is None:
            return None
        return self.hold_start_s, self.hold_start_s + self.hold_s

    @property
    def rep_count(self) -> int:
        """The number of complete repetitions."""
        return sum(rep.complete for rep in self.reps)

    @property
    def is_round(self) -> bool:
        """Whether the repetitions are punches felt by a sensor: their peaks are known, their phases are not."""
        return bool(self.reps) and all(math.isfinite(rep.peak_m_s2) for rep in self.reps)


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredSet:
    """A report and the track it was measured on: stored, so that the set can be counted again without its file."""

    report: SetReport
    track: PoseTrack | MotionLog
