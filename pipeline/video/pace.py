"""How densely a clip is looked at: which pictures are taken, and which are not even decoded."""

from __future__ import annotations

import math


class Pace:
    """How densely frames are wanted just now: who looks at them sets it, who decodes them keeps to it."""

    def __init__(self, rate_hz: float) -> None:
        self.rate_hz = rate_hz


class Thinning:
    """Which of ever later times to take, so that they come as densely as the pace says and always increase."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._step_s = 1.0 / pace.rate_hz
        self._due_s = self._last_s = -1.0

    def takes(self, time_s: float) -> bool:
        step_s = 1.0 / self._pace.rate_hz
        if step_s != self._step_s:
            self._step_s, self._due_s = step_s, self._last_s + step_s
        # a fifth of a step of slack: jittering presentation times must not lose every other frame
        if time_s <= self._last_s or time_s < self._due_s - 0.2 * step_s:
            return False
        on_time_s = self._due_s + step_s if self._last_s >= 0 else time_s + step_s
        self._due_s, self._last_s = max(on_time_s, time_s + 0.5 * step_s), time_s
        return True


class Thrift:
    """Leaves undecoded what no other picture refers to, while two pictures remain for each that the pace asks for.

    Half of the pictures of most 60 Hz clips are such, and half of the work; with fewer to choose from, frames would
    come unevenly. Where even one step was too long, everything is decoded from there on.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace, self._dense, self._last_s = pace, True, math.inf

    def saw(self, time_s: float) -> None:
        """The next choice knows of this picture."""
        self._dense = self._dense and (time_s - self._last_s) * 2 * self._pace.rate_hz <= 1.01  # 1 % for rounded times
        self._last_s = time_s

    def skipped(self, rate_hz: float) -> str:
        """What FFmpeg is to leave out (its skip_frame) of a stream of so many pictures a second."""
        return "NONREF" if self._dense and rate_hz >= 4 * self._pace.rate_hz else "DEFAULT"
