"""The takes that timing was tuned on and the takes it is judged on: other exercises, bodies, profiles and paces.

Tuned: seven exercises, the medium and the tall body, eased as minimum jerk, half cosine, early or late. Judged: the
other seven, the short and the stocky body, even ramps and lifts that stick among the profiles. Each exercise is filmed
four times: without a pause, without a rest, with frames dropped, and touch and go. On plain takes (`small_take` of all
fourteen: the medium body, half cosines) the weights of `SignalTrust` were compared, too.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.athlete import PEOPLE, Frames, Pace, Take
from tests.athlete.ease import Ease
from tests.athlete.fixtures import small_take

YAW_DEG: Mapping[str, float] = {
    "squat": 60.0,
    "lunge": 75.0,
    "barbell_biceps_curl": 45.0,
    "push_up": 75.0,
    "sit_up": 60.0,
    "leg_extension": 75.0,
    "lateral_raise": 30.0,
    "deadlift": 60.0,
    "jumping_jack": 30.0,
    "shoulder_press": 30.0,
    "leg_raise": 75.0,
    "bench_press": 80.0,
    "pull_up": 45.0,
    "tricep_dip": 60.0,
}


@dataclass(frozen=True, slots=True)
class Half:
    """What one half of the takes draws from."""

    exercises: tuple[str, ...]
    eases: tuple[Ease, ...]
    bodies: tuple[str, ...]
    seed: int


TUNED = Half(tuple(YAW_DEG)[:7], ("minimum_jerk", "cosine", "early", "late"), ("medium", "tall"), 0)
JUDGED = Half(
    tuple(YAW_DEG)[7:], ("ramp", "sticking", "minimum_jerk", "early", "late", "cosine"), ("short", "stocky"), 7
)
TURNS_DEG = (0.0, 15.0, -15.0, 10.0)
PAUSES_S = (0.0, 0.25, 0.6, 0.0)
RESTS_S = (0.5, 0.0, 0.3, 0.0)
FRAMES = (Frames(24.0), Frames(30.0), Frames(30.0, jitter=0.1, dropped=0.1), Frames(30.0))


def takes(half: Half) -> dict[str, Take]:
    """Twenty-eight takes, the same in every run, each called by its exercise and its place."""
    found: dict[str, Take] = {}
    for exercise in half.exercises:
        rng = random.Random(zlib.crc32(exercise.encode()) + half.seed)
        for place in range(len(FRAMES)):
            found[f"{exercise}{place}"] = _take(exercise, place, half, rng)
    return found


def _take(exercise: str, place: int, half: Half, rng: random.Random) -> Take:
    least_deg = 75.0 if exercise == "bench_press" else 30.0  # from farther front its plate hides the lifter
    yaw_deg = min(90.0, max(least_deg, YAW_DEG[exercise] + TURNS_DEG[place]))
    brisk = place == len(FRAMES) - 1
    down_s, up_s = (rng.uniform(*span) for span in (((0.8, 1.2), (0.6, 0.9)) if brisk else ((0.9, 2.4), (0.7, 1.6))))
    eases = rng.choice(half.eases), rng.choice(half.eases)
    pace = Pace(round(down_s, 2), PAUSES_S[place], round(up_s, 2), RESTS_S[place], 0.0, *eases)
    body = PEOPLE[rng.choice(half.bodies)]
    return replace(small_take(exercise, yaw_deg), pace=pace, frames=FRAMES[place], body=body, seed=place)
