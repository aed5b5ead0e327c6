"""Simulated clips for the counter: takes filmed by a hand-held phone, with MediaPipe's faults, cut anywhere.

    drawn_clip(rng) -> SimulatedClip(track, cycles, reps, reps_with_edges)

About a quarter have nothing to count: holds, walking, restlessness, getting into place. The others have a set with
whatever may come before and after, begin or end in mid-repetition at times, lose the body, change the camera.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.catalogue import Exercise
from pipeline.catalogue.load import exercises
from pipeline.learn.counter.takes import (
    RATE_HZ,
    Take,
    any_exercise,
    joined,
    rest_take,
    restless_take,
    set_take,
    walking_take,
    wandering,
)
from pipeline.learn.simulate.body import ANKLE, HIP, SHOULDER, WRIST, Body, place
from pipeline.learn.simulate.camera import MEDIAPIPE_AXES, Camera
from pipeline.learn.simulate.faults import ARM, LEG, Faults, spoil
from pipeline.values import Array, PoseTrack

_BAR_M, _BENCH_M = 2.1, 0.45
_LONGEST_S: Final = 45.0
_EDGE_SHARE: Final = 0.3  # a repetition of which less is in the picture is not seen as one


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedClip:
    """A track, its complete cycles and those that the clip's ends cut (N, 3 each: seconds), and both ways to count."""

    track: PoseTrack
    cycles: Array
    edges: Array
    reps: int
    reps_with_edges: int


def drawn_clip(rng: np.random.Generator, idle_share: float = 0.25) -> SimulatedClip:
    """A random clip; idle_share of them have nothing to count."""
    take = joined(_idle_takes(rng) if rng.random() < idle_share else _set_takes(rng), rng)
    first, last = _cut(take, rng)
    inside = (take.cycles[:, 0] >= first) & (take.cycles[:, 2] <= last)
    seen = np.minimum(take.cycles[:, 2], last) - np.maximum(take.cycles[:, 0], first)
    edges = ~inside & (seen > _EDGE_SHARE * (take.cycles[:, 2] - take.cycles[:, 0]))
    track = _filmed(take, first, last, rng)
    reps = int(inside.sum())
    cycles_s = (take.cycles - first) / RATE_HZ
    return SimulatedClip(track, cycles_s[inside], cycles_s[edges], reps, reps + int(edges.sum()))


def _set_takes(rng: np.random.Generator) -> list[Take]:
    exercise = _countable(rng)
    reps = int(np.clip(np.round(np.exp(rng.uniform(0, np.log(16)))), 1, 16))
    before, after = _set_up(rng), _set_up(rng)[::-1]
    takes = [*before, set_take(exercise, reps, rng), *after]
    return takes if rng.random() < 0.5 else [set_take(exercise, reps, rng)]


def _set_up(rng: np.random.Generator) -> list[Take]:
    """What comes before a set, from far to near; reversed, what comes after it."""
    found: list[Take] = []
    if rng.random() < 0.3:
        found.append(walking_take(rng.uniform(0.8, 4), rng))
    if rng.random() < 0.25:
        found.append(restless_take(any_exercise(rng), rng.uniform(0.8, 4), rng))
    found += [rest_take(any_exercise(rng), rng.uniform(0.1, 1.5), rng) for _ in range(int(rng.integers(0, 3)))]
    return found


def _idle_takes(rng: np.random.Generator) -> list[Take]:
    kind = rng.random()
    if kind < 0.35:
        held = [rest_take(any_exercise(rng), rng.uniform(2, 15), rng)]
        return [*_set_up(rng), *held, *_set_up(rng)] if rng.random() < 0.6 else held
    if kind < 0.6:
        return [restless_take(any_exercise(rng), rng.uniform(2, 12), rng)]
    if kind < 0.8:
        return [walking_take(rng.uniform(2, 8), rng), *_set_up(rng)]
    return [rest_take(any_exercise(rng), rng.uniform(0.2, 4), rng) for _ in range(int(rng.integers(2, 6)))]


def _countable(rng: np.random.Generator) -> Exercise:
    countable = [exercise for exercise in exercises().values() if exercise.kind == "reps"]
    often = np.array([2.0**exercise.commonness for exercise in countable])  # a step of commonness is twice as often
    return countable[int(rng.choice(len(countable), p=often / often.sum()))]


def _cut(take: Take, rng: np.random.Generator) -> tuple[int, int]:
    """(first, last) frames kept: all, or cut within movements."""
    last = take.frames - 1
    first = int(rng.integers(0, last // 4 + 1)) if rng.random() < 0.3 else 0
    if rng.random() < 0.3:
        last -= int(rng.integers(0, last // 4 + 1))
    return first, min(last, first + round(_LONGEST_S * RATE_HZ))


def _filmed(take: Take, first: int, last: int, rng: np.random.Generator) -> PoseTrack:
    points = _in_room(take, Body.drawn(rng))[first : last + 1]
    camera = Camera.drawn(rng)
    world, image = _seen(points, camera, rng)
    if rng.random() < 0.06 and len(points) > 60:
        at = int(rng.integers(20, len(points) - 20))
        other_world, other_image = _seen(points, replace(camera, yaw_deg=camera.yaw_deg + rng.uniform(-120, 120)), rng)
        world[at:], image[at:] = other_world[at:], other_image[at:]
    visibility = _visibility(world, image, camera, rng)
    _lose_body(image, world, rng)
    times_s = np.arange(len(points)) / RATE_HZ
    return PoseTrack(times_s, image, world, visibility, camera.width_px, camera.height_px)


def _in_room(take: Take, body: Body) -> Array:
    """(T, 33, 3) metres: the body turned by its heading and put where its anchors hold it."""
    points = place(take.posture, body)
    cos, sin = np.cos(take.heading)[:, None], np.sin(take.heading)[:, None]
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    points = np.stack([x * cos + z * sin, y, z * cos - x * sin], axis=-1)
    ankles, wrists = points[:, ANKLE : ANKLE + 2].mean(axis=1), points[:, WRIST : WRIST + 2].mean(axis=1)
    floor = -points[..., 1].min(axis=1)
    places = np.stack([-ankles, -wrists, -wrists, np.zeros_like(ankles)], axis=1)
    places[..., 1] = np.stack([floor, floor, _BAR_M - wrists[:, 1], np.full(len(points), _BENCH_M)], axis=1)
    path = (places * take.anchors[..., None]).sum(axis=1)
    ahead = np.concatenate([[0.0], np.diff(take.travel)])
    path[:, 0] += np.cumsum(ahead * np.sin(take.heading))
    path[:, 2] += np.cumsum(ahead * np.cos(take.heading))
    return np.asarray(points + path[:, None])


def _seen(points: Array, camera: Camera, rng: np.random.Generator) -> tuple[Array, Array]:
    """(world (T, 33, 3), image (T, 33, 2)) as MediaPipe gives them."""
    turned = camera.turned(points)
    hips = turned[:, HIP : HIP + 2].mean(axis=1, keepdims=True)
    world = (turned - hips) * MEDIAPIPE_AXES
    spoiled = spoil(world, RATE_HZ, Faults(), rng)
    shown = turned + (spoiled - world) * MEDIAPIPE_AXES * [1.0, 1.0, 0.0]
    middle = np.median(turned.mean(axis=1), axis=0)
    image = camera.projected(shown - middle)
    shake = rng.uniform(0, 25) * (rng.random() < 0.4)
    image += np.stack([wandering(len(points), rng, 0.8) for _ in range(2)], axis=1)[:, None] * shake
    return spoiled, image


def _visibility(world: Array, image: Array, camera: Camera, rng: np.random.Generator) -> Array:
    """Near limbs are sure, far ones guessed, those outside the picture hardly seen."""
    visibility = np.full(image.shape[:2], rng.uniform(0.9, 0.999))
    apart = float((world[:, SHOULDER, 2] - world[:, SHOULDER + 1, 2]).mean())
    far, hidden = (0 if apart > 0 else 1), min(abs(apart) / 0.35, 1.0)
    for limb in (ARM, LEG):
        visibility[:, [joint + far for joint in limb]] *= 1 - hidden * rng.uniform(0.1, 0.9)
    outside = (image < 0).any(axis=2) | (image > [camera.width_px, camera.height_px]).any(axis=2)
    visibility[outside] *= rng.uniform(0.1, 0.6)
    return np.asarray(np.clip(visibility + rng.normal(0, 0.02, visibility.shape), 0, 1))


def _lose_body(image: Array, world: Array, rng: np.random.Generator) -> None:
    for _ in range(int(rng.integers(0, 4)) if rng.random() < 0.2 else 0):
        start = int(rng.integers(0, len(image)))
        stop = start + int(rng.integers(1, 25))
        if stop - start < len(image) // 2:
            image[start:stop], world[start:stop] = np.nan, np.nan
