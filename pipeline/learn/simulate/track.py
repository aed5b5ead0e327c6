"""Simulate the track of a catalogue movement: an athlete in front of a phone, whose truth is known.

    stations (the catalogue's data) -> rhythm -> posture -> body -> camera -> MediaPipe's errors -> PoseTrack

The recogniser is trained on these; tests use them as stick figures (`variety=0` and no errors: the textbook movement).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.catalogue import Exercise, Movement
from pipeline.learn.simulate.body import ANKLE, HIP, TOE, WRIST, place
from pipeline.learn.simulate.camera import MEDIAPIPE_AXES
from pipeline.learn.simulate.faults import spoil, wander
from pipeline.learn.simulate.play import play, station_at
from pipeline.learn.simulate.scene import Scene
from pipeline.photo import looks
from pipeline.values import Array, PoseTrack

__all__ = ["MIRROR", "Scene", "draw_movement", "play", "simulate", "textbook"]

MIRROR: Final = np.array(looks.MIRROR)


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


def _hip_path(points: Array, movement: Movement, phase: Array) -> Array:
    """(T, 3) metres that the hips move so that what the movement is anchored on stays put."""
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
        path[:, 1] = -points[..., 1].min(axis=1) + _metres("hop", movement, phase)
    path[:, 2] += _metres("travel", movement, phase)
    return np.asarray(path - np.median(path, axis=0))


def _metres(key: str, movement: Movement, phase: Array) -> Array:
    return station_at(np.array(movement.limbs.angles.get(key, (0.0,))), phase, movement.mode == "cycle")


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
