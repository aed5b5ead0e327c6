"""All that is known of one set: where it comes from, what was done, how, and what is doubted."""

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
    """Where a report comes from; `path` is the name the user gave, never a folder of this machine."""

    kind: SourceKind
    path: str
    duration_s: float
    frame_rate_hz: float


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of work, for the report's own honesty."""

    decode_s: float
    pose_s: float
    total_s: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen in the movement, against a limit with its source (shared key of catalogue/rules)."""

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
    """A yoga pose held from start_s to end_s; confidence is its mean probability; sway_m how far the body's points
    strayed from their middle (root mean square, in the picture, metres of an adult of middle height)."""

    name: str
    start_s: float
    end_s: float
    confidence: float
    sway_m: float

    @property
    def held_s(self) -> float:
        """Seconds that it was held."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, eq=False)
class SetReport:
    """All that is known of one set.

    hold_s is how long something was held or, where the catalogue's kind is "move", how long somebody kept moving;
    None where repetitions are counted. hold_start_s is when in the recording that began. first_phase is the phase
    that a repetition begins with, None where it is not known which way is the lifting; span_s is the part of the
    recording that this set is, None where it is the whole. sway_m is how far trunk and hips strayed from their
    middle in a hold (root mean square, metres of an adult of middle height), None where the exercise is none. poses
    are the yoga poses held one after the other, where that is what was done; hold_s is then how long the longest
    was held. form_judged are the aspects of the form, as the catalogue's rules call them, that could be judged:
    without a finding they are fine as far as can be seen.
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
        """When `hold_s` began and ended, where that is known."""
        if self.hold_s is None or self.hold_start_s is None:
            return None
        return self.hold_start_s, self.hold_start_s + self.hold_s

    @property
    def rep_count(self) -> int:
        """Complete repetitions."""
        return sum(rep.complete for rep in self.reps)

    @property
    def is_round(self) -> bool:
        """Blows that a sensor felt one by one: their peaks are known, their ways out and back are not."""
        return bool(self.reps) and all(math.isfinite(rep.peak_m_s2) for rep in self.reps)


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredSet:
    """A report, and the part of the recording it was measured on: kept, it can be counted again without the file."""

    report: SetReport
    track: PoseTrack | MotionLog
