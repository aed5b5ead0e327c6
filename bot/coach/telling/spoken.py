"""Which repetitions an answer was of, so that the next message can point at them."""

from __future__ import annotations

from dataclasses import replace

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import best_of, slowing
from bot.coach.hearing.intents import Question
from bot.coach.hearing.measures import measure_asked
from bot.coach.hearing.pointing import Spoken
from bot.coach.telling.extremes import MEASURE_OF, OPPOSITE, most
from bot.coach.telling.intent_table import ABOUT_A_REP


def spoken_by(asked: Question, facts: Facts) -> Spoken:
    """What the answer to a question was of."""
    return replace(_spoken(asked, facts), exercise=asked.exercise, days=asked.days, sought=asked.sought)


def _spoken(asked: Question, facts: Facts) -> Spoken:
    this = facts.this
    if asked.spans:
        return Spoken(asked.target, spans=asked.spans)
    if this is None or this.is_hold:
        return Spoken(asked.target)
    if asked.target == "extreme":
        return _of_extreme(this, asked.extreme or "slowest")
    if this.is_round and asked.target in ("round_power", "slowest"):
        return Spoken(asked.target, (max(this.reps, key=lambda rep: rep.peak_m_s2).number,), "peak")
    if asked.target in ("slowest", "slowing") and (found := slowing(this)):
        return Spoken(asked.target, (found.slowest_number,), "lifting", _most(this, "fastest"))
    if len(asked.reps) > 1:
        one, other = (_numbered(this, number) for number in asked.reps[:2])
        return Spoken(asked.target, (one, other), measure_asked(asked.text, this) or asked.measure, other)
    if asked.rep is not None and asked.target in ABOUT_A_REP:
        return Spoken("depth" if asked.target == "depth" else "rep", (_numbered(this, asked.rep),))
    return Spoken(asked.target, sets=_sets(asked, facts))


def _sets(asked: Question, facts: Facts) -> tuple[int, ...]:
    """The sets of the day that were spoken of: those named, or the best."""
    sets = facts.session
    if asked.target == "session_best" and (top := best_of(sets)):
        return (sets.index(top) + 1,)
    return tuple(number if number > 0 else len(sets) + 1 + number for number in asked.sets)


def _of_extreme(this: SetFacts, name: str) -> Spoken:
    found = _most(this, name)
    return Spoken("extreme", (found,) if found else (), MEASURE_OF[name], _most(this, OPPOSITE[name]))


def _most(this: SetFacts, name: str) -> int | None:
    found = most(this, name)
    return found.number if found else None


def _numbered(this: SetFacts, number: int) -> int:
    """The number of a repetition that was named; -1 is the last one."""
    return number if number >= 0 or not this.reps else this.reps[-1].number
