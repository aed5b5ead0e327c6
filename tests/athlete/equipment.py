"""What the athlete lifts, lies on or hangs from, as shapes in camera axes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from pipeline.values import Array
from tests.athlete.figure import Instant
from tests.athlete.kinematics import Joint, unit
from tests.athlete.materials import Material
from tests.athlete.solids import Block, Cone, Disc, Solid

Room = Callable[[float, float, float], Array]  # a point of the athlete's room (left, up, front; metres) in camera axes
Maker = Callable[[Instant, Room], Iterator[Solid]]

PLATES = (
    (0.0, 0.02, 0.195, Material.PLATE),
    (0.047, 0.017, 0.195, Material.ACCENT),
    (0.085, 0.012, 0.14, Material.PLATE),
)


def _axis(room: Room) -> tuple[Array, Array, Array]:
    """The room's directions left, up and front in camera axes."""
    origin = room(0, 0, 0)
    return room(1, 0, 0) - origin, room(0, 1, 0) - origin, room(0, 0, 1) - origin


def _barbell(middle: Array, along: Array) -> Iterator[Solid]:
    """A bar of 1.7 m with plates (a full 2.2 m bar would leave most pictures)."""
    yield Cone(middle - along * 0.86, middle + along * 0.86, 0.014, 0.014, Material.STEEL)
    for sign in (-1, 1):
        yield Cone(middle + along * sign * 0.585, middle + along * sign * 0.86, 0.025, 0.025, Material.STEEL)
        for at, half, radius, material in PLATES:
            yield Disc(middle + along * sign * (0.64 + at), along * half, radius, int(material))
        yield Disc(middle + along * sign * 0.64, along * 0.026, 0.06, int(Material.STEEL))


def _held_barbell(person: Instant, room: Room) -> Iterator[Solid]:
    left, right = person.joint(Joint.L_HAND), person.joint(Joint.R_HAND)
    return _barbell((left + right) / 2, unit(left - right))


def _back_barbell(person: Instant, room: Room) -> Iterator[Solid]:
    size = person.body.stature_m
    return _barbell(person.joint(Joint.CHEST) + person.chest @ np.array([0, 0.034, -0.062]) * size, person.chest[:, 0])


def _dumbbells(person: Instant, room: Room) -> Iterator[Solid]:
    _, up, front = _axis(room)
    for side in ("L", "R"):
        hand, wrist = person.joint(Joint[f"{side}_HAND"]), person.joint(Joint[f"{side}_WRIST"])
        grip = unit(hand - wrist)
        along = unit(front - grip * (front @ grip) + up * 1e-3)
        yield Cone(hand - along * 0.1, hand + along * 0.1, 0.014, 0.014, Material.STEEL)
        for sign in (-1, 1):
            yield Disc(hand + along * sign * 0.095, along * 0.034, 0.055, int(Material.PLATE))
            yield Disc(hand + along * sign * 0.095, along * 0.037, 0.03, int(Material.ACCENT))


def _high_bar(person: Instant, room: Room) -> Iterator[Solid]:
    height = 1.25 * person.body.stature_m + 0.04
    yield Cone(room(-0.75, height, 0.01), room(0.75, height, 0.01), 0.016, 0.016, Material.STEEL)
    for sign in (-0.75, 0.75):
        yield Block(room(sign, height / 2 + 0.02, 0.01), _edges(room, 0.035, height / 2 + 0.06, 0.035), Material.FRAME)


def _dip_bars(person: Instant, room: Room) -> Iterator[Solid]:
    size = person.body.stature_m
    for sign in (-1, 1):
        across, height = sign * 0.15 * size, 0.62 * size - 0.03
        yield Cone(room(across, height, -0.28), room(across, height, 0.34), 0.02, 0.02, Material.STEEL)
        yield Cone(room(across, height, 0.34), room(across, 0.02, 0.42), 0.02, 0.02, Material.FRAME)
        yield Block(room(across, 0.02, 0.2), _edges(room, 0.03, 0.02, 0.35), Material.FRAME)


def _bench(person: Instant, room: Room) -> Iterator[Solid]:
    size = person.body.stature_m
    top, middle = 0.325 * size - 0.075 * person.girth_m, -0.16 * size
    yield Block(room(0, top - 0.04, middle), _edges(room, 0.14, 0.04, 0.33 * size), Material.PAD)
    for front in (-0.25, 0.22):
        yield Block(
            room(0, top / 2 - 0.04, middle + front * size), _edges(room, 0.03, top / 2 - 0.04, 0.03), Material.FRAME
        )
        yield Block(room(0, 0.02, middle + front * size), _edges(room, 0.22, 0.02, 0.03), Material.FRAME)


def _leg_machine(person: Instant, room: Room) -> Iterator[Solid]:
    size = person.body.stature_m
    seat = 0.345 * size - 0.055 * person.girth_m
    yield Block(room(0, seat - 0.05, 0.07 * size), _edges(room, 0.2, 0.05, 0.15 * size), Material.PAD)
    yield Block(room(0, seat + 0.27, -0.105 * size), _edges(room, 0.17, 0.26, 0.035), Material.PAD)
    yield Block(room(0, seat / 2 - 0.05, 0.0), _edges(room, 0.06, seat / 2 - 0.05, 0.12), Material.FRAME)
    yield Block(room(0, 0.025, 0.0), _edges(room, 0.28, 0.025, 0.4), Material.FRAME)
    ankles = [
        person.joint(Joint[f"{side}_ANKLE"]) * 0.8 + person.joint(Joint[f"{side}_KNEE"]) * 0.2 for side in ("L", "R")
    ]
    front = unit(person.joint(Joint.L_TOE) - person.joint(Joint.L_HEEL))
    roller = (ankles[0] + ankles[1]) / 2 + front * 0.075
    along = unit(ankles[0] - ankles[1])
    yield Cone(roller - along * 0.2, roller + along * 0.2, 0.045, 0.045, Material.PAD)


def _mat(person: Instant, room: Room) -> Iterator[Solid]:
    yield Block(room(0, 0.006, 0), _edges(room, 0.36, 0.006, 0.95), Material.MAT)


def _edges(room: Room, left: float, up: float, front: float) -> Array:
    axes = _axis(room)
    return np.column_stack([axes[0] * left, axes[1] * up, axes[2] * front])


MAKERS: dict[str, Maker] = {
    "held_barbell": _held_barbell,
    "back_barbell": _back_barbell,
    "dumbbells": _dumbbells,
    "high_bar": _high_bar,
    "dip_bars": _dip_bars,
    "bench": _bench,
    "leg_machine": _leg_machine,
    "mat": _mat,
}
