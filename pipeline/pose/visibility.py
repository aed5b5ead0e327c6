"""Visibility of the landmarks: MediaPipe's own smoothing undone, and done again within one clip.

MediaPipe returns a running mean with a tenth of each new picture, however much time lies between two pictures; it
begins when the landmarker is made and goes on from clip to clip. Here the mean is inverted to the network's own
answer, and smoothed again within the clip and by time: as at 30 pictures a second, the rate of the tracks that all
networks were trained on.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.values import Array

SHARE: Final = 0.1  # of the newest picture in MediaPipe's mean (its visibility smoothing, a low-pass filter)
USUAL_HZ: Final = 30.0


class RawVisibility:
    """Recovers the network's own visibility from MediaPipe's running mean; keep one as long as its landmarker."""

    def __init__(self) -> None:
        self._mean: Array | None = None

    def __call__(self, mean: Array) -> Array:
        """The newest picture's own visibility (33,), 0..1, from the mean (33,) that MediaPipe shows."""
        before = mean if self._mean is None else self._mean
        self._mean = mean
        return np.clip((mean - (1 - SHARE) * before) / SHARE, 0.0, 1.0)


class SmoothedVisibility:
    """The running mean of visibility within one clip."""

    def __init__(self) -> None:
        self._time_s = 0.0
        self._mean: Array | None = None

    def __call__(self, time_s: float, visibility: Array) -> Array:
        """The mean (33,) after a picture at time_s with this raw visibility (33,)."""
        before = visibility if self._mean is None else self._mean
        kept = (1 - SHARE) ** (USUAL_HZ * (time_s - self._time_s))
        self._time_s, self._mean = time_s, visibility + kept * (before - visibility)
        return self._mean
