"""Find hard cuts in edited clips: frames where both the whole picture and the body's place change at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import median_filter

from pipeline.kinematics import body_scale_px_per_m
from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class CutRules:
    """When a frame starts a new shot. A missed cut may cost one repetition; a false one splits a set in two.

    change: least mean difference from the picture before, grey levels of 255; a body moving in front of a still
    camera stays under 12, a panned phone under 25 (tuned clips). jump_m: least mean distance that all landmarks moved
    since the frame before, metres of body; a squat moves 0.04 in a fifteenth of a second. against_usual: how many
    times the median of the frames around both must be. around: how many frames that median is of.
    """

    change: float = 25.0
    jump_m: float = 0.1
    against_usual: float = 4.0
    around: int = 15  # frames, about a second


RULES: Final = CutRules()
_EVERY = 12  # pixels: of a 640 px picture 54 x 30 are compared


class ChangeOfPicture:
    """Mean absolute difference of each picture from the one before, grey levels; 0 for the first picture."""

    def __init__(self) -> None:
        self._before: npt.NDArray[np.int16] | None = None

    def __call__(self, pixels: npt.NDArray[np.uint8]) -> float:
        now = pixels[_EVERY // 2 :: _EVERY, _EVERY // 2 :: _EVERY].astype(np.int16)
        before, self._before = self._before, now
        return float(np.abs(now - before).mean()) if before is not None and before.shape == now.shape else 0.0


def cuts_s(times_s: Array, changes: Array, image_px: Array) -> tuple[float, ...]:
    """The time of the first frame after each cut. changes (T,) as of `ChangeOfPicture`, image_px (T, 33, 2) with NaN.

    A body that is seen on only one side of a cut counts as moved.
    """
    if len(times_s) < 3:
        return ()
    ways_m = np.concatenate([[0.0], _ways_m(image_px)])
    sudden = changes >= np.maximum(RULES.change, RULES.against_usual * _usual(changes))
    usual_m = _usual(np.nan_to_num(ways_m))
    elsewhere = np.isnan(ways_m) | (ways_m >= np.maximum(RULES.jump_m, RULES.against_usual * usual_m))
    return tuple(times_s[sudden & elsewhere].tolist())


def _ways_m(image_px: Array) -> Array:
    """(T - 1,) mean distance the landmarks moved from frame to frame, metres of body; NaN where one shows nobody."""
    ways_px = np.linalg.norm(np.diff(image_px, axis=0), axis=2).mean(axis=1)
    return np.asarray(ways_px / body_scale_px_per_m(image_px))


def _usual(values: Array) -> Array:
    return np.asarray(median_filter(values, RULES.around, mode="nearest"))
