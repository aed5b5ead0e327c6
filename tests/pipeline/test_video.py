"""Decoding: presentation times, rotation, HDR, limits, and every kind of file that is no clip."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from pipeline.errors import EmptyFile, NoFrames, NotAVideo, NoVideoStream, TooLarge, TooLong
from pipeline.video import decode
from pipeline.video.decode import Sampling, frames, probe
from pipeline.video.pace import NonReferenceSkipper, Pace, Thinning
from pipeline.video.tone import eight_bit_table
from tests.pipeline.clips import moving_square, only_sound

EVEN_S = [number / 30 for number in range(45)]
TICK_S = 1e-3  # an MP4's clock ticks finer than this


def times_of(path: Path, sampling: Sampling | None = None) -> list[float]:
    return [frame.time_s for frame in frames(path, sampling or Sampling())]


def test_times_are_the_container_s_own(tmp_path: Path) -> None:
    uneven = [0.0, 0.04, 0.12, 0.17, 0.30, 0.33, 0.70, 0.75]
    found = times_of(moving_square(tmp_path / "vfr.mp4", uneven))
    assert found == pytest.approx(uneven, abs=TICK_S)


def test_times_start_at_nought_where_the_container_starts_later(tmp_path: Path) -> None:
    found = times_of(moving_square(tmp_path / "late.mp4", [5 + time_s for time_s in EVEN_S]))
    assert found == pytest.approx(EVEN_S, abs=TICK_S)


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
@pytest.mark.parametrize("late_s", [0.0, 5.0])
def test_the_length_is_that_of_what_is_shown(tmp_path: Path, ending: str, late_s: float) -> None:
    clip = moving_square(tmp_path / f"late.{ending}", [late_s + time_s for time_s in EVEN_S])
    assert probe(clip).duration_s == pytest.approx(1.5, abs=TICK_S)


@pytest.mark.parametrize(("rate_hz", "expected_hz"), [(15, 15), (24, 24), (30, 30), (60, 30), (120, 30), (240, 30)])
def test_fast_clips_are_thinned_to_thirty_a_second(tmp_path: Path, rate_hz: int, expected_hz: int) -> None:
    clip = moving_square(tmp_path / "fast.mp4", [number / rate_hz for number in range(2 * rate_hz)])
    found = times_of(clip)
    assert len(found) / 2 == pytest.approx(expected_hz, abs=1)
    assert max(np.diff(found)) < 1.6 / expected_hz


def test_jitter_of_the_times_loses_no_frame(tmp_path: Path) -> None:
    jitter = np.random.default_rng(1).uniform(-0.004, 0.004, len(EVEN_S))
    clip = moving_square(tmp_path / "jitter.mp4", [float(t) for t in np.array(EVEN_S) + 0.01 + jitter])
    assert len(times_of(clip)) >= len(EVEN_S) - 2


def test_a_length_that_the_container_does_not_tell_is_read(tmp_path: Path) -> None:
    clip = moving_square(tmp_path / "whole.mp4", EVEN_S)
    live = tmp_path / "live.webm"  # as a browser records: written on the way, never gone back to
    with av.open(str(clip)) as source, av.open(str(live), "w", format="matroska", options={"live": "1"}) as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    with av.open(str(live)) as container:
        assert not container.duration
    assert probe(live).duration_s == pytest.approx(EVEN_S[-1], abs=0.05)
    with pytest.raises(TooLong):
        probe(live, Sampling(limit_s=1.0))


@pytest.mark.parametrize("gap", [1, 12, 400], ids=["every frame", "some", "one at the start"])
def test_parts_of_a_clip_are_the_clip(tmp_path: Path, gap: int) -> None:
    clip = moving_square(tmp_path / "whole.mp4", EVEN_S, key_every=gap)
    whole = [(frame.time_s, frame.pixels) for frame in frames(clip)]
    parts = [frame for part in ((0.0, 0.5), (0.5, 1.1), (1.1, math.inf)) for frame in frames(clip, part=part)]
    assert [frame.time_s for frame in parts] == [time_s for time_s, _ in whole]
    assert all(np.array_equal(frame.pixels, pixels) for frame, (_, pixels) in zip(parts, whole, strict=True))


def test_a_part_beyond_the_end_is_empty(tmp_path: Path) -> None:
    assert list(frames(moving_square(tmp_path / "short.mp4", EVEN_S), part=(9.0, math.inf))) == []


def test_a_part_of_what_cannot_be_jumped_in_is_found(tmp_path: Path) -> None:
    clip = moving_square(tmp_path / "stream.ts", EVEN_S)
    whole = times_of(clip)
    assert [frame.time_s for frame in frames(clip, part=(0.8, math.inf))] == [at for at in whole if at >= 0.8]


def test_the_pace_may_change_on_the_way(tmp_path: Path) -> None:
    clip, pace, found = moving_square(tmp_path / "paced.mp4", [index / 60 for index in range(180)]), Pace(15.0), []
    for frame in frames(clip, pace=pace):
        found.append(frame.time_s)
        pace.rate_hz = 30.0 if 1.0 <= frame.time_s < 2.0 else 15.0
    steps = np.diff(found)
    quick = (np.array(found[:-1]) >= 1.0) & (np.array(found[:-1]) < 2.0)
    assert steps[quick] == pytest.approx(1 / 30, abs=TICK_S)
    assert steps[~quick] == pytest.approx(1 / 15, abs=TICK_S)


@pytest.mark.parametrize(("filmed_hz", "in_between"), [(60, 3), (60, 0), (60, 2), (30, 1)])
def test_what_nothing_refers_to_is_skipped_only_while_enough_remains(
    tmp_path: Path, filmed_hz: int, in_between: int
) -> None:
    times_s = [index / filmed_hz for index in range(3 * filmed_hz)]
    clip = moving_square(tmp_path / "thrifty.mp4", times_s, in_between=in_between)
    shown = {frame.time_s: frame.pixels for frame in frames(clip, Sampling(rate_hz=filmed_hz))}
    paced = list(frames(clip, pace=Pace(12.0)))
    assert np.diff([frame.time_s for frame in paced]).max() <= 1 / 12 + 1 / 24 + TICK_S
    assert len(paced) == pytest.approx(36, abs=1)
    assert all(np.array_equal(frame.pixels, shown[frame.time_s]) for frame in paced)


def test_a_clip_whose_other_pictures_are_too_far_apart_loses_only_what_is_not_taken() -> None:
    left_out = []
    for rate_hz in (30.0, 48.0, 60.0):
        skipper = NonReferenceSkipper(Thinning(Pace(12.0)), rate_hz, 0.0, 0.0)
        left_out.append(skipper.skip_frame(0.0))
    assert left_out == ["DEFAULT", "NONREF", "NONREF"]
    for time_s in (0.0, 1 / 30, 2 / 30, 2 / 30 + 0.05):
        skipper.decoded(time_s)
    assert skipper.skip_frame(0.5) == "DEFAULT"
    assert skipper.skip_frame(0.52) == "NONREF"


@pytest.mark.parametrize("part", [(0.0, math.inf), (1.3, 2.6)], ids=["whole", "part"])
@pytest.mark.parametrize(("filmed_hz", "in_between"), [(30, 1), (30, 3), (24, 2), (40, 3)])
def test_what_is_left_undecoded_changes_no_picture_that_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filmed_hz: int, in_between: int, part: tuple[float, float]
) -> None:
    times_s = [index / filmed_hz for index in range(3 * filmed_hz)]
    clip = moving_square(tmp_path / "thrifty.mp4", times_s, in_between=in_between, key_every=120)
    thrifty = [(frame.time_s, frame.pixels) for frame in frames(clip, part=part, pace=Pace(12.0))]
    monkeypatch.setattr(NonReferenceSkipper, "skip_frame", lambda self, time_s: "DEFAULT")
    whole = [(frame.time_s, frame.pixels) for frame in frames(clip, part=part, pace=Pace(12.0))]
    assert [time_s for time_s, _ in thrifty] == [time_s for time_s, _ in whole]
    assert all(np.array_equal(pixels, same) for (_, pixels), (_, same) in zip(thrifty, whole, strict=True))


def test_only_what_is_not_taken_may_be_left_undecoded() -> None:
    wanted = Thinning(Pace(10.0))
    skipper = NonReferenceSkipper(wanted, 20.0, 5.0, 5.0)
    decoded_in_order = [4.9, 5.0, 5.2, 5.1, 5.05, 5.15, 5.3, 5.25, None]  # the container's clock begins at 5 s
    assert [skipper.skip_frame(time_s) for time_s in decoded_in_order] == [
        *("NONREF", "DEFAULT", "DEFAULT", "DEFAULT", "NONREF", "NONREF", "DEFAULT", "NONREF", "DEFAULT")
    ]
    assert wanted.takes(0.0)
    assert not wanted.takes(0.05)  # asking takes nothing


@pytest.mark.parametrize(
    ("rotation_deg", "corner"), [(0, (0, 0)), (90, (-1, 0)), (180, (-1, -1)), (-90, (0, -1))], ids=str
)
def test_pictures_are_upright(tmp_path: Path, rotation_deg: int, corner: tuple[int, int]) -> None:
    clip = moving_square(tmp_path / "turned.mp4", EVEN_S[:3], rotation_deg=rotation_deg)
    pixels = next(frames(clip)).pixels
    told, turned = probe(clip), rotation_deg % 180 != 0
    assert pixels.shape[:2] == ((160, 120) if turned else (120, 160)) == (told.height_px, told.width_px)
    row, column = (8 if edge == 0 else -8 for edge in corner)
    red, green, _ = (int(value) for value in pixels[row, column])
    assert red > 150 > 90 > green


def test_large_pictures_are_shrunk_and_small_ones_left(tmp_path: Path) -> None:
    clip = moving_square(tmp_path / "large.mp4", EVEN_S[:2], size=(1280, 720))
    assert next(frames(clip)).pixels.shape == (360, 640, 3)
    assert next(frames(clip, Sampling(longest_side_px=2000))).pixels.shape == (720, 1280, 3)


@pytest.mark.parametrize("transfer", [16, 18], ids=["pq", "hlg"])
def test_hdr_comes_out_as_eight_bits_of_ordinary_contrast(tmp_path: Path, transfer: int) -> None:
    clip = moving_square(tmp_path / "hdr.mp4", EVEN_S[:3], transfer=transfer)
    pixels = next(frames(clip)).pixels
    assert pixels.dtype == np.uint8
    assert int(pixels.max()) - int(pixels.min()) > 120


@pytest.mark.parametrize("transfer", ["pq", "hlg"])
def test_tone_tables_rise_from_black_to_white(transfer: str) -> None:
    table = eight_bit_table(transfer).astype(int)
    assert (table[0], table[-1]) == (0, 255)
    assert (np.diff(table) >= 0).all()


def test_a_truncated_clip_gives_what_there_is(tmp_path: Path) -> None:
    whole = moving_square(tmp_path / "whole.mkv", EVEN_S)
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    assert 5 < len(times_of(cut)) < len(EVEN_S)


def test_files_that_are_no_clip_say_so(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "words.mp4").write_text("these are words " * 100)
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:1,\nother.ts\n")
    for name, error in {"empty.mp4": EmptyFile, "words.mp4": NotAVideo, "list.m3u8": NotAVideo}.items():
        with pytest.raises(error):
            probe(tmp_path / name)
    with pytest.raises(NoVideoStream):
        probe(only_sound(tmp_path / "sound.m4a"))


def test_a_title_in_any_encoding_is_no_hindrance(tmp_path: Path) -> None:
    clip = moving_square(tmp_path / "titled.mp4", EVEN_S, title="title in Latin-1")
    clip.write_bytes(clip.read_bytes().replace(b"title in Latin-1", "Übung für Anfänge".encode("latin-1")[:16]))
    assert times_of(clip) == pytest.approx(EVEN_S, abs=TICK_S)


def test_pictures_stored_in_an_unknown_way_say_so(tmp_path: Path) -> None:
    clip = moving_square(tmp_path / "future.mkv", EVEN_S)
    clip.write_bytes(clip.read_bytes().replace(b"V_MPEG4/ISO/AVC", b"V_MPEG9/ISO/ZZZ"))
    with pytest.raises(NoFrames):
        probe(clip)


def test_a_clip_that_cannot_be_rewound_is_read_from_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unseekable:
        def __init__(self, container: Any) -> None:
            self.container = container

        def __getattr__(self, name: str) -> Any:
            return getattr(self.container, name)

        def __enter__(self) -> Unseekable:
            return self

        def __exit__(self, *_: object) -> None:
            self.container.close()

        def seek(self, *_: object, **__: object) -> None:
            raise av.error.PermissionError(1, "Operation not permitted")

    clip = moving_square(tmp_path / "damaged.mp4", EVEN_S)
    monkeypatch.setattr(decode, "_opened", lambda path: Unseekable(av.open(str(path))))
    assert len(times_of(clip)) > 20


def test_limits_hold(tmp_path: Path) -> None:
    clip = moving_square(tmp_path / "clip.mp4", EVEN_S)
    with pytest.raises(TooLong) as too_long:
        probe(clip, Sampling(limit_s=1.0))
    assert too_long.value.facts["limit_s"] == 1.0
    with pytest.raises(TooLarge):
        probe(clip, Sampling(limit_pixels=100))
    assert max(times_of(clip, Sampling(limit_s=1.0))) <= 1.0
