"""What is said of the times of the set in question: tempo and phases, time under tension, whether it slowed down."""

from __future__ import annotations

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import lost_percent, lost_surely, margin_s, slowing
from bot.coach.facts.quantities import STEADY_DEG
from bot.coach.knowledge import topics
from bot.coach.language import Sentences, degrees, known, say, seconds, timed_as
from bot.coach.telling.rough import rough
from bot.coach.telling.sets import hold, torn
from pipeline.catalogue import lifts_first
from pipeline.values import Tempo

# Seconds. 1 to 2 each way: ACSM 2009; a repetition beyond 10: Schoenfeld 2015, Sports Med 45:577-585.
USUAL_PHASE_S = (1.0, 2.5)
SLOWEST_REP_S = 10.0
LEAST_PAUSE_S = 0.05  # rounds to no tenth of a second, so it is called none
LEAST_LOSS = 10  # percent; below it the seconds are not measured finely enough to tell


def tempo(facts: Facts, this: SetFacts) -> Sentences:
    """The tempo and how it stands to the usual advice."""
    if this.is_hold:
        return (say(facts.language, f"tempo_{timed_as(this.exercise)}"), *hold(facts, this))
    line = tempo_line(facts, this)
    if this.tempo is None or line is None:
        return (say(facts.language, "tempo_unknown"),)
    return (line, *(rough(facts, this) or _tempo_verdict(facts, this.tempo)))


def tempo_line(facts: Facts, this: SetFacts) -> str | None:
    """The seconds of each phase in a sentence; None where they were not timed."""
    beat = this.tempo
    if beat is None or not known(beat.eccentric_s) or not known(beat.concentric_s):
        return None
    parts = {"lowering": seconds(beat.eccentric_s), "lifting": seconds(beat.concentric_s)}
    if not known(beat.pause_s) or beat.pause_s < LEAST_PAUSE_S:
        return say(facts.language, "tempo_no_pause", **parts)
    key = "tempo_lifts_first" if lifts_first(this.exercise) else "tempo"  # a curl pauses at the top
    return say(facts.language, key, pause=seconds(beat.pause_s), **parts)


def _tempo_verdict(facts: Facts, beat: Tempo) -> Sentences:
    """By the seconds as they are told: what reads 1.0 s is not under 1 second."""
    (low, high), lowering_s, lifting_s = USUAL_PHASE_S, round(beat.eccentric_s, 1), round(beat.concentric_s, 1)
    if lowering_s < low:
        return (say(facts.language, "tempo_fast_down"),)
    if lowering_s + lifting_s > SLOWEST_REP_S:
        return (say(facts.language, "tempo_slow"),)
    key = "tempo_in_band" if max(lowering_s, lifting_s) <= high else "tempo_steady_slow"
    return (say(facts.language, key),)


def phase(facts: Facts, this: SetFacts, key: str) -> Sentences:
    """The median seconds of one phase: key is "lowering", "lifting" or "pause"."""
    if this.is_hold:
        return hold(facts, this)
    values = this.tempo and {
        "lowering": this.tempo.eccentric_s,
        "lifting": this.tempo.concentric_s,
        "pause": this.tempo.pause_s,
    }
    if not values or not known(values[key]):
        return (say(facts.language, "tempo_unknown"),)
    if key == "pause" and values[key] < LEAST_PAUSE_S:
        return (say(facts.language, "no_pause"), *rough(facts, this))
    changed = first_and_last(facts, this, "lowering") if key == "lowering" else ()
    return (say(facts.language, key, seconds=seconds(values[key])), *changed, *rough(facts, this))


def first_and_last(facts: Facts, this: SetFacts, measure: str) -> Sentences:
    """How the lowering or the range changed from the first complete repetition to the last; nothing where it didn't."""
    of_range = measure == "range"
    values = [rep.range_deg if of_range else rep.eccentric_s for rep in this.reps if rep.complete]
    values = [value for value in values if known(value)]
    if len(values) < 2 or abs(values[-1] - values[0]) < (STEADY_DEG if of_range else margin_s(this)):
        return ()
    write = degrees if of_range else seconds
    return (say(facts.language, f"phase_{measure}", first=write(values[0]), last=write(values[-1])),)


def tension(facts: Facts, this: SetFacts) -> Sentences:
    """The time under tension, or that it was not measured."""
    if this.is_hold:
        return hold(facts, this)
    if this.tempo is None or not known(this.tempo.time_under_tension_s):
        return (say(facts.language, "tension_unknown"),)
    return (say(facts.language, "tension", seconds=seconds(this.tempo.time_under_tension_s)), *rough(facts, this))


def pace(facts: Facts, this: SetFacts) -> Sentences:
    """Whether the lifting slowed down, and which repetition was the slowest."""
    return (*_course(facts, this), *_doubt(facts, this))


def slowest(facts: Facts, this: SetFacts) -> Sentences:
    """The slowest repetition first, then whether the lifting slowed down."""
    return (*reversed(_course(facts, this)), *_doubt(facts, this))


def _course(facts: Facts, this: SetFacts) -> Sentences:
    """How the lifting went from the first repetition to the last, and the slowest one where one surely is."""
    found = slowing(this)
    if found is None:
        return (say(facts.language, "slowing_unknown"),)
    change_s, least_s = found.last_s - found.first_s, margin_s(this)
    alike = "pace_unsure" if this.rough_times else "steady"
    key = alike if abs(change_s) < least_s else "slowed" if change_s > 0 else "sped"
    course = say(facts.language, key, first=seconds(found.first_s), last=seconds(found.last_s))
    slowest = say(facts.language, "slowest", number=found.slowest_number, seconds=seconds(found.slowest_s))
    stands_out = found.slowest_s - found.fastest_s >= least_s
    return (course, slowest) if stands_out or not this.rough_times else (course,)


def _doubt(facts: Facts, this: SetFacts) -> Sentences:
    """That the times are rough, where they are and any was told."""
    return rough(facts, this) if slowing(this) else ()


def loss(facts: Facts, this: SetFacts) -> Sentences:
    """How much speed the lifting lost from the fastest repetition to the last, and what that means."""
    percent = lost_percent(this)
    if percent is None:
        return (say(facts.language, "slowing_unknown"),)
    if percent < LEAST_LOSS:
        return (say(facts.language, "loss_none"), *rough(facts, this))
    if not lost_surely(this):
        return (say(facts.language, "loss_unsure"),)
    meaning = topics()["velocity_loss"].text(facts.language)
    return (say(facts.language, "loss", percent=percent), *torn(facts, this), *rough(facts, this), meaning)
