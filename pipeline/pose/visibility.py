"""How sure the network is of each landmark in each picture, without what the landmarker saw before the clip.

MediaPipe shows a running mean instead: a tenth of each new picture's, however much time lies between two, begun when
the landmarker was made and carried on from clip to clip. Here the mean is taken back and done again, within the clip
and over time: as 30 pictures a second would have it, which is how the tracks were made that all networks learned from.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.values import Array

SHARE: Final = 0.1  # of the newest picture in MediaPipe's mean (its visibility smoothing, a low-pass filter)
USUAL_HZ: Final = 30.0


class Unmixed:
    """What a landmarker's network said of each picture: it lives as long as the landmarker."""

    def __init__(self) -> None:
        self._mean: Array | None = None

    def __call__(self, mean: Array) -> Array:
        """The newest picture's own visibility (33,), 0..1, from the mean (33,) that MediaPipe shows."""
        before = mean if self._mean is None else self._mean
        self._mean = mean
        return np.clip((mean - (1 - SHARE) * before) / SHARE, 0.0, 1.0)


class Steadied:
    """The running mean within one clip."""

    def __init__(self) -> None:
        self._time_s = 0.0
        self._mean: Array | None = None

    def __call__(self, time_s: float, visibility: Array) -> Array:
        """The mean (33,) up to a picture at time_s, which is of this visibility (33,)."""
        before = visibility if self._mean is None else self._mean
        kept = (1 - SHARE) ** (USUAL_HZ * (time_s - self._time_s))
        self._time_s, self._mean = time_s, visibility + kept * (before - visibility)
        return self._mean
