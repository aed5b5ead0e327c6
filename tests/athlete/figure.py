"""Flesh on the bones: one moment's joints as shapes, in camera axes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.values import Array
from tests.athlete.body import Body
from tests.athlete.kinematics import Joint, unit
from tests.athlete.materials import Material
from tests.athlete.solids import Cone, Ellipsoid, Solid

Profile = tuple[tuple[float, float], ...]  # (share of the bone, radius in statures), from its upper end down

UPPER_ARM: Profile = ((0.0, 0.0285), (0.35, 0.029), (0.75, 0.0235), (1.0, 0.0225))
FOREARM: Profile = ((0.0, 0.0225), (0.28, 0.0245), (0.7, 0.0185), (1.0, 0.0155))
THIGH: Profile = ((0.0, 0.050), (0.3, 0.0485), (0.72, 0.0375), (1.0, 0.0315))
SHIN: Profile = ((0.0, 0.0305), (0.3, 0.0315), (0.68, 0.0225), (1.0, 0.019))
CLOTH = 0.0035  # how far cloth stands off, in statures


@dataclass(frozen=True, slots=True, eq=False)
class Instant:
    """One person at one moment, in camera axes: joints_m (22, 3); pelvis, chest, head (3, 3) axes in columns."""

    joints_m: Array
    pelvis: Array
    chest: Array
    head: Array
    body: Body
    fist: bool

    def joint(self, joint: Joint) -> Array:
        return np.asarray(self.joints_m[joint])

    @property
    def girth_m(self) -> float:
        """What a radius in statures is multiplied with."""
        return self.body.stature_m * self.body.girth


def figure(person: Instant) -> list[Solid]:
    """The whole person, some eighty shapes."""
    sides = [part for side in ("L", "R") for part in (*_leg(person, side), *_arm(person, side))]
    return [*_torso(person), *sides, *_head(person), *_face(person)]


def _blob(person: Instant, at: Array, axes: Array, half: tuple[float, float, float], material: Material) -> Ellipsoid:
    """An ellipsoid of half axes in statures, thickened by the person's girth."""
    return Ellipsoid(at, axes * (np.array(half) * person.girth_m), material)


def _torso(person: Instant) -> Iterator[Solid]:
    size = person.body.stature_m
    wide = person.body.shoulders
    hips, waist, chest = (person.joint(joint) for joint in (Joint.PELVIS, Joint.WAIST, Joint.CHEST))
    lower, upper = person.pelvis, person.chest
    hips = (person.joint(Joint.L_HIP) + person.joint(Joint.R_HIP)) / 2
    yield _blob(person, hips + lower @ [0, 0.018 * size, -0.004 * size], lower, (0.092, 0.068, 0.062), Material.SHORTS)
    for sign in (-1, 1):
        seat = hips + lower @ np.array([sign * 0.041, -0.012, -0.027]) * size
        yield _blob(person, seat, lower, (0.048, 0.056, 0.048), Material.SHORTS)
    middle = np.column_stack([lower[:, 0], unit(chest - hips), unit(lower[:, 2] + upper[:, 2])])
    yield _blob(person, waist - middle[:, 1] * 0.005 * size, middle, (0.081, 0.125, 0.059), Material.SHIRT)
    ribs = chest + upper @ [0, -0.075 * size, 0.0]
    yield _blob(person, ribs, upper, (0.092 * wide, 0.125, 0.066), Material.SHIRT)
    for sign in (-1, 1):
        breast = chest + upper @ np.array([sign * 0.043 * wide, -0.045, 0.022]) * size
        yield _blob(person, breast, upper, (0.053, 0.05, 0.036), Material.SHIRT)
        blade = chest + upper @ np.array([sign * 0.05 * wide, -0.05, -0.028]) * size
        yield _blob(person, blade, upper, (0.05, 0.065, 0.036), Material.SHIRT)
    base = chest + upper @ [0, 0.024 * size, -0.008 * size]
    for side in ("L", "R"):
        shoulder = person.joint(Joint[f"{side}_SHOULDER"])
        yield Cone(base, shoulder, 0.036 * person.girth_m, 0.031 * person.girth_m, Material.SHIRT)
        ribside = chest + (shoulder - chest) * 0.62 - upper[:, 1] * 0.075 * size
        yield Cone(
            shoulder + (chest - shoulder) * 0.2, ribside, 0.034 * person.girth_m, 0.036 * person.girth_m, Material.SHIRT
        )


def _limb(person: Instant, start: Array, end: Array, profile: Profile, cut: float, cloth: Material) -> Iterator[Cone]:
    """Tapered pieces from start to end: in cloth up to the share `cut`, bare below it."""
    shares = sorted({share for share, _ in profile} | ({cut, cut + 0.001} if 0 < cut < 1 else set()))
    radii = np.interp(shares, [share for share, _ in profile], [radius for _, radius in profile])
    for index in range(len(shares) - 1):
        covered = shares[index] < cut
        stands_off = CLOTH if covered else 0.0
        ends = [start + (end - start) * shares[index + step] for step in (0, 1)]
        first, second = ((radii[index + step] + stands_off) * person.girth_m for step in (0, 1))
        yield Cone(ends[0], ends[1], first, second, cloth if covered else Material.SKIN)


def _leg(person: Instant, side: str) -> Iterator[Solid]:
    hip, knee, ankle, toe, heel = (
        person.joint(Joint[f"{side}_{part}"]) for part in ("HIP", "KNEE", "ANKLE", "TOE", "HEEL")
    )
    look, size = person.body.look, person.body.stature_m
    yield from _limb(person, hip, knee, THIGH, look.trouser, Material.SHORTS)
    yield from _limb(person, knee, ankle, SHIN, max(0.0, (look.trouser - 0.9) * 10) * 0.85, Material.SHORTS)
    back = unit(ankle - knee)
    forward = unit((toe - heel) - back * ((toe - heel) @ back))
    axes = np.column_stack([np.cross(back, forward), back, forward])
    calf = Material.SHORTS if look.trouser > 0.95 else Material.SKIN
    yield _blob(person, knee + (ankle - knee) * 0.3 - forward * 0.011 * size, axes, (0.029, 0.068, 0.027), calf)
    if look.trouser <= 0.95:
        yield Cone(ankle + (knee - ankle) * 0.13, ankle, 0.0222 * size, 0.0215 * size, Material.SOCK)
    yield from _foot(ankle, toe, heel, size)


def _foot(ankle: Array, toe: Array, heel: Array, size: float) -> Iterator[Solid]:
    along = unit(toe - heel)
    up = unit((ankle - heel) - along * ((ankle - heel) @ along))
    ball = heel + (toe - heel) * 0.72
    yield Cone(
        heel + up * 0.012 * size + along * 0.008 * size,
        ankle - up * 0.004 * size,
        0.021 * size,
        0.0235 * size,
        Material.SHOE,
    )
    yield Cone(ankle - up * 0.006 * size, ball + up * 0.006 * size, 0.0235 * size, 0.0195 * size, Material.SHOE)
    yield Cone(
        ball + up * 0.005 * size,
        toe - along * 0.012 * size + up * 0.001 * size,
        0.0205 * size,
        0.014 * size,
        Material.SHOE,
    )
    middle = (heel + toe) / 2 - up * 0.004 * size
    length = float(np.linalg.norm(toe - heel))
    axes = np.column_stack([np.cross(along, up) * 0.026 * size, up * 0.0085 * size, along * (length * 0.56)])
    yield Ellipsoid(middle, axes, Material.SOLE)


def _arm(person: Instant, side: str) -> Iterator[Solid]:
    shoulder, elbow, wrist, hand = (
        person.joint(Joint[f"{side}_{part}"]) for part in ("SHOULDER", "ELBOW", "WRIST", "HAND")
    )
    look, size = person.body.look, person.body.stature_m
    cap = Material.SHIRT if look.sleeve > 0 else Material.SKIN
    axes = np.column_stack([person.chest[:, 0], unit(elbow - shoulder), person.chest[:, 2]])
    yield _blob(person, shoulder + (elbow - shoulder) * 0.1, np.eye(3), (0.034, 0.034, 0.034), cap)
    yield from _limb(person, shoulder, elbow, UPPER_ARM, look.sleeve, Material.SHIRT)
    yield from _limb(person, elbow, wrist, FOREARM, 0.0, Material.SHIRT)
    yield from _hand(wrist, hand, axes, size, person.fist)


def _hand(wrist: Array, hand: Array, axes: Array, size: float, fist: bool) -> Iterator[Solid]:
    along = unit(hand - wrist)
    across = unit(np.cross(along, axes[:, 2]) + 1e-6)
    palm = np.column_stack([across, along, np.cross(across, along)])
    if fist:
        yield Cone(wrist, wrist + (hand - wrist) * 0.7, 0.0155 * size, 0.0165 * size, Material.SKIN)
        for finger in (-0.016, -0.0055, 0.0055, 0.016):
            at = hand + across * finger * size
            yield Cone(
                at - along * 0.008 * size, at + along * 0.007 * size, 0.0115 * size, 0.0095 * size, Material.SKIN
            )
        return
    yield Ellipsoid(wrist + (hand - wrist) * 0.5, palm * (np.array([0.0215, 0.036, 0.0135]) * size), Material.SKIN)
    for finger in (-0.016, -0.005, 0.006, 0.016):
        knuckle = wrist + (hand - wrist) * 0.6 + across * finger * size
        yield Cone(
            knuckle,
            hand + along * 0.018 * size + across * finger * 1.2 * size,
            0.0075 * size,
            0.0055 * size,
            Material.SKIN,
        )
    thumb = wrist + (hand - wrist) * 0.3
    yield Cone(thumb, thumb + (along * 0.03 + across * 0.028) * size, 0.0095 * size, 0.007 * size, Material.SKIN)


def _head(person: Instant) -> Iterator[Solid]:
    size, head, axes = person.body.stature_m, person.joint(Joint.HEAD), person.head
    base = person.joint(Joint.CHEST) + person.chest @ [0, 0.012 * size, -0.012 * size]

    def at(left: float, up: float, front: float) -> Array:
        return np.asarray(head + axes @ (np.array([left, up, front]) * size))

    def blob(centre: Array, half: tuple[float, float, float], material: Material) -> Ellipsoid:
        return Ellipsoid(centre, axes * (np.array(half) * size), material)

    yield Cone(base, at(0, -0.018, -0.012), 0.033 * size, 0.031 * size, Material.SKIN)
    yield blob(at(0, 0.022, -0.004), (0.0425, 0.05, 0.053), Material.SKIN)
    yield blob(at(0, -0.012, 0.014), (0.0375, 0.046, 0.04), Material.SKIN)
    yield blob(at(0, -0.042, 0.03), (0.02, 0.016, 0.02), Material.SKIN)
    for sign in (-1, 1):
        yield blob(at(sign * 0.0435, 0.002, -0.004), (0.006, 0.0165, 0.0105), Material.SKIN)
    yield blob(at(0, 0.036, -0.0125), (0.0455, 0.0465, 0.053), Material.HAIR)
    yield blob(at(0, 0.058, 0.006), (0.036, 0.023, 0.04), Material.HAIR)
    if person.body.look.bun:
        yield blob(at(0, 0.062, -0.066), (0.024, 0.024, 0.024), Material.HAIR)


def _face(person: Instant) -> Iterator[Solid]:
    """Eyes, brows, nose and mouth: what the person detector looks for first."""
    size, head, axes = person.body.stature_m, person.joint(Joint.HEAD), person.head

    def at(left: float, up: float, front: float) -> Array:
        return np.asarray(head + axes @ (np.array([left, up, front]) * size))

    for sign in (-1, 1):
        yield Ellipsoid(
            at(sign * 0.0175, 0.0165, 0.044), axes * (np.array([0.0085, 0.0058, 0.0055]) * size), Material.EYE
        )
        yield Ellipsoid(
            at(sign * 0.0172, 0.0165, 0.0475), axes * (np.array([0.0042, 0.0046, 0.003]) * size), Material.IRIS
        )
        brow = (at(sign * 0.0085, 0.0275, 0.0475), at(sign * 0.028, 0.0275, 0.0405))
        yield Cone(brow[0], brow[1], 0.0026 * size, 0.0018 * size, Material.HAIR)
    yield Cone(at(0, 0.016, 0.0475), at(0, -0.003, 0.059), 0.0048 * size, 0.0075 * size, Material.SKIN)
    yield Ellipsoid(at(0, -0.0255, 0.0475), axes * (np.array([0.0135, 0.0042, 0.0055]) * size), Material.LIP)
