"""Random convolutions beside the networks: features as they are defined, an export that answers as what was taught."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the extra `train`")

from pipeline.catalogue import exercises
from pipeline.learn.clips.convolutions import Draw, Drawing, draw, features, mirror_of
from pipeline.learn.clips.idle import stills
from pipeline.learn.clips.lessons import Clips, Lessons, answers, looked_at, real
from pipeline.learn.clips.pieces import Pieces, pieces
from pipeline.learn.clips.ridge import Ridge, RidgeTraining, export_ridge
from pipeline.learn.random_kernels import KERNELS, TAPS
from pipeline.learn.simulate.track import textbook
from pipeline.learn.tracks import LabelledTrack
from pipeline.recognize.channels import channels
from pipeline.recognize.convolutions import SHARE, Convolutions, joined, open_convolutions
from pipeline.recognize.decide import FAINT_LOG, Calibration, beside
from pipeline.recognize.windows import Windows
from pipeline.values import Array, Floats, PoseTrack

DONE = ("squat", "lateral_raise", "push_up")
SMALL = Drawing(dilations=(1, 4), thresholds=2, sample=20)
SAID = {"temperature": 0.7, "kin_temperature": 2.0, "working_point": 0.9}


@cache
def filmed() -> Clips:
    """Clips out of a source each: of a body that is nowhere quite still, or else thresholds would lie on what flows."""
    views = [(name, yaw_deg) for name in DONE for yaw_deg in (20.0, 70.0)]
    rng = np.random.default_rng(4)
    return real(
        [LabelledTrack(f"{name}{yaw}", name, f"{name}{yaw}", False, shaken(name, yaw, rng)) for name, yaw in views]
    )


def no_pieces() -> Pieces:
    return pieces([], filmed(), seed=1)


def shaken(name: str, yaw_deg: float, rng: np.random.Generator) -> PoseTrack:
    """The textbook's movement with landmarks that jitter by two centimetres and eight pixels."""
    track = textbook(exercises()[name], duration_s=9.0, yaw_deg=yaw_deg)
    world, image = (
        values + rng.normal(0, width, values.shape) for values, width in ((track.world_m, 0.02), (track.image_px, 8.0))
    )
    return replace(track, world_m=world, image_px=image)


@cache
def rows() -> Floats:
    return looked_at(filmed().cut)


@cache
def drawn() -> Draw:
    return draw(rows(), mirror_of(channels(filmed().cut.rows(slice(1)))), (5, 0), SMALL)


@cache
def taught() -> Ridge:
    """By the clips, and by a second look at them in the place of simulated windows."""
    clips = filmed()
    answer = np.array([answers().index(str(clips.names[clip])) for clip in clips.of])
    seen = Lessons(rows(), answer, np.ones(len(answer)))
    return RidgeTraining(drawn(), seen, clips, stills(clips, seed=1, count=4), no_pieces()).taught(
        np.ones(len(clips), dtype=bool)
    )


def flowing(windows: Floats) -> Array:
    """(N, M, T) by the definition: nine taps a dilation apart over the body held still before and after."""
    mixed = windows @ drawn().mix
    parts = []
    for number, dilation in enumerate(drawn().dilations):
        own = mixed[:, :, number * len(KERNELS) : (number + 1) * len(KERNELS)]
        reach = dilation * (TAPS // 2)
        padded = np.pad(own, ((0, 0), (reach, reach), (0, 0)), mode="edge")
        taps = [KERNELS[:, tap] * padded[:, tap * dilation :][:, : own.shape[1]] for tap in range(TAPS)]
        parts.append(np.sum(taps, axis=0))
    return np.concatenate(parts, axis=2).transpose(0, 2, 1)


def one_look(windows: Floats) -> Array:
    """(N, 2 J M) share of time above each threshold, and the root of the mean of how far above."""
    apart = [flowing(windows) - row[:, None] for row in drawn().thresholds]
    return np.concatenate([f(one) for one in apart for f in (share_above, far_above)], axis=1)


def share_above(apart: Array) -> Array:
    return np.asarray((apart > 0).mean(axis=2))


def far_above(apart: Array) -> Array:
    return np.asarray(np.sqrt(np.maximum(apart, 0).mean(axis=2)))


def test_features_are_what_they_are_said_to_be() -> None:
    plain, mirrored = one_look(rows()), one_look(rows()[:, :, list(drawn().mirror)])
    wanted = np.concatenate([(plain + mirrored) / 2, np.abs(plain - mirrored)], axis=1)
    found = features(drawn(), rows())
    # a frame that lies on a threshold to the last digit may count on either side: one of 64 frames, in a few features
    assert np.quantile(np.abs(found - wanted), 0.999) < 1e-4
    assert np.abs(found - wanted).max() < 3 / 64


def test_a_window_and_its_mirror_image_have_the_same_features() -> None:
    found, mirrored = (features(drawn(), one) for one in (rows(), rows()[:, :, list(drawn().mirror)]))
    assert np.abs(found - mirrored).max() < 3 / 64
    assert np.quantile(np.abs(found - mirrored), 0.999) < 1e-4


def test_the_same_seed_draws_the_same_kernels_and_another_others() -> None:
    again, other = (draw(rows(), drawn().mirror, seed, SMALL) for seed in ((5, 0), (5, 1)))
    assert np.array_equal(again.mix, drawn().mix)
    assert np.array_equal(again.thresholds, drawn().thresholds)
    assert not np.array_equal(other.mix, drawn().mix)


def test_thresholds_are_crossed_in_the_windows_they_come_from() -> None:
    shares = features(drawn(), rows())[:, : len(drawn().mix.T)]
    assert 0.02 < shares.mean() < 0.98
    assert (shares.std(axis=0) > 0).mean() > 0.9


def test_the_member_learns_and_its_export_answers_alike() -> None:
    logs = taught().log_probabilities(features(drawn(), rows()))
    names = filmed().names[filmed().of]
    assert (np.array(answers())[logs.argmax(axis=1)] == names).mean() > 0.9
    opened = open_convolutions(export_ridge(taught(), SAID, "single"))
    assert opened.calibration == Calibration(0.7, 2.0, 0.9)
    assert np.exp(opened.log_probabilities(rows())) == pytest.approx(np.exp(logs), abs=1e-4)
    # half precision: a thousandth of each weight, of 1,344 that nearly cancel
    half = open_convolutions(export_ridge(taught(), SAID))
    assert np.exp(half.log_probabilities(rows())) == pytest.approx(np.exp(logs), abs=0.01)


def member() -> Convolutions:
    return open_convolutions(export_ridge(taught(), SAID, "single"))


def test_where_somebody_is_cut_off_the_networks_are_believed_alone() -> None:
    logs = np.log(np.random.default_rng(2).dirichlet(np.ones(len(answers())), len(rows())))
    holed = rows().copy()
    holed[::2, :, 40] = np.nan
    found = member().beside(logs, holed)
    assert np.array_equal(found[::2], logs[::2])
    both = beside(logs, member().log_probabilities(rows()), SHARE)
    assert found[1::2] == pytest.approx(both[1::2], abs=1e-6)
    assert np.exp(found).sum(axis=1) == pytest.approx(1, abs=1e-6)


def test_what_a_picture_cuts_off_is_unknown_in_the_joined_channels() -> None:
    cut = filmed().cut
    holed = Windows(cut.world_m.copy(), cut.image_px.copy())
    holed.world_m[0, :, -1], holed.image_px[0, :, -1] = np.nan, np.nan  # a toe
    unknown = np.isnan(joined(channels(holed))).any(axis=(1, 2))
    assert unknown.tolist() == [True] + [False] * (len(cut) - 1)


def test_one_kind_of_member_alone_rules_no_name_out() -> None:
    sure, unsure = np.log([[1 - 1e-9, 1e-9]]), np.log([[0.5, 0.5]])
    assert beside(sure, unsure, 0.5)[0, 1] > FAINT_LOG
    assert beside(sure, unsure, 0.0)[0] == pytest.approx(sure[0], abs=1e-2 - FAINT_LOG)
    assert beside(unsure, unsure, SHARE) == pytest.approx(unsure)
