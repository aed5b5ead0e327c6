"""A report written and read again; a track packed and unpacked: nothing but the stated rounding is lost."""

from __future__ import annotations

import io
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import SCHEMA, from_json, recording_json, to_json, to_plain, whole
from pipeline.tracks import from_bytes, to_bytes
from pipeline.values import Caveat, Doubt, Finding, MotionLog, PoseTrack, Recognition, SetReport
from tests.pipeline.reports import ALL, COUNTED_ONLY, FIVE_SQUATS, UNKNOWN_SET

REPORTS = pytest.mark.parametrize("report", ALL.values(), ids=ALL.keys())
ROUNDING = 0.0005 + 1e-9
PIXEL = 0.3  # half precision at 640 px
SINGLE = 1e-6  # single precision


@REPORTS
def test_what_was_written_is_read(report: SetReport) -> None:
    again = from_json(to_json(report))
    assert to_plain(again) == to_plain(report)
    assert again.rep_count == report.rep_count
    assert (again.recognition, again.first_phase) == (report.recognition, report.first_phase)


@REPORTS
def test_json_is_strict_and_on_one_line(report: SetReport) -> None:
    text = to_json(report)
    assert "\n" not in text
    json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


def test_the_keys_are_those_that_programs_rely_on() -> None:
    plain = to_plain(FIVE_SQUATS)
    assert plain["schema"] == SCHEMA == 1
    assert set(plain["exercise"]) >= {"name", "confidence", "alternatives", "given"}
    wanted = {"number", "start_s", "turn_s", "end_s", "eccentric_s", "pause_s", "concentric_s", "rest_s", "range_deg"}
    assert wanted | {"complete"} <= set(plain["reps"][0])
    assert plain["rep_count"] == len(plain["reps"]) == 5


@pytest.mark.parametrize(
    "recognition",
    [
        Recognition("squat", 1.0, given=True),
        Recognition("squat", 0.9, coarse=True),
        Recognition("squat", 0.9, as_before=True),
    ],
)
def test_how_the_name_was_come_by_is_kept(recognition: Recognition) -> None:
    report = replace(FIVE_SQUATS, recognition=recognition)
    assert from_json(to_json(report)).recognition == report.recognition


def test_not_seen_is_null_and_comes_back_as_nan() -> None:
    plain = to_plain(UNKNOWN_SET)
    assert plain["reps"][0]["eccentric_s"] is None
    assert math.isnan(from_json(to_json(UNKNOWN_SET)).reps[0].eccentric_s)


def test_repetitions_that_were_only_counted_have_a_number_and_no_time() -> None:
    plain = to_plain(COUNTED_ONLY)
    assert (plain["rep_count"], plain["tempo"]) == (10, None)
    timed = {key: value for rep in plain["reps"] for key, value in rep.items() if key.endswith("_s")}
    assert set(timed.values()) == {None}
    assert not any(rep.seen for rep in from_json(to_json(COUNTED_ONLY)).reps)


def test_numbers_are_kept_to_a_thousandth() -> None:
    for rep, again in zip(FIVE_SQUATS.reps, from_json(to_json(FIVE_SQUATS)).reps, strict=True):
        assert again.start_s == pytest.approx(rep.start_s, abs=ROUNDING)
        assert again.eccentric_s == pytest.approx(rep.eccentric_s, abs=ROUNDING)


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="schema 1"):
        from_json(json.dumps({**to_plain(FIVE_SQUATS), "schema": 2}))


def test_a_track_survives_packing() -> None:
    rng = np.random.default_rng(3)
    image, world = rng.uniform(0, 640, (90, 33, 2)), rng.normal(0, 0.5, (90, 33, 3))
    image[10:20], world[10:20] = np.nan, np.nan
    track = PoseTrack(np.arange(90) / 30, image, world, rng.uniform(0, 1, (90, 33)), 640, 360, 2, (1.5,), 81.25)
    again = from_bytes(to_bytes(track))
    assert isinstance(again, PoseTrack)
    assert (again.width_px, again.height_px, again.people) == (640, 360, 2)
    assert (again.cuts_s, again.luminance) == ((1.5,), 81.25)
    np.testing.assert_array_equal(again.times_s, track.times_s)
    np.testing.assert_allclose(again.image_px, track.image_px, atol=PIXEL)
    np.testing.assert_allclose(again.world_m, track.world_m, atol=0.002)
    np.testing.assert_array_equal(again.seen, track.seen)


def test_garbage_is_no_track() -> None:
    with pytest.raises((ValueError, OSError)):
        from_bytes(b"garbage")


def test_a_recording_of_one_set_is_written_as_that_set() -> None:
    assert recording_json([FIVE_SQUATS]) == to_json(FIVE_SQUATS)


def test_a_recording_of_several_sets_is_their_sum_and_holds_each() -> None:
    reports = [UNKNOWN_SET, FIVE_SQUATS, FIVE_SQUATS]
    plain = json.loads(recording_json(reports))
    counts = [len(report.reps) for report in reports]
    assert [rep["number"] for rep in plain["reps"]] == list(range(1, sum(counts) + 1))
    assert plain["rep_count"] == sum(report.rep_count for report in reports)
    assert plain["sets"] == [to_plain(report) for report in reports]
    most = max(reports, key=lambda report: report.rep_count)
    assert plain["exercise"]["name"] == most.recognition.name
    assert from_json(json.dumps(plain)).rep_count == plain["rep_count"]


def test_a_recording_is_called_after_the_set_with_most_repetitions_however_long_another_was_held() -> None:
    assert whole([FIVE_SQUATS, replace(UNKNOWN_SET, reps=(), hold_s=90.0)]).recognition == FIVE_SQUATS.recognition


def test_findings_of_a_recording_name_its_own_repetitions() -> None:
    shallow = Finding("depth", "mild", (2, 3), 80.0, 90.0, "°", "Sit deeper.", "a source")
    found = replace(FIVE_SQUATS, findings=(shallow,))
    assert [finding.reps for finding in whole([found, found]).findings] == [(2, 3), (7, 8)]


@given(st.integers(0, 400), st.booleans())
def test_a_log_survives_packing(samples: int, has_gravity: bool) -> None:
    rng = np.random.default_rng(samples)
    spin = np.full((samples, 3), np.nan) if samples % 2 else rng.normal(0, 5, (samples, 3))
    doubt = (Caveat(Doubt.LOW_FRAME_RATE, {"rate_hz": 10.0}),)
    log = MotionLog(7 + np.arange(samples) / 50, rng.normal(0, 40, (samples, 3)), spin, "phyphox", has_gravity, doubt)
    again = from_bytes(to_bytes(log))
    assert isinstance(again, MotionLog)
    assert (again.source, again.has_gravity, again.caveats) == ("phyphox", has_gravity, doubt)
    np.testing.assert_array_equal(again.times_s, log.times_s)
    np.testing.assert_allclose(again.acceleration_m_s2, log.acceleration_m_s2, rtol=SINGLE)
    np.testing.assert_allclose(again.rotation_rad_s, log.rotation_rad_s, rtol=SINGLE)


def test_a_track_of_another_schema_is_refused() -> None:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, size=np.array([9, 0, 0, 0]))
    with pytest.raises(ValueError, match="got 9"):
        from_bytes(buffer.getvalue())
