"""Decode a clip: upright 8-bit RGB frames with their own presentation times. The only importer of PyAV for reading.

Times come from the container, never from index / frame rate: phones record at variable rates, and only presentation
times tell slow motion from fast movement.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from pipeline.errors import EmptyFile, NoFrames, NotAVideo, NoVideoStream, TooLarge, TooLong
from pipeline.values import Clip
from pipeline.video.pace import NonReferenceSkipper, Pace, Thinning
from pipeline.video.pixels import Converter, Pixels

# Containers that people send. Playlists and image sequences are left out on purpose: a playlist can name other files.
FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,gif,mpegts,mpeg,ogg,flv,asf"
OPTIONS = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
AV_TIME_BASE_HZ = 1_000_000


@dataclass(frozen=True, slots=True)
class Sampling:
    """The highest frame rate, picture size and length that are decoded.

    rate_hz: 30 Hz follows a punch or a jumping jack (under 4 Hz) with room to spare. calm_rate_hz: where nothing moves
    fast, 12 Hz give the same times and the same counts on the tuned sources (96.3 % exact at 30, 15 and 12 Hz, 94.4 %
    at 10 Hz). longest_side_px: above 640 px the pose detector and the 256 px landmark crop gain nothing (the shared
    tracks were made with it). limit_s: clips longer than 5 minutes hold several workouts. limit_pixels: 8192 x 4320
    is the largest picture a phone records.
    """

    rate_hz: float = 30.0
    calm_rate_hz: float = 12.0
    longest_side_px: int = 640
    limit_s: float = 300.0
    limit_pixels: int = 8192 * 4320


Part = tuple[float, float]  # start_s and end_s in the clip, the end not included
WHOLE: Part = (0.0, math.inf)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture: pixels (height, width, 3) RGB, upright, at time_s after the clip's first frame."""

    time_s: float
    pixels: Pixels

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height."""
        return self.pixels.shape[1], self.pixels.shape[0]


def probe(path: Path, sampling: Sampling = Sampling()) -> Clip:
    """What the container says of its video, as it is shown upright.

    Raises EmptyFile, NotAVideo, NoVideoStream, NoFrames, TooLong, TooLarge.
    """
    with _opened(path) as container:
        stream = _video_stream(container)
        pixels = stream.width * stream.height
        if pixels > sampling.limit_pixels:
            raise TooLarge(pixels=pixels, limit_pixels=sampling.limit_pixels)
        duration_s = _duration_s(container, stream) or _read_through_s(path)
        if duration_s > sampling.limit_s:
            raise TooLong(duration_s=round(duration_s, 1), limit_s=sampling.limit_s)
        first = _first_frame(container, stream)
        turned = first.rotation % 180 != 0
        sides = (stream.height, stream.width) if turned else (stream.width, stream.height)
        return Clip(
            name=path.name,
            duration_s=duration_s,
            frame_rate_hz=float(stream.average_rate or stream.base_rate or 0),
            width_px=sides[0],
            height_px=sides[1],
            key_frames_s=_key_frames_s(stream, first.time),
        )


def frames(
    path: Path, sampling: Sampling = Sampling(), *, part: Part = WHOLE, pace: Pace | None = None
) -> Iterator[Frame]:
    """Yield the clip's frames in order of time, thinned to the pace and shrunk to sampling.longest_side_px.

    The default pace is sampling.rate_hz; whoever holds `pace` may change it between two frames. Only the frames of
    `part` are yielded, with their times in the whole clip, so that parts can be decoded in parallel.
    Of a damaged clip, what can be decoded is yielded; decoding stops silently at sampling.limit_s.
    Raises EmptyFile, NotAVideo, NoVideoStream; NoFrames where not one picture could be decoded.
    """
    start_s, end_s = part
    wanted = Thinning(pace or Pace(sampling.rate_hz))
    with _opened(path) as container:
        stream = _video_stream(container, threads=(os.cpu_count() or 1) if part == WHOLE else 1)
        first = _first_frame(container, stream)
        first_s, convert = first.time, Converter(first, sampling.longest_side_px)
        skipper = NonReferenceSkipper(wanted, float(stream.average_rate or 0), first_s, first_s + start_s)
        for picture in _decoded_from(container, stream, first_s + start_s, skipper):
            time_s = picture.time - first_s
            if time_s > sampling.limit_s or time_s >= end_s:
                break
            if time_s >= start_s and wanted.takes(time_s):
                yield Frame(time_s, convert(picture))


def _opened(path: Path) -> Any:
    if path.stat().st_size == 0:
        raise EmptyFile()
    try:
        # a title may be in any encoding, and we do not read it
        return av.open(str(path), options=OPTIONS, metadata_errors="replace")
    except av.FFmpegError as error:
        raise NotAVideo() from error


def _video_stream(container: Any, threads: int = 1) -> Any:
    # a song's cover picture is a "video stream" of one frame
    streams = [
        stream for stream in container.streams.video if not stream.disposition & av.stream.Disposition.attached_pic
    ]
    if not streams:
        raise NoVideoStream()
    if streams[0].codec_context is None:  # no decoder for this codec
        raise NoFrames()
    streams[0].thread_type = "AUTO" if threads > 1 else "NONE"
    streams[0].codec_context.thread_count = threads
    return streams[0]


def _duration_s(container: Any, stream: Any) -> float:
    if stream.duration:
        return float(stream.duration * stream.time_base)
    ends_s = (container.duration or 0) / AV_TIME_BASE_HZ
    late_s = (container.start_time or 0) / AV_TIME_BASE_HZ if "matroska" in container.format.name else 0.0
    return float(max(0.0, ends_s - late_s))  # Matroska stores its end time, other containers their length


def _read_through_s(path: Path) -> float:
    """The length by the packets' times, without decoding: browsers and streams write no length."""
    shown_s: list[float] = []
    with _opened(path) as container, suppress(av.FFmpegError, IndexError):  # a damaged tail ends the clip
        for packet in container.demux(_video_stream(container)):
            if (time_s := _time_s(packet)) is not None:
                shown_s.append(time_s)
    return max(shown_s) - min(shown_s) if shown_s else 0.0


def _key_frames_s(stream: Any, first_s: float) -> tuple[float, ...]:
    """Times of the key frames, as far as the container lists them in its index."""
    key_frames = (entry for entry in stream.index_entries if entry.is_keyframe)
    return tuple(float(entry.timestamp * stream.time_base) - first_s for entry in key_frames)


def _decoded_from(
    container: Any, stream: Any, start_s: float, skipper: NonReferenceSkipper | None
) -> Iterator[av.VideoFrame]:
    """The pictures from the key frame before `start_s` on; from the first one where the container cannot seek."""
    if start_s > 0:
        try:
            container.seek(math.floor(start_s / stream.time_base), stream=stream)
        except av.FFmpegError:
            _rewind(container)
        pictures = _pictures(container, stream, skipper)
        landed = next(pictures, None)
        if landed is not None and landed.time <= start_s:
            yield landed
            yield from pictures
            return
    yield from _decoded(container, stream, skipper)


def _decoded(container: Any, stream: Any, skipper: NonReferenceSkipper | None = None) -> Iterator[av.VideoFrame]:
    """Every picture that can be decoded, from the start."""
    _rewind(container)
    return _pictures(container, stream, skipper)


def _rewind(container: Any) -> None:
    """Seek to the start; a container too damaged to seek is read on from its current position."""
    with suppress(av.FFmpegError):
        container.seek(0)


def _pictures(container: Any, stream: Any, skipper: NonReferenceSkipper | None) -> Iterator[av.VideoFrame]:
    """What can be decoded from the container's current position on; a damaged tail ends the clip."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
            if skipper:
                stream.codec_context.skip_frame = skipper.skip_frame(_time_s(packet))
            pictures = packet.decode()
        except StopIteration:
            return
        except av.error.InvalidDataError:
            continue
        except (av.FFmpegError, IndexError):  # IndexError: a packet of a stream that the container's header omits
            return
        for picture in pictures:
            if picture.time is not None:
                if skipper:
                    skipper.decoded(picture.time)
                yield picture


def _time_s(packet: Any) -> float | None:
    """The packet's presentation time, rounded as PyAV rounds its picture's."""
    if packet.pts is None:
        return None
    shown_s: float = float(packet.pts) * packet.time_base.numerator / packet.time_base.denominator
    return shown_s


def _first_frame(container: Any, stream: Any) -> av.VideoFrame:
    for picture in _decoded(container, stream):
        return picture
    raise NoFrames()
