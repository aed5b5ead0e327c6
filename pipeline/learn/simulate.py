"""A catalogue movement played by a simulated athlete in front of a simulated phone: tracks whose truth is known.

    stations (the catalogue's data) -> rhythm -> posture -> body -> camera -> MediaPipe's faults -> PoseTrack

The recogniser learns from these; tests use them as stick figures (`variety=0` and no faults: the textbook movement).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.catalogue import Exercise, Movement
from pipeline.catalogue.load import held_arms, held_legs
from pipeline.catalogue.movement import Limbs
from pipeline.learn.simulate_body import ANKLE, HIP, TOE, WRIST, Body, Posture, place
from pipeline.learn.simulate_camera import MEDIAPIPE_AXES, Camera
from pipeline.learn.simulate_faults import Faults, spoil, wander
from pipeline.learn.simulate_rhythm import Ints, Rhythm
from pipeline.values import LANDMARKS, Array, PoseTrack

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
USUAL_FAULTS: Final = Faults()
SPREAD_DIRECTION: Final = 0.1  # of a unit vector: about 6 degrees
FOOT_SLOPE_DEG: Final = 26.0  # from ankle to toe, below the sole's direction
MIRROR: Final = np.array([0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(n + 1 if n % 2 else n - 1 for n in range(11, LANDMARKS))])


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything about one simulated set but the movement. variety 1 blurs as people differ, 0 is the textbook."""

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
        """Somebody, somewhere, filmed by whatever camera: the recogniser's schoolbook."""
        times_s = np.arange(count) / rate_hz
        rhythm = (
            Rhythm.held(count)
            if movement.mode == "hold"
            else Rhythm.drawn(times_s, movement.seconds, rng, movement.mode == "cycle")
        )
        return cls(times_s, rhythm, Body.drawn(rng), Camera.drawn(rng), faults, mirrored=bool(rng.random() < 0.5))

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


def simulate(movement: Movement, scene: Scene, rng: np.random.Generator) -> PoseTrack:
    """The track that MediaPipe would give of this movement in this scene."""
    posture = play(movement, scene, rng)
    points = place(posture, scene.body)
    path = (
        _hip_path(points, movement, scene.rhythm.phase)
        + wander(len(points), scene.rate_hz, 0.01, (3,), rng) * scene.variety
    )
    if scene.mirrored:
        points, path = points[:, MIRROR] * [-1.0, 1.0, 1.0], path * [-1.0, 1.0, 1.0]
    return _film(points, path, scene, rng)


def textbook(exercise: Exercise, variant: int = 0, **scene: float) -> PoseTrack:
    """The exercise as the catalogue describes it, without blur or faults; keywords are those of Scene.textbook."""
    movement = Movement.parse(exercise.movements[variant])
    return simulate(movement, Scene.textbook(movement, **scene), np.random.default_rng(0))


def draw_movement(exercise: Exercise, rng: np.random.Generator) -> Movement:
    """One of the exercise's variants, by weight."""
    variants = [Movement.parse(table) for table in exercise.movements]
    weights = np.array([variant.weight for variant in variants])
    return variants[int(rng.choice(len(variants), p=weights / weights.sum()))]


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


def _swapped(limbs: list[dict[str, Array]], number: Ints) -> list[dict[str, Array]]:
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
        return _at(np.deg2rad(np.array(stations)), phase, self._wrap)

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
        mixed = _at(keys, phase, self._wrap) + sway + alone
        return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True))


def _direction(raise_deg: float, plane_deg: float) -> Array:
    """Unit vector outwards, towards the head, to the front, of a limb raised so far in such a plane."""
    (up, plane) = np.deg2rad([raise_deg, plane_deg])
    return np.array([np.sin(up) * np.cos(plane), -np.cos(up), np.sin(up) * np.sin(plane)])


def _at(stations: Array, phase: Array, wrap: bool) -> Array:
    """Values at phases 0..1 between stations (K, ...) evenly spaced; `wrap` comes round to the first again."""
    keys = np.concatenate([stations, stations[:1]]) if wrap or len(stations) == 1 else stations
    at = np.clip(phase, 0, 1) * (len(keys) - 1)
    low = np.minimum(at.astype(int), len(keys) - 2)
    part = (at - low).reshape(-1, *[1] * (keys.ndim - 1))
    return np.asarray(keys[low] * (1 - part) + keys[low + 1] * part)


def _hip_path(points: Array, movement: Movement, phase: Array) -> Array:
    """(T, 3) metres that the hips move so that what the movement is anchored on stays put."""
    wrap = movement.mode == "cycle"
    path = np.zeros((len(points), 3))
    held = {
        "feet": [ANKLE, ANKLE + 1],
        "toes": [TOE, TOE + 1],
        "hands": [WRIST, WRIST + 1],
        "standing_foot": [ANKLE + 1],
    }
    if movement.anchor in held:
        path = -points[:, held[movement.anchor]].mean(axis=1)
    if movement.anchor == "floor":
        path[:, 1] = -points[..., 1].min(axis=1) + _at(np.array(movement.limbs.angles.get("hop", (0.0,))), phase, wrap)
    path[:, 2] += _at(np.array(movement.limbs.angles.get("travel", (0.0,))), phase, wrap)
    return np.asarray(path - np.median(path, axis=0))


def _film(points: Array, path: Array, scene: Scene, rng: np.random.Generator) -> PoseTrack:
    seen = scene.camera.turned(points)
    world = seen * MEDIAPIPE_AXES
    spoiled = world if scene.faults is None else spoil(world, scene.rate_hz, scene.faults, rng)
    place_m = scene.camera.turned(path)[:, None] - seen[:, [HIP, HIP + 1]].mean(axis=1, keepdims=True)
    shown = seen + place_m + (spoiled - world) * MEDIAPIPE_AXES * [1.0, 1.0, 0.0]
    shown = shown - shown.mean(axis=(0, 1))
    image_px = scene.camera.projected(shown)
    visibility = np.full(image_px.shape[:2], 0.95)
    return PoseTrack(scene.times_s, image_px, spoiled, visibility, scene.camera.width_px, scene.camera.height_px)
