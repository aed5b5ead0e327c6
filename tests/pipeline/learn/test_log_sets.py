"""Teaching the network of whole sets: it tells apart what moves differently, on people it never saw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx", reason="training needs the extra `train`")

from pipeline.learn.logs.gravity import followed, without_gravity
from pipeline.learn.logs.recordings import Recording
from pipeline.learn.logs.set_export import SetModel, export_sets, features_file
from pipeline.learn.logs.set_kernels import KINDS, STRIDE, VIEWS, Kernels, draw_kernels, feature_count
from pipeline.learn.logs.set_lessons import CLASSES, features_of
from pipeline.learn.logs.sets import SetRecipe, _lessons, teach_sets
from pipeline.learn.onnx_graph import WEIGHT_TYPES, Precision
from pipeline.learn.random_kernels import KERNELS, TAPS
from pipeline.motion.set_channels import AXES, OWN, SIGNINGS, feels_gravity, set_channels
from pipeline.motion.set_network import open_set_network
from pipeline.motion.signals import RATE_HZ
from pipeline.recognize.network import open_session
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import Floats

TAUGHT = ("push_up", "lunge", "burpee")
QUICK = SetRecipe(typical=6)


def movement(label: str, seed: int) -> Floats:
    """(T, 6) of a set; each label has a shape and a lean of its own, each seed a tempo."""
    rng, number = np.random.default_rng(seed), TAUGHT.index(label)
    phase = 2 * np.pi * np.arange(0, 8, 1 / RATE_HZ) / rng.uniform(1.5, 3.0)
    moved = np.stack([np.sin(phase * (1 + number)), np.cos(phase), np.sin(phase) ** (1 + number)], axis=1) * 3
    lean = np.roll([0.9, 0.3, -0.3], number) * GRAVITY_M_S2
    values = np.concatenate([moved + lean + rng.normal(0, 0.2, moved.shape), np.zeros_like(moved)], axis=1)
    return values.astype(np.float32)


def recordings(seeds: range) -> list[Recording]:
    return [
        Recording(f"{label}{seed}", f"ulift/p{seed}", label, movement(label, seed), gyroscope=False)
        for label in TAUGHT
        for seed in seeds
    ]


@pytest.fixture
def few_features(monkeypatch: pytest.MonkeyPatch) -> None:
    few = {name: replace(view, dilations=(1, 8), thresholds=1) for name, view in VIEWS.items()}
    for name, view in few.items():
        monkeypatch.setitem(VIEWS, name, view)


@pytest.fixture
def model(few_features: None) -> SetModel:
    """A network of few features."""
    return teach_sets([recordings(range(6))], [1], recipe=QUICK).everyone


def test_every_kernel_sums_to_zero() -> None:
    assert len(KERNELS) == 84
    assert not KERNELS.sum(axis=1).any()  # gravity alone lifts none of them over another's threshold


def test_there_are_as_many_features_as_said() -> None:
    lesson = next(_lessons(0, recordings(range(1)), QUICK, np.random.default_rng(0)))
    kernels = draw_kernels([lesson.given()], seed=1)
    made = features_of(open_session(features_file(kernels)), [lesson])
    assert {kind: rows[0].shape[1] for kind, rows in made.items()} == {kind: feature_count(kind) for kind in KINDS}
    assert len(made["own"][0]) == 1 + QUICK.wrong
    assert len(made["free"][0]) == 1


def features_by_hand(kernels: Kernels, name: str, rows: Floats) -> Floats:
    """The features of one view's rows (C, T), a kernel at a time."""
    made = []
    for number, dilation in enumerate(VIEWS[name].dilations):
        for kernel, seen, limits in zip(
            KERNELS, kernels.channels[name][number], kernels.thresholds[name][number], strict=True
        ):
            wide = np.zeros((TAPS - 1) * dilation + 1)
            wide[::dilation] = kernel
            flowing = np.correlate(np.pad(rows[seen].sum(axis=0), len(wide) // 2), wide, "valid")[::STRIDE]
            made += [float((flowing > limit).mean()) for limit in limits]
            made += [float(np.sqrt(np.maximum(flowing - limit, 0).mean())) for limit in limits]
    return np.array(made, dtype=np.float32)


def test_one_pass_gives_the_features_of_every_signing(few_features: None) -> None:
    channels = set_channels(movement("burpee", 3)[:, :3].astype(np.float64))
    assert channels is not None
    given = {name: getattr(channels, name) for name in VIEWS}
    kernels = draw_kernels([given], seed=1)
    own, free = open_session(features_file(kernels)).run(None, given)
    for row, signing in zip(own, SIGNINGS, strict=True):
        signed = np.concatenate([signing, np.ones(OWN - AXES, np.float32)])[:, None]
        by_hand = [features_by_hand(kernels, name, given[name][0] * signed) for name in KINDS["own"]]
        assert row == pytest.approx(np.concatenate(by_hand), abs=3e-3)
    by_hand = [features_by_hand(kernels, name, given[name][0]) for name in KINDS["free"]]
    assert free[0] == pytest.approx(np.concatenate(by_hand), abs=3e-3)


@pytest.mark.parametrize("precision", WEIGHT_TYPES)
def test_what_was_taught_is_told_apart_in_any_signing(model: SetModel, precision: Precision) -> None:
    opened = open_set_network(export_sets(model, precision))
    for number, one in enumerate(recordings(range(100, 103))):
        told = opened.log_evidence(one.values[:, :3].astype(np.float64) * SIGNINGS[number % len(SIGNINGS)])
        assert told is not None
        assert CLASSES[int(told.argmax())] == one.label


def test_a_smaller_precision_is_a_smaller_file(model: SetModel) -> None:
    single, half, eight = (len(export_sets(model, one)) for one in WEIGHT_TYPES)
    assert eight < half < single


def test_the_same_seed_teaches_the_same(model: SetModel) -> None:
    again = teach_sets([recordings(range(6))], [1], recipe=QUICK).everyone
    assert export_sets(again) == export_sets(model)


def test_a_network_without_a_group_learned_nothing_of_it(few_features: None) -> None:
    wrong = dict(zip(TAUGHT, (*TAUGHT[1:], TAUGHT[0]), strict=True))
    misnamed = [replace(one, label=wrong[one.label]) for one in recordings(range(6, 18))]
    models = teach_sets([recordings(range(6)), misnamed], [1], recipe=QUICK)
    for model, truth in zip(models.without, (wrong, dict(zip(TAUGHT, TAUGHT, strict=True))), strict=True):
        opened = open_set_network(export_sets(model))
        for one in recordings(range(100, 103)):
            told = opened.log_evidence(one.values[:, :3].astype(np.float64))
            assert told is not None
            assert CLASSES[int(told.argmax())] == truth[one.label]


def test_another_device_teaches_its_own_way_and_no_signing_of_it_is_wrong(few_features: None) -> None:
    foreign = [
        Recording(f"x{one.id}", f"exermote/{one.id}", one.label, np.roll(one.values, 1, axis=1), gyroscope=False)
        for one in recordings(range(200, 206))
    ]
    lessons = list(_lessons(0, [*recordings(range(2)), *foreign], QUICK, np.random.default_rng(0)))
    assert [len(one.signings) for one in lessons] == [1 + QUICK.wrong] * 6 + [1] * 18
    opened = open_set_network(export_sets(teach_sets([[*recordings(range(6)), *foreign]], [1], recipe=QUICK).everyone))
    channels = [set_channels(one.values[:, :3].astype(np.float64)) for one in foreign]
    said = [CLASSES[int(opened.scores(one)[0][0].argmax())] for one in channels if one is not None]
    assert said == [one.label for one in foreign]


def test_what_was_taught_before_is_kept_for_the_same_sets_only(few_features: None, tmp_path: Path) -> None:
    first = teach_sets([recordings(range(3))], [1], tmp_path).everyone
    (kept,) = tmp_path.iterdir()
    written = kept.read_bytes()
    assert export_sets(teach_sets([recordings(range(3))], [1], tmp_path).everyone) == export_sets(first)
    assert kept.read_bytes() == written
    assert export_sets(teach_sets([recordings(range(4))], [1], tmp_path).everyone) != export_sets(first)


def test_sets_are_taught_without_gravity_in_several_ways_that_weigh_as_one(few_features: None) -> None:
    bare = replace(QUICK, gravity=False, ways=3)
    lessons = list(_lessons(0, recordings(range(1)), bare, np.random.default_rng(0)))
    assert len(lessons) == 3 * len(TAUGHT)
    assert sum(one.weights[0] for one in lessons) == pytest.approx(len(TAUGHT))
    assert not any(feels_gravity(one.acceleration_m_s2) for one in lessons)
    assert len({one.acceleration_m_s2.std().round(6) for one in lessons}) == len(lessons)
    opened = open_set_network(export_sets(teach_sets([recordings(range(6))], [1], recipe=bare).everyone))
    assert not opened.gravity
    for one in recordings(range(100, 103)):
        told = opened.log_evidence(without_gravity(one.values[:, :3].astype(np.float64), np.random.default_rng(1)))
        assert told is not None
        assert CLASSES[int(told.argmax())] == one.label


def test_gravity_that_is_followed_turns_with_the_arm_and_is_always_as_large() -> None:
    phase = 2 * np.pi * np.arange(0, 8, 1 / RATE_HZ) / 4
    down = GRAVITY_M_S2 * np.stack([np.sin(np.sin(phase)), np.cos(np.sin(phase)), 0 * phase], axis=1)
    shaken = down + np.outer(np.sin(16 * phase), [0.0, 0.0, 3.0])
    gravity = followed(shaken, 0.2)
    assert np.linalg.norm(gravity, axis=1) == pytest.approx(GRAVITY_M_S2, rel=0.03)
    assert np.abs(gravity - down)[25:-25].max() < 0.12 * GRAVITY_M_S2


def test_draws_answer_by_the_mean_of_their_scores(few_features: None) -> None:
    taught = [recordings(range(4))]
    channels = set_channels(movement("lunge", 9)[:, :3].astype(np.float64))
    assert channels is not None
    one, other, both = (
        open_set_network(export_sets(teach_sets(taught, seeds, recipe=QUICK).everyone, "single")).scores(channels)
        for seeds in ([1], [2], [1, 2])
    )
    for place in range(len(KINDS)):
        assert both[place] == pytest.approx((one[place] + other[place]) / 2, abs=1e-4)
        assert np.abs(one[place] - other[place]).max() > 1e-3
