"""Pictures of the athlete: solids in, eight-bit pixels out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.values import Array
from tests.athlete.buffer import surfaces
from tests.athlete.camera import View, turned, views
from tests.athlete.equipment import MAKERS
from tests.athlete.figure import Instant, figure
from tests.athlete.kinematics import Motion
from tests.athlete.landmarks import target
from tests.athlete.light import Lamps, shade
from tests.athlete.materials import Palette, palette
from tests.athlete.scene import ROOMS, shadowed, still
from tests.athlete.solids import Field, Solid
from tests.athlete.take import Take

Picture = npt.NDArray[np.uint8]  # (H, W, 3) red, green, blue

Shown = tuple[Array, Array, Field]  # joints, rotation of the view and light of the last picture drawn

LENS_PX = 0.5
GAMMA = (255 * (np.arange(4096) / 4095) ** (1 / 2.2)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Quality:
    """fineness: pictures are drawn this much larger, then shrunk. grain: noise in grey levels."""

    fineness: int = 1
    grain: float = 2.0


def pictures(take: Take, times_s: Array, moved: Motion, quality: Quality) -> Iterator[Picture]:
    """One picture a time, in order."""
    room = ROOMS[take.room]
    aim = target(take, moved)
    resting = views(replace(take.camera, shake_deg=0.0), aim, times_s[:1], take.seed)[0]
    empty = still(room, resting)
    colours, grain = palette(take.body.look), _grain(take, quality)
    shown: Shown | None = None
    for index, view in enumerate(views(take.camera, aim, times_s, take.seed)):
        joints = moved.joints_m[index]
        if shown is None or not _same(joints, view, shown):
            solids = stage(take, moved, index, view)
            light = shadowed(empty(view), solids, view, room.lamps)
            _lay_over(light, solids, view, room.lamps, colours, quality.fineness)
            shown = joints, view.rotation, light
        yield _developed(shown[2], grain, take.seed + index)


def _same(joints: Array, view: View, shown: Shown) -> bool:
    return np.array_equal(joints, shown[0]) and np.array_equal(view.rotation, shown[1])


def _lay_over(light: Field, solids: list[Solid], view: View, lamps: Lamps, colours: Palette, fineness: int) -> None:
    """`light` shows the solids too: drawn `fineness` times as large, their edges softened by shrinking."""
    fine = _finer(view, fineness)
    found = surfaces(solids, fine)
    window = found.window(step=fineness)
    if window is None:
        return
    part = found.cut(window)
    there = np.isfinite(part.depth)
    drawn = np.zeros((*there.shape, 4), np.float32)
    drawn[there, :3] = shade(part, fine, lamps, colours)
    drawn[there, 3] = 1
    small = cv2.resize(drawn, None, fx=1 / fineness, fy=1 / fineness, interpolation=cv2.INTER_AREA)
    rows, columns = (slice(side.start // fineness, side.stop // fineness) for side in window)
    light[rows, columns] = light[rows, columns] * (1 - small[..., 3:]) + small[..., :3]


def stage(take: Take, moved: Motion, index: int, view: View) -> list[Solid]:
    """Everything that can move, in the axes of `view`."""
    turn = view.rotation @ turned(take.camera.yaw_deg)

    def room(left: float, up: float, front: float) -> Array:
        return np.asarray(turn @ np.array([left, up, front]) - view.rotation @ view.position_m)

    joints = moved.joints_m[index] @ turn.T - view.rotation @ view.position_m
    pelvis, chest, head = (turn @ part[index] for part in (moved.pelvis, moved.chest, moved.head))
    person = Instant(joints, pelvis, chest, head, take.body, take.movement.fist)
    things = [solid for name in take.movement.equipment for solid in MAKERS[name](person, room)]
    return [*figure(person), *things]


def _finer(view: View, factor: int) -> View:
    return View(view.rotation, view.position_m, view.focal_px * factor, view.width_px * factor, view.height_px * factor)


def _grain(take: Take, quality: Quality) -> Field:
    size = (2 * take.camera.height_px, 2 * take.camera.width_px, 1)
    return np.random.default_rng(take.seed).normal(0, quality.grain, size).astype(np.float32)


def _developed(light: Field, grain: Field, seed: int) -> Picture:
    """Linear light to pixels: a lens as soft as a telephone's, gamma, grain."""
    height, width = light.shape[:2]
    shown = GAMMA[(np.clip(cv2.GaussianBlur(light, (3, 3), LENS_PX), 0, 1) * 4095).astype(np.int16)]
    top, left = np.random.default_rng(seed).integers(0, [height, width])
    return np.asarray(np.clip(shown + grain[top : top + height, left : left + width], 0, 255), dtype=np.uint8)
