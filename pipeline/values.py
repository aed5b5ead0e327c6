"""The values that flow through Spotter: frozen, checked when made, units in their names.

    Clip -> PoseTrack -> Recognition -> Cycle -> Rep -> SetReport
                                                 MotionLog takes the same road

NaN means "not seen"; it is never -1 and never 0. Doubt is data (`Caveat`), not an exception.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

LANDMARKS = 33
UNKNOWN = "unknown"

SourceKind = Literal["clip", "photo", "log"]
Side = Literal["both", "left", "right"]
Severity = Literal["info", "mild", "severe"]
Phase = Literal["eccentric", "concentric"]


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


def _frozen(values: npt.ArrayLike) -> Array:
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array


@dataclass(frozen=True, slots=True)
class Clip:
    """What a container says of its video: a name without its folder, upright size, time and rate."""

    name: str
    duration_s: float
    frame_rate_hz: float
    width_px: int
    height_px: int

    def __post_init__(self) -> None:
        _require(self.width_px > 0 and self.height_px > 0, f"a clip has a size, got {self.width_px}x{self.height_px}")
        _require(self.duration_s >= 0, f"duration_s must not be negative, got {self.duration_s}")


@dataclass(frozen=True, slots=True, eq=False)
class PoseTrack:
    """One person's 33 MediaPipe landmarks at each frame's presentation time.

    times_s (T,) strictly increasing; image_px (T, 33, 2) pixels, x right, y down; world_m (T, 33, 3) metres,
    hip-centred, x right, y down, z away from the camera; visibility (T, 33) in 0..1.
    A row of NaN means that nobody was found in that frame. `people` is how many were seen at once, as a rule;
    `cuts_s` are the times of the first frame after each hard cut of an edited clip.
    """

    times_s: Array
    image_px: Array
    world_m: Array
    visibility: Array
    width_px: int
    height_px: int
    people: int = 1
    cuts_s: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        for name in ("times_s", "image_px", "world_m", "visibility"):
            object.__setattr__(self, name, _frozen(getattr(self, name)))
        count = len(self.times_s)
        _require(self.times_s.shape == (count,), f"times_s must be (T,), got {self.times_s.shape}")
        shapes = {"image_px": (count, LANDMARKS, 2), "world_m": (count, LANDMARKS, 3), "visibility": (count, LANDMARKS)}
        for name, shape in shapes.items():
            _require(getattr(self, name).shape == shape, f"{name} must be {shape}, got {getattr(self, name).shape}")
        _require(bool(np.isfinite(self.times_s).all()), "times_s must be finite")
        _require(bool((np.diff(self.times_s) > 0).all()), "times_s must increase")

    @property
    def seen(self) -> npt.NDArray[np.bool_]:
        """(T,) True where somebody was found."""
        return np.asarray(np.isfinite(self.image_px[:, :, 0]).any(axis=1))

    @property
    def duration_s(self) -> float:
        return float(self.times_s[-1] - self.times_s[0]) if len(self.times_s) else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class MotionLog:
    """What a watch or phone recorded.

    times_s (T,) strictly increasing; acceleration_m_s2 (T, 3), gravity included where `has_gravity`, in the device's
    own axes and sign (iOS and Android differ: nothing may rest on either); rotation_rad_s (T, 3), NaN where not
    measured. `source` is the app or device that wrote it; `caveats` are what reading and cleaning could not mend.
    """

    times_s: Array
    acceleration_m_s2: Array
    rotation_rad_s: Array
    source: str
    has_gravity: bool = True
    caveats: tuple[Caveat, ...] = ()

    def __post_init__(self) -> None:
        for name in ("times_s", "acceleration_m_s2", "rotation_rad_s"):
            object.__setattr__(self, name, _frozen(getattr(self, name)))
        count = len(self.times_s)
        for name in ("acceleration_m_s2", "rotation_rad_s"):
            shape = getattr(self, name).shape
            _require(shape == (count, 3), f"{name} must be {(count, 3)}, got {shape}")
        _require(bool((np.diff(self.times_s) > 0).all()), "times_s must increase")

    @property
    def duration_s(self) -> float:
        return float(self.times_s[-1] - self.times_s[0]) if len(self.times_s) else 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name for what was done, and the calibrated probability that it is right (0..1)."""

    name: str
    confidence: float

    def __post_init__(self) -> None:
        _require(0.0 <= self.confidence <= 1.0, f"confidence must be in 0..1, got {self.confidence}")


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which exercise: `name` is a catalogue slug or "unknown"; `given` when the user said so.

    `alternatives` are the likeliest other names, best first. Where name is "unknown" they are what to ask about.
    `coarse` where only the family is sure: `name` is its likeliest member, `confidence` the family's, and the
    family's other members come first among the alternatives.
    """

    name: str
    confidence: float
    alternatives: tuple[Candidate, ...] = ()
    given: bool = False
    coarse: bool = False

    @property
    def known(self) -> bool:
        return self.name != UNKNOWN


@dataclass(frozen=True, slots=True)
class Cycle:
    """One there-and-back movement: it starts, turns and ends.

    pause_s is the stillness about turn_s; NaN where the phases are not timed yet.
    """

    start_s: float
    turn_s: float
    end_s: float
    complete: bool = True
    side: Side = "both"
    pause_s: float = math.nan

    def __post_init__(self) -> None:
        ordered = self.start_s < self.turn_s < self.end_s
        _require(ordered, f"a cycle starts, turns, ends: got {self.start_s}, {self.turn_s}, {self.end_s}")


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The movement that was counted: values (T,) at times_s (T,), in `unit`, said by `label`."""

    times_s: Array
    values: Array
    label: str
    unit: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "times_s", _frozen(self.times_s))
        object.__setattr__(self, "values", _frozen(self.values))
        _require(self.times_s.shape == self.values.shape, "a curve has one value a time")


@dataclass(frozen=True, slots=True)
class Rep:
    """One repetition. eccentric_s and concentric_s are NaN where it is not known which way is the lifting.

    pause_s is the stillness at the turn, rest_s that between this end and the next start (NaN after the last).
    range_deg is how far the joint of the curve moved (NaN where the curve is no angle). peak_m_s2 is the largest
    acceleration of a blow, gravity apart (NaN where it is none, or seen by a camera).

    range_m is how far the load, or the body that is lifted, went up and down; peak_speed_deg_s the joint's fastest
    moment, mean_speed_deg_s its mean while lifting; asymmetry_deg the left joint's range less the right one's. Each is
    NaN where the view does not carry it (`rep_motion`).
    """

    number: int
    start_s: float
    turn_s: float
    end_s: float
    eccentric_s: float
    pause_s: float
    concentric_s: float
    rest_s: float
    range_deg: float
    complete: bool = True
    side: Side = "both"
    peak_m_s2: float = math.nan
    range_m: float = math.nan
    peak_speed_deg_s: float = math.nan
    mean_speed_deg_s: float = math.nan
    asymmetry_deg: float = math.nan

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Tempo:
    """Medians over the complete reps, as coaches write them: eccentric - pause - concentric - rest, seconds.

    velocity_loss is the share by which the last lifting was slower than the fastest one (Sanchez-Medina &
    Gonzalez-Badillo 2011); NaN with fewer than three complete reps, or where no joint tells the speed.
    """

    eccentric_s: float
    pause_s: float
    concentric_s: float
    rest_s: float
    time_under_tension_s: float
    velocity_loss: float = math.nan

    def __str__(self) -> str:
        parts = (self.eccentric_s, self.pause_s, self.concentric_s, self.rest_s)
        return "-".join("?" if math.isnan(part) else f"{part:.1f}" for part in parts)


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


class Doubt(StrEnum):
    """Every doubt a report can carry; each has its sentence in every language (a test finds the one without)."""

    EXERCISE_UNKNOWN = "exercise_unknown"
    EXERCISE_UNSURE = "exercise_unsure"
    PHASES_UNNAMED = "phases_unnamed"
    SEVERAL_PEOPLE = "several_people"
    PERSON_LOST = "person_lost"
    JOINT_HIDDEN = "joint_hidden"
    LOW_FRAME_RATE = "low_frame_rate"
    STARTS_MID_REP = "starts_mid_rep"
    ENDS_MID_REP = "ends_mid_rep"
    PARTIAL_REPS = "partial_reps"
    COUNT_UNSURE = "count_unsure"
    NO_MOVEMENT = "no_movement"
    VIEW_HIDES_RANGE = "view_hides_range"
    HOLD_WITHOUT_STILLNESS = "hold_without_stillness"
    SLOW_MOTION = "slow_motion"
    LOG_GAPS = "log_gaps"
    LOW_LOG_RATE = "low_log_rate"
    CLOCK_IN_BURSTS = "clock_in_bursts"
    CLOCK_SET_BACK = "clock_set_back"
    VALUES_HELD = "values_held"
    ROWS_DROPPED = "rows_dropped"
    SENSOR_SATURATED = "sensor_saturated"
    UNIT_CORRECTED = "unit_corrected"
    GRAVITY_LEFT_OUT = "gravity_left_out"
    ROTATION_LEFT_OUT = "rotation_left_out"
    DEVICE_STILL = "device_still"
    SEVERAL_RECORDINGS = "several_recordings"
    PHOTO_BLURRED = "photo_blurred"
    PHOTO_DARK = "photo_dark"
    PERSON_SMALL = "person_small"
    BODY_HIDDEN = "body_hidden"


@dataclass(frozen=True, slots=True)
class Caveat:
    """A doubt and the facts its sentence needs."""

    doubt: Doubt
    facts: Mapping[str, float | str] = field(default_factory=dict)


def count_is_torn(caveats: Sequence[Caveat]) -> bool:
    """True where it is not sure what was one repetition: then none can be held against a rule."""
    return any(caveat.doubt is Doubt.COUNT_UNSURE for caveat in caveats)


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
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, eq=False)
class SetReport:
    """All that is known of one set.

    hold_s is None where the exercise is not a hold; first_phase is the phase that a repetition begins with, None
    where it is not known which way is the lifting; span_s is the part of the recording that this set is, None where it
    is the whole. sway_m is how far trunk and hips strayed from their middle in a hold (root mean square, metres of an
    adult of middle height), None where the exercise is none. poses are the yoga poses held one after the other, where
    that is what was done; hold_s is then how long the longest was held.
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
