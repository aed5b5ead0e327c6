"""Small labels set beside the points they speak of, off the lines and off each other as far as there is room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.chart.canvas import Box
from pipeline.chart.fonts import width_px

TURNS: Final = tuple(math.radians(turn) for turn in (0, 30, -30, 60, -60, 95, -95, 130, -130, 180))
REACHES_PX: Final = (52.0, 76.0, 104.0)  # from the joint to its number, the nearest that is free
PAD_PX: Final = 10.0  # kept free about a number


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside `at`, best in the direction `away` (of length 1); strong ones are placed first."""

    text: str
    at: tuple[float, float]
    away: tuple[float, float]
    strong: bool = False


def placed(
    labels: Sequence[Label], size_px: float, room: Box, obstacles: Sequence[tuple[float, float]]
) -> list[tuple[Box, Label]]:
    """A box inside `room` for every label, the strong ones last so that they are drawn over the others."""
    found: list[tuple[Box, Label]] = []
    for label in sorted(labels, key=lambda one: not one.strong):
        boxes = [_box(label, size_px, turn, reach, room) for reach in REACHES_PX for turn in TURNS]
        taken = [box for box, _ in found]
        costs = [_cost(box, place, taken, obstacles) for place, box in enumerate(boxes)]
        found.append((boxes[costs.index(min(costs))], label))
    return found[::-1]


def _box(label: Label, size_px: float, turn: float, reach_px: float, room: Box) -> Box:
    """Turned from the best direction and this far off, pushed back into the room."""
    x, y = label.away
    way = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
    half_width, half_height = width_px(label.text, size_px, True) / 2 + PAD_PX, size_px / 2 + 7
    middle_x = label.at[0] + way[0] * (reach_px + half_width * abs(way[0]) * 0.5)
    middle_y = label.at[1] + way[1] * reach_px
    middle_x = min(max(middle_x, room.left + half_width + 4), room.right - half_width - 4)
    middle_y = min(max(middle_y, room.top + half_height + 4), room.bottom - half_height - 4)
    return Box(middle_x - half_width, middle_y - half_height, middle_x + half_width, middle_y + half_height)


def _cost(box: Box, place: int, taken: Sequence[Box], obstacles: Sequence[tuple[float, float]]) -> float:
    """Lines and labels under the box, labels worse; among equals the direction that was wanted."""
    under = sum(box.left - 6 < x < box.right + 6 and box.top - 6 < y < box.bottom + 6 for x, y in obstacles)
    return 20 * sum(_overlap(box, other) for other in taken) + under + 0.12 * place


def _overlap(one: Box, other: Box) -> float:
    """The shared area as a share of one box's."""
    across = min(one.right, other.right) - max(one.left, other.left) + 6
    down = min(one.bottom, other.bottom) - max(one.top, other.top) + 6
    return max(0.0, across) * max(0.0, down) / max(1.0, one.width * one.height)
