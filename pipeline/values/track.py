"""A person's pose over time: 33 landmarks a frame."""

from dataclasses import dataclass

import numpy as np

from pipeline.values.checks import Array, Mask, frozen_array, require

LANDMARKS = 33


@dataclass(frozen=True, slots=True, eq=False)
class PoseTrack:
    """One person's 33 MediaPipe landmarks in each frame.

    times_s (T,): presentation times, strictly increasing. image_px (T, 33, 2): pixels, x right, y down. world_m (T, 33,
    3): metres, hip-centred, x right, y down, z away from the camera. visibility (T, 33): 0..1. A row of NaN: nobody was
    found in that frame. people: how many were usually in view at once. cuts_s: times of the first frame after each hard
    cut. luminance: usual brightness of the pictures where the body was, 0..255; None where not known.
    """

    times_s: Array
    image_px: Array
    world_m: Array
    visibility: Array
    width_px: int
    height_px: int
    people: int = 1
    cuts_s: tuple[float, ...] = ()
    luminance: float | None = None

    def __post_init__(self) -> None:
        for name in ("times_s", "image_px", "world_m", "visibility"):
            object.__setattr__(self, name, frozen_array(getattr(self, name)))
        count = len(self.times_s)
        require(self.times_s.shape == (count,), f"times_s must be (T,), got {self.times_s.shape}")
        shapes = {"image_px": (count, LANDMARKS, 2), "world_m": (count, LANDMARKS, 3), "visibility": (count, LANDMARKS)}
        for name, shape in shapes.items():
            require(getattr(self, name).shape == shape, f"{name} must be {shape}, got {getattr(self, name).shape}")
        require(bool(np.isfinite(self.times_s).all()), "times_s must be finite")
        require(bool((np.diff(self.times_s) > 0).all()), "times_s must increase")

    @property
    def seen(self) -> Mask:
        """(T,) True where somebody was found."""
        return np.asarray(np.isfinite(self.image_px[:, :, 0]).any(axis=1))

    @property
    def duration_s(self) -> float:
        """Seconds from the first frame to the last."""
        return float(self.times_s[-1] - self.times_s[0]) if len(self.times_s) else 0.0
