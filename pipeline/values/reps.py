"""Repetitions: the movement that was counted, each there and back in it, and how all of them were timed."""

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
    """The movement that was counted: values (T,) at times_s (T,), in `unit`, said by `label`."""

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
    """One there-and-back movement: it starts, turns and ends.

    pause_s is the stillness about turn_s, NaN where the phases are not timed yet; spread_s how far what shows the
    movement disagrees about when it leaves rest, arrives, leaves the turn or is back, NaN where too little shows it,
    infinite where a part of the way is not there to be timed.
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
    """One repetition. eccentric_s and concentric_s are NaN where it is not known which way is the lifting; start_s,
    turn_s and end_s, and with them every other time, where it was counted and not seen when it was.

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
        """Seconds from its start to its end, the pause at the turn among them."""
        return self.end_s - self.start_s

    @property
    def seen(self) -> bool:
        """Whether it is known when it was."""
        return math.isfinite(self.duration_s)


def counted_only(number: int) -> Rep:
    """A repetition of which nothing but its number is known."""
    nan = math.nan
    return Rep(number, nan, nan, nan, nan, nan, nan, nan, nan)


@dataclass(frozen=True, slots=True)
class Tempo:
    """Medians over the complete reps, as coaches write them: eccentric - pause - concentric - rest, seconds.

    velocity_loss is the share by which the last lifting was slower than the fastest one (Sanchez-Medina &
    Gonzalez-Badillo 2011); NaN with fewer than three complete reps, where no joint tells the speed, or where a
    pause may have been taken for lifting.
    """

    eccentric_s: float
    pause_s: float
    concentric_s: float
    rest_s: float
    time_under_tension_s: float
    velocity_loss: float = math.nan

    def to_halves(self) -> "Tempo":
        """The same as far as rough times tell it: the four parts in whole half seconds."""
        names = ("eccentric_s", "pause_s", "concentric_s", "rest_s")
        return replace(self, **{name: in_halves(getattr(self, name)) for name in names})


def in_halves(seconds: float) -> float:
    """The nearest half second, upwards from the middle: as far as a rough time goes."""
    return seconds if math.isnan(seconds) else math.floor(2 * seconds + 0.5) / 2
