"""Count by rhythm the repetitions that the counting network misses, where the recogniser is sure of the exercise.

Of quick push-ups on a loose band the network sees nothing: the wrist hardly moves. Then the number is the time that the
exercise takes over the period of its autocorrelation, reported as unsure; the repetitions have no times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.motion.recognize import WindowScores
from pipeline.motion.resting import rest_probability
from pipeline.motion.set_channels import SHORTEST, period_frames
from pipeline.motion.signals import Motion
from pipeline.motion.windows import WINDOW_S


@dataclass(frozen=True, slots=True)
class EvenRules:
    """When and how to count by rhythm.

    fewest_reps: with fewer, the period is a guess. clear: of 743 sets of seven exercises, by 22 people trained on, 38
    are counted by half and 7 twice where half the period must be 0.7 as clear; 84 and 4 at 0.85, the value used for
    naming. unlikely: the number by half the period at 0.5 is the other number: then 16 are by half, and 25 twice.
    chance: the confidence, low enough for the doubt to be reported; of eight sets of ten, of three people of uLift, of
    which the network saw nothing, seven were counted so.
    """

    fewest_reps: int = 3
    clear: float = 0.7
    unlikely: float = 0.5
    chance: float = 0.5


RULES: Final = EvenRules()


@dataclass(frozen=True, slots=True)
class EvenCount:
    """The number of repetitions, the probability that it is right, and the next likely number."""

    reps: int
    confidence: float
    runner_up: int


def count_evenly(motion: Motion, scores: WindowScores) -> EvenCount | None:
    """How often the movement repeats in the busy part of a log of one exercise; None where that is too short."""
    busy_s = scores.times_s[rest_probability(scores) < 0.5]
    if not len(busy_s):
        return None
    part = motion.between(float(busy_s[0]) - WINDOW_S / 2, float(busy_s[-1]) + WINDOW_S / 2)
    if len(part.times_s) < SHORTEST:
        return None
    reps, finer = (
        len(part.times_s) / period_frames(part.acceleration.T, clear) for clear in (RULES.clear, RULES.unlikely)
    )
    whole = round(reps)
    if whole < RULES.fewest_reps:
        return None
    nearest = whole + 1 if reps > whole else whole - 1
    return EvenCount(whole, RULES.chance, round(finer) if round(finer) > whole + 1 else nearest)
