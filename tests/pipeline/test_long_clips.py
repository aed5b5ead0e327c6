"""Clips of minutes: looked at in parts, which changes no answer and keeps a worker small."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from pipeline import recognize as recognising
from pipeline.analyze import measure_set
from pipeline.flow import held_poses
from pipeline.photo import network as stills
from pipeline.recognize import recognize
from pipeline.recognize.network import network
from pipeline.reps import count_reps, features
from pipeline.values import PoseTrack, Source
from tests.pipeline.stick_figures import Lift, changed, lifted

MOST_MB = 120  # all of a worker's may be 700, of which the landmarkers have 450


@pytest.fixture
def _in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognising, "AT_ONCE", 2)
    monkeypatch.setattr(stills, "AT_ONCE", 3)
    monkeypatch.setattr(features, "_AT_ONCE", 40)


def answers(track: PoseTrack) -> tuple[object, ...]:
    recognition, count = recognize(track), count_reps(track)
    return recognition.name, count.cycles, [pose.name for pose in held_poses(track)]


def sureness(track: PoseTrack) -> list[float]:
    return [recognize(track).confidence, count_reps(track).confidence]


def test_parts_change_no_answer(request: pytest.FixtureRequest) -> None:
    track = lifted("squat", [Lift()] * 8, jitter_m=0.005).track
    whole, whole_sure = answers(track), sureness(track)
    request.getfixturevalue("_in_small_parts")
    assert answers(track) == whole
    assert sureness(track) == pytest.approx(whole_sure, abs=1e-6)


def test_networks_keep_nothing_of_what_a_long_clip_took() -> None:
    assert not network().session.get_session_options().enable_cpu_mem_arena


@pytest.mark.slow
def test_five_minutes_take_little_memory() -> None:
    once = lifted("squat", [Lift()] * 5, jitter_m=0.005).track
    times = int(300 / once.duration_s)
    several = {name: np.concatenate([getattr(once, name)] * times) for name in ("image_px", "world_m", "visibility")}
    track = changed(once, times_s=np.arange(len(several["image_px"])) / 30, **several)
    tracemalloc.start()
    report = measure_set(track, Source("clip", "long.mp4", track.duration_s, 30.0))
    peak_mb = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    assert len(report.reps) > 100
    assert peak_mb < MOST_MB
