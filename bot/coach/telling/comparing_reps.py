"""Two repetitions of one set held against each other: which was slower, deeper, longer or harder."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import Direction
from bot.coach.language import degrees, plain, say, seconds
from bot.coach.telling.sets import Sentences
from bot.coach.telling.times import STEADY_DEG, STEADY_S
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import Rep

STEADY_G = 0.5  # a tenth of a typical blow of 5 g; below it two peaks are called alike: the house's value


@dataclass(frozen=True, slots=True)
class Pair:
    """What two repetitions are compared in: the value of each, in `unit`; they differ from `steady` on."""

    value: Callable[[Rep], float]
    steady: float
    write: Callable[[float], str]
    unit: Literal["s", "deg", "g"] = "s"


PAIRS: Mapping[str, Pair] = {
    "lifting": Pair(lambda rep: rep.concentric_s, STEADY_S, seconds),
    "lowering": Pair(lambda rep: rep.eccentric_s, STEADY_S, seconds),
    "range": Pair(lambda rep: rep.range_deg, STEADY_DEG, degrees, "deg"),
    "length": Pair(lambda rep: rep.duration_s, STEADY_S, seconds),
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
    return (say(facts.language, f"pair_{name}_{found}", one=numbers[0], other=numbers[1], **values),)


def apart(facts: Facts, this: SetFacts, numbers: tuple[int, int], name: str) -> Sentences:
    """By how much two repetitions differ; that it is too little to tell, nothing where one was not measured."""
    found = direction(this, numbers, name)
    if found in (None, "same"):
        return (say(facts.language, "apart_alike"),) if found else ()
    pair, (one, other) = PAIRS[name], (_rep(this, number) for number in numbers)
    values = [pair.value(rep) for rep in (one, other) if rep]
    key = f"apart_{pair.unit}"
    return (say(facts.language, key, one=numbers[0], other=numbers[1], value=pair.write(abs(values[0] - values[1]))),)


def direction(this: SetFacts, numbers: tuple[int, int], name: str) -> Direction | None:
    """Whether the first of two repetitions has more of a measure than the second; None where one was not measured."""
    pair, reps = PAIRS[name], [_rep(this, number) for number in numbers]
    values = [pair.value(rep) if rep and rep.complete else math.nan for rep in reps]
    apart = values[0] - values[1]
    if math.isnan(apart):
        return None
    return "same" if abs(apart) < pair.steady else "more" if apart > 0 else "less"


def _rep(this: SetFacts, number: int) -> Rep | None:
    return next((rep for rep in this.reps if rep.number == number), None)
