"""Decide when the count of a log's set is reported as unsure, and which other number it could be."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.motion.count import FEW, CountedSet
from pipeline.motion.even_count import EvenCount
from pipeline.values import Caveat, Doubt, MotionLog, Recognition

# Least probability of a number that is reported without the next likely one. Among people trained on a quarter of
# what is doubted here and not at 0.60 is wrong (`weights/log_counter.md`).
UNSURE_COUNT = 0.65
NEARLY_NAMED = 0.5  # probability from which an unnamed exercise is more likely a known one than none


def count_caveats(
    counted: CountedSet | EvenCount, told: int, log: MotionLog, recognition: Recognition
) -> Iterator[Caveat]:
    """The doubts about the count; `told` is the reported number.

    Where a few repetitions that hardly move were left out, they are the other number. Without gravity every number is
    doubted: of those that seem sure a fifth are wrong (`weights/log_counter.md`).
    """
    doubted = not log.has_gravity or _is_odd(told, recognition)
    other = told - 1 if counted.runner_up is None and doubted else counted.runner_up
    if other is not None and (doubted or counted.confidence < UNSURE_COUNT):
        yield Caveat(Doubt.COUNT_UNSURE, {"runner_up": counted.reps if other == told else other})
    elif has_doubt(log, Doubt.SAMPLES_LOST):  # and repetitions with them, usually one
        yield Caveat(Doubt.COUNT_UNSURE, {"runner_up": told + 1})


def has_doubt(log: MotionLog, doubt: Doubt) -> bool:
    """Whether reading and cleaning left the log with this doubt."""
    return any(caveat.doubt is doubt for caveat in log.caveats)


def _is_odd(told: int, recognition: Recognition) -> bool:
    """Whether the number is odd for the name: a single repetition without a name, or more than a few that are nearly
    named.

    Of 220 workouts of people trained on, a quarter of the sets cut to one to three repetitions, 21 such single ones
    were reported as sure: 11 were rest. Of 8 longer runs nearly named one was counted right, of named ones 80 %.
    Exercises that were not trained on are far from any name, and are counted as well as others (UCI physical therapy).
    """
    if recognition.known:
        return False
    return told == 1 or (told > FEW and recognition.confidence >= NEARLY_NAMED)
