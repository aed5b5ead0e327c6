"""From what a movement says of angles and hands to where every joint is, for all frames at once.

Axes of the room: x to the athlete's left, y up, z where the athlete faces when upright. Metres, the floor at y = 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from pipeline.values import Array
from tests.athlete.body import Body
from tests.athlete.movements import Limb, Movement

SIDES: tuple[tuple[Limb, float], ...] = (("L", 1.0), ("R", -1.0))
TURNOUT = 0.2  # how far the toes point outwards, as a tangent


class Joint(IntEnum):
    """Rows of `Motion.joints_m`. The right side follows the left one throughout."""

    PELVIS = 0
    WAIST = 1
    CHEST = 2
    HEAD = 3
    L_SHOULDER = 4
    R_SHOULDER = 5
    L_ELBOW = 6
    R_ELBOW = 7
    L_WRIST = 8
    R_WRIST = 9
    L_HAND = 10
    R_HAND = 11
    L_HIP = 12
    R_HIP = 13
    L_KNEE = 14
    R_KNEE = 15
    L_ANKLE = 16
    R_ANKLE = 17
    L_TOE = 18
    R_TOE = 19
    L_HEEL = 20
    R_HEEL = 21


MIRRORED = [0, 1, 2, 3, *(joint ^ 1 for joint in range(4, len(Joint)))]


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """joints_m (T, 22, 3); pelvis, chest, head (T, 3, 3): columns point to the person's left, up and front."""

    joints_m: Array
    pelvis: Array
    chest: Array
    head: Array

    def __len__(self) -> int:
        return len(self.joints_m)


def move(movement: Movement, body: Body, depth: Array, swapped: npt.NDArray[np.bool_]) -> Motion:
    """Every joint at each frame, `depth` (T,) deep in the movement; left and right change places where `swapped`."""
    trunk, curl = movement.at("trunk", depth)[:, 0], movement.at("curl", depth)[:, 0] / 2
    pelvis, chest = pitched(trunk - curl), pitched(trunk + curl)
    head = pitched(trunk + curl + movement.at("nod", depth)[:, 0])
    joints = np.zeros((len(depth), len(Joint), 3))
    _set_spine(joints, body, pelvis, chest, head)
    for limb, sign in SIDES:
        _set_leg(joints, movement, body, limb, sign, depth)
    joints += _root(joints, movement, body, depth)[:, None, :]
    for limb, sign in SIDES:
        _set_arm(joints, movement, body, chest, limb, sign, depth)
    mirrored = joints[:, MIRRORED] * [-1.0, 1.0, 1.0]
    return Motion(np.where(swapped[:, None, None], mirrored, joints), pelvis, chest, head)


def unit(vectors: Array) -> Array:
    """The same directions with length 1 along the last axis."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9))


def pitched(angle_deg: Array) -> Array:
    """(T, 3, 3) axes of a part that leans forward by `angle_deg`: 0 upright, 90 face down, -90 on the back."""
    angle = np.deg2rad(angle_deg)
    cos, sin, zero = np.cos(angle), np.sin(angle), np.zeros_like(angle)
    columns = [np.stack(column, axis=-1) for column in ((zero + 1, zero, zero), (zero, cos, sin), (zero, -sin, cos))]
    return np.stack(columns, axis=-1)


def downward(angle_deg: Array) -> Array:
    """(T, 3) directions in the plane of walking: 0 straight down, 90 forward, 180 up."""
    angle = np.deg2rad(angle_deg)
    return np.stack([np.zeros_like(angle), -np.cos(angle), np.sin(angle)], axis=-1)


def bend(start: Array, end: Array, first_m: float, second_m: float, pole: Array) -> tuple[Array, Array]:
    """(middle, end) of two bones from `start` towards `end`, bent to the side of `pole` (all (T, 3)).

    Where the target is out of reach the bones lie almost straight and end short of it.
    """
    reach = np.linalg.norm(end - start, axis=-1, keepdims=True)
    axis = (end - start) / np.maximum(reach, 1e-9)
    reach = np.clip(reach, abs(first_m - second_m) * 1.001, (first_m + second_m) * 0.9995)
    along = (first_m**2 - second_m**2 + reach**2) / (2 * reach)
    side = unit(pole - axis * np.sum(pole * axis, axis=-1, keepdims=True))
    return start + axis * along + side * np.sqrt(np.maximum(first_m**2 - along**2, 0)), start + axis * reach


def _set_spine(joints: Array, body: Body, pelvis: Array, chest: Array, head: Array) -> None:
    """Hips in the middle of the room; everything above them."""
    joints[:, Joint.WAIST] = 0.4 * body.trunk_m * pelvis[:, :, 1]
    joints[:, Joint.CHEST] = joints[:, Joint.WAIST] + 0.6 * body.trunk_m * chest[:, :, 1]
    neck = unit(0.6 * chest[:, :, 1] + head[:, :, 1])
    joints[:, Joint.HEAD] = joints[:, Joint.CHEST] + body.neck_m * neck
    joints[:, Joint.L_HIP] = body.hip_half_width_m * pelvis[:, :, 0]
    joints[:, Joint.R_HIP] = -joints[:, Joint.L_HIP]


def _set_leg(joints: Array, movement: Movement, body: Body, limb: Limb, sign: float, depth: Array) -> None:
    """Knee and ankle with exactly the knee angle that the data say, the foot `stance` beside the middle."""
    hip = joints[:, Joint[f"{limb}_HIP"]]
    thigh, shin = (downward(movement.at(name, depth, limb)[:, 0]) for name in ("thigh", "shin"))
    leg = thigh * body.thigh_m + shin * body.shin_m
    aside = sign * movement.at("stance", depth, limb)[:, 0] * body.stature_m - hip[:, 0]
    shortened = np.sqrt(1 - np.minimum((aside / np.linalg.norm(leg, axis=-1)) ** 2, 0.9))
    ankle = hip + leg * shortened[:, None]
    ankle[:, 0] += aside
    outward = np.tan(np.deg2rad(movement.at("knees", depth, limb))) * [sign, 0.0, 0.0]
    knee, ankle = bend(hip, ankle, body.thigh_m, body.shin_m, unit(np.cross(shin, [1.0, 0.0, 0.0])) + outward)
    joints[:, Joint[f"{limb}_KNEE"]], joints[:, Joint[f"{limb}_ANKLE"]] = knee, ankle
    _set_foot(joints, body, limb, sign, movement.at("foot", depth, limb)[:, 0])


def _set_foot(joints: Array, body: Body, limb: Limb, sign: float, angle_deg: Array) -> None:
    forward = unit(downward(angle_deg) + np.array([sign * TURNOUT, 0.0, 0.0]))
    sole = joints[:, Joint[f"{limb}_ANKLE"]] + downward(angle_deg - 90) * (body.ankle_height_m - body.sole_m)
    joints[:, Joint[f"{limb}_TOE"]] = sole + forward * body.foot_m
    joints[:, Joint[f"{limb}_HEEL"]] = sole - forward * body.heel_m


def _root(joints: Array, movement: Movement, body: Body, depth: Array) -> Array:
    """(T, 3) where the middle of the hips is: given outright, or such that the anchor joint is at its place."""
    place = movement.at("place", depth) * body.stature_m
    root = np.stack([np.zeros(len(depth)), place[:, 0], place[:, 1]], axis=-1)
    if movement.anchor != "hips":
        root[:, 1:] -= joints[:, Joint[movement.anchor], 1:]
    return root


def _set_arm(
    joints: Array, movement: Movement, body: Body, chest: Array, limb: Limb, sign: float, depth: Array
) -> None:
    mirror = np.array([sign, 1.0, 1.0])
    upper = unit(movement.at("upper", depth, limb) * mirror)
    if not movement.plumb:
        upper = np.einsum("tij,tj->ti", chest, upper)
    shoulder = _shoulder(joints, body, chest, sign, upper)
    if movement.says("hands"):
        elbow, wrist = bend(shoulder, _grip(joints, movement, body, chest, depth, mirror), *body.arm_m, upper)
    else:
        fore = unit(movement.at("fore", depth, limb) * mirror)
        elbow = shoulder + body.upper_arm_m * upper
        wrist = elbow + body.forearm_m * (fore if movement.plumb else np.einsum("tij,tj->ti", chest, fore))
    fingers = movement.at("fingers", depth, limb) * mirror if movement.says("fingers") else wrist - elbow
    hand = wrist + (0.5 if movement.fist else 0.8) * body.hand_m * unit(fingers)
    for name, point in (("SHOULDER", shoulder), ("ELBOW", elbow), ("WRIST", wrist), ("HAND", hand)):
        joints[:, Joint[f"{limb}_{name}"]] = point


def _shoulder(joints: Array, body: Body, chest: Array, sign: float, upper: Array) -> Array:
    """The shoulder joint, which rises with a raised arm (scapular elevation, some 5 cm overhead)."""
    raised = np.clip(np.einsum("ti,ti->t", upper, chest[:, :, 1]) + 0.3, 0, 1.3)
    lift = 0.023 * body.stature_m * raised[:, None] * chest[:, :, 1]
    return np.asarray(joints[:, Joint.CHEST] + sign * body.shoulder_half_width_m * chest[:, :, 0] + lift)


def _grip(joints: Array, movement: Movement, body: Body, chest: Array, depth: Array, mirror: Array) -> Array:
    """(T, 3) where the wrist has to be."""
    hands = movement.at("hands", depth) * mirror * body.stature_m
    if movement.frame == "room":
        return hands
    return np.asarray(joints[:, Joint.CHEST] + np.einsum("tij,tj->ti", chest, hands))
