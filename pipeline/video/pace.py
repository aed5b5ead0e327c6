"""Thin a clip's frames to a wanted rate: choose which are taken, and which the decoder may skip."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from copy import copy


class Pace:
    """The frame rate wanted at the moment: the pose stage sets it, the decoder reads it."""

    def __init__(self, rate_hz: float) -> None:
        self.rate_hz = rate_hz


class Thinning:
    """Chooses frames by their times so that they come at the pace's rate and their times always increase."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._step_s = 1.0 / pace.rate_hz
        self._due_s = self._last_s = -1.0

    def takes(self, time_s: float) -> bool:
        """Whether to take the frame at time_s; call it once for each frame, in order of time."""
        step_s = 1.0 / self.pace.rate_hz
        if step_s != self._step_s:
            self._step_s, self._due_s = step_s, self._last_s + step_s
        # a fifth of a step of slack: with jittering times every other frame would be lost
        if time_s <= self._last_s or time_s < self._due_s - 0.2 * step_s:
            return False
        on_time_s = self._due_s + step_s if self._last_s >= 0 else time_s + step_s
        self._due_s, self._last_s = max(on_time_s, time_s + 0.5 * step_s), time_s
        return True


class NonReferenceSkipper:
    """Tells the decoder which non-reference frames to skip (half of the frames of most clips, or more).

    A non-reference frame is one that no other frame is predicted from. Where the clip has at least four frames for
    each that the pace wants, all of them are skipped, which halves the work on a 60 Hz clip. Otherwise, and once two
    decoded frames lay too far apart, only those are skipped that `wanted` would not take: the same frames come as
    without skipping. `skip_frame` must be asked of every frame in decoding order: as codecs nest their frames, all
    that are shown before a non-reference frame have been asked of by then.
    Times are the container's: the clip begins at first_s, frames shown before from_s are not wanted.
    """

    def __init__(self, wanted: Thinning, rate_hz: float, first_s: float, from_s: float) -> None:
        self._wanted, self._rate_hz, self._first_s, self._from_s = wanted, rate_hz, first_s, from_s
        self._coming: list[float] = []  # sorted times of frames that were asked of and not decoded yet
        self._dense, self._all_left, self._last_s = True, False, math.inf

    def skip_frame(self, time_s: float | None) -> str:
        """FFmpeg's skip_frame for the packet whose frame is shown at time_s: "NONREF" or "DEFAULT" (skip nothing)."""
        if time_s is None:
            return "DEFAULT"
        insort(self._coming, time_s)
        self._all_left = self._dense and self._rate_hz >= 4 * self._wanted.pace.rate_hz
        return "NONREF" if self._all_left or not self._takes(time_s) else "DEFAULT"

    def decoded(self, time_s: float) -> None:
        """Note that the frame shown at time_s was decoded."""
        del self._coming[: bisect_right(self._coming, time_s)]
        too_long = (time_s - self._last_s) * 2 * self._wanted.pace.rate_hz > 1.01  # 1 %: times are rounded
        self._dense, self._last_s = self._dense and not (self._all_left and too_long), time_s

    def _takes(self, time_s: float) -> bool:
        ahead = copy(self._wanted)
        before = self._coming[bisect_left(self._coming, self._from_s) : bisect_right(self._coming, time_s)]
        return time_s in [at_s for at_s in before if ahead.takes(at_s - self._first_s)]
