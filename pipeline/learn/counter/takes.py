"""What happens in a simulated clip, one take after another: getting into place, a set, a rest, walking off.

A take is a stretch of postures with its own place in the room; takes are joined by a smooth movement from the last
posture of one to the first of the next, as people move. The true repetitions are recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from pipeline.catalogue import Exercise, Movement
from pipeline.catalogue.load import exercises
from pipeline.learn.simulate.body import Body, Posture
from pipeline.learn.simulate.camera import Camera
from pipeline.learn.simulate.rhythm import Rhythm
from pipeline.learn.simulate.track import Scene, draw_movement, play
from pipeline.values import Array, Indices

RATE_HZ: Final = 30.0
ANCHORS: Final = ("feet", "hands", "bar", "bench")  # what stays put: columns of Take.anchors
_UNIT_VECTORS: Final = ("upper_arm", "forearm")
_CONSTANT: Final = ("roll", "plumb", "head_tilt")
_LONGEST_MID_S: Final = 2.0  # nobody takes longer from one thing to the next without it being a thing of its own


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """posture, T frames at RATE_HZ; anchors (T, 4) shares of `ANCHORS`; cycles (N, 3) frames at which a repetition
    starts, turns and ends; heading (T,) radians and travel (T,) metres ahead, of a body that walks."""

    posture: Posture
    anchors: Array
    cycles: Array
    heading: Array
    travel: Array

    @property
    def frames(self) -> int:
        return len(self.posture.trunk)


def set_take(exercise: Exercise, reps: int, rng: np.random.Generator) -> Take:
    """A set of so many repetitions, every one a little different, slower and slower at times."""
    movement = draw_movement(exercise, rng)
    phase, number, cycles = _rhythm(movement, reps, rng)
    return _played(movement, phase, number, cycles, rng)


def rest_take(exercise: Exercise, seconds: float, rng: np.random.Generator) -> Take:
    """Any station of one of the exercise's movements, stayed in: a hold, or a stop on the way into place."""
    frames = max(4, round(seconds * RATE_HZ))
    phase = float(rng.choice([0.0, 0.0, 0.5, 1.0])) + wandering(frames, rng, 1.5) * 0.03
    return _played(draw_movement(exercise, rng), phase, np.zeros(frames, dtype=int), np.zeros((0, 3)), rng)


def walking_take(seconds: float, rng: np.random.Generator) -> Take:
    """Walking some way: no repetitions, whatever the legs do."""
    frames = max(8, round(seconds * RATE_HZ))
    phase = (1 - np.cos(2 * np.pi * np.arange(frames) / RATE_HZ / rng.uniform(0.9, 1.5))) / 2
    movement = Movement.parse(exercises()["no_exercise"].movements[0])
    take = _played(movement, phase, np.zeros(frames, dtype=int), np.zeros((0, 3)), rng)
    heading = rng.uniform(-np.pi, np.pi) + np.cumsum(wandering(frames, rng, 2.0) * 0.02)
    return replace(take, heading=heading, travel=np.arange(frames) / RATE_HZ * rng.uniform(0.4, 1.3))


def restless_take(exercise: Exercise, seconds: float, rng: np.random.Generator) -> Take:
    """Limbs that move without any rhythm: gesturing, balancing, adjusting, looking for the phone."""
    take = rest_take(exercise, seconds, rng)
    size, slow_s = rng.uniform(0.1, 0.7), rng.uniform(0.4, 1.5)

    def aimless(shape: tuple[int, ...]) -> Array:
        ways = [wandering(take.frames, rng, slow_s) for _ in range(int(np.prod(shape)))]
        return np.stack(ways, axis=1).reshape((take.frames, *shape)) * size

    posture = take.posture
    arms: dict[str, Any] = {name: _unit(getattr(posture, name) + aimless((2, 3))) for name in _UNIT_VECTORS}
    legs, trunk = rng.uniform(0, 0.5), rng.uniform(0, 0.4)
    moved = replace(
        posture,
        side_lean=posture.side_lean + aimless((1,))[:, 0] * trunk,
        trunk=posture.trunk + aimless((1,))[:, 0] * trunk,
        thigh=posture.thigh + aimless((2,)) * legs,
        shin=posture.shin + aimless((2,)) * legs,
        **arms,
    )
    return replace(take, posture=moved)


def joined(takes: Sequence[Take], rng: np.random.Generator) -> Take:
    """One take after another with a smooth way between; places, headings and travels are blended likewise."""
    whole = takes[0]
    for take in takes[1:]:
        between_s = float(np.exp(rng.uniform(np.log(0.3), np.log(_LONGEST_MID_S))))
        whole = _join(whole, take, max(3, round(between_s * RATE_HZ)))
    return whole


def any_exercise(rng: np.random.Generator) -> Exercise:
    """One of the catalogue's, each as likely."""
    return list(exercises().values())[int(rng.integers(len(exercises())))]


def wandering(frames: int, rng: np.random.Generator, slow_s: float) -> Array:
    """(T,) smooth aimless noise of about unit size, with a knot every `slow_s` on average."""
    knots = np.sort(rng.uniform(0, frames, max(2, round(frames / RATE_HZ / slow_s))))
    at = np.concatenate([[0], knots, [frames]])
    values = rng.normal(0, 1, len(at))
    right = np.clip(np.searchsorted(at, np.arange(frames), side="right"), 1, len(at) - 1)
    part = (np.arange(frames) - at[right - 1]) / np.maximum(at[right] - at[right - 1], 1e-6)
    return np.asarray(values[right - 1] + (values[right] - values[right - 1]) * part * part * (3 - 2 * part))


def _played(movement: Movement, phase: Array, number: Indices, cycles: Array, rng: np.random.Generator) -> Take:
    times_s = np.arange(len(phase)) / RATE_HZ
    posture = play(movement, Scene(times_s, Rhythm(phase, number), Body(), Camera(), faults=None), rng)
    anchors = np.tile(np.eye(len(ANCHORS))[ANCHORS.index(_anchor(movement, posture))], (len(phase), 1))
    return Take(posture, anchors, cycles, np.zeros(len(phase)), np.zeros(len(phase)))


def _anchor(movement: Movement, posture: Posture) -> str:
    lying = float(np.median(np.abs(posture.trunk))) > np.radians(50)
    if movement.anchor == "hands":
        return "hands" if lying else "bar"
    return "bench" if movement.anchor == "hips" and float(np.median(posture.trunk)) < np.radians(-50) else "feet"


def _rhythm(movement: Movement, reps: int, rng: np.random.Generator) -> tuple[Array, Indices, Array]:
    """(phase (T,), number (T,), cycles (N, 3)) of a person's set: uneven, with pauses and rests, tiring."""
    typical_s = float(np.exp(rng.uniform(*np.log(movement.seconds))))
    quick = 0.2 if movement.seconds[1] < 1.8 else 1.0
    going = rng.uniform(0.35, 0.65)
    pause, rest = (rng.uniform(0, most) * quick * (rng.random() < 0.5) for most in (0.3, 0.5))
    tired, uneven, ease = rng.uniform(0, 0.8) * (rng.random() < 0.4), rng.uniform(0.02, 0.15), rng.uniform(0.8, 1.3)
    long_rest = int(rng.integers(reps)) if rng.random() < 0.12 else -1
    low, high = rng.uniform(-0.03, 0.1), rng.uniform(0.7, 1.05)
    parts, cycles, at = [], [], 0
    for index in range(reps):
        length_s = typical_s * np.exp(rng.normal(0, uneven)) * (1 + tired * index / reps)
        rest_s = length_s * rest * np.exp(rng.normal(0, 0.3)) + (rng.uniform(1, 5) if index == long_rest else 0)
        seconds = (length_s * going, length_s * pause, length_s * (1 - going), rest_s)
        there, stay, back, still = (round(part * RATE_HZ) for part in seconds)
        there, back = max(there, 3), max(back, 3)
        reach = high * np.exp(rng.normal(0, 0.05)) - low
        way = np.concatenate([_eased(there, ease), np.ones(stay), _eased(back, ease)[::-1], np.zeros(still)])
        if movement.mode == "cycle":
            way = np.concatenate([np.linspace(0, 1, there + stay + back, endpoint=False), np.zeros(still)])
        parts.append(way if movement.mode == "cycle" else low + way * reach)
        cycles.append((at, at + there + stay / 2, at + there + stay + back))
        at += len(way)
    number = np.repeat(np.arange(reps), [len(part) for part in parts])
    return np.concatenate(parts), number, np.array(cycles, dtype=np.float64)


def _eased(frames: int, ease: float) -> Array:
    share = np.linspace(0, 1, frames, endpoint=False) ** ease
    return np.asarray(share**2 * (3 - 2 * share))


def _join(first: Take, second: Take, frames: int) -> Take:
    part = (np.arange(1, frames + 1) / (frames + 1))[:, None]
    part = part * part * (3 - 2 * part)

    def between(before: Array, after: Array) -> Array:
        one, other = before[-1].reshape(1, -1), after[0].reshape(1, -1)
        middle = (one * (1 - part) + other * part).reshape(frames, *before.shape[1:])
        return np.concatenate([before, middle, after])

    values: dict[str, Any] = {
        field.name: between(getattr(first.posture, field.name), getattr(second.posture, field.name))
        for field in fields(Posture)
        if field.name not in _CONSTANT
    }
    for name in _UNIT_VECTORS:
        values[name] = _unit(values[name])
    offset = float(first.travel[-1])
    return Take(
        replace(first.posture, **values),
        between(first.anchors, second.anchors),
        np.concatenate([first.cycles, second.cycles + first.frames + frames]),
        between(first.heading, second.heading),
        between(first.travel, second.travel + offset),
    )


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-9))
