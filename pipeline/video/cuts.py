"""Hard cuts in edited clips: from one frame to the next the whole picture is another, and so is the body's place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import median_filter

from pipeline.kinematics import body_scale_px_per_m
from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class CutRules:
    """A missed cut may cost one repetition, a false one cuts a set in two: picture and body must both be elsewhere.

    change: mean difference of the picture from the frame before, grey levels of 255; a body moving in front of a
    still camera stays under 12, a panned phone under 25 (tuned clips). jump_m: mean way of all landmarks from the frame
    before, metres of body; whoever squats goes 0.04 in a fifteenth of a second. against_usual: how many times the
    usual change and the usual way of the frames around each of them must be.
    """

    change: float = 25.0
    jump_m: float = 0.1
    against_usual: float = 4.0
    around: int = 15  # frames, about a second


RULES = CutRules()
_EVERY = 12  # pixels: of a 640 px picture 54 x 30 are compared


class ChangeOfPicture:
    """How much each picture differs from the one before: mean of the differences, grey levels; 0 for the first."""

    def __init__(self) -> None:
        self._before: npt.NDArray[np.int16] | None = None

    def __call__(self, pixels: npt.NDArray[np.uint8]) -> float:
        now = pixels[_EVERY // 2 :: _EVERY, _EVERY // 2 :: _EVERY].astype(np.int16)
        before, self._before = self._before, now
        return float(np.abs(now - before).mean()) if before is not None and before.shape == now.shape else 0.0


def cuts_s(times_s: Array, changes: Array, image_px: Array, rules: CutRules = RULES) -> tuple[float, ...]:
    """The times of the first frame after each cut. changes (T,) as of `ChangeOfPicture`, image_px (T, 33, 2).

    A body that is seen on one side of the cut only counts as elsewhere.
    """
    if len(times_s) < 3:
        return ()
    ways_m = np.concatenate([[0.0], _ways_m(image_px)])
    sudden = changes >= np.maximum(rules.change, rules.against_usual * _usual(changes, rules))
    usual_m = _usual(np.nan_to_num(ways_m), rules)
    elsewhere = np.isnan(ways_m) | (ways_m >= np.maximum(rules.jump_m, rules.against_usual * usual_m))
    return tuple(times_s[sudden & elsewhere].tolist())


def _ways_m(image_px: Array) -> Array:
    """(T - 1,) mean way of the landmarks from frame to frame in metres of body, NaN where one shows nobody."""
    ways_px = np.linalg.norm(np.diff(image_px, axis=0), axis=2).mean(axis=1)
    return np.asarray(ways_px / body_scale_px_per_m(image_px))


def _usual(values: Array, rules: CutRules) -> Array:
    return np.asarray(median_filter(values, rules.around, mode="nearest"))
