"""Photos as people send them: every usual format is read, turned and converted; everything else is refused."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter, ImageOps

from pipeline.errors import AnalysisError, EmptyFile, NotAPicture, PhotoTooLarge
from pipeline.photo.picture import PictureLimits, quality_caveats, read_picture, sharpness
from pipeline.values import Doubt
from pipeline.video.pixels import Pixels
from tests.pipeline.photo.bodies import figure_px

RED, BLUE = (200, 30, 30), (20, 40, 210)
HEIC = (Path(__file__).parent / "turned.heic").read_bytes()  # Pillow cannot write one; 160 x 80, to be turned clockwise
CORNERS = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)  # no two pixels alike
NEAR = 40  # of 255: JPEG's colours at a border


def two_halves(width: int = 80, height: int = 40) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture


def encoded(picture: Image.Image, ending: str) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, ending)
    return buffer.getvalue()


def saved(picture: Image.Image, path: Path, **options: object) -> Path:
    picture.save(path, **options)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "avif", "gif", "bmp", "tiff"])
@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_usual_formats_are_read(tmp_path: Path, ending: str, mode: str) -> None:
    picture = two_halves().convert(mode)
    picture = picture.convert("L") if (mode, ending) == ("P", "jpg") else picture
    pixels = read_picture(saved(picture, tmp_path / f"photo.{ending}"))
    assert pixels.shape == (40, 80, 3)
    assert pixels.dtype == np.uint8
    assert abs(int(pixels[20, 10].mean()) - int(np.asarray(picture.convert("RGB"))[20, 10].mean())) < NEAR


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "avif", "tiff"])
@pytest.mark.parametrize("times", [1, 40])  # as large as it is shown, and larger
def test_a_picture_is_turned_as_the_camera_says(tmp_path: Path, ending: str, times: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by 90 degrees
    picture = two_halves(80 * times, 40 * times)
    pixels = read_picture(saved(picture, tmp_path / f"photo.{ending}", exif=exif, quality=95))
    height, width = pixels.shape[:2]
    assert (height, width) == ((80, 40) if times == 1 else (1280, 640))
    assert np.abs(pixels[height // 16, width // 2].astype(int) - RED).max() < NEAR
    assert np.abs(pixels[-height // 16, width // 2].astype(int) - BLUE).max() < NEAR


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_to_hold_a_camera_is_turned_upright(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(Image.fromarray(CORNERS), tmp_path / "photo.png", exif=exif)
    with Image.open(path) as opened:
        upright = ImageOps.exif_transpose(opened)
    np.testing.assert_array_equal(read_picture(path), np.asarray(upright))


def test_odd_tags_of_a_camera_do_not_cost_the_photo(tmp_path: Path) -> None:
    turned_with_an_odd_resolution = struct.pack(">HHIHHHHII", 0x0112, 3, 1, 6, 0, 0x011A, 7, 4, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 2) + turned_with_an_odd_resolution + bytes(4)
    path = saved(Image.fromarray(CORNERS), tmp_path / "photo.jpg", exif=exif)
    assert read_picture(path).shape == (CORNERS.shape[1], CORNERS.shape[0], 3)


def test_a_photo_as_iphones_store_it_is_read_and_turned(tmp_path: Path) -> None:
    (tmp_path / "IMG_0001.HEIC").write_bytes(HEIC)
    pixels = read_picture(tmp_path / "IMG_0001.HEIC")
    assert pixels.shape == (160, 80, 3)
    assert np.abs(pixels[10, 40].astype(int) - RED).max() < NEAR
    assert np.abs(pixels[-10, 40].astype(int) - BLUE).max() < NEAR


def test_cmyk_16_bit_and_see_through_pictures_are_converted(tmp_path: Path) -> None:
    cmyk = read_picture(saved(two_halves().convert("CMYK"), tmp_path / "print.jpg"))
    assert cmyk[20, 10, 0] > cmyk[20, 10, 2]
    deep = Image.fromarray((np.linspace(0, 1, 4000).reshape(40, 100) * 65535).astype(np.uint16))
    grey = read_picture(saved(deep, tmp_path / "deep.png"))
    assert grey.min() == 0
    assert grey.max() == 255
    exif = Image.Exif()
    exif[0x0112] = 6
    assert read_picture(saved(deep, tmp_path / "turned.png", exif=exif)).shape == (100, 40, 3)
    glass = read_picture(saved(Image.new("RGBA", (30, 30), (0, 0, 0, 0)), tmp_path / "glass.png"))
    assert (glass == 255).all()


@pytest.mark.parametrize(("values", "brightest"), [([0.0, np.nan, 5.0, np.inf], 255), ([np.nan] * 4, 0)])
def test_a_pixel_that_is_no_number_is_black(tmp_path: Path, values: list[float], brightest: int) -> None:
    depth = Image.fromarray(np.array([values], np.float32))
    pixels = read_picture(saved(depth, tmp_path / "depth.tiff"))
    assert (pixels[0, 1].max(), pixels.max()) == (0, brightest)


def test_of_a_moving_picture_the_first_is_taken(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 20), RED), Image.new("RGB", (20, 20), BLUE)]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], lossless=True)
    assert np.abs(read_picture(tmp_path / "a.webp")[10, 10].astype(int) - RED).max() < NEAR


def test_a_large_picture_is_made_small_and_a_huge_one_refused(tmp_path: Path) -> None:
    path = saved(Image.new("RGB", (3000, 1500)), tmp_path / "large.jpg")
    assert read_picture(path).shape == (640, 1280, 3)
    with pytest.raises(PhotoTooLarge):
        read_picture(path, PictureLimits(pixels=1_000_000))


def chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def test_a_bomb_is_refused_by_what_its_header_says(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    with pytest.raises(PhotoTooLarge):
        read_picture(tmp_path / "bomb.png")


@pytest.mark.parametrize(("content", "error"), [(b"", EmptyFile), (b"no picture at all", NotAPicture)])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes, error: type[AnalysisError]) -> None:
    (tmp_path / "photo.jpg").write_bytes(content)
    with pytest.raises(error):
        read_picture(tmp_path / "photo.jpg")


@given(
    cut=st.floats(0.02, 0.9),
    ending=st.sampled_from(["jpeg", "png", "webp", "avif", "gif"]),
    flips=st.binary(max_size=8),
)
def test_a_damaged_picture_is_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, cut: float, ending: str, flips: bytes
) -> None:
    whole = encoded(two_halves(), ending)
    kept = bytearray(whole[: max(1, int(cut * len(whole)))])
    for place, flip in enumerate(flips):
        kept[(place * 97 + 12) % len(kept)] ^= flip
    path = tmp_path_factory.mktemp("cut") / "photo"
    path.write_bytes(bytes(kept))
    try:
        shape = read_picture(path).shape
    except AnalysisError:
        return
    assert shape[2] == 3


@pytest.mark.parametrize("cut", range(20, len(HEIC), 40))
def test_a_cut_photo_of_an_iphone_is_refused(tmp_path: Path, cut: int) -> None:
    (tmp_path / "IMG_0001.HEIC").write_bytes(HEIC[:cut])
    with pytest.raises(NotAPicture):
        read_picture(tmp_path / "IMG_0001.HEIC")


def checked() -> Pixels:
    """A picture of sharp squares, dark and light."""
    squares = np.random.default_rng(0).integers(0, 2, (20, 15, 1), dtype=np.uint8) * 200 + 30
    return np.asarray(np.kron(squares, np.ones((40, 40, 3), np.uint8)))


def blurred(pixels: Pixels, share: float) -> Pixels:
    """Out of focus by a share of the picture's height."""
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(share * len(pixels))))


def test_blur_darkness_and_a_small_body_are_doubted() -> None:
    sharp, body = checked(), figure_px()
    assert quality_caveats(sharp, body) == ()
    (blur,) = quality_caveats(blurred(sharp, 0.04), body)
    assert blur.doubt == Doubt.PHOTO_BLURRED
    (dark,) = quality_caveats((sharp // 12).astype(np.uint8), body)
    assert dark.doubt == Doubt.PHOTO_DARK
    (both,) = quality_caveats((blurred(sharp, 0.04) // 4).astype(np.uint8), body)
    assert both.doubt == Doubt.PHOTO_DARK  # in the dark nothing is sharp: one thing is to be mended
    small = quality_caveats(sharp, body * 0.1)[0]
    assert (small.doubt, small.facts["height_px"]) == (Doubt.PERSON_SMALL, 58)


def test_the_more_blur_the_less_sharp() -> None:
    sharp = checked()
    values = [sharpness(sharp), *(sharpness(blurred(sharp, share)) for share in (0.01, 0.02, 0.04))]
    assert values == sorted(values, reverse=True)
    assert sharpness(np.full((50, 50, 3), 90, np.uint8)) == 0
