"""Turn windows into channels that hardly depend on the camera, the body's size and its place in the room.

The body is turned about the vertical until it faces forward and is measured in trunk lengths; mirroring a body swaps
the left and right channels and changes no other. What depends on unknown landmarks is NaN. Shapes: (N, T, channels).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.recognize.windows import ANKLE, ELBOW, FINGER, HIP, KNEE, NOSE, SHOULDER, TOE, WRIST, Windows
from pipeline.values import Floats

BONES = ((SHOULDER, ELBOW), (ELBOW, WRIST), (HIP, KNEE), (KNEE, ANKLE), (ANKLE, TOE))
CORNERS = ((SHOULDER, ELBOW, WRIST), (HIP, SHOULDER, ELBOW), (SHOULDER, HIP, KNEE), (HIP, KNEE, ANKLE))
FARTHEST = 6.0  # trunk lengths: no part of a body is farther away, so larger values are tracking errors


@dataclass(frozen=True, slots=True, eq=False)
class Channels:
    """centre (N, T, C): channels of the whole body; left and right (N, T, D): those of its sides, outwards positive."""

    centre: Floats
    left: Floats
    right: Floats


def channels(windows: Windows) -> Channels:
    """The channels of each frame of each window."""
    body = _facing_forward(windows.world_m)
    picture = windows.image_px * np.array([1, -1], np.float32)
    metres = _in_metres(picture, windows.world_m)
    return Channels(
        _clean(_centre(body, picture, metres)),
        _clean(_side(body, picture, metres, 0)),
        _clean(_side(body, picture, metres, 1)),
    )


def _facing_forward(world_m: Floats) -> Floats:
    """x to the body's left, y up, z to its front, in trunk lengths, the hips' middle at the origin."""
    trunk = np.median(np.linalg.norm(_middle(world_m, SHOULDER), axis=-1), axis=1)
    across = world_m[:, :, SHOULDER] - world_m[:, :, SHOULDER + 1] + world_m[:, :, HIP] - world_m[:, :, HIP + 1]
    level = _unit(np.median(across, axis=1)[:, [0, 2]])
    cos, sin = level[:, None, None, 0], level[:, None, None, 1]
    x, y, z = world_m[..., 0], world_m[..., 1], world_m[..., 2]
    turned = np.stack([x * cos + z * sin, -y, x * sin - z * cos], axis=-1)
    return np.asarray(turned / np.maximum(trunk, 0.15)[:, None, None, None], np.float32)


def _in_metres(picture: Floats, world_m: Floats) -> Floats:
    """The picture in metres (limbs are as long in it as in the body), from where the hips are most of the time."""
    pairs = [(a + side, b + side) for a, b in BONES[:4] for side in (0, 1)]
    pixels = np.nansum([np.linalg.norm(picture[:, :, a] - picture[:, :, b], axis=-1) for a, b in pairs], axis=0)
    metres = np.nansum([np.linalg.norm(world_m[:, :, a, :2] - world_m[:, :, b, :2], axis=-1) for a, b in pairs], axis=0)
    scale = np.median((pixels + 1e-3) / (metres + 0.05), axis=1)[:, None, None, None]
    home = np.median(_middle(picture, HIP), axis=1)[:, None, None]
    return np.asarray((picture - home) / scale, np.float32)


def _centre(body: Floats, picture: Floats, metres: Floats) -> Floats:
    trunk, seen = _unit(_middle(body, SHOULDER)), _unit(_middle(picture, SHOULDER) - _middle(picture, HIP))
    hips = _middle(metres, HIP)
    gaps = [np.linalg.norm(body[:, :, j] - body[:, :, j + 1], axis=-1) for j in (ELBOW, WRIST, KNEE, ANKLE)]
    parts = [
        body[:, :, NOSE, 1:],
        np.abs(trunk[..., :1]),
        trunk[..., 1:],
        np.abs(trunk[..., 2:]),
        np.abs(seen[..., :1]),
        seen[..., 1:],
        np.abs(hips[..., :1]),
        hips[..., 1:],
        metres[:, :, NOSE, 1:],
        np.stack(gaps, axis=-1),
    ]
    return np.concatenate(parts, axis=-1)


def _side(body: Floats, picture: Floats, metres: Floats, side: int) -> Floats:
    outwards = np.array([1 - 2 * side, 1, 1], np.float32)
    bones = [_unit(body[:, :, b + side] - body[:, :, a + side]) * outwards for a, b in BONES]
    drawn = [_unit(picture[:, :, b + side] - picture[:, :, a + side]) for a, b in BONES]
    wrist = body[:, :, WRIST + side]
    others = (NOSE, SHOULDER + side, SHOULDER + 1 - side, HIP + side, KNEE + side, ANKLE + side)
    parts = [
        *(body[:, :, joint + side] * outwards for joint in (ELBOW, WRIST, FINGER, KNEE, ANKLE, TOE)),
        body[:, :, SHOULDER + side, 1:],
        *bones[:2],
        *(bone[..., 1:] for bone in bones[2:]),
        *(bone[..., 1:] for bone in drawn),
        *(
            _cosine(points, *(joint + side for joint in corner))[..., None]
            for points in (body, picture)
            for corner in CORNERS
        ),
        *(np.linalg.norm(wrist - body[:, :, joint], axis=-1, keepdims=True) for joint in others),
        *(metres[:, :, joint + side, 1:] for joint in (WRIST, KNEE, ANKLE)),
        _turn(body)[..., None] * outwards[0],
        (body[:, :, SHOULDER, 1:2] - body[:, :, SHOULDER + 1, 1:2]) * outwards[0],
    ]
    return np.concatenate(parts, axis=-1)


def _turn(body: Floats) -> Floats:
    """Sine of the rotation about the vertical from the hips' line to the shoulders'."""
    upper, lower = (_unit((body[:, :, j] - body[:, :, j + 1])[..., [0, 2]]) for j in (SHOULDER, HIP))
    return np.asarray(upper[..., 1] * lower[..., 0] - upper[..., 0] * lower[..., 1])


def _cosine(points: Floats, a: int, corner: int, b: int) -> Floats:
    first, second = (_unit(points[:, :, end] - points[:, :, corner]) for end in (a, b))
    return np.asarray((first * second).sum(axis=-1))


def _middle(points: Floats, joint: int) -> Floats:
    return np.asarray((points[:, :, joint] + points[:, :, joint + 1]) / 2)


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-4), np.float32)


def _clean(values: Floats) -> Floats:
    return np.clip(values, -FARTHEST, FARTHEST).astype(np.float32)
