"""The shapes that everything is made of, and where the ray through each pixel meets them.

A ray is (x, y, 1) * depth in camera axes, so what a shape returns is depth in metres; infinity where it is missed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Field = npt.NDArray[np.float32]
Vector = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]  # left, top, right, bottom on the plane of depth 1

Spine = tuple[Vector, Vector, float]  # the line that a solid is thick around, and how thick

FAR = np.float32(np.inf)
TINY = np.float32(1e-9)


@dataclass(frozen=True, slots=True)
class Rays:
    """x (1, W) and y (H, 1) of the pixels' rays on the plane of depth 1."""

    x: Field
    y: Field


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """depth (H, W) and normal (H, W, 3) towards the camera, unit length where depth is finite."""

    depth: Field
    normal: Field


@dataclass(frozen=True, slots=True, eq=False)
class Ellipsoid:
    """centre (3,), axes (3, 3): columns are the half axes."""

    centre: Vector
    axes: Vector
    material: int

    def box(self) -> Box | None:
        return _bounds(self.axes @ self.axes.T - np.outer(self.centre, self.centre))

    def spine(self) -> Spine:
        return _longest(self.centre, self.axes)

    def hit(self, rays: Rays) -> Hit:
        inverse = np.linalg.inv(self.axes)
        metric = (inverse.T @ inverse).astype(np.float32)
        a = _quadratic(metric, rays)
        c = metric.astype(np.float64) @ self.centre
        b = np.float32(c[0]) * rays.x + np.float32(c[1]) * rays.y + np.float32(c[2])
        inside = b * b - a * np.float32(c @ self.centre - 1)
        depth = np.where(inside > 0, (b - np.sqrt(np.maximum(inside, 0))) / a, FAR)
        return Hit(depth, _mapped(metric, rays, depth, self.centre))


@dataclass(frozen=True, slots=True, eq=False)
class Cone:
    """A limb: two spheres and the skin stretched over them (after Quilez's round cone)."""

    start: Vector
    end: Vector
    start_radius: float
    end_radius: float
    material: int

    def box(self) -> Box | None:
        ends = ((self.start, self.start_radius), (self.end, self.end_radius))
        boxes = [_bounds(np.eye(3) * radius**2 - np.outer(centre, centre)) for centre, radius in ends]
        if boxes[0] is None or boxes[1] is None:
            return None
        low, high = np.minimum(boxes[0], boxes[1]), np.maximum(boxes[0], boxes[1])
        return (float(low[0]), float(low[1]), float(high[2]), float(high[3]))

    def spine(self) -> Spine:
        return self.start, self.end, (self.start_radius + self.end_radius) / 2

    def hit(self, rays: Rays) -> Hit:
        axis, taper = self.end - self.start, self.start_radius - self.end_radius
        squared = float(axis @ axis)
        slant = squared - taper**2
        if slant <= 1e-9:
            return self._swallowed().hit(rays)
        along, toward = _dot(axis, rays), -_dot(self.start, rays)
        length = rays.x * rays.x + rays.y * rays.y + np.float32(1)
        offset = float(-axis @ self.start)
        slope = taper * self.start_radius
        k2 = np.float32(slant) * length - along * along
        k1 = np.float32(slant) * toward + along * np.float32(slope - offset)
        own = slant * float(self.start @ self.start) - offset**2 + 2 * offset * slope - squared * self.start_radius**2
        inside = k1 * k1 - np.float32(own) * k2
        k2 = np.where(np.abs(k2) < TINY, TINY, k2)
        wall: Field = ((-np.sqrt(np.maximum(inside, 0)) - k1) / k2).astype(np.float32)
        share: Field = np.clip((np.float32(offset - slope) + wall * along) / np.float32(slant), 0, 1).astype(np.float32)
        depth = self._capped(rays, length, wall, share, inside)
        centre = self.start[:, None, None] + axis[:, None, None] * share
        radius: Field = np.asarray(np.float32(self.start_radius) - np.float32(taper) * share)
        return Hit(depth, _outward(rays, depth, np.asarray(centre, np.float32), radius))

    def _swallowed(self) -> Ellipsoid:
        """The bigger of the two spheres, where it holds the other."""
        first = self.start_radius > self.end_radius
        radius = max(self.start_radius, self.end_radius)
        return Ellipsoid(self.start if first else self.end, np.eye(3) * radius, self.material)

    def _capped(self, rays: Rays, length: Field, depth: Field, share: Field, inside: Field) -> Field:
        for centre, radius, there in (
            (self.start, self.start_radius, share <= 0),
            (self.end, self.end_radius, share >= 1),
        ):
            toward = _dot(centre, rays)
            root = toward * toward - length * np.float32(centre @ centre - radius**2)
            cap = np.where(root > 0, (toward - np.sqrt(np.maximum(root, 0))) / length, FAR)
            depth = np.where(there, cap, depth)
        return np.where(inside > 0, depth, FAR)


@dataclass(frozen=True, slots=True, eq=False)
class Disc:
    """A short cylinder (a weight plate): its middle, the half axle (3,) and its radius."""

    centre: Vector
    axle: Vector
    radius: float
    material: int

    def box(self) -> Box | None:
        reach = self.radius**2 * np.eye(3) + np.outer(self.axle, self.axle)
        return _bounds(reach - np.outer(self.centre, self.centre))

    def spine(self) -> Spine:
        return self.centre - self.axle, self.centre + self.axle, self.radius

    def hit(self, rays: Rays) -> Hit:
        half = float(np.linalg.norm(self.axle))
        axis = self.axle / half
        across = np.eye(3) - np.outer(axis, axis)
        along, own = _dot(axis, rays), float(axis @ self.centre)
        a = _quadratic(across.astype(np.float32), rays)
        b = _dot(across @ self.centre, rays)
        inside = b * b - a * np.float32(self.centre @ across @ self.centre - self.radius**2)
        wall = np.where(inside > 0, (b - np.sqrt(np.maximum(inside, 0))) / a, FAR)
        beside = np.abs(wall * along - np.float32(own)) < half
        face_at = np.float32(own) - np.sign(along) * np.float32(half)
        with np.errstate(divide="ignore", invalid="ignore"):
            face = face_at / along
        spread = face * face * a - 2 * face * b + np.float32(self.centre @ across @ self.centre)
        on_face = (spread < self.radius**2) & (face > 0)
        depth = np.where(on_face, face, np.where(beside, wall, FAR))
        rim = _mapped(across.astype(np.float32), rays, depth, self.centre)
        cap = -np.sign(along)[..., None] * axis.astype(np.float32)
        return Hit(depth, np.where(on_face[..., None], cap, rim))


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A box (bench, shelf): its middle and axes (3, 3) whose columns are the half edges."""

    centre: Vector
    axes: Vector
    material: int

    def box(self) -> Box | None:
        return _bounds(3 * self.axes @ self.axes.T - np.outer(self.centre, self.centre))

    def spine(self) -> Spine:
        return _longest(self.centre, self.axes)

    def hit(self, rays: Rays) -> Hit:
        inverse = np.linalg.inv(self.axes)
        own = inverse @ self.centre
        near, far = np.float32(-np.inf), FAR
        slabs = []
        for row, at in zip(inverse, own, strict=True):
            along = _dot(row, rays)
            along = np.where(np.abs(along) < 1e-9, np.float32(1e-9), along)
            slabs.append(((np.float32(at) - np.sign(along)) / along, (np.float32(at) + np.sign(along)) / along, along))
        near = np.maximum.reduce([slab[0] for slab in slabs])
        far = np.minimum.reduce([slab[1] for slab in slabs])
        depth = np.where((near < far) & (near > 0), near, FAR)
        normal = np.zeros((*depth.shape, 3), np.float32)
        for row, (entry, _, along) in zip(inverse, slabs, strict=True):
            facing = -np.sign(along)[..., None] * (row / np.linalg.norm(row)).astype(np.float32)
            normal = np.where((entry == near)[..., None], facing, normal)
        return Hit(depth, normal)


Solid = Ellipsoid | Cone | Disc | Block


def _longest(centre: Vector, axes: Vector) -> Spine:
    """A line along the longest half axis, as thick as the middle one."""
    squares = np.einsum("ij,ij->j", axes, axes).tolist()
    longest = axes[:, squares.index(max(squares))]
    middle = math.sqrt(sorted(squares)[1])
    reach = longest * (1 - middle / math.sqrt(max(squares)))
    return centre - reach, centre + reach, middle


def _bounds(dual: Vector) -> Box | None:
    """The silhouette's bounds from its dual conic; None where the shape is not wholly in front of the camera."""
    (xx, _, xz), (_, yy, yz), (_, _, zz) = dual.tolist()
    if zz >= -1e-6:
        return None
    x, y = xz / zz, yz / zz
    wide, high = math.sqrt(max(x * x - xx / zz, 0)), math.sqrt(max(y * y - yy / zz, 0))
    return (x - wide, y - high, x + wide, y + high)


def _dot(vector: Vector, rays: Rays) -> Field:
    x, y, z = vector.astype(np.float32)
    return np.asarray(x * rays.x + y * rays.y + z)


def _quadratic(metric: Field, rays: Rays) -> Field:
    across = metric[0, 0] * rays.x * rays.x + 2 * metric[0, 2] * rays.x + metric[2, 2]
    return np.asarray(
        across + metric[1, 1] * rays.y * rays.y + 2 * metric[1, 2] * rays.y + 2 * metric[0, 1] * rays.x * rays.y
    )


def _mapped(metric: Field, rays: Rays, depth: Field, centre: Vector) -> Field:
    """Unit normals `metric @ (point - centre)`."""
    x, y, z = _from(rays, depth, centre.astype(np.float32)[:, None, None])
    return _unit([row[0] * x + row[1] * y + row[2] * z for row in metric])


def _outward(rays: Rays, depth: Field, centre: Field, radius: Field) -> Field:
    return np.stack([part / radius for part in _from(rays, depth, centre)], axis=-1)


def _from(rays: Rays, depth: Field, centre: Field) -> tuple[Field, Field, Field]:
    finite = np.where(np.isfinite(depth), depth, np.float32(0))
    return finite * rays.x - centre[0], finite * rays.y - centre[1], finite - centre[2]


def _unit(parts: list[Field]) -> Field:
    length = np.sqrt(parts[0] ** 2 + parts[1] ** 2 + parts[2] ** 2) + np.float32(1e-12)
    return np.stack([part / length for part in parts], axis=-1)
