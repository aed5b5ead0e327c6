"""The fastest, slowest, deepest, shallowest, longest or shortest repetition of a set."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import margin_s
from bot.coach.facts.quantities import STEADY_DEG
from bot.coach.hearing.followups import of_lowering
from bot.coach.language import Sentences, degrees, known, say, seconds
from bot.coach.telling.rough import rough
from pipeline.values import Rep

MEASURES: Mapping[str, tuple[Callable[[Rep], float], Callable[..., Rep]]] = {
    "fastest": (lambda rep: rep.concentric_s, min),
    "slowest": (lambda rep: rep.concentric_s, max),
    "fastest_lowering": (lambda rep: rep.eccentric_s, min),
    "slowest_lowering": (lambda rep: rep.eccentric_s, max),
    "deepest": (lambda rep: rep.range_deg, max),
    "shallowest": (lambda rep: rep.range_deg, min),
    "longest": (lambda rep: rep.duration_s, max),
    "shortest": (lambda rep: rep.duration_s, min),
}

OPPOSITE: Mapping[str, str] = {
    "fastest": "slowest",
    "slowest": "fastest",
    "fastest_lowering": "slowest_lowering",
    "slowest_lowering": "fastest_lowering",
    "deepest": "shallowest",
    "shallowest": "deepest",
    "longest": "shortest",
    "shortest": "longest",
}
MEASURE_OF: Mapping[str, str] = {
    **dict.fromkeys(("fastest", "slowest"), "lifting"),
    **dict.fromkeys(("fastest_lowering", "slowest_lowering"), "lowering"),
    **dict.fromkeys(("deepest", "shallowest"), "range"),
    **dict.fromkeys(("longest", "shortest"), "length"),
}

OF_RANGE = frozenset({"deepest", "shallowest"})


def extreme(facts: Facts, this: SetFacts, name: str) -> Sentences:
    """The repetition that is most so, and by what; or that they are alike, or that it was not measured."""
    of_range, measure = name in OF_RANGE, MEASURES[name][0]
    if len(_measured(this, name)) < 2:
        return (say(facts.language, "range_unknown" if of_range else "slowing_unknown"),)
    found = most(this, name)
    if found is None:
        return (say(facts.language, "extreme_alike_range" if of_range else "extreme_alike"),)
    write, doubt = (degrees, ()) if of_range else (seconds, rough(facts, this))
    return (say(facts.language, f"extreme_{name}", number=found.number, value=write(measure(found))), *doubt)


def of_phase(name: str, text: str) -> str:
    """The extreme of the lowering where a text speaks of it: "fastest" is of the lifting else."""
    return f"{name}_lowering" if f"{name}_lowering" in MEASURES and of_lowering(text) else name


def most(this: SetFacts, name: str) -> Rep | None:
    """That repetition; None where fewer than two were measured, or all are alike."""
    reps, (measure, choose) = _measured(this, name), MEASURES[name]
    values = [measure(rep) for rep in reps]
    if len(reps) < 2 or max(values) - min(values) < (STEADY_DEG if name in OF_RANGE else margin_s(this)):
        return None
    return choose(reps, key=measure)


def foremost(this: SetFacts, name: str, many: int) -> tuple[int, ...]:
    """The numbers of so many repetitions that are most so, that one first; none where they are alike."""
    measure, choose = MEASURES[name]
    ordered = sorted(_measured(this, name), key=measure, reverse=choose is max)
    return tuple(rep.number for rep in ordered[:many]) if most(this, name) else ()


def _measured(this: SetFacts, name: str) -> list[Rep]:
    return [rep for rep in this.reps if rep.complete and known(MEASURES[name][0](rep))]
