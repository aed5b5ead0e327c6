"""Small clips made on the spot: a bright square that moves to the right over a dark ground, at times that are given."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

TICKS_PER_S = 10_000


def moving_square(
    path: Path,
    times_s: Sequence[float],
    *,
    size: tuple[int, int] = (160, 120),
    rotation_deg: int = 0,
    transfer: int | None = None,
    key_every: int = 12,
    in_between: int = 0,
    title: str = "",
) -> Path:
    """An MP4 whose frames are shown at `times_s`; a red corner marks the top left of the stored picture.

    rotation_deg is written as a display matrix, as phones do; transfer is an HDR curve (ITU-T H.273: 16 PQ, 18 HLG).
    Every key_every-th frame can be jumped to; in_between frames in a row are such that few others refer to them.
    """
    width, height = size
    with av.open(str(path), "w") as container:
        container.metadata.update({"title": title} if title else {})
        options = {"crf": "18", "g": str(key_every), "bf": str(in_between), "b_strategy": "0"}
        stream = container.add_stream("libx264", rate=30, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, TICKS_PER_S)
        if transfer is not None:
            stream.pix_fmt, stream.codec_context.color_trc = "yuv420p10le", transfer
        if rotation_deg:
            stream.set_display_rotation(rotation_deg)
        for number, time_s in enumerate(times_s):
            picture = av.VideoFrame.from_ndarray(_picture(number, width, height), format="rgb24")
            picture.pts, picture.time_base = round(time_s * TICKS_PER_S), Fraction(1, TICKS_PER_S)
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return path


def only_sound(path: Path) -> Path:
    """An M4A with a second of silence."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44_100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 44_100), np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 44_100, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def _picture(number: int, width: int, height: int) -> npt.NDArray[np.uint8]:
    picture = np.full((height, width, 3), 40, np.uint8)
    left = 10 + 2 * number % (width - 40)
    picture[height // 2 - 10 : height // 2 + 10, left : left + 20] = 230
    picture[: height // 4, : width // 4] = (220, 20, 20)
    return picture
