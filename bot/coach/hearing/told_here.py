"""Whether what is sought in what is stored is reckoned: much of what is asked in one way only has a road of its own."""

from __future__ import annotations

import re

from bot.coach.facts import Facts
from bot.coach.facts.quantities import QUANTITIES
from bot.coach.hearing.named_quantities import PACED, Named
from bot.coach.hearing.numbered import rep_number
from bot.coach.hearing.scopes import A_SET, ENDS, OF_A_REP
from bot.coach.hearing.sought import Part, Sought
from bot.coach.hearing.spans import Days

KEPT = OF_A_REP | {"tension", "max"}  # what the line of an older set does not tell
SUMS = frozenset({"reps", "volume", "weight", "hold", "sets", "days"})  # whose totals and bests are told elsewhere
OWN_ROAD = frozenset({"lifting", "lowering", "range", "length"})  # whose pairs of repetitions are told elsewhere
ALWAYS = frozenset({"gap", "length", "duration", "interval"})  # asked for by their name alone
EACH_REP = re.compile(r"\b(?:each|every|all)\b|하나하나|마다|각각|하나씩")
HOW_FAST = re.compile(r"\bhow (?:slow|fast|quick)\b")
SOME_SETS = re.compile(r"\bwhich\b|\btoday\b|\bweek\b|\bmonth\b|\d|어느|몇|오늘|[주달월]")
POINTS = re.compile(
    r"\b(?:it|that|this|those|they|them|before)\b|^(?:and|what about|how about)\b"
    r"|그 ?전|그게|그건|그거|그럼|(?:은|는)요?$"
)
EVERY_STEP = re.compile(r"every|each|추[세이]")


def told_here(found: Sought, named: Named, facts: Facts, *, paired: bool) -> bool:
    """Whether the answer to what is sought is reckoned."""
    this = facts.this
    another = found.exercise is not None and this is not None and found.exercise != this.exercise
    if not can_be_of(found):
        return False
    if found.quantity == "interval":
        return True
    if paired and another and Part() in found.parts and (POINTS.search(named.text) or not found.parts[1].days):
        return False  # "was that slower than my bench on tuesday" is of the set in question
    if found.form in ("percent", "times", "share"):
        whole = len(found.parts[0].reps) != 1 and found.quantity in ("lifting", "lowering", "pause")
        return paired or found.to is not None or whole
    if found.form == "difference" or (named.verdict and not found.aggregates):
        return paired and _as_a_difference(found, named)
    if paired and set(found.aggregates) <= {"value"}:
        return False
    return _summed_up(found, named, facts) if found.aggregates else _by_its_name(found, named, another=another)


def can_be_of(found: Sought) -> bool:
    """Whether single repetitions have the quantity, where they are named: they have no weight."""
    measured = QUANTITIES.get(found.quantity)
    return not any(part.reps for part in found.parts) or (measured is not None and measured.of_rep is not None)


def _as_a_difference(found: Sought, named: Named) -> bool:
    """Of two scopes beside each other: not two single repetitions, nor what the whole comparison of two sets tells."""
    quantity, parts = found.quantity, found.parts
    if parts[1] == Part() and "average" in found.aggregates and not parts[0].of_sets:
        return quantity in OF_A_REP
    if any(part.reps for part in parts) != all(part.reps for part in parts):
        return False
    if any(part.every for part in parts) and quantity in SUMS and not found.aggregates:
        return False  # "did i ever do more" asks for the best
    if "range" in found.also or all(part != Part() and not part.reps for part in parts):
        return True
    if all(len(part.reps) == 1 for part in parts):
        over_the_set = named.changed or ENDS.search(named.text) is not None
        longer = quantity == "length" and found.form is not None
        return longer or quantity not in OWN_ROAD | {"pause"} or (over_the_set and quantity in named.quantities)
    return found.form is not None or quantity in OF_A_REP


def _summed_up(found: Sought, named: Named, facts: Facts) -> bool:
    """Of an aggregate: not the extremes of repetitions, the best sets and the totals that are told elsewhere."""
    quantity, kinds = found.quantity, set(found.aggregates)
    of_reps = bool(found.parts[0].reps) or not any(part.of_sets for part in found.parts)
    if kinds & {"average", "median", "spread"}:
        return True
    if "trend" in kinds:
        return quantity != "lifting" or not of_reps or EVERY_STEP.search(named.text) is not None
    if "each" in kinds:
        of_many = found.parts[0].days is not None and len(facts.session) > 1
        return quantity in OF_A_REP - {"length"} if of_reps else of_many and quantity not in ("hold", "sets", "days")
    if kinds & {"most", "least"}:
        if of_reps and {"most", "least"} <= kinds:
            return quantity in OF_A_REP
        if of_reps:
            return quantity in ("gap", "pause", "speed") and A_SET.search(named.text) is None
        of_some = any(one.days for one in found.parts) and SOME_SETS.search(named.text) is not None
        return quantity in KEPT | {"volume"} or "least" in kinds or of_some
    today = found.parts[0] in (Part(), Part(days=Days(facts.today, facts.today)))
    of_today = quantity in ("reps", "volume") and today and named.bare
    return "total" in kinds and (quantity not in SUMS or of_today)


def _by_its_name(found: Sought, named: Named, *, another: bool) -> bool:
    """Of a quantity that is named and neither summed up nor compared."""
    quantity, part = found.quantity, found.parts[0]
    if part.every or (quantity == "max" and not part.of_sets):
        return False
    if part.of_sets or another:
        return quantity in KEPT or (HOW_FAST.search(named.text) is not None and quantity in PACED)
    if len(part.reps) > 1:
        return quantity in OF_A_REP
    if len(part.reps) == 1:
        return quantity not in OWN_ROAD or bool(found.also)
    each = rep_number(named.text) is not None or EACH_REP.search(named.text) is not None
    return quantity in ALWAYS and not (quantity == "length" and each)
