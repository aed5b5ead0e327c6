"""A photo read and judged: upright 8-bit RGB, small enough, and how well a body can be seen in it. Uses Pillow."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from pi_heif import register_heif_opener
from PIL import ExifTags, Image, UnidentifiedImageError

from pipeline.errors import EmptyFile, NotAPicture, PhotoTooLarge
from pipeline.pose.light import body_box, body_luminance, luminance
from pipeline.values import Array, Caveat, Doubt
from pipeline.video.pixels import Pixels

register_heif_opener()  # how iPhones store photos; Pillow itself does not read it
FORMATS: Final = ("JPEG", "PNG", "HEIF", "WEBP", "AVIF", "GIF", "BMP", "TIFF")
MEGAPIXEL: Final = 1_000_000  # pixels
# what turns a picture upright, by what its camera says; Pillow's exif_transpose writes all tags anew, and fails where
# one of them is odd
TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
JUDGED_SIDE_PX: Final = 256  # what the landmark network looks at: a body's box is judged at that size


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """What is read and what is good enough.

    64 million pixels are the largest phone photo (8064 x 6048) and some room, 1280 px Telegram's own longest side.
    sharpness is how much neighbours differ over how much all do: frames of seven filmed clips and of a rendered one lie
    at 0.12 to 0.37, the same blurred by a Gaussian of 2 % of their height at 0.03 to 0.10.
    """

    pixels: int = 64_000_000
    longest_side_px: int = 1280
    least_sharpness: float = 0.06
    least_luminance: float = 35.0  # of 255, the body's box on average
    least_body_px: float = 120.0  # the longer side of the body's box: half of what the network looks at


LIMITS: Final = PictureLimits()


def read_picture(path: Path, limits: PictureLimits = LIMITS) -> Pixels:
    """The photo upright as its camera says, (height, width, 3) RGB, its longest side at most limits.longest_side_px.

    Grey, palette, CMYK, 16-bit and see-through pictures are converted, see-through ones over white; of a moving picture
    the first is taken. Raises EmptyFile, NotAPicture, PhotoTooLarge.
    """
    if path.stat().st_size == 0:
        raise EmptyFile()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large pictures, whose size is checked here, and of odd tags
        try:
            with Image.open(path, formats=FORMATS) as opened:
                return _pixels(opened, limits)
        except UnidentifiedImageError as error:
            raise NotAPicture() from error
        except Image.DecompressionBombError as error:
            raise _too_large(2 * (Image.MAX_IMAGE_PIXELS or 0), limits) from error
        except (OSError, SyntaxError, ValueError, EOFError, RuntimeError) as error:  # what decoders raise for damage
            raise NotAPicture() from error


def quality_caveats(pixels: Pixels, body_px: Array, limits: PictureLimits = LIMITS) -> tuple[Caveat, ...]:
    """What speaks against judging the body whose landmarks are body_px (33, 2): small, dark, blurred."""
    box, height_px = body_box(pixels, body_px), float(np.ptp(body_px, axis=0).max())
    found = []
    if height_px < limits.least_body_px:
        found.append(Caveat(Doubt.PERSON_SMALL, {"height_px": round(height_px)}))
    if body_luminance(pixels, body_px) < limits.least_luminance:
        found.append(Caveat(Doubt.PHOTO_DARK))
    elif sharpness(box) < limits.least_sharpness:
        found.append(Caveat(Doubt.PHOTO_BLURRED))
    return tuple(found)


def sharpness(pixels: Pixels) -> float:
    """How much neighbours differ where they differ most, over how much all differ; 0 for one colour."""
    side = max(pixels.shape[:2])
    size = (max(2, round(length * JUDGED_SIDE_PX / side)) for length in (pixels.shape[1], pixels.shape[0]))
    grey = luminance(np.asarray(Image.fromarray(pixels).resize(tuple(size), Image.Resampling.BILINEAR)))
    steps = np.hypot(np.diff(grey, axis=0)[:, :-1], np.diff(grey, axis=1)[:-1])
    spread = float(grey.std())
    return float(np.quantile(steps, 0.95)) / (4 * spread) if spread > 1 else 0.0


def resized(pixels: Pixels, width_px: int, height_px: int) -> Pixels:
    """The picture at another size."""
    size = max(1, width_px), max(1, height_px)
    return np.array(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS), dtype=np.uint8)


def png(pixels: Pixels) -> bytes:
    """The picture as PNG."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()


def _pixels(opened: Image.Image, limits: PictureLimits) -> Pixels:
    count = opened.width * opened.height
    if count > limits.pixels:
        raise _too_large(count, limits)
    side = limits.longest_side_px
    opened.draft("RGB", (side, side))  # JPEG only: decoded at half or a quarter of its size where that is enough
    shown = _eight_bit(opened)
    shown.thumbnail((side, side), Image.Resampling.LANCZOS)  # before it is turned, which copies it
    opened.load()  # a TIFF turns itself then, and says so
    turn = TURNS.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
    upright = shown if turn is None else shown.transpose(turn)
    return np.ascontiguousarray(np.asarray(_opaque(upright), dtype=np.uint8))


def _too_large(pixels: int, limits: PictureLimits) -> PhotoTooLarge:
    return PhotoTooLarge(megapixels=round(pixels / MEGAPIXEL), limit_megapixels=round(limits.pixels / MEGAPIXEL))


def _eight_bit(opened: Image.Image) -> Image.Image:
    """16-bit and 32-bit grey scaled to 8 bit by its own range, what is no number black; everything else as it is."""
    if not opened.mode.startswith(("I", "F")):
        return opened
    values = np.asarray(opened, dtype=np.float64)
    known = np.isfinite(values)
    low, high = (float(end(values, where=known, initial=start)) for end, start in ((np.min, np.inf), (np.max, -np.inf)))
    scaled = np.where(known, values - low, 0.0) / max(high - low, 1.0) if known.any() else np.zeros(values.shape)
    return Image.fromarray((scaled * 255).astype(np.uint8))


def _opaque(shown: Image.Image) -> Image.Image:
    if not shown.has_transparency_data:
        return shown.convert("RGB")
    over = Image.new("RGBA", shown.size, "white")
    over.alpha_composite(shown.convert("RGBA"))
    return over.convert("RGB")
