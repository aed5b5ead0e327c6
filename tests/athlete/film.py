"""Clips on disk: H.264 in MP4 whose every picture keeps its own presentation time."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from pipeline.values import Array
from tests.athlete.render import Picture, Quality, pictures
from tests.athlete.take import Take, frame_times, motion, timeline
from tests.athlete.truth import Truth

TICK = Fraction(1, 90_000)  # finer than any rate filmed here; 1/90000 s is MPEG's own clock

# The container's 2 x 2 matrix for a telephone held on its side, clockwise turns to do when showing
TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


@dataclass(frozen=True, slots=True)
class Encoding:
    """crf is x264's quality (lower is finer). turn_deg: stored turned, with the header that turns it back."""

    crf: int = 24
    preset: str = "veryfast"
    turn_deg: int = 0


def film(
    take: Take,
    path: Path,
    quality: Quality = Quality(),  # noqa: B008  (frozen)
    encoding: Encoding = Encoding(),
) -> Truth:
    """`path` holds the clip of `take`; what happens in it is returned."""
    line = timeline(take)
    times_s = frame_times(take, line.truth.duration_s)
    shot = pictures(take, times_s, motion(take, line, times_s), quality)
    write(path, times_s, shot, encoding)
    return line.truth


def write(
    path: Path,
    times_s: Array,
    shot: Iterable[Picture],
    encoding: Encoding = Encoding(),
) -> None:
    """`path` holds `shot` as H.264, each picture shown from its time in `times_s` (to 1/90000 s)."""
    stored = (np.ascontiguousarray(np.rot90(picture, encoding.turn_deg // 90)) for picture in shot)
    with av.open(path, "w", options={"movflags": "+faststart"}) as container:
        stream: av.VideoStream | None = None
        for at_s, picture in zip(times_s, stored, strict=True):
            stream = stream or _stream(container, picture, encoding)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(at_s / TICK), TICK
            container.mux(stream.encode(frame))
        if stream:
            container.mux(stream.encode(None))
    if encoding.turn_deg:
        _set_rotation(path, encoding.turn_deg)


def _stream(container: av.container.OutputContainer, first: Picture, encoding: Encoding) -> av.VideoStream:
    # The same pictures give the same bytes: in one thread, and without the macroblock tree, whose code for new
    # processors reads what it was not given.
    options = {"crf": str(encoding.crf), "preset": encoding.preset, "threads": "1", "x264-params": "no-mbtree=1"}
    stream = container.add_stream("libx264", options=options)
    stream.height, stream.width = first.shape[:2]
    stream.pix_fmt = "yuv420p"
    stream.codec_context.time_base = TICK
    return stream


def _set_rotation(path: Path, turn_deg: int) -> None:
    """The track header says that players turn the picture clockwise by `turn_deg` (ISO 14496-12, 8.3.2)."""
    content = bytearray(path.read_bytes())
    header = content.index(b"tkhd") + 4
    matrix = header + 40  # version 0: flags, times, id, duration, reserved, layer, volume come first
    a, b, c, d = (value * 0x10000 for value in TURNS[turn_deg])
    content[matrix : matrix + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 0x40000000)
    path.write_bytes(content)
