"""Every number that the facts support, each with its unit and what it is: what the guard holds sentences against."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from bot.coach.facts import Facts, PastSet, SetFacts, past_set
from bot.coach.facts.comparing import all_sets, best_earlier, best_estimate_kg, heaviest, lost_percent
from bot.coach.facts.estimates import protein_g
from bot.coach.guard.quantity import Kind, Quantity, Unit, When
from bot.coach.guard.sums import in_both, of_sums
from bot.coach.telling import rounds as rounds
from bot.coach.telling.comparing_reps import PAIRS
from bot.coach.telling.motion import CM_PER_M, asymmetry_deg, median_of
from bot.coach.telling.next_time import next_weight_value
from bot.pace import blows_a_minute, lasted_s
from pipeline.values import Rep, Tempo


def quantities(facts: Facts) -> tuple[Quantity, ...]:
    """All that may be said in numbers of these facts; what was not measured (NaN) is not among them."""
    found = [*_of_this(facts), *_of_history(facts), *_of_exercises(facts), *_of_session(facts), *_of_told(facts)]
    found += [*of_sums(facts), *_of_motion(facts), *_of_round(facts), *_of_photo(facts), *_of_day(facts)]
    return tuple(one for one in found if not math.isnan(one.value))


def _of_this(facts: Facts) -> Iterator[Quantity]:
    this = facts.this
    if this is None:
        return
    yield from _of_set(past_set(this), "this")
    yield Quantity(this.partial_count, "reps", "partial", "this", this.exercise)
    yield Quantity(round(this.confidence * 100), "%", "confidence", "this", this.exercise)
    for rep in this.reps:
        yield from _of_rep(rep, this.exercise)
    yield from _of_pairs(this)
    yield from _of_findings(this)
    if this.weight_kg is not None:
        yield Quantity(next_weight_value(facts, this.weight_kg), facts.units, "next", "any", this.exercise)


def _of_motion(facts: Facts) -> Iterator[Quantity]:
    """Ways, speeds, sides and stillness of the set in question, and where it lies in its recording."""
    this = facts.this
    if this is None:
        return
    measured: tuple[tuple[float, Unit, Kind], ...] = (
        (abs(asymmetry_deg(this)), "deg", "sides"),
        (CM_PER_M * median_of(this, lambda rep: rep.range_m), "cm", "travel"),
        (CM_PER_M * (math.nan if this.sway_m is None else this.sway_m), "cm", "sway"),
        (median_of(this, lambda rep: rep.mean_speed_deg_s), "deg/s", "speed"),
        (median_of(this, lambda rep: rep.peak_speed_deg_s), "deg/s", "speed"),
        *((at_s, "s", "span") for at_s in this.span_s or ()),
    )
    for value, unit, kind in measured:
        yield Quantity(value, unit, kind, "this", this.exercise)
    if this.corrected_reps is not None:
        yield Quantity(this.counted, "reps", "count", "this", this.exercise)


def _of_round(facts: Facts) -> Iterator[Quantity]:
    """Pace and peaks of a round of blows."""
    this = facts.this
    rate = blows_a_minute(this.reps) if this and this.is_round else None
    if this is None or rate is None:
        return
    yield Quantity(round(lasted_s(this.reps)), "s", "duration", "this", this.exercise)
    yield Quantity(round(rate), "reps", "rate", "this", this.exercise)
    for half in rounds.halves(this):
        yield Quantity(half, "reps", "part", "any", this.exercise)
    for rep, peak in zip(this.reps, rounds.peaks_g(this), strict=True):
        yield Quantity(peak, "g", "peak", "this", this.exercise, rep.number)
    yield Quantity(statistics.median(rounds.peaks_g(this)), "g", "peak", "this", this.exercise)


def _of_photo(facts: Facts) -> Iterator[Quantity]:
    """The angles in a photo, and those that are usual."""
    if facts.photo is None:
        return
    yield Quantity(round(100 * facts.photo.confidence), "%", "confidence", "this", "")
    for joint in facts.photo.joints:
        yield Quantity(joint.angle_deg, "deg", "pose", "this", joint.name)
        yield Quantity(joint.usual_deg, "deg", "pose", "this", joint.name)
        yield Quantity(joint.before_deg, "deg", "pose", "this", joint.name)


def _of_day(facts: Facts) -> Iterator[Quantity]:
    """What each exercise of that day comes to."""
    for exercise in {past.exercise for past in facts.day}:
        sets = tuple(past for past in facts.day if past.exercise == exercise)
        yield Quantity(len(sets), "sets", "sets", "this", exercise)
        yield Quantity(sum(past.rep_count for past in sets), "reps", "total", "this", exercise)
        top = heaviest(sets)
        if top and top.weight_kg is not None:
            yield from in_both(top.weight_kg, "weight", "this", exercise)
        held = [past.hold_s for past in sets if past.hold_s is not None]
        yield Quantity(max(held, default=math.nan), "s", "hold", "this", exercise)
        yield Quantity(sum(held) or math.nan, "s", "total", "this", exercise)


def _of_rep(rep: Rep, exercise: str) -> Iterator[Quantity]:
    yield Quantity(rep.number, "rep_number", "number", "this", exercise, rep.number)
    timed: tuple[tuple[Kind, float], ...] = (
        ("lowering", rep.eccentric_s),
        ("lifting", rep.concentric_s),
        ("pause", rep.pause_s),
        ("rest", rep.rest_s),
        ("duration", rep.duration_s),
    )
    for kind, value_s in timed:
        yield Quantity(value_s, "s", kind, "this", exercise, rep.number)
    yield Quantity(rep.range_deg, "deg", "range", "this", exercise, rep.number)


def _of_pairs(this: SetFacts) -> Iterator[Quantity]:
    """How far apart each two complete repetitions are."""
    for one, other in combinations([rep for rep in this.reps if rep.complete], 2):
        for pair in PAIRS.values():
            apart = abs(pair.value(one) - pair.value(other))
            if not math.isnan(apart):
                yield Quantity(apart, pair.unit, "apart", "this", this.exercise, one.number, other=other.number)


def _of_findings(this: SetFacts) -> Iterator[Quantity]:
    for finding in this.findings:
        unit: Unit | None = {"°": "deg", "s": "s", "%": "%"}.get(finding.unit)  # type: ignore[assignment]
        for value in (finding.measured, finding.limit) if unit else ():
            yield Quantity(value, unit or "deg", "finding", "this", this.exercise)


def _of_history(facts: Facts) -> Iterator[Quantity]:
    for past in facts.told_of:
        yield from _of_set(past, "past")
        yield Quantity((facts.today - past.done_on).days, "days", "ago", "past", past.exercise)
    for other in (facts.last_same, best_earlier(facts)):
        if facts.this and other:
            yield from _changes(facts.this, other)


def _changes(this: SetFacts, other: PastSet) -> Iterator[Quantity]:
    """How much more or less than in another set: whole repetitions, and weight where both are known."""
    yield Quantity(abs(this.rep_count - other.rep_count), "reps", "change", "any", this.exercise)
    if this.weight_kg is not None and other.weight_kg is not None:
        yield from in_both(abs(this.weight_kg - other.weight_kg), "change", "any", this.exercise)


def _of_exercises(facts: Facts) -> Iterator[Quantity]:
    current = {facts.this.exercise} if facts.this else set()
    for exercise in current | {past.exercise for past in facts.history}:
        sets = all_sets(facts, exercise)
        yield from in_both(best_estimate_kg(sets), "maximum", "any", exercise)


def _of_session(facts: Facts) -> Iterator[Quantity]:
    """The sets of the day by number, and what they come to."""
    if facts.this is None:
        return
    sets, exercise = facts.session, facts.this.exercise
    for number, past in enumerate(sets, start=1):
        yield Quantity(number, "set_number", "number", "any", exercise, set_number=number)
        yield Quantity(number, "sets", "number", "any", exercise, set_number=number)
        yield from (replace(one, set_number=number) for one in _of_set(past, "any"))  # said with its number only
    yield Quantity(len(sets), "sets", "sets", "any", exercise)
    yield Quantity(sum(past.rep_count for past in sets), "reps", "total", "any", exercise)
    moved_kg = sum(past.rep_count * (past.weight_kg if past.weight_kg is not None else math.nan) for past in sets)
    yield from in_both(moved_kg, "total", "any", exercise)
    if (lost := lost_percent(facts.this)) is not None:
        yield Quantity(lost, "%", "loss", "this", exercise)


def _of_told(facts: Facts) -> Iterator[Quantity]:
    """The bodyweight that the user told, and the protein that goes with it."""
    for weight in (one.weight_kg for one in facts.told if one.kind == "bodyweight"):
        yield from in_both(weight, "bodyweight", "any", "")
        yield Quantity(protein_g(facts) or math.nan, "g", "protein", "any", "")


def _of_set(past: PastSet, when: When) -> Iterator[Quantity]:
    day = past.done_on.isoformat()
    if past.hold_s is None:
        yield Quantity(past.rep_count, "reps", "count", when, past.exercise, day=day)
    else:
        yield Quantity(past.hold_s, "s", "hold", when, past.exercise, day=day)
    if past.weight_kg is not None:
        yield from in_both(past.weight_kg, "weight", when, past.exercise, day)
    yield Quantity(past.range_deg, "deg", "range", when, past.exercise, day=day)
    if past.tempo:
        yield from _of_tempo(past.tempo, when, past.exercise, day)


def _of_tempo(tempo: Tempo, when: When, exercise: str, day: str) -> Iterator[Quantity]:
    timed: tuple[tuple[Kind, float], ...] = (
        ("lowering", tempo.eccentric_s),
        ("lifting", tempo.concentric_s),
        ("pause", tempo.pause_s),
        ("rest", tempo.rest_s),
        ("tension", tempo.time_under_tension_s),
    )
    for kind, value_s in timed:
        yield Quantity(value_s, "s", kind, when, exercise, day=day)
