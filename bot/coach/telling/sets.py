"""What is said of the one set in question. Each function answers one question with whole sentences."""

from __future__ import annotations

from bot.coach.facts import Facts, SetFacts
from bot.coach.language import Sentences, degrees, known, plain, say, seconds, timed_as, weight
from bot.coach.telling.rough import doubted_once, rough
from pipeline.catalogue import find
from pipeline.catalogue.rules import judged_from
from pipeline.values import UNKNOWN, Doubt, Rep


def count(facts: Facts, this: SetFacts) -> Sentences:
    """How many complete repetitions, how many partial ones were left out; of a hold how long it was."""
    if this.is_hold:
        key = f"count_{timed_as(this.exercise)}"
        return (say(facts.language, key, label=this.label, seconds=plain(this.hold_s or 0.0)),)
    if this.corrected_reps is not None:
        told = {"count": reps_text(facts, this.rep_count), "counted": reps_text(facts, this.counted)}
        return (say(facts.language, "counted_by_you", **told),)
    if this.rep_count == 0:
        return (say(facts.language, "count_none"), *partial(facts, this))
    return (reps_sentence(facts, "count", this.rep_count, label=this.label), *partial(facts, this))


def asked_count(facts: Facts, this: SetFacts) -> Sentences:
    """The count, and that it was not sure where it wasn't and the user has not put it right."""
    return (*count(facts, this), *torn(facts, this))


def torn(facts: Facts, this: SetFacts) -> Sentences:
    """That the count is not sure; nothing where it is, or where the user has put it right."""
    unsure = this.is_torn and this.corrected_reps is None
    return (say(facts.language, "doubt_count_unsure"),) if unsure else ()


def partial(facts: Facts, this: SetFacts) -> Sentences:
    """How many repetitions did not go all the way; nothing where all did."""
    return (reps_sentence(facts, "count_partial", this.partial_count),) if this.partial_count else ()


def reps_sentence(facts: Facts, key: str, rep_count: int, **values: object) -> str:
    """A sentence with a number of repetitions, the noun agreeing with it."""
    return say(facts.language, key, count=rep_count, reps_word="rep" if rep_count == 1 else "reps", **values)


def hold(facts: Facts, this: SetFacts) -> Sentences:
    """How long it was held, or how long one moved; of an exercise that is counted, that it is no hold."""
    if this.hold_s is None:
        return (say(facts.language, "not_hold", label=this.label), *count(facts, this))
    return (say(facts.language, timed_as(this.exercise), label=this.label, seconds=plain(this.hold_s)),)


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
    return doubted_once(facts, (sentence for one in wanted for sentence in _one_rep(facts, this, one)))


def _last_ones(this: SetFacts) -> list[Rep]:
    """The last repetition, and where that was partial the last complete one before it."""
    complete = [one for one in this.reps if one.complete]
    return list(dict.fromkeys((*this.reps[-1:], *complete[-1:])))


def _one_rep(facts: Facts, this: SetFacts, one: Rep) -> Sentences:
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
    return (say(facts.language, "rep", number=one.number, **parts), *spread, *rough(facts, this))


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
    ends = {Doubt.VIEW_HIDES_RANGE: wanted_view(this)}
    return tuple(say(facts.language, f"doubt_{one.doubt.value}{ends.get(one.doubt, '')}") for one in this.caveats)


def wanted_view(this: SetFacts) -> str:
    """The end of the sentence's name that tells where to film the exercise from, or that its range shows nowhere."""
    exercise = find(this.exercise)
    view = judged_from(exercise) if exercise else "side"
    return f"_{view}" if view in ("front", "nowhere") else ""


def exercise(facts: Facts, this: SetFacts) -> Sentences:
    """Which exercise it was taken for, how surely, and how to correct it."""
    if this.exercise == UNKNOWN:
        return (say(facts.language, "exercise_unknown"),)
    if this.given:
        return (say(facts.language, "exercise_given", label=this.label), say(facts.language, "exercise_hint"))
    if any(caveat.doubt is Doubt.NAMED_AS_BEFORE for caveat in this.caveats):
        return (say(facts.language, "exercise_as_before", label=this.label), say(facts.language, "exercise_hint"))
    sure = say(facts.language, "exercise_sure", percent=round(this.confidence * 100))
    return (say(facts.language, "exercise", label=this.label), sure, say(facts.language, "exercise_hint"))
