"""Draw counter, phase and tempo over a picture, from small pictures of text that are made once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.chart.canvas import SPRITE_MIDDLE, Box, plate_sprite, text_sprite
from pipeline.chart.fonts import width_px
from pipeline.chart.palette import DARK
from pipeline.chart.typeset import shorten
from pipeline.chart.words import ChartWords
from pipeline.overlay.moments import Moment, Story
from pipeline.spans import Part
from pipeline.values import Array, Rep, in_halves
from pipeline.video.pixels import Pixels

Sprite = npt.NDArray[np.uint8]

PANEL_ALPHA = 0.74
EDGE = 0.25  # of the margin: as close to the picture's upper edge as the panel may stand
COMING_STRENGTH = 0.4
SPACE = 0.32  # of the size, as in DejaVu Sans
NOT_KNOWN = "–"


@dataclass(frozen=True, slots=True)
class HudSizes:
    """Sizes in pixels for a picture whose shorter side is 540 px; they scale with it."""

    margin: float = 20.0
    pad: float = 16.0
    count: float = 76.0
    phase: float = 30.0
    tempo: float = 26.0
    track: float = 14.0
    reference_side: float = 540.0


SIZES = HudSizes()


def rgb(color: str) -> tuple[int, int, int]:
    """The red, green and blue of a colour written #RRGGBB."""
    red, green, blue = bytes.fromhex(color[1:])
    return red, green, blue


def blend(pixels: Pixels, box: Box, color: tuple[int, int, int], alpha: float) -> None:
    """Tint the part of the box inside the picture, in place."""
    height, width = pixels.shape[:2]
    left, right = (int(np.clip(round(x), 0, width)) for x in (box.left, box.right))
    top, bottom = (int(np.clip(round(y), 0, height)) for y in (box.top, box.bottom))
    under = pixels[top:bottom, left:right]
    under[:] = (under * (1 - alpha) + np.array(color) * alpha).astype(np.uint8)


def lay(pixels: Pixels, sprite: Sprite, left: float, top: float) -> None:
    """Draw the sprite (height, width, RGBA) over the picture, in place, clipped at its edges."""
    x, y = max(0, round(left)), max(0, round(top))
    under = pixels[y : y + sprite.shape[0], x : x + sprite.shape[1]]
    over = sprite[: under.shape[0], : under.shape[1]]
    alpha = over[:, :, 3:].astype(np.uint16)
    under[:] = ((under * (255 - alpha) + over[:, :, :3] * alpha) // 255).astype(np.uint8)


@lru_cache(maxsize=512)
def _plate(width: float, height: float, radius: float, color: str, alpha: float) -> Sprite:
    return plate_sprite(math.ceil(width), math.ceil(height), radius, color, alpha)


@lru_cache(maxsize=512)
def _letters(text: str, size_px: float, color: str, bold: bool) -> Sprite:
    return text_sprite(text, size_px, color, bold=bold)


Told = tuple[tuple[str, Part | None], ...]  # what is written, each with the part of a repetition that it is of


def tempo_told(rep: Rep, *, rough: bool = False) -> Told:
    """The last repetition's tempo in the order in which coaches write it.

    Only seconds where its phases have no names; in half seconds where times are rough.
    """
    phases = ((rep.eccentric_s, Part.ECCENTRIC), (rep.pause_s, Part.PAUSE), (rep.concentric_s, Part.CONCENTRIC))
    named = not (math.isnan(rep.eccentric_s) or math.isnan(rep.concentric_s))
    return tuple((_seconds(took_s, rough), part) for took_s, part in (phases if named else ((rep.duration_s, None),)))


def _seconds(took_s: float, rough: bool) -> str:
    told_s = in_halves(took_s) if rough else took_s
    return NOT_KNOWN if math.isnan(told_s) else f"{'~' * rough}{told_s:.1f}"


def least_covering(boxes: Sequence[Box], points: Array) -> Box:
    """The box that covers the fewest of the body's points (..., 2), NaN where hidden; of equals the first."""

    def covered(box: Box) -> int:
        x, y = points[..., 0], points[..., 1]
        return int(((box.left <= x) & (x <= box.right) & (box.top <= y) & (y <= box.bottom)).sum())

    return min(boxes, key=covered)


class Hud:
    """The display over the frames of one clip: sizes, position and words are decided once.

    `body`: the body's landmarks in the whole clip, (T, 33, 2), as shares of width and height.
    """

    def __init__(
        self,
        story: Story,
        words: ChartWords,
        width: int,
        height: int,
        duration_s: float,
        body: Array,
        *,
        rough: bool = False,
    ) -> None:
        self._story, self._words, self._duration_s = story, words, max(duration_s, 1e-6)
        self._rough = rough
        self._width, self._height = width, height
        self._scale = min(width, height) / SIZES.reference_side
        self._names = {
            Part.ECCENTRIC: words.lowering,
            Part.PAUSE: words.pause,
            Part.CONCENTRIC: words.lifting,
            Part.OUT: words.out,
            Part.BACK: words.back,
        }
        self._count_px = width_px("0" * len(str(story.most)), self._px(SIZES.count), True)
        room = width - 2 * self._px(SIZES.margin) - 4.5 * self._px(SIZES.pad) - self._count_px
        self._poses = tuple(shorten(name, self._px(SIZES.tempo), room) for name in words.pose_names)
        self._beside_px = self._widest_line_px()
        self._panel = least_covering(self._corners(), body * (width, height))
        self._done, self._coming = self._strip(1.0), self._strip(COMING_STRENGTH)

    def draw(self, pixels: Pixels, moment: Moment, time_s: float) -> None:
        """Draw counter and phase in the corner with least of the body, the last tempo under them, the timeline at the
        bottom.
        """
        self._draw_panel(pixels, moment)
        self._draw_timeline(pixels, time_s)

    def _px(self, size: float) -> float:
        return round(size * self._scale, 1)

    def _count(self, moment: Moment) -> str:
        return str(moment.done) if moment.held_s is None else f"{moment.held_s:.0f}"

    def _line(self, moment: Moment) -> tuple[str, Part | None]:
        """What stands beside the counter, and the part of a repetition that it names."""
        if moment.held_s is not None:
            return f"{self._words.second} {self._words.held}", None
        if moment.span is None:
            return (self._words.rest if moment.resting else ""), None
        return f"{self._names[moment.span.part]} {moment.into_s:.1f} {self._words.second}", moment.span.part

    def _under(self, moment: Moment) -> Told:
        """The last repetition's tempo, of a flow the pose."""
        if moment.held_s is not None:
            return ((self._poses[moment.pose], None),) if self._poses else ()
        return tempo_told(moment.last, rough=self._rough) if moment.last else ()

    def _corners(self) -> tuple[Box, ...]:
        """Where the panel may stand: top left, top right, the same close to the edge, as over the head of who stands in
        a tall picture, and above the timeline."""
        margin, pad = self._px(SIZES.margin), self._px(SIZES.pad)
        wide, high = self._count_px + self._beside_px + 4.5 * pad, 1.25 * self._px(SIZES.count)
        lefts = (margin, self._width - margin - wide)
        tops = (margin, EDGE * margin, self._height - self._px(SIZES.track) - margin - high)
        return tuple(Box(left, top, left + wide, top + high) for top in tops for left in lefts)

    def _draw_panel(self, pixels: Pixels, moment: Moment) -> None:
        panel, size, pad = self._panel, self._px(SIZES.count), self._px(SIZES.pad)
        lay(pixels, _plate(panel.width, panel.height, pad, DARK.paper, PANEL_ALPHA), panel.left, panel.top)
        middle, beside = panel.top + panel.height / 2, panel.left + 2.5 * pad + self._count_px
        self._write(pixels, self._count(moment), panel.left + pad, middle, size, DARK.ink, bold=True)
        (line, part), under = self._line(moment), self._under(moment)
        apart = panel.height if line and under else 0.0  # what stands alone stands in the middle
        self._draw_phase(pixels, line, part, beside, middle - 0.2 * apart)
        self._draw_told(pixels, under, beside, middle + 0.24 * apart)

    def _draw_phase(self, pixels: Pixels, line: str, part: Part | None, left: float, middle: float) -> None:
        """The phase upon its colour; what is none of a repetition's parts upon nothing."""
        size, pad = self._px(SIZES.phase), self._px(SIZES.pad) / 2
        if part is not None:
            plate = _plate(self._beside_px + 2 * pad, 1.4 * size, pad, DARK.of(part), 1.0)
            lay(pixels, plate, left - pad, middle - 0.7 * size)
        waits = part is None and not self._story.held
        color = DARK.on(part) if part is not None else DARK.muted if waits else DARK.ink
        self._write(pixels, line, left, middle, size, color, bold=True)

    def _draw_told(self, pixels: Pixels, told: Told, left: float, middle: float) -> None:
        """Each time upon the colour of its phase, which the line above it and the timeline name."""
        size, pad = self._px(SIZES.tempo), self._px(SIZES.pad) / 2
        for text, part in told:
            wide = width_px(text, size)
            if part is not None:
                lay(
                    pixels,
                    _plate(wide + 2 * pad, 1.3 * size, pad, DARK.of(part), 1.0),
                    left - pad,
                    middle - 0.65 * size,
                )
            self._write(pixels, text, left, middle, size, DARK.on(part) if part is not None else DARK.ink)
            left += wide + 2.5 * pad

    def _write(
        self, pixels: Pixels, text: str, left: float, middle: float, size: float, color: str, bold: bool = False
    ) -> None:
        """Word by word, digit by digit: the few sprites that come again and again are kept."""
        x, top = left, middle - SPRITE_MIDDLE * size
        for piece in _pieces(text):
            if piece != " ":
                lay(pixels, _letters(piece, size, color, bold), x, top)
            x += SPACE * size if piece == " " else width_px(piece, size, bold)

    def _widest_line_px(self) -> float:
        """The widest thing that can stand beside the counter, so that the panel keeps its size."""
        size, second = self._px(SIZES.phase), self._words.second
        if self._story.held:
            named = [width_px(pose, self._px(SIZES.tempo)) for pose in self._poses]
            return max(width_px(f"{second} {self._words.held}", size, True), *named, 0.0)
        names = [*(f"{name} 0.0 {second}" for name in self._names.values()), self._words.rest]
        tempo = 3 * width_px("~00.0" if self._rough else "0.0", self._px(SIZES.tempo)) + 2.5 * self._px(SIZES.pad)
        return max(tempo, *(width_px(name, size, True) for name in names))

    def _strip(self, strength: float) -> Pixels:
        """The whole set from left to right, each part in its colour at this strength upon the panel's."""
        thick = max(1, round(self._px(SIZES.track)))
        strip = np.full((thick, self._width, 3), rgb(DARK.paper), np.uint8)
        for span in self._story.spans:
            box = Box(self._x(span.start_s), 0, self._x(span.end_s), thick)
            blend(strip, box, rgb(DARK.of(span.part)), strength)
        for start_s, end_s in self._story.held:
            blend(strip, Box(self._x(start_s), 0, self._x(end_s), thick), rgb(DARK.eccentric), strength)
        return strip

    def _draw_timeline(self, pixels: Pixels, time_s: float) -> None:
        """The strip at the foot, bright up to now; a white line stands at now."""
        thick, x = len(self._done), min(self._width, round(self._x(time_s)))
        pixels[-thick:, :x] = self._done[:, :x]
        pixels[-thick:, x:] = self._coming[:, x:]
        now = Box(x - 1.5, self._height - 1.6 * thick, x + 1.5, self._height)
        blend(pixels, now, rgb(DARK.ink), 1.0)

    def _x(self, time_s: float) -> float:
        return time_s / self._duration_s * self._width


def _pieces(text: str) -> list[str]:
    """Numbers in single characters, everything else in words, spaces alone."""
    pieces: list[str] = []
    for word in text.split(" "):
        pieces.extend(word if word[:1].isdigit() else [word])
        pieces.append(" ")
    return [piece for piece in pieces[:-1] if piece]
