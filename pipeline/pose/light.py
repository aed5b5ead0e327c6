"""How bright a picture is in the box around somebody's body."""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.values import Array
from pipeline.video.pixels import Pixels

LUMINANCE: Final = (0.299, 0.587, 0.114)  # ITU-R BT.601
_EVERY = 4  # every fourth pixel: a body of 120 px still has hundreds


def luminance(pixels: Pixels) -> Array:
    """(height, width) luminance, 0..255, of an RGB picture (height, width, 3)."""
    return np.asarray(pixels @ np.array(LUMINANCE))


def body_box(pixels: Pixels, body_px: Array) -> Pixels:
    """A view of the picture's part inside the body's box; the whole picture where the box lies outside.

    body_px: landmarks (33, 2).
    """
    height, width = pixels.shape[:2]
    left, top = (int(max(0, edge)) for edge in body_px.min(axis=0))
    right, bottom = (int(min(limit, edge)) for limit, edge in zip((width, height), body_px.max(axis=0), strict=True))
    return pixels[top:bottom, left:right] if right - left > 1 and bottom - top > 1 else pixels


def body_luminance(pixels: Pixels, body_px: Array) -> float:
    """Mean luminance, 0..255, of the body's box; body_px: landmarks (33, 2)."""
    return float(luminance(body_box(pixels, body_px)[::_EVERY, ::_EVERY]).mean())
