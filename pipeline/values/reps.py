"""Repetitions: the counted movement, its cycles, and the times of each repetition."""

import math
from dataclasses import dataclass, replace
from typing import Final, Literal

from pipeline.values.checks import Array, frozen_array, require

Side = Literal["both", "left", "right"]
Phase = Literal["eccentric", "concentric"]

# How far a phase's time is off at most, as a rule: single-rep times of a phone log agree with video to about 0.2 s
# (Viecelli 2021); rough ones, of rendered takes with hidden limbs or at odd speeds, to 0.5 s (test_timing.py).
PHASE_OFF_S: Final = 0.2
ROUGH_PHASE_OFF_S: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The movement that was counted: values (T,) at times_s (T,), in `unit`, named by `label`."""

    times_s: Array
    values: Array
    label: str
    unit: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "times_s", frozen_array(self.times_s))
        object.__setattr__(self, "values", frozen_array(self.values))
        require(self.times_s.shape == self.values.shape, "a curve has one value a time")


@dataclass(frozen=True, slots=True)
class Cycle:
    """One movement there and back: it starts, turns and ends.

    pause_s: how long it stands still around turn_s, NaN before the phases are timed. spread_s: how far the signals that
    show the movement disagree about its times (start, arrival, leaving the turn, end), seconds; NaN where too few show
    it, infinite where a part of the movement is missing.
    """

    start_s: float
    turn_s: float
    end_s: float
    complete: bool = True
    side: Side = "both"
    pause_s: float = math.nan
    spread_s: float = math.nan

    def __post_init__(self) -> None:
        ordered = self.start_s < self.turn_s < self.end_s
        require(ordered, f"a cycle starts, turns, ends: got {self.start_s}, {self.turn_s}, {self.end_s}")


@dataclass(frozen=True, slots=True)
class Rep:
    """One repetition.

    eccentric_s and concentric_s are NaN where it is unknown which way is the lifting. start_s, turn_s, end_s and all
    other times are NaN where the repetition was counted but not located in time. pause_s: how long it stands still at
    the turn; rest_s: from this end to the next start (NaN after the last). range_deg: how far the joint of the curve
    moved (NaN where the curve is not an angle). peak_m_s2: the largest acceleration of a punch, without gravity (NaN
    for anything else, and in clips).

    range_m: how far the load, or the lifted body, moved up and down. peak_speed_deg_s: the joint's highest speed;
    mean_speed_deg_s: its mean speed while lifting. asymmetry_deg: the left joint's range minus the right one's. Each is
    NaN where the view does not show it (see `rep_motion`).
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
        """Seconds from start to end, including the pause at the turn."""
        return self.end_s - self.start_s

    @property
    def seen(self) -> bool:
        """Whether its times are known."""
        return math.isfinite(self.duration_s)


def counted_only(number: int) -> Rep:
    """A repetition of which only the number is known."""
    nan = math.nan
    return Rep(number, nan, nan, nan, nan, nan, nan, nan, nan)


@dataclass(frozen=True, slots=True)
class Tempo:
    """Medians over the complete repetitions, as coaches write them: eccentric - pause - concentric - rest, seconds.

    velocity_loss: the share by which the last lift was slower than the fastest (Sanchez-Medina & Gonzalez-Badillo
    2011); NaN with fewer than three complete repetitions, without a joint that shows the speed, or where a pause may
    have been taken for lifting.
    """

    eccentric_s: float
    pause_s: float
    concentric_s: float
    rest_s: float
    time_under_tension_s: float
    velocity_loss: float = math.nan

    def to_halves(self) -> "Tempo":
        """The same with its four parts rounded to half seconds, for times that are rough."""
        names = ("eccentric_s", "pause_s", "concentric_s", "rest_s")
        return replace(self, **{name: in_halves(getattr(self, name)) for name in names})


def in_halves(seconds: float) -> float:
    """Rounded to the nearest half second, ties upwards."""
    return seconds if math.isnan(seconds) else math.floor(2 * seconds + 0.5) / 2
