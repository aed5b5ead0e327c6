"""Short pieces cut out of clips: where they come from, and that they are told for what they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.catalogue import exercises
from pipeline.learn.clips import figures
from pipeline.learn.clips.figures import Held
from pipeline.learn.clips.lessons import answers, real
from pipeline.learn.clips.pieces import EACH, pieces
from pipeline.learn.simulate.track import textbook
from pipeline.learn.tracks import LabelledTrack
from pipeline.recognize.decide import Calibration
from pipeline.recognize.windows import seen_s
from pipeline.values import PoseTrack


def clip(name: str, duration_s: float) -> LabelledTrack:
    track = textbook(exercises()[name], duration_s=duration_s, yaw_deg=30.0)
    return LabelledTrack(name, name, name, False, track)


def lost(track: PoseTrack, frames: slice) -> PoseTrack:
    """Nobody found in these frames."""
    image, world = track.image_px.copy(), track.world_m.copy()
    image[frames], world[frames] = np.nan, np.nan
    return replace(track, image_px=image, world_m=world)


def test_pieces_are_as_long_as_they_are_to_be_and_out_of_longer_clips() -> None:
    tracks = [clip("squat", 4.0), clip("push_up", 1.8)]
    cut = pieces(tracks, real(tracks), seed=1)
    assert {(int(one), length) for one, length in zip(cut.clip, cut.length_s, strict=True)} == {
        *((0, length) for length in (1.0, 1.5, 2.0, 3.0)),
        *((1, length) for length in (1.0, 1.5)),
    }
    assert len(cut) == len(cut.cut) == len(cut.unguessed) == EACH * 6
    assert cut.seen_s == pytest.approx(cut.length_s, abs=0.1)  # three frames


def test_a_piece_that_shows_nobody_is_none() -> None:
    whole = clip("squat", 4.0)
    gone = replace(whole, track=lost(whole.track, slice(len(whole.track.times_s) // 4, None)))
    assert 0 < len(pieces([gone], real([whole]), seed=1)) < EACH * 4


def test_the_same_seed_cuts_the_same_pieces() -> None:
    tracks = [clip("squat", 4.0)]
    first, again, other = (pieces(tracks, real(tracks), seed=seed).unguessed for seed in (1, 1, 2))
    assert np.array_equal(first, again, equal_nan=True)
    assert not np.array_equal(first, other, equal_nan=True)


def test_seconds_seen_are_from_the_first_to_the_last_sight() -> None:
    track = clip("squat", 4.0).track
    later = lost(track, slice(0, len(track.times_s) // 2))
    assert seen_s(track) == pytest.approx(track.duration_s)
    assert seen_s(later) == pytest.approx(track.duration_s / 2, abs=0.1)
    assert seen_s(lost(track, slice(None))) == 0.0


def test_each_fold_is_judged_as_the_others_would_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tracks = [clip("squat", 6.0), clip("push_up", 6.0), clip("lunge", 6.0)]
    clips, fold = real(tracks), np.array([0, 1, 0])
    logs = np.log(np.random.default_rng(0).dirichlet(np.ones(len(answers())), 3))
    held = Held(logs, fold, logs[:0], fold[:0], logs[:0], pieces(tracks, clips, 1))
    found = {number: Calibration(1.0 + number, 1.0, 0.5) for number in (0, 1)}
    monkeypatch.setattr(figures, "calibration", lambda _clips, _held, without: found[without])
    answered, _ = figures.crossed(clips, held)
    for one, row, number in zip(answered, logs, fold.tolist(), strict=True):
        assert one.probabilities == pytest.approx(found[number].answers(answers(), row).probabilities)
