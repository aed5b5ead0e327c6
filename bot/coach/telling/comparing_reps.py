"""Two repetitions of one set held against each other: which was slower, deeper, longer or harder."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import MARGINS, Direction, margin_s
from bot.coach.facts.quantities import STEADY_DEG
from bot.coach.language import Sentences, degrees, plain, say, seconds
from bot.coach.telling.rough import rough
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import Rep

STEADY_G = 0.5  # a tenth of a typical blow of 5 g; below it two peaks are called alike: the house's value


@dataclass(frozen=True, slots=True)
class Pair:
    """What two repetitions are compared in: the value of each, in `unit`; they differ from `steady` on; rough times
    from more."""

    value: Callable[[Rep], float]
    steady: float
    write: Callable[[float], str]
    unit: Literal["s", "deg", "g"] = "s"

    def least(self, this: SetFacts) -> float:
        """What two repetitions of that set must differ by."""
        return max(self.steady, margin_s(this)) if self.unit == "s" else self.steady

    def doubt(self, facts: Facts, this: SetFacts) -> Sentences:
        """That the times which are compared are rough; nothing where none are, or they are not."""
        return rough(facts, this) if self.unit == "s" else ()


PAIRS: Mapping[str, Pair] = {
    "lifting": Pair(lambda rep: rep.concentric_s, MARGINS.phase_s, seconds),
    "lowering": Pair(lambda rep: rep.eccentric_s, MARGINS.phase_s, seconds),
    "pause": Pair(lambda rep: rep.pause_s, MARGINS.phase_s, seconds),
    "range": Pair(lambda rep: rep.range_deg, STEADY_DEG, degrees, "deg"),
    "length": Pair(lambda rep: rep.duration_s, MARGINS.phase_s, seconds),
    "peak": Pair(lambda rep: rep.peak_m_s2 / GRAVITY_M_S2, STEADY_G, plain, "g"),
}


def compared(facts: Facts, this: SetFacts, numbers: tuple[int, int], name: str) -> Sentences:
    """How the first of two repetitions stands to the second; nothing where one was not measured."""
    found = direction(this, numbers, name)
    if found is None:
        return ()
    one, other = (_rep(this, number) for number in numbers)
    pair = PAIRS[name]
    values = {"a": pair.write(pair.value(one)), "b": pair.write(pair.value(other))} if one and other else {}
    told = say(facts.language, f"pair_{name}_{found}", one=numbers[0], other=numbers[1], **values)
    return (told, *pair.doubt(facts, this))


def apart(facts: Facts, this: SetFacts, numbers: tuple[int, int], name: str) -> Sentences:
    """By how much two repetitions differ; that it is too little to tell, nothing where one was not measured."""
    found = direction(this, numbers, name)
    pair = PAIRS[name]
    if found in (None, "same"):
        return (say(facts.language, "apart_alike"), *pair.doubt(facts, this)) if found else ()
    (one, other) = (_rep(this, number) for number in numbers)
    values = [pair.value(rep) for rep in (one, other) if rep]
    difference = pair.write(abs(values[0] - values[1]))
    told = say(facts.language, f"apart_{pair.unit}", one=numbers[0], other=numbers[1], value=difference)
    return (told, *pair.doubt(facts, this))


def direction(this: SetFacts, numbers: tuple[int, int], name: str) -> Direction | None:
    """Whether the first of two repetitions has more of a measure than the second; None where one was not measured."""
    pair, reps = PAIRS[name], [_rep(this, number) for number in numbers]
    values = [pair.value(rep) if rep and rep.complete else math.nan for rep in reps]
    apart = values[0] - values[1]
    if math.isnan(apart):
        return None
    return "same" if abs(apart) < pair.least(this) else "more" if apart > 0 else "less"


def _rep(this: SetFacts, number: int) -> Rep | None:
    return next((rep for rep in this.reps if rep.number == number), None)
