"""About eighty one-dimensional signals of one movement. Where it repeats, many of them repeat alike.

Joint angles in the picture and in space; heights and distances of body parts; principal components of the pose and of
its changes (the latter ignore slow drift and getting into place), also of the pose without left and right (for
movements that alternate, and for landmarks that mistake one side for the other); and the distance from a reference
pose. A value of 1 is a large movement in each of them: 90 degrees, or a metre of body.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.kinematics import (
    JOINTS,
    LEFT_ANKLE,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_ANKLE,
    RIGHT_ELBOW,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from pipeline.reps.body import MAIN, Body, grid_steps, principal_axes
from pipeline.values import Array

FAMILIES = (
    "component0",
    "component1",
    "change0",
    "change1",
    "unsided0",
    "unsided1",
    "reference",
    "image_angle",
    "world_angle",
    "height",
    "offset",
    "sideways",
    "distance",
)
_CHANGE_S = 0.2  # changes are taken over this time: less than half of the fastest repetition


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """One signal: values (T,); family, one of `FAMILIES`; one_sided where it is of one arm or leg only."""

    name: str
    family: str
    values: Array
    one_sided: bool = False


def signals_of(body: Body) -> list[Signal]:
    """Every signal of the body's movement."""
    return [
        *_angles("image_angle", body.image_angles, body),
        *_angles("world_angle", body.world_angles, body),
        *_heights(body),
        *_distances(body),
        *_components(body),
        *_references(body),
    ]


def _angles(family: str, angles: Array, body: Body) -> list[Signal]:
    found = []
    for index, (joint, sides) in enumerate(JOINTS.items()):
        left, right = angles[:, 2 * index], angles[:, 2 * index + 1]
        weights = [body.visibility[list(side)].min() + 1e-3 for side in sides]
        both = (weights[0] * left + weights[1] * right) / sum(weights)
        found += [
            Signal(f"{family} {joint} left", family, left, one_sided=True),
            Signal(f"{family} {joint} right", family, right, one_sided=True),
            Signal(f"{family} {joint}", family, both),
        ]
    return found


def _heights(body: Body) -> list[Signal]:
    parts = {
        "shoulder": body.middle(LEFT_SHOULDER),
        "hip": body.middle(LEFT_HIP),
        "wrist": body.middle(LEFT_WRIST),
        "nose": body.points[:, NOSE],
        "knee": body.middle(LEFT_KNEE),
        "ankle": body.middle(LEFT_ANKLE),
        "elbow": body.middle(LEFT_ELBOW),
        "left wrist": body.points[:, LEFT_WRIST],
        "right wrist": body.points[:, RIGHT_WRIST],
    }
    pairs = ("wrist shoulder", "shoulder hip", "knee hip", "hip ankle", "elbow shoulder", "wrist hip")
    heights = [Signal(f"height {name}", "height", parts[name][:, 1]) for name in list(parts)[:6]]
    offsets = [
        Signal(f"offset {pair}", "offset", parts[pair.split()[0]][:, 1] - parts[pair.split()[1]][:, 1])
        for pair in pairs
    ]
    wrists = [
        Signal(f"offset {side} wrist", "offset", (parts[f"{side} wrist"] - parts["shoulder"])[:, 1], one_sided=True)
        for side in ("left", "right")
    ]
    sideways = [Signal(f"sideways {name}", "sideways", parts[name][:, 0]) for name in ("shoulder", "hip")]
    reach = Signal("sideways reach", "sideways", (parts["wrist"] - parts["shoulder"])[:, 0])
    return [*heights, *offsets, *wrists, *sideways, reach]


def _distances(body: Body) -> list[Signal]:
    points, world = body.points, body.world
    shoulder, hip, wrist = (body.middle(left) for left in (LEFT_SHOULDER, LEFT_HIP, LEFT_WRIST))
    knee, ankle = body.middle(LEFT_KNEE), body.middle(LEFT_ANKLE)
    arms = [(LEFT_WRIST, LEFT_SHOULDER), (RIGHT_WRIST, RIGHT_SHOULDER)]
    spans = {
        "wrists": points[:, LEFT_WRIST] - points[:, RIGHT_WRIST],
        "ankles": points[:, LEFT_ANKLE] - points[:, RIGHT_ANKLE],
        "wrist shoulder": wrist - shoulder,
        "wrist hip": wrist - hip,
        "shoulder knee": shoulder - knee,
        "hip ankle": hip - ankle,
        "shoulder ankle": shoulder - ankle,
        "wrist ankle": wrist - ankle,
        "wrists in space": world[:, LEFT_WRIST] - world[:, RIGHT_WRIST],
        "elbows in space": world[:, LEFT_ELBOW] - world[:, RIGHT_ELBOW],
    }
    found = {name: np.linalg.norm(span, axis=1) for name, span in spans.items()}
    found["arms in space"] = np.mean([np.linalg.norm(world[:, a] - world[:, b], axis=1) for a, b in arms], axis=0)
    return [Signal(f"distance {name}", "distance", values) for name, values in found.items()]


def _spaces(body: Body) -> dict[str, Array]:
    """The same pose in four spaces (T, D), every column weighted by its landmark's visibility."""
    main = list(MAIN)
    weight = np.clip(body.visibility[main], 0.1, 1)[:, None] / np.sqrt(len(main))
    hips = body.middle(LEFT_HIP)[:, None]
    frames = len(body.times_s)
    return {
        "picture": (2 * body.points[:, main] * weight).reshape(frames, -1),
        "hips": (2 * (body.points[:, main] - hips) * weight).reshape(frames, -1),
        "world": (2 * body.world[:, main] * weight).reshape(frames, -1),
        "angles": body.image_angles / np.sqrt(body.image_angles.shape[1]),
    }


def _components(body: Body) -> list[Signal]:
    spaces = [signal for name, space in _spaces(body).items() for signal in _along(space, name, "component", "change")]
    return spaces + _along(body.unsided, "unsided", "unsided", "unsided")


def _along(space: Array, name: str, of_pose: str, of_change: str, each: int = 2) -> list[Signal]:
    """The space (T, D) along its own principal axes and along those of its changes, with the families they
    belong to.
    """
    lag = grid_steps(_CHANGE_S)
    centred = space - space.mean(axis=0)
    changes = centred[lag:] - centred[:-lag]
    axes = {("component", of_pose): principal_axes(centred)[:each]}
    if len(changes) >= 3:
        axes["change", of_change] = principal_axes(changes - changes.mean(axis=0))[:each]
    return [
        Signal(f"{kind} {name} {index}", f"{family}{index}", centred @ axis)
        for (kind, family), rows in axes.items()
        for index, axis in enumerate(rows)
    ]


def _references(body: Body) -> list[Signal]:
    spaces = _spaces(body)
    pose = np.concatenate([spaces["hips"], spaces["angles"]], axis=1)
    middle = np.linalg.norm(pose - np.median(pose, axis=0), axis=1)
    farthest = np.linalg.norm(pose - pose[int(middle.argmax())], axis=1)
    first, last = (np.linalg.norm(pose - ends.mean(axis=0), axis=1) for ends in (pose[:3], pose[-3:]))
    named = {"median": middle, "farthest": farthest, "first": first, "last": last}
    return [Signal(f"reference {name}", "reference", values) for name, values in named.items()]
