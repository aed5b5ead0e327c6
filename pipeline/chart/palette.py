"""The colours of a chart on light and on dark paper.

Blue and amber stay distinct under every common colour blindness (they differ in the blue-yellow direction and in
lightness), and in grey, where lowering is the dark one: a test checks the difference in luminance.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.spans import Part


@dataclass(frozen=True, slots=True)
class Palette:
    """sRGB colours by their part in the picture; `on_…` is text written upon that colour."""

    paper: str
    ink: str
    muted: str
    hairline: str
    eccentric: str
    on_eccentric: str
    concentric: str
    on_concentric: str
    out: str
    on_out: str
    back: str
    on_back: str
    pause: str
    tint_alpha: float
    fill_alpha: float

    def of(self, part: Part) -> str:
        """The colour that fills a part of a repetition."""
        return {
            Part.ECCENTRIC: self.eccentric,
            Part.CONCENTRIC: self.concentric,
            Part.PAUSE: self.pause,
            Part.OUT: self.out,
            Part.BACK: self.back,
        }[part]

    def on(self, part: Part) -> str:
        """The colour of what is written on a part of a repetition."""
        return {
            Part.ECCENTRIC: self.on_eccentric,
            Part.CONCENTRIC: self.on_concentric,
            Part.PAUSE: self.ink,
            Part.OUT: self.on_out,
            Part.BACK: self.on_back,
        }[part]


LIGHT = Palette(
    paper="#FAF8F4",
    ink="#17212B",
    muted="#5D6773",
    hairline="#DDD8CE",
    eccentric="#1D5F94",
    on_eccentric="#FFFFFF",
    concentric="#F2A33A",
    on_concentric="#241703",
    out="#58636F",
    on_out="#FFFFFF",
    back="#B4BCC5",
    on_back="#17212B",
    pause="#CFC9BD",
    tint_alpha=0.13,
    fill_alpha=0.85,
)

DARK = Palette(
    paper="#111A23",
    ink="#F1F4F7",
    muted="#9CA8B5",
    hairline="#2B3744",
    eccentric="#3F8CCB",
    on_eccentric="#06121D",
    concentric="#F7BD62",
    on_concentric="#241703",
    out="#64717F",
    on_out="#FFFFFF",
    back="#C2CAD3",
    on_back="#17212B",
    pause="#465362",
    tint_alpha=0.16,
    fill_alpha=0.9,
)
