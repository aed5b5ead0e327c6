"""Set the frame rate by how fast the person moves, or how often the movement reverses."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.kinematics import (
    LEFT_ANKLE,
    LEFT_HIP,
    LEFT_WRIST,
    NOSE,
    RIGHT_ANKLE,
    RIGHT_HIP,
    RIGHT_WRIST,
    body_scale_px_per_m,
)
from pipeline.pose.person import Person
from pipeline.values import Array, Mask
from pipeline.video.pace import Pace

_ENDS = [NOSE, LEFT_HIP, RIGHT_HIP, LEFT_WRIST, RIGHT_WRIST, LEFT_ANKLE, RIGHT_ANKLE]
_TRUNK = 3  # the first three of them move with the trunk


@dataclass(frozen=True, slots=True)
class QuickRules:
    """When the higher frame rate is needed.

    quick_m_s: 2.5 m/s is a wrist's speed at the middle of a repetition of 0.6 m in 0.75 s; a set at an ordinary tempo
    stays below, a jumping jack or a punch reaches 4 and more. over: speed is taken over this many frames, so that one
    misplaced landmark counts half. hold_s: the higher rate is kept for so long, so that the slow ends of quick
    repetitions are not missed. seen: below this visibility MediaPipe guesses.

    turns in within_s: movement that reverses this often (twice a second and more) is hardly followed by 12 frames a
    second, however slow it is: skipping rope, a punch bag seen from the front, battle ropes. trunk_m and limb_m: a
    reversal counts after at least this distance, which is more than landmarks tremble.
    """

    quick_m_s: float = 2.5
    over: int = 2
    hold_s: float = 0.5
    seen: float = 0.5
    turns: int = 5
    within_s: float = 1.25
    trunk_m: float = 0.04
    limb_m: float = 0.12


RULES: Final = QuickRules()


def speed_m_s(before: Person, now: Person, step_s: float) -> float:
    """Speed of the fastest of head, hands, hips and feet between two frames step_s apart, metres of body a second."""
    scale = body_scale_px_per_m(now.image_px[None])
    seen = np.minimum(before.visibility[_ENDS], now.visibility[_ENDS]) >= RULES.seen
    moved = np.linalg.norm(now.image_px[_ENDS] - before.image_px[_ENDS], axis=1)[seen]
    return float(moved.max(initial=0.0)) / scale / step_s if scale > 1.0 and step_s > 0 else 0.0


class ReversalDetector:
    """Counts reversals of hands, feet and trunk (the middle of head and hips), horizontally and vertically."""

    def __init__(self) -> None:
        self._way_m = np.array([[RULES.trunk_m]] + [[RULES.limb_m]] * (len(_ENDS) - _TRUNK))
        self._farthest_m: Array | None = None
        self._upwards = np.ones((len(self._way_m), 2), dtype=bool)
        self._turned: deque[tuple[float, Mask]] = deque()
        self._scales: deque[float] = deque(maxlen=15)

    def update(self, time_s: float, person: Person) -> bool:
        """Add a frame; True where any of them has reversed RULES.turns times in the last RULES.within_s.

        A landmark that is hardly visible keeps its last position.
        """
        self._scales.append(body_scale_px_per_m(person.image_px[None]))
        scale = float(np.median(self._scales))
        if not scale > 1.0:
            return False
        at_m, seen = _trunk_and_limbs(person.image_px[_ENDS] / scale, person.visibility[_ENDS] >= RULES.seen)
        if self._farthest_m is None:
            self._farthest_m = at_m
        at_m = np.where(seen[:, None], at_m, self._farthest_m)
        ahead = np.where(self._upwards, at_m - self._farthest_m, self._farthest_m - at_m)
        turned = ahead < -self._way_m
        self._farthest_m = np.where(turned | (ahead > 0), at_m, self._farthest_m)
        self._upwards ^= turned
        self._turned.append((time_s, turned))
        while self._turned[0][0] < time_s - RULES.within_s:
            self._turned.popleft()
        return int(np.sum([turned for _, turned in self._turned], axis=0).max()) >= RULES.turns


def _trunk_and_limbs(at_m: Array, seen: Mask) -> tuple[Array, Mask]:
    trunk = at_m[:_TRUNK].mean(axis=0, keepdims=True)
    return np.concatenate([trunk, at_m[_TRUNK:]]), np.concatenate([[seen[:_TRUNK].all()], seen[_TRUNK:]])


class PaceController:
    """Sets a pace by how fast the person moves: `calm_hz`, or `quick_hz` during fast movement."""

    def __init__(self, pace: Pace, calm_hz: float, quick_hz: float) -> None:
        self._pace, self._rates_hz = pace, (calm_hz, quick_hz)
        self._last: deque[tuple[float, Person]] = deque(maxlen=RULES.over)
        self._reversals = ReversalDetector()
        self._quick_until_s = -1.0

    def update(self, time_s: float, person: Person | None) -> None:
        """Add a frame and set the pace for the frames after it."""
        if person is not None:
            if self._reversals.update(time_s, person) or self._rushed(time_s, person):
                self._quick_until_s = time_s + RULES.hold_s
            self._last.append((time_s, person))
        self._pace.rate_hz = self._rates_hz[time_s <= self._quick_until_s]

    def _rushed(self, time_s: float, person: Person) -> bool:
        if len(self._last) < RULES.over:
            return False
        before_s, before = self._last[0]
        return speed_m_s(before, person, time_s - before_s) >= RULES.quick_m_s
