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
from tests.athlete.light import shade
from tests.athlete.materials import palette
from tests.athlete.scene import ROOMS, shadowed, still
from tests.athlete.solids import Field, Solid
from tests.athlete.take import Take

Picture = npt.NDArray[np.uint8]  # (H, W, 3) red, green, blue

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
    seen = [_finer(view, quality.fineness) for view in views(take.camera, aim, times_s, take.seed)]
    resting = _finer(views(replace(take.camera, shake_deg=0.0), aim, times_s[:1], take.seed)[0], quality.fineness)
    empty = still(room, resting)
    colours = palette(take.body.look)
    grain = _grain(take, quality)
    for index, view in enumerate(seen):
        solids = stage(take, moved, index, view)
        light = shadowed(empty(view), solids, view, room.lamps)
        found = surfaces(solids, view)
        window = found.window(margin=2)
        if window is not None:
            part = found.cut(window)
            light[window][np.isfinite(part.depth)] = shade(part, view, room.lamps, colours)
        yield _developed(light, quality, grain, take.seed + index)


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


def _developed(light: Field, quality: Quality, grain: Field, seed: int) -> Picture:
    """Linear light to pixels: shrunk or slightly blurred, gamma, grain."""
    height, width = light.shape[0] // quality.fineness, light.shape[1] // quality.fineness
    smooth = cv2.resize(light, (width, height), interpolation=cv2.INTER_AREA)
    if quality.fineness == 1:
        smooth = cv2.GaussianBlur(smooth, (3, 3), 0.6)
    shown = GAMMA[(np.clip(smooth, 0, 1) * 4095).astype(np.int16)]
    if quality.grain:
        top, left = np.random.default_rng(seed).integers(0, [height, width])
        shown = shown + grain[top : top + height, left : left + width]
    return np.asarray(np.clip(shown, 0, 255), dtype=np.uint8)
