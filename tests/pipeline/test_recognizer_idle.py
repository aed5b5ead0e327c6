"""Lessons in no exercise: people held still, a stroll through the picture."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from pipeline.catalogue import exercises
from pipeline.learn.clips.idle import StillWindows, stills, with_idlers
from pipeline.learn.clips.lessons import Clips, Lessons, answers, lessons_of, real
from pipeline.learn.simulate.body import HIP
from pipeline.learn.simulate.stroll import Stroll, strolling
from pipeline.learn.simulate.track import textbook
from pipeline.learn.tracks import LabelledTrack
from pipeline.recognize.decide import NO_EXERCISE

DONE = ("squat", "lateral_raise", "push_up")


@cache
def filmed() -> Clips:
    """A textbook clip of each, every one out of a source of its own."""
    tracks = [(name, textbook(exercises()[name], duration_s=6.0, yaw_deg=30.0)) for name in DONE]
    return real([LabelledTrack(name, name, name, False, track) for name, track in tracks])


def test_who_is_held_still_stands() -> None:
    clips = filmed()
    still_windows = stills(clips, seed=1, count=12)
    assert "push_up" not in {DONE[clip] for clip in still_windows.clip}
    assert still_windows.summaries.shape == (12, clips.summaries.shape[1])
    assert np.isfinite(still_windows.summaries).all()


def test_nothing_made_of_a_clip_left_out_is_taught() -> None:
    cut = filmed().cut
    still_windows = StillWindows(np.arange(3, dtype=np.float32)[:, None], np.array([0, 1, 1]), cut)
    assert still_windows.of(np.array([True, False])).tolist() == [[0.0]]


def test_idlers_weigh_as_much_as_one_exercise() -> None:
    clips = filmed()
    everything = np.ones(len(clips), dtype=bool)
    idle = answers().index(NO_EXERCISE)
    simulated = Lessons(np.zeros((3, clips.summaries.shape[1]), np.float32), np.array([idle, idle, 0]), np.ones(3))
    taught = with_idlers(lessons_of(clips, everything), stills(clips, seed=1), simulated, everything)
    weight = [taught.weight[taught.answer == answer].sum() for answer in (answers().index("squat"), idle)]
    assert weight[1] == pytest.approx(weight[0])


def test_a_stroll_leads_through_the_picture_and_bends_no_limb() -> None:
    track = textbook(exercises()[NO_EXERCISE], duration_s=5.0)
    walked = strolling(track, np.random.default_rng(2), Stroll(across_m=4.0, turning=1.0))
    legs, before = (np.linalg.norm(one.world_m[:, HIP] - one.world_m[:, -1], axis=-1) for one in (walked, track))
    assert legs == pytest.approx(before, abs=1e-9)  # turned rigidly
    start, end = (walked.image_px[frame].mean(axis=0)[0] for frame in (0, -1))
    assert abs(end - start) > 0.1 * track.width_px
