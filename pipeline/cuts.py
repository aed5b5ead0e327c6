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
    """A missed cut may cost one repetition, a false one cuts a set in two: all three signs are asked for.

    change: mean difference of the picture from the frame before, grey levels of 255; a body moving in front of a
    still camera stays under 12, a panned phone under 25 (tuned clips). against_usual: how many times the usual
    change of the frames around. jump_m: how far the body's landmarks lie from where they were, metres of body; at 15 Hz
    and 4 m/s a limb alone goes 0.27 m, the mean of all of them a third of it.
    """

    change: float = 25.0
    against_usual: float = 4.0
    jump_m: float = 0.25
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
    """The times of the first frame after each cut. changes (T,) as of `ChangeOfPicture`, image_px (T, 33, 2)."""
    if len(times_s) < 3:
        return ()
    usual = median_filter(changes, rules.around, mode="nearest")
    sudden = (changes >= rules.change) & (changes >= rules.against_usual * np.maximum(usual, 1.0))
    return tuple(float(times_s[index]) for index in np.flatnonzero(sudden) if _elsewhere(image_px, int(index), rules))


def _elsewhere(image_px: Array, index: int, rules: CutRules) -> bool:
    """True where the body is in another place or pose than a frame before, or one of the two shows nobody."""
    before, now = image_px[index - 1], image_px[index]
    if not (np.isfinite(before).all() and np.isfinite(now).all()):
        return True
    moved = float(np.linalg.norm(now - before, axis=1).mean())
    return moved >= rules.jump_m * body_scale_px_per_m(before[None])
