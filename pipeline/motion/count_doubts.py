"""When the number of repetitions of a log's set is told as unsure, and which other number it could be."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.motion.count import FEW, CountedSet
from pipeline.motion.even_count import EvenCount
from pipeline.values import Caveat, Doubt, MotionLog, Recognition

# Probability of a number below which the next likely one is told. Among people who taught a quarter of what is doubted
# here and not at 0.60 is wrong (`weights/log_counter.md`).
UNSURE_COUNT = 0.65
NEARLY_NAMED = 0.5  # from this probability on an exercise without a name is likelier one of the taught than none


def about_count(
    counted: CountedSet | EvenCount, told: int, log: MotionLog, recognition: Recognition
) -> Iterator[Caveat]:
    """Where few that hardly move were left out of what is `told`, they are what it could also be.

    Without gravity every number is doubted: of those that seem sure a fifth are wrong (`weights/log_counter.md`).
    """
    doubted = not log.has_gravity or _is_odd(told, recognition)
    other = told - 1 if counted.runner_up is None and doubted else counted.runner_up
    if other is not None and (doubted or counted.confidence < UNSURE_COUNT):
        yield Caveat(Doubt.COUNT_UNSURE, {"runner_up": counted.reps if other == told else other})
    elif says(log, Doubt.SAMPLES_LOST):  # and with them repetitions, as a rule one
        yield Caveat(Doubt.COUNT_UNSURE, {"runner_up": told + 1})


def says(log: MotionLog, doubt: Doubt) -> bool:
    """Whether reading and cleaning the log left it with this doubt."""
    return any(caveat.doubt is doubt for caveat in log.caveats)


def _is_odd(told: int, recognition: Recognition) -> bool:
    """One repetition without a name may be none; more than a few of what is nearly named are a set and something else.

    Of 220 workouts of people who taught, a quarter of the sets cut to one to three repetitions, 21 such single ones
    were told as sure: 11 were rest. Of 8 longer runs nearly named one was counted right, of named ones 80 %. Exercises
    that nobody taught are far from any name, and are counted as well as others (UCI physical therapy).
    """
    if recognition.known:
        return False
    return told == 1 or (told > FEW and recognition.confidence >= NEARLY_NAMED)
