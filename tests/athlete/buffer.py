"""What each pixel shows before light falls on it: depth, normal and material of the nearest surface."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.athlete.camera import View
from tests.athlete.solids import FAR, Field, Rays, Solid

Window = tuple[slice, slice]


@dataclass(frozen=True, slots=True, eq=False)
class Surfaces:
    """depth (H, W) metres, infinite where nothing is; normal (H, W, 3) in camera axes; material (H, W)."""

    depth: Field
    normal: Field
    material: npt.NDArray[np.uint8]

    def window(self, step: int) -> Window | None:
        """The pixels where anything is, out to multiples of `step`."""
        there = np.isfinite(self.depth)
        rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
        if not len(rows):
            return None
        return _covering(rows, step), _covering(columns, step)

    def cut(self, window: Window) -> Surfaces:
        return Surfaces(self.depth[window], self.normal[window], self.material[window])


def _covering(places: npt.NDArray[np.intp], step: int) -> slice:
    return slice(int(places[0]) // step * step, (int(places[-1]) // step + 1) * step)


def surfaces(solids: Iterable[Solid], view: View) -> Surfaces:
    """The nearest of `solids` in every pixel."""
    height, width = view.height_px, view.width_px
    found = Surfaces(
        np.full((height, width), FAR, np.float32),
        np.zeros((height, width, 3), np.float32),
        np.zeros((height, width), np.uint8),
    )
    across = ((np.arange(width, dtype=np.float32) + 0.5 - width / 2) / np.float32(view.focal_px))[None, :]
    down = ((np.arange(height, dtype=np.float32) + 0.5 - height / 2) / np.float32(view.focal_px))[:, None]
    for solid in solids:
        window = _window(solid, view)
        if window is not None:
            _draw(found, solid, window, Rays(across[:, window[1]], down[window[0]]))
    return found


def _window(solid: Solid, view: View) -> Window | None:
    box = solid.box()
    if box is None:
        return None
    focal, across, down = view.focal_px, view.width_px / 2, view.height_px / 2
    left, right = (
        max(math.floor(box[0] * focal + across), 0),
        min(math.ceil(box[2] * focal + across) + 1, view.width_px),
    )
    top, bottom = max(math.floor(box[1] * focal + down), 0), min(math.ceil(box[3] * focal + down) + 1, view.height_px)
    return (slice(top, bottom), slice(left, right)) if left < right and top < bottom else None


def _draw(found: Surfaces, solid: Solid, window: Window, rays: Rays) -> None:
    hit = solid.hit(rays)
    nearer = (hit.depth < found.depth[window]) & (hit.depth > 0)
    np.copyto(found.depth[window], hit.depth, where=nearer)
    np.copyto(found.normal[window], hit.normal, where=nearer[..., None])
    found.material[window][nearer] = solid.material
