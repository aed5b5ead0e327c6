"""Messages on what is stored that leave out what was said before: "and on average?", "and the tempo then".

They keep what was sought and change the quantity, how it is summed up, or of what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.coach.facts import Facts
from bot.coach.facts.quantities import QUANTITIES
from bot.coach.hearing.exercise_asked import current, other_exercise
from bot.coach.hearing.intents import Question
from bot.coach.hearing.named_quantities import BOTH_WAYS, Named, aggregates_of, is_timed, may_be_of
from bot.coach.hearing.pointing import Spoken
from bot.coach.hearing.scopes import A_SET, of_today, patterns, scopes, usual_scope
from bot.coach.hearing.sought import Aggregate, Part, Sought
from bot.coach.hearing.spans import Days
from bot.coach.hearing.told_here import KEPT, POINTS, can_be_of

HEARD: Mapping[str, tuple[str, ...]] = {  # the quantities of an intent
    **{name: (name,) for name in ("lifting", "lowering", "pause", "tension")},
    "depth": ("range",),
    "tempo": BOTH_WAYS,
}
EXTREMES = frozenset({"slowest", "fastest", "most", "least"})
AFTER: Mapping[str, str] = {  # the quantity that was spoken of, by the intent of the turn before
    **{name: quantities[0] for name, quantities in HEARD.items()},
    **{name: name for name in ("hold", "weight", "max")},
    **dict.fromkeys(("count", "session_total", "sets_known", "days", "when_last"), "reps"),
    **dict.fromkeys(("slowing", "slowest"), "lifting"),
}
SETS_THEMSELVES = re.compile(r"\b(?:sets|workouts|sessions)\b(?! (?:ago|before))|세트 ?수|몇 ?세트")
LED_ON = re.compile(r"^(?:and|what about|how about|ok and)\b|\binstead\b|^(?:그럼|그리고)|(?:은|는)요?$")
AMOUNT = re.compile(r"\b(?:more|less|fewer)\b|많|적[게은었]")
ROSE = re.compile(r"\b(?:gone|went|is|are) (?:up|down)\b|\b(?:increased|risen|dropped)\b|올랐|늘었|줄었|떨어졌")
WHICH_REP = re.compile(r"\bwhich rep\b|몇 ?번째 ?반복")
THEN = re.compile(r"\b(?:then|that (?:day|time|one|set)|on it)\b|그때|그날|그 ?세트|그거|그건|그게")


def gone_on(asked: Question, named: Named, facts: Facts, spoken: Spoken) -> Sought | None:
    """What is sought where the message leaves out what was said before: "and on average?", "what % is that"."""
    said, before = named.text, spoken.sought or as_sought(spoken, facts)
    if before is None or not named.bare or not may_be_of(said, before.quantity) or SETS_THEMSELVES.search(said):
        return None
    more = named.than and (AMOUNT.search(said) or ROSE.search(said))
    points = any(one.search(said) for one in (POINTS, LED_ON, THEN))
    if spoken.sought is None and not (points or named.kinds or more):
        return None
    if WHICH_REP.search(said) and any(part.of_sets for part in before.parts):
        return None
    parts, paired = _scopes_beside(named, facts, before)
    summed = spoken.sought is not None and AMOUNT.search(said) is not None
    if paired and all(part.span for part in parts) and not (named.quantities or named.form or summed):
        return None  # two weeks as a whole: "was this week better than last"
    parts = parts or of_then(said, spoken) or _of_sets(named, facts, before)
    if not _goes_on(named, before, spoken, parts, paired=paired):
        return None
    form = named.form if paired or not parts else None
    if form and not parts:
        return replace(before, form=form) if len(before.parts) > 1 or before.to else None
    quantities = tuple(one for one in named.quantities if one != "reps") or (before.quantity, *before.also)
    exercise = asked.exercise if other_exercise(asked, facts) else before.exercise
    aggregates = aggregates_of(named.kinds, quantities[0]) or (() if form else before.aggregates)
    form = form or ("difference" if paired else None)
    found = Sought(quantities[0], aggregates, form, parts or before.parts, exercise, also=quantities[1:])
    return found if can_be_of(found) else None


def _scopes_beside(named: Named, facts: Facts, before: Sought) -> tuple[tuple[Part, ...], bool]:
    """The scopes that a message names; "the time before" is of the days that were spoken of, and "is that more than on
    saturday" holds those against the ones it names."""
    words, said, spoken_of = patterns()["words"], named.text, before.parts[0]
    more = words["more"].search(said) is not None
    points = any(one.search(said) for one in (POINTS, ROSE)) or (spoken_of.of_sets and AMOUNT.search(said) is not None)
    parts, paired = scopes(said, facts, compares=bool(named.form or named.verdict or (more and named.than and points)))
    if words["one_before"].search(said) and spoken_of.days:
        paired = bool(named.form or named.verdict or more)
        return (spoken_of, Part(until=spoken_of.days.first))[not paired :], paired
    runs = AMOUNT.search(said) and spoken_of.days is not None and spoken_of.days.hold(facts.today)
    if paired and (parts[0] == Part() or (runs and parts[0].span)) and spoken_of != parts[1] and points:
        return (spoken_of, parts[1]), True
    return parts, paired


def of_then(said: str, spoken: Spoken) -> tuple[Part, ...]:
    """The other sets that were spoken of, where the message points at them: "and the tempo then"."""
    then = tuple(part for part in (spoken.sought.parts if spoken.sought else ()) if part.of_sets)
    then = then or ((Part(days=spoken.days),) if spoken.days else ())
    return then[-1:] if THEN.search(said) else ()


def _of_sets(named: Named, facts: Facts, before: Sought) -> tuple[Part, ...]:
    per_set = A_SET.search(named.text) and "average" in named.kinds
    return (usual_scope(named.text, facts, before.quantity, named.kinds),) if per_set else ()


def _goes_on(named: Named, before: Sought, spoken: Spoken, parts: Sequence[Part], *, paired: bool) -> bool:
    """Whether a message changes one thing of what was sought; repetitions have a road of their own."""
    if spoken.reps and parts and parts[0].before:
        return False  # "the one before" is a repetition
    of_one = any(len(part.reps) == 1 for part in parts)
    of_reps = not any(part.of_sets for part in (*parts, *before.parts))
    if (of_one and not named.form) or (set(named.kinds) & EXTREMES and of_reps) or (named.verdict and not paired):
        return False
    if (named.than and not paired) or ("max" in named.quantities and not parts):
        return False
    if parts and parts[0].until:
        return True
    told = spoken.sought or before.quantity in KEPT or (THEN.search(named.text) and named.quantities)
    return bool(named.kinds or named.form or paired or (told and (parts or named.quantities)))


def as_sought(spoken: Spoken, facts: Facts) -> Sought | None:
    """What the turn before was of, where it was answered on another road."""
    if spoken.target is None:
        return None
    if spoken.target == "session_total" and spoken.days is None and of_today(facts):
        spoken = replace(spoken, days=Days(facts.today, facts.today))
    quantity = spoken.measure if spoken.measure in QUANTITIES else AFTER.get(spoken.measure or spoken.target or "")
    exercise = spoken.exercise or current(facts)
    if quantity in ("reps", "tension") and is_timed(exercise, facts):
        quantity = "hold"
    if quantity is None:
        return None
    summed = quantity == "reps" and spoken.target in ("session_total", "sets_known", "days")
    total: tuple[Aggregate, ...] = ("total",) if summed else ()
    part = Part(days=spoken.days) if spoken.days else _newest(spoken, exercise, facts)
    return Sought(quantity, total, None, (part,), exercise)


def _newest(spoken: Spoken, exercise: str | None, facts: Facts) -> Part:
    """The set that "when did i last squat" is of: the one before, where that exercise is in question."""
    return Part(before=True) if spoken.target == "when_last" and exercise == current(facts) else Part()
