"""What is said to a number that is to be confirmed: yes or no, and what was measured."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bot.coach.facts import Facts, PastSet, past_set
from bot.coach.facts.estimates import in_units
from bot.coach.facts.facts import MOST_TOLD
from bot.coach.hearing.checks import Check, agrees
from bot.coach.hearing.claims import Claim, Difference, Measure
from bot.coach.hearing.exercise_asked import current
from bot.coach.hearing.intents import Question
from bot.coach.hearing.sought import Part, Sought
from bot.coach.language import Sentences, say
from bot.coach.telling import sets as told
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import labelled_lines
from bot.coach.telling.put_right import checked
from bot.coach.telling.reckoning import reckoned
from bot.coach.telling.sessions import set_line
from bot.coach.telling.values import sets_of
from pipeline.values import Rep

OF_A_SET: Mapping[Measure, str] = {"reps": "reps", "weight": "weight", "s": "hold"}
TOTALS: Mapping[Measure, str] = {"reps": "reps", "weight": "volume", "s": "hold"}
ROUNDED = 0.5  # to whole seconds and kilograms, as people round


def confirmed(claim: Claim, facts: Facts) -> Answer | None:
    """Yes or no, and what was measured; no word on what is not sure. None where nothing of the kind was measured."""
    this, sets = facts.this, sets_of(facts, claim.exercise, claim.part)
    if claim.part == Part() and claim.exercise == current(facts):
        measure, value = claim.values[0]
        return None if measure == "range" else checked(Check((value,), measure, None), facts)
    if claim.part.reps:
        rep = next((one for one in this.reps if one.number == claim.part.reps[0]), None) if this else None
        if this is None or rep is None:
            return None
        known = [_known_of_rep(rep, measure) for measure, _ in claim.values]
        pairs = zip(known, claim.values, strict=True)
        right = [any(agrees("s", value, offered) for value in held) for held, (_, offered) in pairs]
        in_part = [measure == "s" and not agrees("s", rep.duration_s, value) for measure, value in claim.values]
        of_phase = all(right) and any(in_part)  # seconds of which phase, nobody said
        sure = not (this.rough_times or this.is_torn or of_phase)
        return Answer((*_word(facts, right, sure=sure), *told.rep(facts, this, rep.number))) if all(known) else None
    of_one = [one for past in sets if (one := _of_set(past, claim, facts)) is not None]
    if not of_one:
        return None
    sure = not (this and this.is_torn and past_set(this) in sets)
    if claim.total:
        return _of_total(claim, facts, sets, sure=sure)
    lines = _lines(claim, facts, sets[-MOST_TOLD:])
    return Answer((*_word(facts, [any(of_one)], sure=sure), *lines), summed=(sets,))


def differing(claim: Difference, facts: Facts) -> Answer | None:
    """Yes or no to a difference from another set, and what both were; None where one is not known, or not one set."""
    sets = sets_of(facts, current(facts), claim.base)
    if facts.this is None or len(sets) != 1:
        return None
    measure = claim.measure or ("s" if facts.this.is_hold else "reps")
    now, before = (_known_of_set(past, measure, facts) for past in (past_set(facts.this), sets[0]))
    if math.isnan(now - before) or measure not in OF_A_SET:
        return None
    sought = Sought(OF_A_SET[measure], (), "difference", (Part(), claim.base), current(facts))
    whole = reckoned(facts, Question("", "reckoned", 1.0, sought=sought))
    right = agrees("s", now - before, claim.value)
    word = _word(facts, [right], sure=not facts.this.is_torn and (right or claim.surely))
    return Answer((*word, *whole.sentences), summed=whole.summed, general=whole.general)


def _word(facts: Facts, right: Sequence[bool], *, sure: bool) -> Sentences:
    return (say(facts.language, "claim_yes" if all(right) else "claim_no"),) if sure else ()


def _known_of_rep(rep: Rep, measure: Measure | None) -> tuple[float, ...]:
    """What a repetition has of a measure: each of its times, or its range."""
    times = (rep.concentric_s, rep.eccentric_s, rep.duration_s) if measure == "s" else ()
    return tuple(one for one in times or ((rep.range_deg,) if measure == "range" else ()) if one == one)


def _known_of_set(past: PastSet, measure: Measure | None, facts: Facts) -> float:
    """What a set has of a measure, NaN where it is not known; of none, its seconds or its repetitions."""
    held = past.hold_s is not None
    if measure == "weight":
        return math.nan if past.weight_kg is None else in_units(past.weight_kg, facts.units)
    if measure == "s" or (measure is None and held):
        return math.nan if past.hold_s is None else past.hold_s
    return math.nan if held or not past.counted or measure == "range" else float(past.rep_count)


def _of_set(past: PastSet, claim: Claim, facts: Facts) -> bool | None:
    """Whether a set has all that is claimed; None where one of it is not known."""
    known = [(_known_of_set(past, measure, facts), value) for measure, value in claim.values]
    if len(known) == 1 and claim.values[0][0] is None and past.weight_kg is not None:
        load = (in_units(past.weight_kg, facts.units), known[0][1])
        return any(agrees("s", *pair) for pair in (*known, load))
    return None if any(math.isnan(one) for one, _ in known) else all(agrees("s", *pair) for pair in known)


def _of_total(claim: Claim, facts: Facts, sets: Sequence[PastSet], *, sure: bool) -> Answer:
    """The sum of all sets, and whether it is what was claimed."""
    measure, offered = claim.values[0]
    measure = measure or ("s" if sets[0].hold_s is not None else "reps")
    sought = Sought(TOTALS[measure], ("total",), None, (claim.part,), claim.exercise)
    whole = reckoned(facts, Question("", "reckoned", 1.0, sought=sought))
    each = [_known_of_set(past, measure, facts) * (past.rep_count if measure == "weight" else 1) for past in sets]
    word = _word(facts, [abs(math.fsum(each) - offered) <= ROUNDED], sure=sure and not math.isnan(math.fsum(each)))
    return Answer((*word, *whole.sentences), summed=whole.summed, general=whole.general)


def _lines(claim: Claim, facts: Facts, sets: tuple[PastSet, ...]) -> Sentences:
    """The sets that the claim is of: one of the day by its number, others by their day."""
    numbered = claim.part.set_number
    return (set_line(facts, numbered, sets[0]),) if numbered else labelled_lines(facts, sets)
