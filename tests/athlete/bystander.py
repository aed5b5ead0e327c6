"""Somebody else in the room: stands behind the athlete, shifts from foot to foot, and trains nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.athlete.body import PEOPLE, Look
from tests.athlete.camera import View, turned
from tests.athlete.figure import Instant, figure
from tests.athlete.kinematics import move
from tests.athlete.materials import Material
from tests.athlete.movements import movements
from tests.athlete.solids import Solid

PLACE_M = (-0.95, 0.0, -1.1)  # right, up, towards the camera
YAW_DEG = 25.0
SWAY_M = 0.03
SWAY_HZ = 0.2
BODY = replace(
    PEOPLE["tall"], look=Look(skin=(150, 104, 78), hair=(24, 20, 20), shirt=(96, 132, 84), shorts=(50, 52, 58))
)


def bystander(view: View, time_s: float) -> list[Solid]:
    """The person in the axes of `view`, in materials of their own: the second half of the palette."""
    still = move(movements()["lateral_raise"], BODY, np.zeros(1), np.zeros(1, dtype=bool))
    turn = view.rotation @ turned(YAW_DEG)
    place = np.array(PLACE_M)
    place[0] += SWAY_M * np.sin(2 * np.pi * SWAY_HZ * time_s)
    joints = still.joints_m[0] @ turn.T + view.rotation @ (place - view.position_m)
    person = Instant(joints, turn @ still.pelvis[0], turn @ still.chest[0], turn @ still.head[0], BODY, fist=False)
    return [replace(solid, material=solid.material + len(Material)) for solid in figure(person)]
