"""The annotated clip keeps times and shape, plays in a chat, and says at each moment what the report says."""

from __future__ import annotations

import struct
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.chart import english_words
from pipeline.chart.canvas import Box
from pipeline.errors import NoFrames, NotAVideo
from pipeline.overlay import draw_overlay
from pipeline.overlay.hud import Hud, least_covering, tempo_told
from pipeline.overlay.moments import story
from pipeline.overlay.skeleton import draw_skeleton, skeletons
from pipeline.spans import Part
from pipeline.values import LANDMARKS, Array, PoseTrack, SetReport
from pipeline.video.decode import Frame, frames
from pipeline.video.encode import encode_h264
from pipeline.video.pixels import Pixels
from tests.pipeline import reports

TIME_TOLERANCE_S = 2e-5  # the clock's tick is 11 microseconds
GREY = 90
SHOULDER_PX, HIP_PX = (200.0, 100.0), (200.0, 260.0)
UNEVEN_S = np.cumsum([0.0, 0.04, 0.05, 0.035, 0.09, 0.04, 0.04, 0.3, 0.04, 0.04])


def grey_frames(times_s: Array, width: int = 640, height: int = 360) -> Iterator[Frame]:
    for time_s in times_s:
        yield Frame(float(time_s), np.full((height, width, 3), GREY, np.uint8))


def standing_track(times_s: Array, width: int = 640, height: int = 360) -> PoseTrack:
    """A trunk that stands still, everything else hidden."""
    image = np.zeros((len(times_s), LANDMARKS, 2))
    image[:, (11, 12)], image[:, (23, 24)] = SHOULDER_PX, HIP_PX
    visibility = np.zeros((len(times_s), LANDMARKS))
    visibility[:, (11, 12, 23, 24)] = 0.9
    return PoseTrack(times_s, image, np.zeros((len(times_s), LANDMARKS, 3)), visibility, width, height)


def decoded(path: Path) -> list[tuple[float, Pixels]]:
    with av.open(str(path)) as container:
        return [
            (float(picture.time), np.asarray(picture.to_ndarray(format="rgb24"), np.uint8))
            for picture in container.decode(video=0)
        ]


def annotate(folder: Path, times_s: Array, report: SetReport, size: tuple[int, int] = (640, 360)) -> Path:
    encode_h264(folder / "clip.mp4", grey_frames(times_s, *size), 30.0)
    track = standing_track(times_s, *size)
    draw_overlay(folder / "clip.mp4", track, report, folder / "out.mp4", english_words(report, "Squat"))
    return folder / "out.mp4"


def test_presentation_times_are_kept(tmp_path: Path) -> None:
    out = annotate(tmp_path, UNEVEN_S, reports.FIVE_SQUATS)
    wanted = [frame.time_s for frame in frames(tmp_path / "clip.mp4")]
    np.testing.assert_allclose([time_s for time_s, _ in decoded(out)], wanted, atol=TIME_TOLERANCE_S)
    np.testing.assert_allclose(wanted, UNEVEN_S, atol=TIME_TOLERANCE_S)


def test_it_is_what_telegram_plays_in_the_chat(tmp_path: Path) -> None:
    out = annotate(tmp_path, UNEVEN_S, reports.FIVE_SQUATS)
    with av.open(str(out)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
        assert len(container.streams) == 1
    written = out.read_bytes()
    assert 0 < written.index(b"moov") < written.index(b"mdat")


@pytest.mark.parametrize(
    ("size", "wanted"), [((1280, 720), (960, 540)), ((720, 1280), (540, 960)), ((322, 180), (322, 180))]
)
def test_it_keeps_its_shape_and_is_at_most_960_px_long(
    tmp_path: Path, size: tuple[int, int], wanted: tuple[int, int]
) -> None:
    out = annotate(tmp_path, UNEVEN_S[:2], reports.FIVE_SQUATS, size)
    assert decoded(out)[0][1].shape[1::-1] == wanted


@pytest.mark.parametrize("size", [(16, 16), (30, 400)])
def test_a_clip_of_next_to_no_pixels_is_annotated_all_the_same(tmp_path: Path, size: tuple[int, int]) -> None:
    assert len(decoded(annotate(tmp_path, np.arange(5) / 10, reports.FIVE_SQUATS, size))) == 5


def turn_quarter(clip: Path) -> None:
    """The container says that the picture is to be shown turned by 90 degrees (ISO 14496-12, track header matrix)."""
    written = clip.read_bytes()
    at = written.index(b"tkhd") + 44
    matrix = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    clip.write_bytes(written[:at] + matrix + written[at + len(matrix) :])


def test_a_turned_clip_comes_out_upright(tmp_path: Path) -> None:
    half_white = np.full((360, 640, 3), GREY, np.uint8)
    half_white[:, 320:] = 250
    clip, out = tmp_path / "clip.mp4", tmp_path / "out.mp4"
    encode_h264(clip, (Frame(time_s, half_white) for time_s in UNEVEN_S), 30.0)
    turn_quarter(clip)
    track, words = standing_track(UNEVEN_S, 360, 640), english_words(reports.NO_REPS, "Squat")
    draw_overlay(clip, track, reports.NO_REPS, out, words)
    wanted, (_, found) = next(frames(clip)).pixels, decoded(out)[0]
    assert found.shape == (640, 360, 3)
    assert abs(found[[300, 500], 60].astype(int) - wanted[[300, 500], 60]).max() < 8
    assert abs(int(found[300, 60, 0]) - int(found[500, 60, 0])) > 100


def test_the_body_is_drawn_where_it_is(tmp_path: Path) -> None:
    _, picture = decoded(annotate(tmp_path, UNEVEN_S, reports.FIVE_SQUATS))[0]
    along = picture[150:220, 190:211].astype(int)
    assert along[:, 10].mean() > 220  # white at rest, on the trunk's line
    assert abs(along[:, (0, -1)].mean() - GREY) < 6


@pytest.mark.parametrize(("part", "colder"), [(Part.ECCENTRIC, True), (Part.CONCENTRIC, False)])
def test_the_body_has_the_colour_of_the_phase(tmp_path: Path, part: Part, colder: bool) -> None:
    span = next(span for span in story(reports.FIVE_SQUATS).spans if span.part is part)
    times = np.array([0.0, span.start_s + 0.3])
    _, picture = decoded(annotate(tmp_path, times, reports.FIVE_SQUATS))[1]
    red, _, blue = picture[180, 200].astype(int)
    assert bool(blue > red + 40) is colder
    assert bool(red > blue + 40) is not colder


@pytest.mark.parametrize("name", reports.ALL)
def test_every_kind_of_set_is_annotated(tmp_path: Path, name: str) -> None:
    assert len(decoded(annotate(tmp_path, UNEVEN_S, reports.ALL[name]))) == len(UNEVEN_S)


def test_the_panel_stands_where_it_covers_the_body_least() -> None:
    left, right, foot = Box(0, 0, 40, 20), Box(60, 0, 100, 20), Box(0, 80, 40, 100)
    hanging_left = np.array([[[20.0, 10.0], [25.0, 60.0], [np.nan, np.nan]]])
    assert least_covering((left, right, foot), hanging_left) == right
    assert least_covering((left, right, foot), np.array([[[80.0, 10.0]]])) == left
    assert least_covering((left, right, foot), np.array([[[20.0, 10.0], [80.0, 10.0]]])) == foot
    assert least_covering((left, right), np.full((2, 33, 2), np.nan)) == left


def test_over_who_stands_in_a_tall_picture_the_panel_keeps_to_the_edge() -> None:
    """Eyes and feet in the middle, as close to the ends as people film themselves: both corners would hide one."""
    body = np.array([[[0.5, 0.11]] * 11 + [[0.5, 0.93]] * 22])
    hud = Hud(story(reports.FIVE_SQUATS), english_words(reports.FIVE_SQUATS, "Squat"), 540, 960, 20.0, body)
    frame = np.full((960, 540, 3), 255, np.uint8)
    hud.draw(frame, story(reports.FIVE_SQUATS).at(0.0), 0.0)
    assert (frame[round(0.11 * 960), 270] == 255).all()
    assert (frame[round(0.93 * 960), 270] == 255).all()


def test_nobody_in_view_leaves_the_picture_alone() -> None:
    track = standing_track(UNEVEN_S)
    unseen = replace(track, image_px=np.full_like(track.image_px, np.nan))
    assert skeletons(unseen).at(0.1) is None


def test_the_count_grows_when_a_complete_repetition_ends() -> None:
    told, reps = story(reports.PARTIAL_SQUATS), reports.PARTIAL_SQUATS.reps
    assert [told.at(rep.end_s - 0.01).done for rep in reps] == [0, 1, 2, 3, 4, 5, 5]
    assert [told.at(rep.end_s).done for rep in reps] == [1, 2, 3, 4, 5, 5, 5]


def test_a_moment_lies_in_its_span_and_knows_how_long() -> None:
    told = story(reports.FIVE_SQUATS)
    for span in told.spans:
        moment = told.at((span.start_s + span.end_s) / 2)
        assert moment.span == span
        assert moment.into_s == pytest.approx(span.seconds / 2)
    assert told.at(0.0).span is None


def test_only_between_two_repetitions_there_is_rest() -> None:
    told, reps = story(reports.FIVE_SQUATS), reports.FIVE_SQUATS.reps
    between = [told.at((early.end_s + late.start_s) / 2) for early, late in pairwise(reps)]
    assert [moment.resting for moment in between] == [moment.span is None for moment in between]
    assert any(moment.resting for moment in between)
    assert not told.at(0.0).resting
    assert not told.at(reps[-1].end_s + 0.1).resting  # what follows may be one that the clip's end cut off


def test_a_hold_counts_the_seconds_that_were_held() -> None:
    told = story(reports.PLANK)
    ((start_s, _),) = told.held
    assert told.at(0.0).held_s == 0.0
    assert told.at(start_s + 10).held_s == pytest.approx(10.0)
    assert told.at(1000.0).held_s == pytest.approx(42.0, abs=0.1)


def test_a_flow_counts_the_seconds_of_each_pose_anew() -> None:
    told = story(reports.FLOW)
    seen = [(told.at(time_s).pose, told.at(time_s).held_s) for time_s in (0.0, 11.0, 13.0, 15.0, 26.0, 60.0)]
    assert seen == [(0, 0.0), (0, 11.0), (0, 12.0), (1, 1.0), (2, 2.0), (2, 24.0)]
    assert told.most == 24


def test_tempo_is_written_as_coaches_do() -> None:
    phases = (Part.ECCENTRIC, Part.PAUSE, Part.CONCENTRIC)
    assert tempo_told(reports.FIVE_SQUATS.reps[0]) == tuple(zip(("1.8", "0.4", "1.1"), phases, strict=True))
    assert tempo_told(reports.UNKNOWN_SET.reps[0]) == (("2.4", None),)
    rough = tempo_told(reports.FIVE_SQUATS.reps[0], rough=True)
    assert [text for text, _ in rough] == ["~2.0", "~0.5", "~1.0"]
    assert tempo_told(reports.UNKNOWN_SET.reps[0], rough=True) == (("~2.5", None),)


def test_between_two_rows_the_body_is_between_them() -> None:
    track = standing_track(np.array([0.0, 0.1]))
    moved = np.array(track.image_px)
    moved[1] += (64.0, 36.0)
    at = skeletons(replace(track, image_px=moved)).at(0.025)
    assert at is not None
    np.testing.assert_allclose(at[11], (SHOULDER_PX[0] / 640 + 0.025, SHOULDER_PX[1] / 360 + 0.025), atol=1e-9)


@pytest.mark.parametrize(("time_s", "seen"), [(0.0, True), (0.15, True), (0.5, False), (0.9, True), (1.3, False)])
def test_in_a_long_gap_there_is_no_body(time_s: float, seen: bool) -> None:
    assert (skeletons(standing_track(np.array([0.0, 1.0]))).at(time_s) is not None) is seen


def test_hidden_landmarks_are_not_drawn() -> None:
    pixels = np.full((360, 640, 3), GREY, np.uint8)
    points = skeletons(standing_track(UNEVEN_S)).at(0.0)
    assert points is not None
    draw_skeleton(pixels, points, (255, 255, 255))
    changed = np.argwhere((pixels != GREY).any(axis=2))
    assert changed.min(axis=0).tolist() == pytest.approx([100, 200], abs=8)
    assert changed.max(axis=0).tolist() == pytest.approx([260, 200], abs=8)


def test_what_is_no_clip_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"not a clip")
    words = english_words(reports.NO_REPS, "Squat")
    with pytest.raises(NotAVideo):
        draw_overlay(tmp_path / "clip.mp4", standing_track(UNEVEN_S), reports.NO_REPS, tmp_path / "out.mp4", words)


def test_no_frames_leave_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoFrames):
        encode_h264(tmp_path / "out.mp4", iter(()), 30.0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_it_is_made_faster_than_the_clip_plays(tmp_path: Path) -> None:
    seconds = 8.0
    encode_h264(tmp_path / "clip.mp4", grey_frames(np.arange(0.0, seconds, 1 / 30)), 30.0)
    track, words = standing_track(np.arange(0.0, seconds, 1 / 30)), english_words(reports.FIVE_SQUATS, "Squat")
    started = time.process_time()
    draw_overlay(tmp_path / "clip.mp4", track, reports.FIVE_SQUATS, tmp_path / "out.mp4", words)
    assert time.process_time() - started < seconds
