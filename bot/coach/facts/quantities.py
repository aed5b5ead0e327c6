"""What is measured or told of a repetition and kept of a set, each with its unit and with how finely it is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.coach.facts.comparing import MARGINS
from bot.coach.facts.estimates import estimated_max_kg
from bot.coach.facts.sets import PastSet
from pipeline.values import Rep, Tempo

Unit = Literal["s", "deg", "kg", "reps", "sets", "days", "deg/s"]
Way = Literal["pace", "time", "amount", "count"]  # more of it is slower, longer or more; less of a count is fewer
STEADY_DEG = 3.0  # pose landmarks agree on a joint's range to a few degrees within one set


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity: `of_rep` and `of_set` give NaN where it is not known. Two values that differ by less than `margin`
    are told as alike; between two sets by less than `margin_of_sets`. `summable`: its sum over sets means something."""

    unit: Unit
    way: Way
    of_rep: Callable[[Rep], float] | None
    of_set: Callable[[PastSet], float] | None
    margin: float
    margin_of_sets: float
    summable: bool = False

    @property
    def of_time(self) -> bool:
        """Whether it is a time within repetitions, which may be rough."""
        return self.unit == "s" and self.of_rep is not None


def of_tempo(name: str) -> Callable[[PastSet], float]:
    """What reads one median of a set's tempo."""
    return lambda past: getattr(past.tempo, name) if past.tempo else math.nan


def _length_s(past: PastSet) -> float:
    beat = past.tempo
    return math.nan if beat is None else beat.eccentric_s + beat.pause_s + beat.concentric_s


def _reps(past: PastSet) -> float:
    return math.nan if past.hold_s is not None or not past.counted else past.rep_count


def _volume_kg(past: PastSet) -> float:
    return math.nan if past.weight_kg is None or past.hold_s is not None else past.weight_kg * past.rep_count


def _weight_kg(past: PastSet) -> float:
    return math.nan if past.weight_kg is None else past.weight_kg


def _tension_s(past: PastSet) -> float:
    beat: Tempo | None = past.tempo
    return math.nan if beat is None else beat.time_under_tension_s


def _max_kg(past: PastSet) -> float:
    loaded = past.weight_kg is not None and past.hold_s is None
    return estimated_max_kg(past.weight_kg, past.rep_count) if loaded and past.weight_kg else math.nan


def _hold_s(past: PastSet) -> float:
    return math.nan if past.hold_s is None else past.hold_s


PHASE_S, RANGE_DEG = MARGINS.phase_s, MARGINS.range_deg
QUANTITIES: Mapping[str, Measured] = {
    "lifting": Measured("s", "pace", lambda rep: rep.concentric_s, of_tempo("concentric_s"), PHASE_S, PHASE_S),
    "lowering": Measured("s", "pace", lambda rep: rep.eccentric_s, of_tempo("eccentric_s"), PHASE_S, PHASE_S),
    "pause": Measured("s", "time", lambda rep: rep.pause_s, of_tempo("pause_s"), PHASE_S, PHASE_S),
    "gap": Measured("s", "time", lambda rep: rep.rest_s, of_tempo("rest_s"), PHASE_S, PHASE_S),
    "length": Measured("s", "time", lambda rep: rep.duration_s, _length_s, PHASE_S, PHASE_S),
    "range": Measured("deg", "amount", lambda rep: rep.range_deg, lambda past: past.range_deg, STEADY_DEG, RANGE_DEG),
    "speed": Measured("deg/s", "amount", lambda rep: rep.mean_speed_deg_s, None, 5.0, 5.0),
    "weight": Measured("kg", "amount", None, _weight_kg, MARGINS.weight_kg, MARGINS.weight_kg),
    "volume": Measured("kg", "amount", None, _volume_kg, MARGINS.weight_kg, MARGINS.weight_kg, summable=True),
    "max": Measured("kg", "amount", None, _max_kg, MARGINS.weight_kg, MARGINS.weight_kg),
    "reps": Measured("reps", "count", None, _reps, MARGINS.reps, MARGINS.reps, summable=True),
    "tension": Measured("s", "time", None, _tension_s, MARGINS.hold_s, MARGINS.hold_s, summable=True),
    "hold": Measured("s", "time", None, _hold_s, MARGINS.hold_s, MARGINS.hold_s, summable=True),
    "sets": Measured("sets", "count", None, lambda _: 1.0, MARGINS.reps, MARGINS.reps, summable=True),
    "interval": Measured("days", "time", None, None, MARGINS.reps, MARGINS.reps),
    "days": Measured("days", "count", None, None, MARGINS.reps, MARGINS.reps),
}
