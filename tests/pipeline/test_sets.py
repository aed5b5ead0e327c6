"""A clip is cut into its sets, and a set with pauses in it stays one."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from pipeline.catalogue.load import exercises
from pipeline.learn.counter.clips import _filmed
from pipeline.learn.counter.takes import RATE_HZ, Take, joined, set_take, walking_take
from pipeline.learn.simulate.body import Posture
from pipeline.learn.tracks import read_tracks
from pipeline.reps import count_reps
from pipeline.reps.body import body_of
from pipeline.sets.cut import Work, _cut_out, sets_of
from pipeline.sets.given_name import names_given
from pipeline.sets.naming_spans import named_spans
from pipeline.sets.stretches import part_of, stretches_of
from pipeline.sets.walks import walks_of
from pipeline.values import PoseTrack
from tests.shared_data import SHARED, needs_shared_data

TUNED = {"s04", "s05", "s06", "s07", "s08", "s10"}  # sources whose counts may be looked at; s15 is push-ups alone
EDGE_S = 1.5  # how exactly the end of a set is found


def a_set(exercise: str, reps: int, seed: int) -> Take:
    return set_take(exercises()[exercise], reps, np.random.default_rng(seed))


def still(take: Take, seconds: float) -> Take:
    """The last posture of the take, kept."""
    frames = round(seconds * RATE_HZ)
    kept: dict[str, Any] = {
        field.name: np.repeat(value[-1:], frames, axis=0)
        for field in fields(Posture)
        if isinstance(value := getattr(take.posture, field.name), np.ndarray) and len(value) == take.frames
    }
    anchors, heading = np.repeat(take.anchors[-1:], frames, axis=0), np.repeat(take.heading[-1:], frames)
    return Take(replace(take.posture, **kept), anchors, np.zeros((0, 3)), heading, np.zeros(frames))


def stroll(seconds: float, seed: int) -> list[Take]:
    """Two metres away from where one trained, and back, twice."""
    rng = np.random.default_rng(seed)
    ways = []
    for back in (0, 1, 0, 1):
        walk = walking_take(seconds / 4, rng)
        heading = np.full(walk.frames, np.pi / 2 + np.pi * back)
        ways.append(replace(walk, heading=heading, travel=np.arange(walk.frames) / RATE_HZ * 0.7))
    return ways


def filmed(takes: list[Take], seed: int) -> PoseTrack:
    """One simulated phone clip of all these takes."""
    rng = np.random.default_rng(seed)
    whole = joined(takes, rng)
    return _filmed(whole, 0, whole.frames - 1, rng)


@pytest.mark.parametrize("exercise", ["squat", "push_up", "deadlift", "pull_up"])
def test_a_pause_within_a_set_is_no_end(exercise: str) -> None:
    first = a_set(exercise, 4, seed=1)
    assert len(sets_of(filmed([first, still(first, 6.0), a_set(exercise, 3, seed=2)], seed=1))) == 1


def test_a_long_rest_parts_two_sets() -> None:
    first = a_set("squat", 5, seed=3)
    track = filmed([first, still(first, 25.0), a_set("squat", 4, seed=4)], seed=2)
    one, other = sets_of(track)
    assert one.times_s[0] == track.times_s[0]
    assert other.times_s[-1] == track.times_s[-1]
    first_ends_s = first.frames / RATE_HZ
    assert one.times_s[-1] == pytest.approx(first_ends_s + 1.0, abs=EDGE_S)
    assert (count_reps(one).complete, count_reps(other).complete) == (5, 4)


@pytest.mark.parametrize(("exercise", "seed"), [("shoulder_press", 104), ("lateral_raise", 107)])
def test_a_walk_parts_two_sets_of_the_same(exercise: str, seed: int) -> None:
    first = a_set(exercise, 5, seed=seed - 100)
    track = filmed([first, *stroll(12.0, seed), a_set(exercise, 4, seed=seed - 50)], seed=seed - 100)
    one, other = sets_of(track)
    first_ends_s = first.frames / RATE_HZ
    assert one.times_s[-1] == pytest.approx(first_ends_s, abs=5.0)
    assert other.times_s[0] > first_ends_s + 6.0


def test_walking_in_and_off_makes_no_more_sets() -> None:
    track = filmed([*stroll(7.0, 1), a_set("squat", 5, seed=3), *stroll(7.0, 2)], seed=2)
    assert len(sets_of(track)) == 1


@pytest.mark.parametrize(("stop_s", "walks"), [(0.4, 1), (6.0, 2)])
def test_a_short_stop_is_part_of_the_walk(stop_s: float, walks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    going, stopped = np.full(180, 0.8), np.zeros(round(stop_s * 30))
    speed_m_s = np.concatenate([going, stopped, going])
    body = body_of(filmed([a_set("squat", 2, seed=1)], 1))
    assert body is not None
    monkeypatch.setattr("pipeline.sets.walks._speed_m_s", lambda _: speed_m_s)
    assert len(walks_of(replace(body, times_s=np.arange(len(speed_m_s)) / 30.0), ())) == walks


def test_another_exercise_is_another_set() -> None:
    first = a_set("squat", 5, seed=8)
    track = filmed([first, still(first, 2.0), a_set("push_up", 6, seed=28)], seed=8)
    one, other = sets_of(track)
    assert one.times_s[-1] <= other.times_s[0]
    assert first.frames / RATE_HZ < other.times_s[0] < first.frames / RATE_HZ + 6.0
    assert [span.family for span in named_spans(track)] == ["squat", "push_up"]


def test_who_does_nothing_has_one_part() -> None:
    standing = still(a_set("lateral_raise", 1, seed=7), 20.0)
    track = filmed([standing], seed=4)
    assert sets_of(track) == (track,)


def test_stretches_follow_one_another_without_gap() -> None:
    first = a_set("squat", 4, seed=8)
    track = filmed([first, still(first, 8.0), a_set("squat", 3, seed=9)], seed=5)
    body = body_of(track)
    assert body is not None
    found = stretches_of(track, body)
    assert (found[0].first, found[-1].last) == (0, len(body.times_s) - 1)
    assert all(after.first == before.last + 1 for before, after in pairwise(found))
    assert all(after.busy != before.busy for before, after in pairwise(found))


def test_a_part_keeps_its_times_and_its_cuts() -> None:
    track = replace(filmed([a_set("squat", 3, seed=10)], seed=6), cuts_s=(1.0, 2.0, 3.0))
    part = part_of(track, 1.0, 2.5)
    assert part.cuts_s == (2.0,)
    assert 1.0 <= part.times_s[0] < part.times_s[-1] <= 2.5
    assert part.image_px.shape == (len(part.times_s), 33, 2)


@needs_shared_data
@pytest.mark.data
@pytest.mark.slow
def test_real_single_sets_stay_one() -> None:
    torn = [
        labelled.id
        for number, labelled in enumerate(read_tracks(SHARED / "tracks"))
        if labelled.source in TUNED and number % 3 == 0 and len(sets_of(labelled.track)) > 1
    ]
    assert torn == []


@pytest.mark.parametrize(
    ("done", "given", "told"),
    [
        (("squat", "push_up"), "squat", ("squat", None)),
        (("squat", "push_up"), "push_up", (None, "push_up")),
        (("squat", "push_up"), "hammer_curl", ("hammer_curl", "hammer_curl")),
        (("squat", "push_up"), None, (None, None)),
        (("push_up",), "squat", ("squat",)),
    ],
)
def test_a_name_that_was_given_is_said_of_the_sets_it_fits(
    done: tuple[str, ...], given: str | None, told: tuple[str | None, ...]
) -> None:
    parts = [filmed([a_set(exercise, 5, seed=40)], seed=41) for exercise in done]
    assert names_given(parts, given) == told


def test_a_set_keeps_a_margin_of_rest_that_never_reaches_half_way_to_the_next() -> None:
    image_px, world_m = (np.zeros((300, 33, axes)) for axes in (2, 3))
    track = PoseTrack(np.arange(300) / 10, image_px, world_m, np.ones((300, 33)), 640, 360)
    groups = [[Work(2.0, 5.0, "squat")], [Work(15.0, 20.0, "squat")], [Work(21.0, 25.0, "lunge")]]
    spans = [_cut_out(track, groups, index).times_s[[0, -1]].tolist() for index in range(3)]
    assert np.array(spans) == pytest.approx(np.array([[0.0, 6.0], [14.0, 20.5], [20.5, 29.9]]), abs=0.11)
