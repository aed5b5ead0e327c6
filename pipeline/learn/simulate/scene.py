"""The scene of a simulated set: body, time, camera and tracking errors; everything but the movement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.catalogue import Movement
from pipeline.learn.simulate.body import Body
from pipeline.learn.simulate.camera import Camera
from pipeline.learn.simulate.faults import Faults
from pipeline.learn.simulate.rhythm import Rhythm
from pipeline.values import Array

USUAL_FAULTS: Final = Faults(straighter=0.7)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything about one simulated set but the movement. variety 1 varies as people differ, 0 is the textbook."""

    times_s: Array
    rhythm: Rhythm
    body: Body
    camera: Camera
    faults: Faults | None
    variety: float = 1.0
    mirrored: bool = False

    @property
    def rate_hz(self) -> float:
        return float((len(self.times_s) - 1) / (self.times_s[-1] - self.times_s[0]))

    @classmethod
    def drawn(
        cls, movement: Movement, count: int, rate_hz: float, rng: np.random.Generator, faults: Faults = USUAL_FAULTS
    ) -> Scene:
        """A random scene, as the recogniser is trained on."""
        times_s = np.arange(count) / rate_hz
        rhythm = (
            Rhythm.held(count)
            if movement.mode == "hold"
            else Rhythm.drawn(times_s, movement.seconds, rng, movement.mode == "cycle")
        )
        return cls(
            times_s, rhythm, Body.drawn(rng).as_seen(), Camera.drawn(rng), faults, mirrored=bool(rng.random() < 0.5)
        )

    @classmethod
    def textbook(
        cls,
        movement: Movement,
        duration_s: float = 8.0,
        rep_s: float = 2.0,
        yaw_deg: float = 0.0,
        rate_hz: float = 30.0,
    ) -> Scene:
        """An average body doing steady repetitions of rep_s in front of a faultless camera."""
        times_s = np.arange(round(duration_s * rate_hz) + 1) / rate_hz
        held = movement.mode == "hold"
        rhythm = Rhythm.held(len(times_s)) if held else Rhythm.steady(times_s, rep_s, movement.mode == "cycle")
        return cls(times_s, rhythm, Body(), Camera(yaw_deg=yaw_deg), faults=None, variety=0.0)
