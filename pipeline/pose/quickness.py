"""How densely frames are needed: as fast as the person moves."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

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
from pipeline.video.pace import Pace

_ENDS = [NOSE, LEFT_WRIST, RIGHT_WRIST, LEFT_HIP, RIGHT_HIP, LEFT_ANKLE, RIGHT_ANKLE]


@dataclass(frozen=True, slots=True)
class QuickRules:
    """2.5 m/s is what a wrist does at the middle of a repetition of 0.6 m in 0.75 s; a set at an ordinary tempo stays
    below, a jumping jack or a punch goes to 4 and more. over: the way of so many frames is looked at, in which the
    slip of a landmark on one of them counts half. hold_s: what was fast is seen densely this much longer, so that the
    slow ends of quick repetitions are not missed. seen: visibility under which MediaPipe guesses."""

    quick_m_s: float = 2.5
    over: int = 2
    hold_s: float = 0.5
    seen: float = 0.5


RULES = QuickRules()


def speed_m_s(before: Person, now: Person, step_s: float, rules: QuickRules = RULES) -> float:
    """How fast the quickest of head, hands, hips and feet went between two pictures, metres of body a second."""
    scale = body_scale_px_per_m(now.image_px[None])
    seen = np.minimum(before.visibility[_ENDS], now.visibility[_ENDS]) >= rules.seen
    moved = np.linalg.norm(now.image_px[_ENDS] - before.image_px[_ENDS], axis=1)[seen]
    return float(moved.max(initial=0.0)) / scale / step_s if scale > 1.0 and step_s > 0 else 0.0


class Pacemaker:
    """Sets a pace by how fast the person moves: `calm_hz`, or `quick_hz` while frames must come densely."""

    def __init__(self, pace: Pace, calm_hz: float, quick_hz: float, rules: QuickRules = RULES) -> None:
        self._pace, self._rates_hz, self._rules = pace, (calm_hz, quick_hz), rules
        self._last: deque[tuple[float, Person]] = deque(maxlen=rules.over)
        self._quick_until_s = -1.0

    def saw(self, time_s: float, person: Person | None) -> None:
        """The pace is right for what comes after this frame."""
        if person is not None:
            if len(self._last) == self._rules.over:
                before_s, before = self._last[0]
                if speed_m_s(before, person, time_s - before_s, self._rules) >= self._rules.quick_m_s:
                    self._quick_until_s = time_s + self._rules.hold_s
            self._last.append((time_s, person))
        self._pace.rate_hz = self._rates_hz[time_s <= self._quick_until_s]
