"""What is said of a round of blows that a sensor felt: how many, how quick, how hard."""

from __future__ import annotations

import itertools
import statistics

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import Direction
from bot.coach.language import Sentences, plain, say
from bot.pace import blows_a_minute, lasted_s
from pipeline.sensors.channels import GRAVITY_M_S2

EVEN_SHARE = 0.15  # of the first half's blows; the sensor's count errs by 5 % (pipeline/weights/log_counter.md)


def halves(this: SetFacts) -> tuple[int, int]:
    """How many blows fell into the first half of the time, and into the second."""
    middle_s = this.reps[0].turn_s + lasted_s(this.reps) / 2
    first = sum(rep.turn_s <= middle_s for rep in this.reps)
    return first, len(this.reps) - first


def change_of_pace(this: SetFacts) -> Direction:
    """Whether the second half of the time held more blows than the first."""
    first, second = halves(this)
    if abs(second - first) <= EVEN_SHARE * first:
        return "same"
    return "less" if second < first else "more"


def peaks_g(this: SetFacts) -> list[float]:
    """The peak of every blow, in multiples of gravity."""
    return [rep.peak_m_s2 / GRAVITY_M_S2 for rep in this.reps]


def count(facts: Facts, this: SetFacts) -> Sentences:
    """How many blows in which time."""
    seconds = plain(round(lasted_s(this.reps)))
    return (say(facts.language, "round_count", count=this.rep_count, seconds=seconds),)


def pace(facts: Facts, this: SetFacts) -> Sentences:
    """How many a minute, and whether it slowed down."""
    rate = blows_a_minute(this.reps)
    if rate is None:
        return count(facts, this)
    first, second = halves(this)
    said = say(facts.language, "round_pace", rate=round(rate))
    return (said, say(facts.language, f"round_halves_{change_of_pace(this)}", first=first, second=second))


def power(facts: Facts, this: SetFacts) -> Sentences:
    """The hardest blow and a typical one."""
    peaks = peaks_g(this)
    number = this.reps[peaks.index(max(peaks))].number
    hardest = say(facts.language, "round_hardest", number=number, peak=plain(max(peaks)))
    typical = say(facts.language, "round_typical", peak=plain(statistics.median(peaks)))
    return (hardest, typical, say(facts.language, "round_note"))


def longest_gap(facts: Facts, this: SetFacts) -> Sentences:
    """The longest time between two blows, and behind which of them it was."""
    pairs = itertools.pairwise(this.reps)
    gap_s, number = max(((after.turn_s - one.turn_s, one.number) for one, after in pairs), default=(0.0, 0))
    return (say(facts.language, "round_gap", seconds=plain(gap_s), number=number),) if number else count(facts, this)


def verdict(facts: Facts, this: SetFacts) -> Sentences:
    """A short word on the whole round."""
    return (*count(facts, this), *pace(facts, this), *power(facts, this)[:2])


def technique(facts: Facts, _: SetFacts) -> Sentences:
    """Why nothing is said of it."""
    return (say(facts.language, "round_no_technique"),)
