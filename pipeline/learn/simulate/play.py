"""Play the catalogue's stations at a rhythm: each frame's posture, varied as people differ and sway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from pipeline.catalogue import Movement
from pipeline.catalogue.load import held_arms, held_legs
from pipeline.catalogue.movement import Limbs
from pipeline.learn.simulate.body import Posture
from pipeline.learn.simulate.faults import wander
from pipeline.learn.simulate.rhythm import Rhythm
from pipeline.learn.simulate.scene import Scene
from pipeline.values import Array, Indices

# How much people differ, one standard deviation in degrees: our estimate.
SPREAD_DEG: Final[Mapping[str, float]] = {
    "trunk": 7.0,
    "side_lean": 2.5,
    "thigh": 7.0,
    "shin": 7.0,
    "stance": 3.0,
    "knees_out": 4.0,
    "heels": 5.0,
}
BEYOND: Final = (-0.05, 1.2)  # phases up to which stations are carried on in a straight line
SPREAD_DIRECTION: Final = 0.1  # of a unit vector: about 6 degrees
FOOT_SLOPE_DEG: Final = 26.0  # from ankle to toe, below the sole's direction


def play(movement: Movement, scene: Scene, rng: np.random.Generator) -> Posture:
    """Every frame's posture: the stations at the rhythm's phases, blurred and swaying as far as `variety` says."""
    sides = _sides(movement, rng)
    phases = _side_phases(movement, scene.rhythm)
    blur = _Blur(scene, rng, wrap=movement.mode == "cycle")
    middle = scene.rhythm.phase
    trunk_exact = blur.exact(sides[0].angles.get("trunk", (0.0,)), middle)
    seeds = int(rng.integers(2**31))
    limbs = [_limb(side, phases[:, k], trunk_exact, blur.of_side(seeds)) for k, side in enumerate(sides)]
    if movement.mode == "swap":
        limbs = _swapped(limbs, scene.rhythm.number)
    both = {key: np.stack([limb[key] for limb in limbs], axis=1) for key in limbs[0]}
    trunk = blur.angle("trunk", sides[0], middle)
    return Posture(
        trunk=trunk,
        side_lean=blur.angle("side_lean", sides[0], middle),
        twist=_twist(movement, scene.rhythm) * np.exp(rng.normal(0, 0.25 * scene.variety)),
        roll=np.deg2rad(movement.roll_deg + (rng.normal(0, 8) * scene.variety if movement.roll_deg else 0)),
        plumb=sides[0].plumb,
        shrug_m=blur.exact(sides[0].angles.get("shrug", (0.0,)), middle) * 180 / np.pi,
        head_tilt=float(rng.normal(0, 0.25) * scene.variety),
        **both,
    )


def _sides(movement: Movement, rng: np.random.Generator) -> tuple[Limbs, Limbs]:
    """Both sides' stations: the movement over the held postures it names, one drawn of each."""
    left, right = movement.limbs, movement.other.over(movement.limbs)
    for names, held in ((movement.arms, held_arms()), (movement.legs, held_legs())):
        if names:
            below, other = held[names[int(rng.integers(len(names)))]]
            left, right = left.over(below), right.over(other.over(below))
    return left, right


def _side_phases(movement: Movement, rhythm: Rhythm) -> Array:
    """(T, 2): the phase of the left and of the right side."""
    phase = rhythm.phase
    rest = float(phase.min())
    if movement.mode == "alternate":
        right = rhythm.number % 2 == 1
        return np.stack([np.where(right, rest, phase), np.where(right, phase, rest)], axis=1)
    if movement.mode == "opposite":
        return np.stack([phase, phase.max() + rest - phase], axis=1)
    if movement.mode == "one_side":
        return np.stack([phase, np.full_like(phase, rest)], axis=1)
    return np.stack([phase, phase], axis=1)


def _twist(movement: Movement, rhythm: Rhythm) -> Array:
    """(T,) radians that the shoulders are turned against the hips; to both sides in turn where sides take turns."""
    turned = np.deg2rad(movement.twist_deg)
    if movement.mode == "opposite":
        return np.asarray(turned * (2 * rhythm.phase - 1))
    if movement.mode == "alternate":
        return np.asarray(turned * np.where(rhythm.number % 2 == 1, 1.0, -1.0) * rhythm.phase)
    return np.asarray(-turned * rhythm.phase)  # the left hand goes forward: the left shoulder too


def _limb(side: Limbs, phase: Array, trunk: Array, blur: _Blur) -> dict[str, Array]:
    thigh = (
        blur.exact(side.angles["thigh"], phase)
        if "thigh" in side.angles
        else blur.exact(side.angles.get("hip", (3.0,)), phase) - trunk
    )
    shin = thigh - blur.exact(side.angles.get("knee", (6.0,)), phase)
    level = np.full_like(phase, np.pi / 2) if side.flat_feet else shin + np.pi / 2
    return {
        "thigh": thigh + blur.offset("thigh", phase),
        "shin": shin + blur.offset("shin", phase),
        "foot": level - np.deg2rad(FOOT_SLOPE_DEG) - blur.angle("heels", side, phase),
        "stance": blur.angle("stance", side, phase, (4.0,)),
        "knees_out": blur.angle("knees_out", side, phase),
        "upper_arm": blur.direction(side.directions.get("upper_arm", ((8.0, 20.0),)), phase),
        "forearm": blur.direction(side.directions.get("forearm", ((10.0, 70.0),)), phase),
    }


def _swapped(limbs: list[dict[str, Array]], number: Indices) -> list[dict[str, Array]]:
    """The sides' roles changed in every other repetition."""
    left, right = limbs
    odd = {key: (number % 2 == 1).reshape(-1, *[1] * (left[key].ndim - 1)) for key in left}
    return [
        {key: np.where(odd[key], right[key], left[key]) for key in left},
        {key: np.where(odd[key], left[key], right[key]) for key in left},
    ]


class _Blur:
    """Stations interpolated at phases, and what people differ in: alike on both sides first, then a little a side."""

    def __init__(
        self, scene: Scene, rng: np.random.Generator, wrap: bool, own: np.random.Generator | None = None
    ) -> None:
        self._scene, self._rng, self._wrap, self._own = scene, rng, wrap, own
        self._loose = float(np.exp(rng.normal(0, 0.5))) * scene.variety  # nobody holds quite still

    def of_side(self, seed: int) -> _Blur:
        """One side's blur: what comes of `seed` is alike on both, what comes of this one's generator is its own."""
        return _Blur(self._scene, np.random.default_rng(seed), self._wrap, own=self._rng)

    def exact(self, stations: tuple[float, ...], phase: Array) -> Array:
        """Radians at each phase, without blur."""
        return station_at(np.deg2rad(np.array(stations)), phase, self._wrap)

    def offset(self, key: str, phase: Array) -> Array:
        """Radians to add: a constant, a share that goes with the movement, and a slow wandering."""
        size = np.deg2rad(SPREAD_DEG[key]) * self._scene.variety
        ends = self._rng.normal(0, size) + self._rng.normal(0, size / 2, 2)
        sway = wander(len(phase), self._scene.rate_hz, 0.025 * self._loose, (), self._rng)
        alone = self._own.normal(0, size * 0.4) if self._own is not None else 0.0
        return np.asarray(ends[0] + (ends[1] - ends[0]) * np.clip(phase, 0, 1) + sway + alone)

    def angle(self, key: str, side: Limbs, phase: Array, default: tuple[float, ...] = (0.0,)) -> Array:
        """Radians at each phase, blurred."""
        return self.exact(side.angles.get(key, default), phase) + self.offset(key, phase)

    def direction(self, stations: tuple[tuple[float, float], ...], phase: Array) -> Array:
        """(T, 3) unit directions at each phase, blurred."""
        variety = self._scene.variety
        keys = np.array([_direction(*station) for station in stations])
        keys = (
            keys
            + self._rng.normal(0, SPREAD_DIRECTION * variety, 3)
            + self._rng.normal(0, SPREAD_DIRECTION / 2 * variety, keys.shape)
        )
        sway = wander(len(phase), self._scene.rate_hz, 0.05 * self._loose, (3,), self._rng)
        alone = self._own.normal(0, 0.06 * variety, 3) if self._own is not None else 0.0
        mixed = station_at(keys, phase, self._wrap) + sway + alone
        return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True))


def _direction(raise_deg: float, plane_deg: float) -> Array:
    """Unit vector outwards, towards the head, to the front, of a limb raised so far in such a plane."""
    (up, plane) = np.deg2rad([raise_deg, plane_deg])
    return np.array([np.sin(up) * np.cos(plane), -np.cos(up), np.sin(up) * np.sin(plane)])


def station_at(stations: Array, phase: Array, wrap: bool) -> Array:
    """Values at phases 0..1 between stations (K, ...) evenly spaced, and a little beyond the first and the last; `wrap`
    comes round to the first again."""
    keys = np.concatenate([stations, stations[:1]]) if wrap or len(stations) == 1 else stations
    within = (0.0, 1.0) if wrap else BEYOND
    at = np.clip(phase, *within) * (len(keys) - 1)
    low = np.clip(at.astype(int), 0, len(keys) - 2)
    part = (at - low).reshape(-1, *[1] * (keys.ndim - 1))
    return np.asarray(keys[low] * (1 - part) + keys[low + 1] * part)
