"""What is said of how a set moved beyond its times: ways, speeds, left against right, stillness, and where it lies in
its recording."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable

from bot.coach.facts import Facts, SetFacts
from bot.coach.language import Sentences, degrees, known, say, timed_as
from bot.coach.phrases import listed, part_name
from bot.coach.telling.form import line
from bot.coach.telling.rough import rough
from bot.coach.telling.sets import doubts, hold
from pipeline.catalogue import find
from pipeline.values import Rep

EVEN_DEG = 10.0  # beyond the about 7 degrees by which a joint's angle from one camera errs (Yue 2026)
CM_PER_M = 100.0


def median_of(this: SetFacts, value: Callable[[Rep], float]) -> float:
    """The median over the complete repetitions, NaN where none is known."""
    seen = [value(rep) for rep in this.reps if rep.complete and not math.isnan(value(rep))]
    return statistics.median(seen) if seen else math.nan


def asymmetry_deg(this: SetFacts) -> float:
    """By how much the left joint's range was larger than the right one's in a typical repetition."""
    return median_of(this, lambda rep: rep.asymmetry_deg)


def sides(facts: Facts, this: SetFacts) -> Sentences:
    """Whether left and right moved alike."""
    apart = asymmetry_deg(this)
    if math.isnan(apart):
        return (say(facts.language, "sides_unknown"),)
    if abs(apart) < EVEN_DEG:
        return (say(facts.language, "sides_even"),)
    key = "sides_left_less" if apart < 0 else "sides_right_less"
    return (say(facts.language, key, degrees=degrees(abs(apart))), say(facts.language, "sides_note"))


def travel(facts: Facts, this: SetFacts) -> Sentences:
    """How far the load, or the body that is lifted, went up and down."""
    way_m = median_of(this, lambda rep: rep.range_m)
    if math.isnan(way_m):
        return (say(facts.language, "travel_unknown"),)
    return (say(facts.language, "travel", cm=f"{CM_PER_M * way_m:.0f}"), say(facts.language, "travel_note"))


def speed(facts: Facts, this: SetFacts) -> Sentences:
    """How fast the joint moved while lifting, and in its fastest moment."""
    mean, peak = median_of(this, lambda rep: rep.mean_speed_deg_s), median_of(this, lambda rep: rep.peak_speed_deg_s)
    if math.isnan(mean):
        return (say(facts.language, "speed_unknown"),)
    said = (say(facts.language, "speed_mean", speed=degrees(mean)),)
    fastest = (say(facts.language, "speed_peak", speed=degrees(peak)),) if known(peak) else ()
    return (*said, *fastest, say(facts.language, "speed_note"), *rough(facts, this))


def steadiness(facts: Facts, this: SetFacts) -> Sentences:
    """How far the body strayed from its middle in a hold; of a set of repetitions, the body's line."""
    if this.sway_m is None:
        return (say(facts.language, "sway_unmeasured"), *hold(facts, this)) if this.is_hold else line(facts, this)
    return (say(facts.language, "sway", cm=f"{CM_PER_M * this.sway_m:.0f}"), *hold(facts, this))


def which_joint(facts: Facts, this: SetFacts) -> Sentences:
    """Of which joint the degrees of a set are."""
    exercise = find(this.exercise)
    if exercise is None or exercise.joint == "none" or math.isnan(this.range_deg):
        return line(facts, this) if this.is_hold else (say(facts.language, "range_unknown"),)
    joint = part_name(exercise.joint, facts)
    return (
        say(facts.language, "range_of_joint", joint=joint),
        say(facts.language, "range", degrees=degrees(this.range_deg)),
    )


def straightness(facts: Facts, this: SetFacts) -> Sentences:
    """The line of the body, and of a hold how still it was."""
    stayed = steadiness(facts, this)[:1] if this.sway_m is not None else ()
    return (*stayed, *line(facts, this))


def span(facts: Facts, this: SetFacts) -> Sentences:
    """Where in its recording the set lies."""
    if this.span_s is None:
        return (say(facts.language, "span_whole"),)
    start, end = (f"{at_s:.0f}" for at_s in this.span_s)
    return (say(facts.language, "span", start=start, end=end),)


def source(facts: Facts, this: SetFacts) -> Sentences:
    """What the set was measured with, and what that can't show."""
    return (say(facts.language, f"source_{'log' if this.kind == 'log' else 'clip'}"), *doubts(facts, this))


def measured(facts: Facts, this: SetFacts) -> Sentences:
    """Everything that was measured of the set, without the numbers, and what it was measured with."""
    items = {
        "count": bool(this.reps),
        timed_as(this.exercise): this.is_hold,
        "times": this.tempo is not None,
        "range": known(this.range_deg),
        "sides": known(asymmetry_deg(this)),
        "peak": this.is_round,
        "travel": known(median_of(this, lambda rep: rep.range_m)),
    }
    named = listed([say(facts.language, f"measured_{name}") for name, held in items.items() if held], facts)
    said = (say(facts.language, "measured", items=named),) if named else ()
    return (*said, *source(facts, this))
