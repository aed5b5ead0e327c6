"""How densely a clip is looked at: which pictures are taken, and which are not even decoded."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from copy import copy


class Pace:
    """How densely frames are wanted just now: who looks at them sets it, who decodes them keeps to it."""

    def __init__(self, rate_hz: float) -> None:
        self.rate_hz = rate_hz


class Thinning:
    """Which of ever later times to take, so that they come as densely as the pace says and always increase."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._step_s = 1.0 / pace.rate_hz
        self._due_s = self._last_s = -1.0

    def takes(self, time_s: float) -> bool:
        step_s = 1.0 / self.pace.rate_hz
        if step_s != self._step_s:
            self._step_s, self._due_s = step_s, self._last_s + step_s
        # a fifth of a step of slack: jittering presentation times must not lose every other frame
        if time_s <= self._last_s or time_s < self._due_s - 0.2 * step_s:
            return False
        on_time_s = self._due_s + step_s if self._last_s >= 0 else time_s + step_s
        self._due_s, self._last_s = max(on_time_s, time_s + 0.5 * step_s), time_s
        return True


class Thrift:
    """Leaves undecoded what no other picture refers to, half of the pictures of most clips or more.

    All of it while two pictures remain for each that the pace asks for, which takes half of the work off a 60 Hz clip;
    where even one step was too long, and with fewer to choose from, only what the pace will not take, so that the same
    frames come as without. Asked of each picture in the order in which they are decoded; what is shown before one that
    nothing refers to has been asked of by then, as codecs nest their pictures. Times are the container's: the clip
    begins at first_s, what is shown before from_s is not wanted.
    """

    def __init__(self, wanted: Thinning, rate_hz: float, first_s: float, from_s: float) -> None:
        self._wanted, self._rate_hz, self._first_s, self._from_s = wanted, rate_hz, first_s, from_s
        self._coming: list[float] = []  # when pictures are shown of which this was asked and that did not come yet
        self._dense, self._all_left, self._last_s = True, False, math.inf

    def skipped(self, time_s: float | None) -> str:
        """What FFmpeg is to leave out (its skip_frame) of a picture shown then, where that is known."""
        if time_s is None:
            return "DEFAULT"
        insort(self._coming, time_s)
        self._all_left = self._dense and self._rate_hz >= 4 * self._wanted.pace.rate_hz
        return "NONREF" if self._all_left or not self._takes(time_s) else "DEFAULT"

    def saw(self, time_s: float) -> None:
        """A picture came; the next choice knows of it."""
        del self._coming[: bisect_right(self._coming, time_s)]
        too_long = (time_s - self._last_s) * 2 * self._wanted.pace.rate_hz > 1.01  # 1 % for rounded times
        self._dense, self._last_s = self._dense and not (self._all_left and too_long), time_s

    def _takes(self, time_s: float) -> bool:
        ahead = copy(self._wanted)
        before = self._coming[bisect_left(self._coming, self._from_s) : bisect_right(self._coming, time_s)]
        return time_s in [at_s for at_s in before if ahead.takes(at_s - self._first_s)]
