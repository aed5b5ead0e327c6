"""What is said of the one set in question. Each function answers one question with whole sentences."""

from __future__ import annotations

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import lost_percent, slowing
from bot.coach.knowledge import topics
from bot.coach.language import degrees, known, plain, say, seconds, weight
from pipeline.values import UNKNOWN, Rep, Tempo, times_are_unsure

Sentences = tuple[str, ...]

# Seconds. 1 to 2 each way: ACSM 2009; a repetition beyond 10: Schoenfeld 2015, Sports Med 45:577-585.
USUAL_PHASE_S = (1.0, 2.5)
SLOWEST_REP_S = 10.0
STEADY_S = 0.2  # phone logs and video agree on a single repetition to about this (Viecelli 2021)
STEADY_DEG = 3.0  # pose landmarks agree on a joint's range to a few degrees
LEAST_PAUSE_S = 0.05  # rounds to no tenth of a second, so it is called none
LEAST_LOSS = 10  # percent; below it the seconds are not measured finely enough to tell


def count(facts: Facts, this: SetFacts) -> Sentences:
    """How many complete repetitions, how many partial ones were left out; of a hold how long it was."""
    if this.is_hold:
        return (say(facts.language, "count_hold", label=this.label, seconds=plain(this.hold_s or 0.0)),)
    if this.corrected_reps is not None:
        return (say(facts.language, "counted_by_you", count=this.rep_count, counted=this.counted),)
    if this.rep_count == 0:
        return (say(facts.language, "count_none"), *partial(facts, this))
    return (reps_sentence(facts, "count", this.rep_count, label=this.label), *partial(facts, this))


def asked_count(facts: Facts, this: SetFacts) -> Sentences:
    """The count, and that it was not sure where it wasn't and the user has not put it right."""
    torn = this.is_torn and this.corrected_reps is None
    return (*count(facts, this), *((say(facts.language, "doubt_count_unsure"),) if torn else ()))


def partial(facts: Facts, this: SetFacts) -> Sentences:
    """How many repetitions did not go all the way; nothing where all did."""
    return (reps_sentence(facts, "count_partial", this.partial_count),) if this.partial_count else ()


def reps_sentence(facts: Facts, key: str, rep_count: int, **values: object) -> str:
    """A sentence with a number of repetitions, the noun agreeing with it."""
    return say(facts.language, key, count=rep_count, reps_word="rep" if rep_count == 1 else "reps", **values)


def hold(facts: Facts, this: SetFacts) -> Sentences:
    """How long it was held; of an exercise that is counted, that it is no hold."""
    if this.hold_s is None:
        return (say(facts.language, "not_hold", label=this.label), *count(facts, this))
    return (say(facts.language, "hold", label=this.label, seconds=plain(this.hold_s)),)


def tempo(facts: Facts, this: SetFacts) -> Sentences:
    """The tempo and how it stands to the usual advice."""
    if this.is_hold:
        return (say(facts.language, "tempo_hold"), *hold(facts, this))
    line = tempo_line(facts, this)
    if this.tempo is None or line is None:
        return (say(facts.language, "tempo_unknown"),)
    return (line, *(_rough(facts, this) or _tempo_verdict(facts, this.tempo)))


def _rough(facts: Facts, this: SetFacts) -> Sentences:
    """That the times are rough, where they are; nothing else."""
    return (say(facts.language, "doubt_times_unsure"),) if times_are_unsure(this.caveats) else ()


def tempo_line(facts: Facts, this: SetFacts) -> str | None:
    """The seconds of each phase in a sentence; None where they were not timed."""
    beat = this.tempo
    if beat is None or not known(beat.eccentric_s) or not known(beat.concentric_s):
        return None
    parts = {"lowering": seconds(beat.eccentric_s), "lifting": seconds(beat.concentric_s)}
    if not known(beat.pause_s) or beat.pause_s < LEAST_PAUSE_S:
        return say(facts.language, "tempo_no_pause", **parts)
    return say(facts.language, "tempo", pause=seconds(beat.pause_s), **parts)


def _tempo_verdict(facts: Facts, beat: Tempo) -> Sentences:
    low, high = USUAL_PHASE_S
    if beat.eccentric_s < low:
        return (say(facts.language, "tempo_fast_down"),)
    if beat.eccentric_s + beat.concentric_s > SLOWEST_REP_S:
        return (say(facts.language, "tempo_slow"),)
    key = "tempo_in_band" if max(beat.eccentric_s, beat.concentric_s) <= high else "tempo_steady_slow"
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
        return (say(facts.language, "no_pause"),)
    changed = first_and_last(facts, this, "lowering") if key == "lowering" else ()
    return (say(facts.language, key, seconds=seconds(values[key])), *changed, *_rough(facts, this))


def first_and_last(facts: Facts, this: SetFacts, measure: str) -> Sentences:
    """How the lowering or the range changed from the first complete repetition to the last; nothing where it didn't."""
    of_range = measure == "range"
    values = [rep.range_deg if of_range else rep.eccentric_s for rep in this.reps if rep.complete]
    values = [value for value in values if known(value)]
    if len(values) < 2 or abs(values[-1] - values[0]) < (STEADY_DEG if of_range else STEADY_S):
        return ()
    write = degrees if of_range else seconds
    return (say(facts.language, f"phase_{measure}", first=write(values[0]), last=write(values[-1])),)


def tension(facts: Facts, this: SetFacts) -> Sentences:
    """The time under tension, or that it was not measured."""
    if this.is_hold:
        return hold(facts, this)
    if this.tempo is None or not known(this.tempo.time_under_tension_s):
        return (say(facts.language, "tension_unknown"),)
    return (say(facts.language, "tension", seconds=seconds(this.tempo.time_under_tension_s)),)


def pace(facts: Facts, this: SetFacts) -> Sentences:
    """Whether the lifting slowed down, and which repetition was the slowest."""
    return (*_course(facts, this), *_rough(facts, this))


def slowest(facts: Facts, this: SetFacts) -> Sentences:
    """The slowest repetition first, then whether the lifting slowed down."""
    return (*reversed(_course(facts, this)), *_rough(facts, this))


def _course(facts: Facts, this: SetFacts) -> Sentences:
    found = slowing(this)
    if found is None:
        return (say(facts.language, "slowing_unknown"),)
    change_s = found.last_s - found.first_s
    key = "steady" if abs(change_s) < STEADY_S else "slowed" if change_s > 0 else "sped"
    return (
        say(facts.language, key, first=seconds(found.first_s), last=seconds(found.last_s)),
        say(facts.language, "slowest", number=found.slowest_number, seconds=seconds(found.slowest_s)),
    )


def loss(facts: Facts, this: SetFacts) -> Sentences:
    """How much speed the lifting lost from the fastest repetition to the last, and what that means."""
    percent = lost_percent(this)
    if percent is None:
        return (say(facts.language, "slowing_unknown"),)
    if percent < LEAST_LOSS:
        return (say(facts.language, "loss_none"),)
    return (say(facts.language, "loss", percent=percent), topics()["velocity_loss"].text(facts.language))


def rep(facts: Facts, this: SetFacts, number: int) -> Sentences:
    """One repetition; -1 is the last one seen, and where it was partial the last complete one too; 0 is none."""
    if this.is_hold:
        return count(facts, this)
    if number == 0:
        return (say(facts.language, "rep_first"),)
    wanted = [one for one in this.reps if one.number == number] if number > 0 else _last_ones(this)
    if not wanted:
        return (say(facts.language, "rep_none", count=reps_text(facts, this.rep_count)),)
    if not any(one.seen for one in wanted):
        return (say(facts.language, "doubt_reps_not_timed"),)
    return tuple(sentence for one in wanted for sentence in _one_rep(facts, one))


def _last_ones(this: SetFacts) -> list[Rep]:
    """The last repetition, and where that was partial the last complete one before it."""
    complete = [one for one in this.reps if one.complete]
    return list(dict.fromkeys((*this.reps[-1:], *complete[-1:])))


def _one_rep(facts: Facts, one: Rep) -> Sentences:
    if not one.complete:
        return (say(facts.language, "rep_partial", number=one.number),)
    if not known(one.eccentric_s) or not known(one.concentric_s):
        return (say(facts.language, "rep_untimed", number=one.number),)
    parts = {"lowering": seconds(one.eccentric_s), "lifting": seconds(one.concentric_s)}
    spread = (
        (say(facts.language, "rep_range", number=one.number, degrees=degrees(one.range_deg)),)
        if known(one.range_deg)
        else ()
    )
    return (say(facts.language, "rep", number=one.number, **parts), *spread)


def reps_text(facts: Facts, rep_count: int) -> str:
    """A number of repetitions with its noun."""
    noun = "회" if facts.language == "ko" else " rep" if rep_count == 1 else " reps"
    return f"{rep_count}{noun}"


def load_used(facts: Facts, this: SetFacts) -> Sentences:
    """The weight of the set, or how to tell it."""
    if this.weight_kg is None:
        return (say(facts.language, "weight_missing"),)
    return (say(facts.language, "weight", weight=weight(this.weight_kg, facts.units)),)


def doubts(facts: Facts, this: SetFacts) -> Sentences:
    """Whether the count is sure, and every doubt the report carries."""
    if not this.caveats:
        return (say(facts.language, "doubts_none_log" if this.kind == "log" else "doubts_none"),)
    counted = this.rep_count > 0 and this.corrected_reps is None and not this.is_torn
    sure = (reps_sentence(facts, "count_sure", this.rep_count),) if counted else ()
    return (*sure, *caveats(facts, this))


def caveats(facts: Facts, this: SetFacts) -> Sentences:
    """Every doubt the report carries."""
    return tuple(say(facts.language, f"doubt_{caveat.doubt.value}") for caveat in this.caveats)


def exercise(facts: Facts, this: SetFacts) -> Sentences:
    """Which exercise it was taken for, how surely, and how to correct it."""
    if this.exercise == UNKNOWN:
        return (say(facts.language, "exercise_unknown"),)
    if this.given:
        return (say(facts.language, "exercise_given", label=this.label), say(facts.language, "exercise_hint"))
    sure = say(facts.language, "exercise_sure", percent=round(this.confidence * 100))
    return (say(facts.language, "exercise", label=this.label), sure, say(facts.language, "exercise_hint"))
