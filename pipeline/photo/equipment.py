"""What a photo shows at the hands: a barbell, a dumbbell, a bar to hang from. Landmarks tell none of it.

photo, landmarks -> a square about each hand -> a public picture network -> what speaks for each kind of equipment
                                                                        -> what speaks for each name
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from PIL import Image

from pipeline.catalogue import exercises
from pipeline.recognize.network import open_session
from pipeline.values import Array
from pipeline.video.pixels import Pixels

EQUIPMENT: Final = ("barbell", "dumbbell", "bar")
INPUT, OUTPUT = "pixels", "shown"
SIDE_PX: Final = 224  # what the network was taught to look at
GREY: Final = (124, 116, 104)  # the middle of the pixels it was taught on: beyond the picture there is nothing
# the catalogue's words for what the network can tell; machines, cables, plates and bare hands it cannot
CALLED: Final[Mapping[str, str]] = MappingProxyType(
    {"barbell": "barbell", "dumbbell": "dumbbell", "kettlebell": "dumbbell", "bar": "bar", "parallel bars": "bar"}
)
HANDS: Final = ((15, 19), (16, 20))  # wrist and index finger of MediaPipe's 33, left and right
SHOULDERS, HIPS = (11, 12), (23, 24)  # MediaPipe's landmarks, left and right


@dataclass(frozen=True, slots=True)
class EquipmentRules:
    """How a hand is looked at, and what is seen there weighed.

    A square's side is `trunks` times the trunk in the picture, and at least `least_share` of the body, which a
    foreshortened trunk tells better. floor is added to the network's probabilities: what it gives less than that says
    nothing. usual is the mean logarithm of barbell, dumbbell and bar over moments of filmed exercises: what is seen as
    often as that speaks for nothing. `weights/equipment.md` has where they come from.
    """

    trunks: float = 1.0
    least_share: float = 0.2
    floor: float = 0.02
    usual: tuple[float, float, float] = (-2.30, -2.94, -2.42)


RULES: Final = EquipmentRules()


def at_the_hands(pixels: Pixels, body_px: Array, rules: EquipmentRules = RULES) -> Array:
    """(K,) log-odds of each of EQUIPMENT against nothing of the kind, at either hand of the body whose landmarks are
    body_px (33, 2)."""
    squares = np.stack([_square(pixels, middle_px, _side_px(body_px, rules)) for middle_px in _hands(body_px)])
    (shown,) = _session().run([OUTPUT], {INPUT: squares})
    return np.asarray(np.log(shown.max(axis=0) + rules.floor) - rules.usual, dtype=np.float64)


def speaks_for(names: Sequence[str], held: Array) -> Array:
    """(N,) by how much what is held makes each name likelier, as a logarithm: an exercise is done with any of the
    catalogue's equipment, as likely with one as with another, and what the network cannot tell weighs nothing."""
    odds = np.append(np.exp(held), 1.0)
    return np.asarray(np.log(_choices(tuple(names)) @ odds))


@cache
def _choices(names: tuple[str, ...]) -> Array:
    """(N, K + 1) shares of each name's equipment, what cannot be told last."""
    return np.stack([_shares(exercises()[name].equipment if name in exercises() else ()) for name in names])


def _shares(equipment: Sequence[str]) -> Array:
    told = [EQUIPMENT.index(CALLED[one]) if one in CALLED else len(EQUIPMENT) for one in equipment]
    counted = np.bincount(told or [len(EQUIPMENT)], minlength=len(EQUIPMENT) + 1)
    return np.asarray(counted / counted.sum(), dtype=np.float64)


def _hands(body_px: Array) -> Array:
    """(2, 2) the middle of each hand."""
    return np.stack([body_px[list(hand)].mean(axis=0) for hand in HANDS])


def _side_px(body_px: Array, rules: EquipmentRules) -> int:
    trunk = np.linalg.norm(body_px[list(SHOULDERS)].mean(axis=0) - body_px[list(HIPS)].mean(axis=0))
    return max(1, round(max(rules.trunks * float(trunk), rules.least_share * float(np.ptp(body_px, axis=0).max()))))


def _square(pixels: Pixels, middle_px: Array, side_px: int) -> Array:
    """(SIDE_PX, SIDE_PX, 3) of 0 to 255: the part of the picture about a point, grey beyond its edges."""
    left, top = (round(float(at) - side_px / 2) for at in middle_px)
    height, width = pixels.shape[:2]
    part = pixels[max(0, top) : max(0, top + side_px), max(0, left) : max(0, left + side_px)]
    square = Image.new("RGB", (side_px, side_px), GREY)
    if part.size and left < width and top < height:
        square.paste(Image.fromarray(part), (max(0, -left), max(0, -top)))
    return np.asarray(square.resize((SIDE_PX, SIDE_PX), Image.Resampling.BILINEAR), np.float32)


@cache
def _session() -> Any:
    return open_session((resources.files("pipeline.weights") / "equipment.onnx").read_bytes())
