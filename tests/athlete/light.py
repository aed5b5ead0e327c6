"""How light falls on surfaces: a warm key light, a cool sky, a bounce from the floor, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tests.athlete.buffer import Surfaces
from tests.athlete.camera import View
from tests.athlete.materials import Palette
from tests.athlete.solids import Field

RING = tuple((float(np.cos(turn)), float(np.sin(turn))) for turn in np.arange(8) * np.pi / 4)
MELT_M = 0.013  # how far neighbouring shapes melt into one skin
MELT_DEPTH_M = 0.022  # but not across a step in depth of this size
OCCLUSION_M = (0.035, 0.09)  # how far around a point things can take its light
PIECE = 8192  # pixels lit at once: their fields then stay in the processor's cache
NOWHERE = np.float32(1e3)  # depth of what is not there, finite


@dataclass(frozen=True, slots=True)
class Lamps:
    """Directions are towards the lamp, in room axes (right, up, towards the camera); colours in linear light."""

    key_from: tuple[float, float, float] = (-0.55, 0.85, 0.6)
    key: tuple[float, float, float] = (1.12, 1.03, 0.92)
    sky: tuple[float, float, float] = (0.40, 0.43, 0.47)
    bounce: tuple[float, float, float] = (0.20, 0.165, 0.135)


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """The N pixels that show a surface, each with a way to its neighbours.

    Fields are flat and padded, `width` a row: depth (M,), normal (3, M), material (M,).
    """

    at: npt.NDArray[np.intp]
    width: int
    depth: Field
    normal: Field
    material: npt.NDArray[np.uint8]
    scale: float  # pixels a metre at the middle of what is shown

    def beside(self, across: float, down: float, radius_m: float) -> npt.NDArray[np.intp]:
        """(N,) flat places of the neighbours a step of `radius_m` away in the direction (across, down)."""
        reach = radius_m * self.scale
        return np.asarray(self.at + round(down * reach) * self.width + round(across * reach))


def shade(found: Surfaces, view: View, lamps: Lamps, palette: Palette) -> Field:
    """(N, 3) linear light from the N pixels of `found` that show something, in the order of `np.isfinite(depth)`."""
    pixels = _pixels(found, view)
    pieces = np.array_split(pixels.at, len(pixels.at) // PIECE + 1)
    return np.concatenate([_lit(replace(pixels, at=piece), view, lamps, palette) for piece in pieces])


def _normals(pixels: Pixels, palette: Palette) -> Field:
    """(N, 3) melted where the material is soft, as they are elsewhere."""
    normal = pixels.normal.take(pixels.at, axis=1).T
    soft = palette.soft.take(pixels.material.take(pixels.at)) > 0
    normal[soft] = _melted(replace(pixels, at=pixels.at[soft]), palette)
    return normal


def _lit(pixels: Pixels, view: View, lamps: Lamps, palette: Palette) -> Field:
    """(N, 3) the light from these pixels."""
    material = pixels.material[pixels.at]
    normal, open_to_sky = _normals(pixels, palette), _openness(pixels)[:, None]
    key_from = view.rotation @ np.array(lamps.key_from) / np.linalg.norm(lamps.key_from)
    lit = np.clip((_facing(normal, key_from) + 0.22) / 1.22, 0, 1)
    up = 0.5 + 0.5 * _facing(normal, view.rotation[:, 1])
    rim = np.clip(1 + normal[:, 2:], 0, 1) ** 3 * np.float32(0.32)
    light = lit * (0.45 + 0.55 * open_to_sky) * _colour(lamps.key)
    light += ((up + rim) * _colour(lamps.sky) + (1 - up) * _colour(lamps.bounce)) * open_to_sky
    halfway = key_from + np.array([0.0, 0.0, -1.0])
    gloss = np.clip(_facing(normal, halfway / np.linalg.norm(halfway)), 0, 1) ** 22
    return np.asarray(palette.albedo[material] * light + palette.shine[material][:, None] * gloss)


def _pixels(found: Surfaces, view: View) -> Pixels:
    there = np.isfinite(found.depth)
    scale = view.focal_px / float(np.median(found.depth[there]))
    reach = round(OCCLUSION_M[-1] * scale) + 1
    depth = np.pad(np.minimum(found.depth, NOWHERE), reach, constant_values=NOWHERE)
    return Pixels(
        at=np.flatnonzero(np.pad(there, reach)),
        width=depth.shape[1],
        depth=depth.ravel(),
        normal=np.pad(np.moveaxis(found.normal, -1, 0), ((0, 0), (reach, reach), (reach, reach))).reshape(3, -1),
        material=np.pad(found.material, reach).ravel(),
        scale=scale,
    )


def _melted(pixels: Pixels, palette: Palette) -> Field:
    """(N, 3) normals averaged over three rings of neighbours at about the same depth and of soft material."""
    own = pixels.depth.take(pixels.at)
    total = pixels.normal.take(pixels.at, axis=1)
    for radius_m in (2 * MELT_M, MELT_M, 0.5 * MELT_M):
        for across, down in RING:
            beside = pixels.beside(across, down, radius_m)
            apart = (pixels.depth.take(beside) - own) * np.float32(1 / MELT_DEPTH_M)
            nearness = 1 / (1 + apart * apart)
            weight = palette.soft.take(pixels.material.take(beside)) * nearness * nearness
            total += weight * pixels.normal.take(beside, axis=1)
    return np.asarray((total / (np.sqrt((total * total).sum(axis=0)) + np.float32(1e-9))).T)


def _openness(pixels: Pixels) -> Field:
    """(N,) how much of the surroundings reaches a pixel (1: all): near things in front of it take light away."""
    own = pixels.depth[pixels.at]
    taken = np.zeros_like(own)
    for radius_m in OCCLUSION_M:
        for across, down in RING:
            nearer = (own - pixels.depth.take(pixels.beside(across, down, radius_m))) * np.float32(1 / radius_m)
            taken += np.clip(nearer - np.float32(0.3), 0, 1) * np.clip(np.float32(1.6) - nearer / 4, 0, 1)
    return np.asarray(np.clip(1 - taken / 13, 0.25, 1))


def _facing(normal: Field, direction: npt.NDArray[np.float64]) -> Field:
    """(N, 1) cosine between each normal and a direction."""
    return np.asarray(normal @ direction.astype(np.float32)[:, None])


def _colour(colour: tuple[float, float, float]) -> Field:
    return np.array(colour, np.float32)
