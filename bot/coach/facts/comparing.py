"""What changed between two sets, and which of the stored ones is the best: arithmetic, no words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from bot.coach.facts.estimates import estimated_max_kg
from bot.coach.facts.facts import Facts, JointSeen
from bot.coach.facts.sets import PastSet, SetFacts, past_set
from pipeline.values import PHASE_OFF_S, ROUGH_PHASE_OFF_S

# A lifting that takes half as long again as the first one's is a set near its end: the house's value, between the
# losses of 20 and 40 % of velocity that were studied (Pareja-Blanco 2017), a lift taking 1.25 and 1.67 times as long.
GRIND_RATIO = 1.5
Direction = Literal["more", "same", "less"]
Way = Literal["nearer", "moved", "farther", "still"]
Measure = Literal["reps", "weight", "hold", "eccentric", "concentric", "range"]


@dataclass(frozen=True, slots=True)
class Margins:
    """The smallest change worth a word, by measure; below it two sets are called the same.

    Seconds: what a time is off by as a rule. Degrees: a knee angle from one camera errs by about 7 degrees (Yue 2026),
    a joint's in a photo by 12 (pipeline/photo/angles.py); the rest are counted or told by the user, so any change is
    one.
    """

    phase_s: float = PHASE_OFF_S
    rough_phase_s: float = ROUGH_PHASE_OFF_S
    range_deg: float = 7.0
    photo_deg: float = 12.0
    hold_s: float = 1.0
    weight_kg: float = 0.05
    reps: float = 0.5


MARGINS = Margins()


@dataclass(frozen=True, slots=True)
class Change:
    """One measure then and now, in the unit of the measure."""

    measure: Measure
    before: float
    now: float
    direction: Direction

    @property
    def of_time(self) -> bool:
        """Whether it is a time of the repetitions."""
        return self.measure in ("eccentric", "concentric")

    @property
    def difference(self) -> float:
        return abs(self.now - self.before)


def margin_s(one: SetFacts | PastSet, margins: Margins = MARGINS) -> float:
    """The smallest difference between two times of a set, or against another's, that is told as one."""
    return margins.rough_phase_s if one.rough_times else margins.phase_s


def changes(before: PastSet, now: PastSet, margins: Margins = MARGINS) -> tuple[Change, ...]:
    """Every measure known for both sets, in the order in which a coach would tell them; none where one has none."""
    if not (before.counted and now.counted):
        return ()
    phase_s = max(margin_s(before, margins), margin_s(now, margins))
    pairs: tuple[tuple[Measure, float, float, float], ...] = (
        ("weight", _known(before.weight_kg), _known(now.weight_kg), margins.weight_kg),
        ("reps", _reps(before), _reps(now), margins.reps),
        ("hold", _known(before.hold_s), _known(now.hold_s), margins.hold_s),
        ("range", before.range_deg, now.range_deg, margins.range_deg),
        ("eccentric", _tempo(before, "eccentric_s"), _tempo(now, "eccentric_s"), phase_s),
        ("concentric", _tempo(before, "concentric_s"), _tempo(now, "concentric_s"), phase_s),
    )
    return tuple(
        Change(measure, then, today, _direction(today - then, margin))
        for measure, then, today, margin in pairs
        if not math.isnan(then + today)
    )


def apart(measure: Measure, one: PastSet, other: PastSet) -> PastSet | None:
    """The one of two sets, of whichever exercises, that has clearly more of a measure; None where neither has."""
    found = next((change for change in changes(other, one) if change.measure == measure), None)
    return {"more": one, "less": other}.get(found.direction) if found else None


def way(joint: JointSeen, margins: Margins = MARGINS) -> Way | None:
    """How a joint stands beside the photo before: nearer to the pose as it usually is or farther from it, moved with
    neither to be said, or still; None where the photo before does not tell."""
    if math.isnan(joint.before_deg):
        return None
    if abs(joint.angle_deg - joint.before_deg) < margins.photo_deg:
        return "still"
    gained_deg = abs(joint.before_deg - joint.usual_deg) - abs(joint.angle_deg - joint.usual_deg)
    if math.isnan(gained_deg) or abs(gained_deg) < margins.photo_deg:
        return "moved"
    return "nearer" if gained_deg > 0 else "farther"


def since_last(facts: Facts) -> tuple[Change, ...]:
    """The changes against the newest earlier set of the same exercise; none where there is no such set."""
    return changes(facts.last_same, past_set(facts.this)) if facts.this and facts.last_same else ()


def all_sets(facts: Facts, exercise: str) -> tuple[PastSet, ...]:
    """Every known set of an exercise, newest first, the one in question included."""
    current = (past_set(facts.this),) if facts.this and facts.this.exercise == exercise else ()
    return current + facts.earlier(exercise)


def heaviest(sets: tuple[PastSet, ...]) -> PastSet | None:
    """The set with the most weight, more repetitions breaking a tie; None where no weight is known."""
    loaded = [past for past in sets if past.weight_kg is not None and past.counted]
    return max(loaded, key=lambda past: (past.weight_kg, past.rep_count), default=None)


def longest(sets: tuple[PastSet, ...]) -> PastSet | None:
    """The set with the most repetitions, or the longest hold."""
    shown = [past for past in sets if past.counted]
    return max(shown, key=lambda past: (past.hold_s or 0.0, past.rep_count), default=None)


def best_of(sets: tuple[PastSet, ...]) -> PastSet | None:
    """The heaviest set, else the one with most repetitions or the longest hold; None of none."""
    return heaviest(sets) or longest(sets)


def best_earlier(facts: Facts) -> PastSet | None:
    """The best set of the exercise in question but for this one: the heaviest, else the longest; None without any."""
    sets = facts.earlier(facts.this.exercise) if facts.this else ()
    return best_of(sets)


def best_estimate_kg(sets: tuple[PastSet, ...]) -> float:
    """The highest estimated one-repetition maximum over the sets; NaN where none can be estimated, or where more than
    that was lifted already."""
    loaded = [(past.weight_kg, past.rep_count) for past in sets if past.weight_kg]
    estimates = [value for one in loaded if not math.isnan(value := estimated_max_kg(*one))]
    best_kg = max(estimates, default=math.nan)
    return best_kg if all(weight_kg <= best_kg for weight_kg, _ in loaded) else math.nan


@dataclass(frozen=True, slots=True)
class Slowing:
    """How the lifting went through the set: seconds of the first and last repetition, of the fastest and slowest."""

    first_s: float
    last_s: float
    slowest_number: int
    slowest_s: float
    fastest_s: float


def slowing(this: SetFacts) -> Slowing | None:
    """The lifting of the first and last complete repetition and of the extremes; None with fewer than two known."""
    timed = [rep for rep in this.reps if rep.complete and not math.isnan(rep.concentric_s)]
    if len(timed) < 2:
        return None
    slowest = max(timed, key=lambda rep: rep.concentric_s)
    fastest_s = min(rep.concentric_s for rep in timed)
    return Slowing(timed[0].concentric_s, timed[-1].concentric_s, slowest.number, slowest.concentric_s, fastest_s)


def was_a_grind(this: SetFacts) -> bool:
    """Whether the lifting of the last repetition surely took much longer than the first one's."""
    found = None if this.rough_times else slowing(this)
    return found is not None and found.last_s > GRIND_RATIO * found.first_s


def lost_percent(this: SetFacts) -> int | None:
    """How much slower the last repetition was lifted than the fastest one, percent of the speed; None where unknown.

    The report's own where it has one; else from the times, as if every repetition were as long as the others. Measure:
    Sánchez-Medina & González-Badillo 2011, Med Sci Sports Exerc 43:1725.
    """
    if this.tempo and not math.isnan(this.tempo.velocity_loss):
        return round(100 * this.tempo.velocity_loss)
    timed_s = [rep.concentric_s for rep in this.reps if rep.complete and rep.concentric_s > 0]
    return round(100 * (1 - min(timed_s) / timed_s[-1])) if len(timed_s) > 1 else None


def lost_surely(this: SetFacts) -> bool:
    """Whether the last lifting took longer than the quickest by more than times may be off: half a second's may seem
    a fifth slower when it is a tenth of a second that is mistimed."""
    found = slowing(this)
    return found is not None and found.last_s - found.fastest_s >= margin_s(this)


def _direction(difference: float, margin: float) -> Direction:
    if abs(difference) < margin:
        return "same"
    return "more" if difference > 0 else "less"


def _known(value: float | None) -> float:
    return math.nan if value is None else value


def _reps(past: PastSet) -> float:
    return math.nan if past.hold_s is not None else float(past.rep_count)


def _tempo(past: PastSet, name: str) -> float:
    return getattr(past.tempo, name) if past.tempo else math.nan
