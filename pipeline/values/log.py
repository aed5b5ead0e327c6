"""The recording of a watch's or phone's motion sensors."""

from dataclasses import dataclass

import numpy as np

from pipeline.values.checks import Array, frozen_array, require
from pipeline.values.doubt import Caveat


@dataclass(frozen=True, slots=True, eq=False)
class MotionLog:
    """The recording of a motion sensor.

    times_s (T,) strictly increasing; acceleration_m_s2 (T, 3), with gravity where `has_gravity`, in the device's own
    axes and sign (iOS and Android differ: no code may rely on either); rotation_rad_s (T, 3), NaN where not measured.
    `source` is the app or device that wrote it; `caveats` are faults that reading and cleaning could not repair.
    """

    times_s: Array
    acceleration_m_s2: Array
    rotation_rad_s: Array
    source: str
    has_gravity: bool = True
    caveats: tuple[Caveat, ...] = ()

    def __post_init__(self) -> None:
        for name in ("times_s", "acceleration_m_s2", "rotation_rad_s"):
            object.__setattr__(self, name, frozen_array(getattr(self, name)))
        count = len(self.times_s)
        for name in ("acceleration_m_s2", "rotation_rad_s"):
            shape = getattr(self, name).shape
            require(shape == (count, 3), f"{name} must be {(count, 3)}, got {shape}")
        require(bool((np.diff(self.times_s) > 0).all()), "times_s must increase")

    @property
    def duration_s(self) -> float:
        """Seconds from the first sample to the last."""
        return float(self.times_s[-1] - self.times_s[0]) if len(self.times_s) else 0.0
