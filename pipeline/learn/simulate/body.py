"""Place a body of given proportions in a posture: joint positions in MediaPipe's numbering.

Axes of the body's room: x to the athlete's left, y up, z to the front; hips' middle at the origin; metres.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from pipeline.values import LANDMARKS, Array

# How long MediaPipe's world landmarks are beside the lengths below, each over the trunk: medians of development tracks.
SEEN_SHARES = {"upper_arm": 0.83, "forearm": 0.91, "thigh": 0.96, "shin": 0.93, "foot": 0.82}

SIDES = np.array([1.0, -1.0])  # left, right: the sign of "outwards" along x

NOSE, EAR, SHOULDER, ELBOW, WRIST = 0, 7, 11, 13, 15  # the left one; the right one is next
PINKY, INDEX, THUMB, HIP, KNEE, ANKLE, HEEL, TOE = 17, 19, 21, 23, 25, 27, 29, 31


@dataclass(frozen=True, slots=True)
class Body:
    """Lengths in metres. The defaults are an adult of 1.72 m after Drillis and Contini's shares of stature."""

    trunk: float = 0.50
    shoulders: float = 0.36
    hips: float = 0.22
    upper_arm: float = 0.29
    forearm: float = 0.25
    thigh: float = 0.42
    shin: float = 0.40
    foot: float = 0.18
    neck: float = 0.24

    @classmethod
    def drawn(cls, rng: np.random.Generator, variety: float = 1.0) -> Body:
        """A random body: taller or shorter, with its own proportions."""
        size = np.exp(rng.normal(0, 0.07 * variety))
        return cls(**{part.name: part.default * size * np.exp(rng.normal(0, 0.06 * variety)) for part in fields(cls)})

    def as_seen(self) -> Body:
        """This body with limbs of the lengths that MediaPipe reports."""
        return replace(self, **{name: getattr(self, name) * share for name, share in SEEN_SHARES.items()})


@dataclass(frozen=True, slots=True, eq=False)
class Posture:
    """Every frame's posture. Angles in radians; (T,) for the trunk, (T, 2) for left and right limbs.

    thigh, shin and foot are absolute (0 straight down, positive forward). upper_arm and forearm (T, 2, 3) are unit
    directions: outwards, towards the head, to the front of the chest, or of the room where `plumb`. shrug_m (T,).
    """

    trunk: Array
    side_lean: Array
    twist: Array
    roll: float
    thigh: Array
    shin: Array
    foot: Array
    stance: Array
    knees_out: Array
    upper_arm: Array
    forearm: Array
    plumb: bool
    shrug_m: Array
    head_tilt: float


def place(posture: Posture, body: Body) -> Array:
    """Joint positions (T, 33, 3) of `body` in `posture`, the hips' middle at the origin."""
    points = np.zeros((len(posture.trunk), LANDMARKS, 3))
    frame = _trunk_frame(posture)
    neck = frame[:, 1] * (body.trunk + posture.shrug_m)[:, None]
    _place_head(points, neck, frame, posture.head_tilt, body)
    _place_arms(points, neck, frame, posture, body)
    _place_legs(points, posture, body)
    return _rolled(points, posture.roll)


def _trunk_frame(posture: Posture) -> Array:
    """(T, 3, 3): rows are the shoulders' line to the left, up along the trunk, and the front of the chest."""
    sin, cos = np.sin(posture.trunk), np.cos(posture.trunk)
    lean = np.cos(posture.side_lean)
    up = np.stack([np.sin(posture.side_lean), cos * lean, sin * lean], axis=1)
    front = np.cross([1.0, 0.0, 0.0], up)
    front /= np.linalg.norm(front, axis=1, keepdims=True)
    across = np.cross(up, front) * np.cos(posture.twist)[:, None] + front * np.sin(posture.twist)[:, None]
    return np.stack([across, up, np.cross(across, up)], axis=1)


def _place_head(points: Array, neck: Array, frame: Array, tilt: float, body: Body) -> None:
    across, up, front = frame[:, 0], frame[:, 1], frame[:, 2]
    crown, face = up * np.cos(tilt) + front * np.sin(tilt), front * np.cos(tilt) - up * np.sin(tilt)
    reach = body.neck
    spots = {  # landmark: across, along the crown, to the face, as shares of the neck and head
        0: (0, 0.75, 0.5),
        **{number: (0.06 + 0.05 * k, 0.92, 0.42 - 0.04 * k) for k, number in enumerate((1, 2, 3))},
        **{number: (-0.06 - 0.05 * k, 0.92, 0.42 - 0.04 * k) for k, number in enumerate((4, 5, 6))},
        7: (0.3, 0.85, 0.05),
        8: (-0.3, 0.85, 0.05),
        9: (0.1, 0.58, 0.42),
        10: (-0.1, 0.58, 0.42),
    }
    for number, (x, y, z) in spots.items():
        points[:, number] = neck + reach * (x * across + y * crown + z * face)


def _place_arms(points: Array, neck: Array, frame: Array, posture: Posture, body: Body) -> None:
    axes = np.broadcast_to(np.eye(3), frame.shape) if posture.plumb else frame
    for side, sign in enumerate(SIDES):
        mirrored = np.array([sign, 1.0, 1.0])
        upper, fore = (
            np.einsum("ti,tij->tj", part[:, side] * mirrored, axes) for part in (posture.upper_arm, posture.forearm)
        )
        points[:, SHOULDER + side] = neck + frame[:, 0] * sign * body.shoulders / 2
        points[:, ELBOW + side] = points[:, SHOULDER + side] + upper * body.upper_arm
        wrist = points[:, ELBOW + side] + fore * body.forearm
        palm = frame[:, 0] * sign
        for number, along, beside in (
            (WRIST, 0.0, 0.0),
            (PINKY, 0.09, 0.02),
            (INDEX, 0.10, -0.01),
            (THUMB, 0.05, -0.03),
        ):
            points[:, number + side] = wrist + fore * along + palm * beside


def _place_legs(points: Array, posture: Posture, body: Body) -> None:
    for side, sign in enumerate(SIDES):
        stance, out = posture.stance[:, side], posture.knees_out[:, side]
        hip = np.array([sign * body.hips / 2, 0.0, 0.0])
        knee = hip + _leg(posture.thigh[:, side], stance + out, sign) * body.thigh
        ankle = knee + _leg(posture.shin[:, side], stance - out * 0.4, sign) * body.shin
        foot = posture.foot[:, side]
        points[:, HIP + side], points[:, KNEE + side], points[:, ANKLE + side] = hip, knee, ankle
        points[:, TOE + side] = ankle + _leg(foot, stance + 0.15, sign) * body.foot
        points[:, HEEL + side] = ankle + _leg(foot - np.deg2rad(115), stance, sign) * body.foot * 0.4


def _leg(pitch: Array, outwards: Array, sign: float) -> Array:
    """Unit directions (T, 3) of a bone that points straight down at 0."""
    return np.stack([sign * np.sin(outwards), -np.cos(pitch) * np.cos(outwards), np.sin(pitch) * np.cos(outwards)], 1)


def _rolled(points: Array, angle: float) -> Array:
    """Turned about the front-to-back axis of the room: a prone body onto its side."""
    sin, cos = np.sin(angle), np.cos(angle)
    return np.asarray(points @ np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]]))
