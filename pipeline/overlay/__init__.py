"""Draw skeleton, counter, phase and tempo over the user's own clip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from pipeline.chart.palette import DARK
from pipeline.chart.words import ChartWords
from pipeline.overlay.hud import Hud, rgb
from pipeline.overlay.moments import Moment, Story, story
from pipeline.overlay.skeleton import WHITE, Skeletons, draw_skeleton, skeletons
from pipeline.spans import Part
from pipeline.values import PoseTrack, SetReport, times_are_unsure
from pipeline.video.decode import Frame, Sampling, frames
from pipeline.video.encode import encode_h264

__all__ = ["draw_overlay"]

OVERLAY_SAMPLING = Sampling(rate_hz=30.0, longest_side_px=960)


def _body_color(moment: Moment) -> tuple[int, int, int]:
    resting = moment.span is None or moment.span.part is Part.PAUSE
    return WHITE if resting or moment.span is None else rgb(DARK.of(moment.span.part))


def _annotated(frame: Frame, told: Story, bodies: Skeletons, hud: Hud) -> Frame:
    pixels, moment = frame.pixels.copy(), told.at(frame.time_s)
    points = bodies.at(frame.time_s)
    if points is not None:
        draw_skeleton(pixels, points, _body_color(moment))
    hud.draw(pixels, moment, frame.time_s)
    return replace(frame, pixels=pixels)


def _annotate(shown: Iterator[Frame], track: PoseTrack, report: SetReport, words: ChartWords) -> Iterator[Frame]:
    told, bodies = story(report), skeletons(track)
    hud: Hud | None = None
    for frame in shown:
        if hud is None:
            height, width = frame.pixels.shape[:2]
            rough = times_are_unsure(report.caveats)
            hud = Hud(told, words, width, height, report.source.duration_s, bodies.points, rough=rough)
        yield _annotated(frame, told, bodies, hud)


def draw_overlay(
    clip_path: Path,
    track: PoseTrack,
    report: SetReport,
    out_path: Path,
    words: ChartWords,
    sampling: Sampling = OVERLAY_SAMPLING,
) -> tuple[int, int]:
    """Write the annotated clip to `out_path` as mp4; returns its width and height in pixels.

    Upright, its longest side at most sampling.longest_side_px, each frame at its own presentation time, without sound;
    with the body's lines in the colour of the phase, the repetitions so far, the phase with its seconds, the last
    repetition's tempo, and the whole set as a timeline at the bottom.

    H.264 4:2:0 with its index at the front: Telegram plays it in the chat. One frame is held in memory at a time.
    Raises what `video.decode.frames` raises.
    """
    shown = _annotate(frames(clip_path, sampling), track, report, words)
    first = next(shown)
    encode_h264(out_path, chain((first,), shown), sampling.rate_hz)
    height, width = first.pixels.shape[:2]
    return width, height
