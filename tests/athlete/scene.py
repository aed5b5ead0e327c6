"""The room behind the athlete: a wall, a floor, what stands there, and the athlete's shadow on the ground."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.values import Array
from tests.athlete.body import Colour, Look
from tests.athlete.buffer import surfaces
from tests.athlete.camera import View
from tests.athlete.light import Lamps, shade
from tests.athlete.materials import Material, linear, palette
from tests.athlete.solids import Block, Cone, Disc, Ellipsoid, Field, Solid

WALL_M = -2.3  # where the wall stands on the room's z axis
PX_PER_M = 90  # of wall and floor as painted
WALL_SIZE_M = (16.0, 6.5)
FLOOR_SIZE_M = (16.0, 9.0)
SHADOW_PX_PER_M = 70
SHADOW_SIZE_M = 4.4
CLOSE_M = 0.16  # what is lower than this darkens the floor below it


@dataclass(frozen=True, slots=True)
class Room:
    """Paint, floor and lamps. gear: a rack of dumbbells along the wall."""

    wall: Colour
    dado: Colour
    floor: Colour
    boards: float  # contrast between floor boards, 0: one surface
    lamps: Lamps = field(default_factory=Lamps)
    gear: bool = True


ROOMS: dict[str, Room] = {
    "studio": Room(wall=(218, 214, 206), dado=(70, 88, 96), floor=(176, 140, 104), boards=0.10),
    "garage": Room(
        wall=(150, 152, 156),
        dado=(150, 152, 156),
        floor=(84, 86, 90),
        boards=0.0,
        lamps=Lamps(key_from=(0.3, 1.0, 0.25), key=(0.78, 0.8, 0.86), sky=(0.3, 0.31, 0.34)),
    ),
    "evening": Room(
        wall=(112, 96, 84),
        dado=(58, 52, 52),
        floor=(96, 70, 52),
        boards=0.12,
        lamps=Lamps(key_from=(0.8, 0.6, 0.4), key=(0.95, 0.7, 0.46), sky=(0.16, 0.15, 0.17), bounce=(0.12, 0.08, 0.06)),
        gear=False,
    ),
}


def backdrop(room: Room, view: View) -> Field:
    """(H, W, 3) linear light of the empty room."""
    size = (view.width_px, view.height_px)
    picture = cv2.warpPerspective(
        _wall(room), _onto_wall(view) @ _unscaled(WALL_SIZE_M, 0.0), size, flags=cv2.INTER_AREA
    )
    floor = cv2.warpPerspective(
        _floor(room), view.floor() @ _unscaled(FLOOR_SIZE_M, WALL_M), size, flags=cv2.INTER_AREA
    )
    np.copyto(picture, floor, where=_on_floor(view)[..., None])
    picture = cv2.GaussianBlur(picture, (0, 0), view.focal_px / 450)  # the lens is focused on the athlete
    return _with_gear(picture, room, view) if room.gear else np.asarray(picture)


def _on_floor(view: View) -> npt.NDArray[np.bool_]:
    """(H, W) True where a pixel's ray meets the floor before the wall."""
    across = (np.arange(view.width_px) + 0.5 - view.width_px / 2) / view.focal_px
    down = (np.arange(view.height_px) + 0.5 - view.height_px / 2) / view.focal_px
    rays = np.stack(np.broadcast_arrays(across[None, :], down[:, None], 1.0), axis=-1) @ view.rotation
    falls = np.minimum(rays[..., 1], -1e-6)
    return np.asarray(view.position_m[2] - view.position_m[1] / falls * rays[..., 2] > WALL_M)


def _with_gear(picture: Field, room: Room, view: View) -> Field:
    found = surfaces(list(_gear(view)), view)
    if not np.isfinite(found.depth).any():
        return picture
    there = np.isfinite(found.depth).astype(np.float32)
    lit = np.zeros_like(picture)
    lit[there > 0] = shade(found, view, room.lamps, palette(Look()))
    edge = cv2.GaussianBlur(there, (0, 0), view.focal_px / 450)[..., None]
    lit = cv2.GaussianBlur(lit, (0, 0), view.focal_px / 450) / np.maximum(edge, 1e-3)
    return np.asarray(picture * (1 - edge) + lit * edge, dtype=np.float32)


def _gear(view: View) -> Iterator[Solid]:
    """Dumbbells on two shelves, a bench ball and kettlebells."""

    def at(x: float, y: float, z: float) -> Array:
        return view.seen(np.array([x, y, z]))

    def edges(x: float, y: float, z: float) -> Array:
        return np.asarray(view.rotation @ np.diag([x, y, z]))

    for shelf in (0.32, 0.72):
        yield Block(at(-1.75, shelf, WALL_M + 0.3), edges(1.0, 0.02, 0.2), Material.FRAME)
        for place in np.arange(-2.62, -0.85, 0.22):
            for end in (-0.13, 0.13):
                half = view.rotation @ np.array([0.0, 0.0, 0.05])
                yield Disc(at(place, shelf + 0.085, WALL_M + 0.3 + end), half, 0.062, Material.PLATE)
            yield Cone(
                at(place, shelf + 0.085, WALL_M + 0.2),
                at(place, shelf + 0.085, WALL_M + 0.4),
                0.016,
                0.016,
                Material.STEEL,
            )
    for post in (-2.72, -0.78):
        yield Block(at(post, 0.4, WALL_M + 0.3), edges(0.03, 0.4, 0.2), Material.FRAME)
    for place, radius in ((1.05, 0.1), (1.36, 0.12), (1.72, 0.14)):
        yield Ellipsoid(at(place, radius, WALL_M + 0.35), np.eye(3) * radius, Material.PLATE)
        for side in (-1, 1):
            foot = at(place + side * radius * 0.6, radius * 1.7, WALL_M + 0.35)
            yield Cone(
                foot, at(place + side * radius * 0.35, radius * 2.5, WALL_M + 0.35), 0.016, 0.016, Material.PLATE
            )
        bar = [at(place + side * radius * 0.35, radius * 2.5, WALL_M + 0.35) for side in (-1, 1)]
        yield Cone(bar[0], bar[1], 0.017, 0.017, Material.ACCENT)


def _onto_wall(view: View) -> Array:
    lens = np.array([[view.focal_px, 0, view.width_px / 2], [0, view.focal_px, view.height_px / 2], [0, 0, 1.0]])
    corner = view.rotation @ (np.array([0, 0, WALL_M]) - view.position_m)
    return np.asarray(lens @ np.column_stack([view.rotation[:, 0], view.rotation[:, 1], corner]))


def _unscaled(size_m: tuple[float, float], start_m: float) -> Array:
    """Texture pixels to metres: x about the middle, the other axis from `start_m` on."""
    return np.array([[1 / PX_PER_M, 0, -size_m[0] / 2], [0, 1 / PX_PER_M, start_m], [0, 0, 1.0]])


@cache
def _wall(room: Room) -> Field:
    """(H, W, 3) the painted wall, row 0 at the floor, in linear light."""
    width, height = (round(side * PX_PER_M) for side in WALL_SIZE_M)
    paint = np.empty((height, width, 3), np.float32)
    paint[:] = room.wall
    paint[: round(1.05 * PX_PER_M)] = room.dado
    paint[round(1.05 * PX_PER_M) : round(1.09 * PX_PER_M)] = np.minimum(np.array(room.wall) * 1.12, 250)
    paint[: round(0.1 * PX_PER_M)] = np.array(room.dado) * 0.55
    up, across = np.mgrid[0:height, 0:width].astype(np.float32) / PX_PER_M
    pool = np.exp(-(((across - WALL_SIZE_M[0] / 2 + 0.9) / 2.4) ** 2) - ((up - 2.2) / 1.7) ** 2)
    corner = 1 - 0.3 * np.exp(-up / 0.25)
    return np.asarray(linear(paint) * ((0.42 + 0.62 * pool) * corner)[..., None], dtype=np.float32)


@cache
def _floor(room: Room) -> Field:
    """(H, W, 3) the floor, row 0 at the wall, in linear light."""
    width, depth = (round(side * PX_PER_M) for side in FLOOR_SIZE_M)
    rng = np.random.default_rng(5)
    away, across = np.mgrid[0:depth, 0:width].astype(np.float32) / PX_PER_M
    row = np.floor(away / 0.14).astype(int)
    board = np.floor((across + rng.uniform(0, 2, row.max() + 1)[row]) / 1.4).astype(int)
    shade_of_board = rng.uniform(-1, 1, (row.max() + 1, board.max() + 1))[row, board] * room.boards
    seam = np.minimum(away % 0.14, 0.14 - away % 0.14) < 0.006
    speckle = cv2.GaussianBlur(rng.normal(0, 1, (depth, width)).astype(np.float32), (0, 0), 3.0, sigmaY=0.8) * 0.14
    tone = 1 + shade_of_board + speckle * 0.5 - 0.35 * seam * (room.boards > 0)
    pool = np.exp(-(((across - FLOOR_SIZE_M[0] / 2) / 2.6) ** 2) - ((away + WALL_M) / 2.6) ** 2)
    corner = 1 - 0.4 * np.exp(-away / 0.3)
    light = (0.45 + 0.55 * pool) * corner * tone
    return np.asarray(linear(np.array(room.floor, np.float32)) * light[..., None].astype(np.float32), dtype=np.float32)


def shadowed(picture: Field, solids: Iterable[Solid], view: View, lamps: Lamps) -> Field:
    """`picture` with the solids' soft shadows on the floor: a cast one from the key light, a close one below them."""
    lines = [solid.spine() for solid in solids]
    points = np.array([line[:2] for line in lines]) @ view.rotation + view.position_m
    radii = np.array([line[2] for line in lines])
    low = points[:, :, 1].min(axis=1) - radii < CLOSE_M
    cast = _shadow(points, radii, lamps.key_from, 0.075)
    close = _shadow(points[low], radii[low], (0.0, 1.0, 0.0), 0.03)
    half = SHADOW_SIZE_M / 2
    metres = np.array([[1 / SHADOW_PX_PER_M, 0, -half], [0, 1 / SHADOW_PX_PER_M, -half], [0, 0, 1.0]])
    dark = np.maximum(0.5 * cast, 0.72 * close)
    seen = cv2.warpPerspective(dark, view.floor() @ metres, (view.width_px, view.height_px))
    return np.asarray(picture * (1 - seen[..., None]))


def _shadow(points_m: Array, radii_m: Array, toward: tuple[float, float, float], blur_m: float) -> Field:
    """(N, N) how dark the floor map is, 0..1, under lines (S, 2, 3) as thick as radii_m (S,)."""
    side = round(SHADOW_SIZE_M * SHADOW_PX_PER_M)
    dark = np.zeros((side, side), np.uint8)
    slope = np.array(toward)[[0, 2]] / toward[1]
    ground = (points_m[..., [0, 2]] - points_m[..., 1:2] * slope + SHADOW_SIZE_M / 2) * SHADOW_PX_PER_M
    thick = np.maximum(1, np.round(2 * radii_m * SHADOW_PX_PER_M)).astype(int).tolist()
    for (start, end), width in zip(np.clip(np.round(ground), -9999, 9999).astype(int).tolist(), thick, strict=True):
        cv2.line(dark, start, end, 255, width, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(dark.astype(np.float32) / 255, (0, 0), blur_m * SHADOW_PX_PER_M))


Backdrop = Callable[[View], Field]


def still(room: Room, resting: View) -> Backdrop:
    """The empty room for any view from the same place: drawn once, wider than the picture, then only turned."""
    wide = View(
        resting.rotation,
        resting.position_m,
        resting.focal_px,
        resting.width_px + 2 * round(0.1 * resting.width_px),
        resting.height_px + 2 * round(0.1 * resting.height_px),
    )
    drawn = backdrop(room, wide)

    at_rest = drawn[
        (wide.height_px - resting.height_px) // 2 : (wide.height_px + resting.height_px) // 2,
        (wide.width_px - resting.width_px) // 2 : (wide.width_px + resting.width_px) // 2,
    ]

    def seen(view: View) -> Field:
        if np.array_equal(view.rotation, resting.rotation):
            return at_rest
        turn = _lens(view) @ view.rotation @ resting.rotation.T @ np.linalg.inv(_lens(wide))
        return np.asarray(cv2.warpPerspective(drawn, turn, (view.width_px, view.height_px)))

    return seen


def _lens(view: View) -> Array:
    return np.array([[view.focal_px, 0, view.width_px / 2], [0, view.focal_px, view.height_px / 2], [0, 0, 1.0]])
