"""Two repetitions of one set held against each other: which was slower, deeper, longer or harder."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import Direction
from bot.coach.language import degrees, plain, say, seconds
from bot.coach.telling.sets import STEADY_DEG, STEADY_S, Sentences
from bot.coach.words import folded
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import Rep

WHOLLY = re.compile(r"\b(?:compar\w+|difference|differ|better|worse|versus|vs)\b|비교|차이")
STEADY_G = 0.5  # a tenth of a typical blow of 5 g; below it two peaks are called alike: the house's value


@dataclass(frozen=True, slots=True)
class Pair:
    """What two repetitions are compared in: the value of each, from which difference on they differ, how it is said."""

    value: Callable[[Rep], float]
    steady: float
    write: Callable[[float], str]


PAIRS: Mapping[str, Pair] = {
    "lifting": Pair(lambda rep: rep.concentric_s, STEADY_S, seconds),
    "lowering": Pair(lambda rep: rep.eccentric_s, STEADY_S, seconds),
    "range": Pair(lambda rep: rep.range_deg, STEADY_DEG, degrees),
    "length": Pair(lambda rep: rep.duration_s, STEADY_S, seconds),
    "peak": Pair(lambda rep: rep.peak_m_s2 / GRAVITY_M_S2, STEADY_G, plain),
}
ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("lowering", re.compile(r"\b(?:lowered|lowering|way down|going down|descent|eccentric|negative)\b|내릴|내리|내려")),
    ("range", re.compile(r"\b(?:(?:deep|shallow|low|high)(?:er)?|depth|range)\b|깊|얕|범위")),
    ("length", re.compile(r"\b(?:long|short)(?:er)?\b|길|짧|오래")),
    ("lifting", re.compile(r"\b(?:slow|fast|quick|hard|eas|than)\w*|느|빠|빨|더|보다")),
)  # fmt: skip


def wholly(text: str) -> bool:
    """Whether a message asks how two repetitions compare in everything."""
    return WHOLLY.search(folded(text)) is not None


def measure_asked(text: str, this: SetFacts) -> str | None:
    """What a message that names two repetitions compares them in; None where it compares nothing."""
    found = next((name for name, pattern in ASKED if pattern.search(folded(text))), None)
    return "peak" if found and this.is_round else found


def compared(facts: Facts, this: SetFacts, numbers: tuple[int, int], name: str) -> Sentences:
    """How the first of two repetitions stands to the second; nothing where one was not measured."""
    found = direction(this, numbers, name)
    if found is None:
        return ()
    one, other = (_rep(this, number) for number in numbers)
    pair = PAIRS[name]
    values = {"a": pair.write(pair.value(one)), "b": pair.write(pair.value(other))} if one and other else {}
    return (say(facts.language, f"pair_{name}_{found}", one=numbers[0], other=numbers[1], **values),)


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
