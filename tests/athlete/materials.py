"""What surfaces look like: one row for each material that a pixel can show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from tests.athlete.body import Colour, Look
from tests.athlete.solids import Field


class Material(IntEnum):
    """What a pixel shows. BEYOND is the room behind everything."""

    BEYOND = 0
    SKIN = 1
    SHIRT = 2
    SHORTS = 3
    SHOE = 4
    SOLE = 5
    SOCK = 6
    HAIR = 7
    EYE = 8
    IRIS = 9
    LIP = 10
    STEEL = 11
    PLATE = 12
    ACCENT = 13
    PAD = 14
    FRAME = 15
    MAT = 16


@dataclass(frozen=True, slots=True, eq=False)
class Palette:
    """albedo (M, 3) in linear light; shine (M,) of the highlight; soft (M,) 1 where neighbours melt together."""

    albedo: Field
    shine: Field
    soft: Field


THINGS: dict[Material, Colour] = {
    Material.SOCK: (228, 228, 226),
    Material.EYE: (240, 238, 234),
    Material.IRIS: (42, 30, 26),
    Material.STEEL: (196, 200, 206),
    Material.PLATE: (44, 46, 52),
    Material.ACCENT: (214, 72, 52),
    Material.PAD: (46, 50, 58),
    Material.FRAME: (92, 98, 108),
    Material.MAT: (70, 104, 128),
}
SHINE = {
    Material.SKIN: 0.16,
    Material.HAIR: 0.14,
    Material.IRIS: 0.8,
    Material.STEEL: 0.9,
    Material.PLATE: 0.12,
    Material.PAD: 0.15,
}
SOFT = (Material.SKIN, Material.SHIRT, Material.SHORTS, Material.HAIR, Material.SHOE)


def palette(look: Look) -> Palette:
    """The colours of one person and of the things around."""
    own = {
        Material.SKIN: look.skin,
        Material.SHIRT: look.shirt,
        Material.SHORTS: look.shorts,
        Material.SHOE: look.shoe,
        Material.SOLE: look.sole,
        Material.HAIR: look.hair,
        Material.LIP: (look.skin[0] * 0.82, look.skin[1] * 0.6, look.skin[2] * 0.6),
    }
    albedo = np.zeros((len(Material), 3), np.float32)
    for material, colour in (THINGS | own).items():
        albedo[material] = linear(np.array(colour, np.float32))
    shine = np.array([SHINE.get(material, 0.03) for material in Material], np.float32)
    return Palette(albedo, shine, np.array([material in SOFT for material in Material], np.float32))


def linear(shown: Field) -> Field:
    """Light of a colour shown as 0..255 (gamma 2.2)."""
    return np.asarray((shown / np.float32(255)) ** np.float32(2.2), dtype=np.float32)
