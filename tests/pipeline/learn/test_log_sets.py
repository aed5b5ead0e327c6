"""Teaching the network of whole sets: it tells apart what moves differently, on people it never saw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("onnx", reason="training needs the extra `train`")

from pipeline.learn import log_set_kernels
from pipeline.learn.log_recordings import Recording
from pipeline.learn.log_set_kernels import KERNELS, KINDS, VIEWS, feature_count
from pipeline.learn.log_sets import CLASSES, SetRecipe, teach_sets
from pipeline.motion.set_channels import SIGNINGS
from pipeline.motion.set_network import open_set_network
from pipeline.motion.windows import RATE_HZ, STANDARD_GRAVITY_M_S2, Floats

TAUGHT = ("push_up", "lunge", "burpee")
QUICK = SetRecipe(typical=6)


def movement(label: str, seed: int) -> Floats:
    """(T, 6) of a set; each label has a shape and a lean of its own, each seed a tempo."""
    rng, number = np.random.default_rng(seed), TAUGHT.index(label)
    phase = 2 * np.pi * np.arange(0, 8, 1 / RATE_HZ) / rng.uniform(1.5, 3.0)
    moved = np.stack([np.sin(phase * (1 + number)), np.cos(phase), np.sin(phase) ** (1 + number)], axis=1) * 3
    lean = np.roll([0.9, 0.3, -0.3], number) * STANDARD_GRAVITY_M_S2
    values = np.concatenate([moved + lean + rng.normal(0, 0.2, moved.shape), np.zeros_like(moved)], axis=1)
    return values.astype(np.float32)


def recordings(seeds: range) -> list[Recording]:
    return [
        Recording(f"{label}{seed}", f"ulift/p{seed}", label, movement(label, seed), gyroscope=False)
        for label in TAUGHT
        for seed in seeds
    ]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A network of few features."""
    few = {name: replace(view, dilations=(1, 8), thresholds=1) for name, view in VIEWS.items()}
    monkeypatch.setattr(log_set_kernels, "VIEWS", few)
    return teach_sets(recordings(range(6)), seed=1, recipe=QUICK)


def test_every_kernel_sums_to_zero() -> None:
    assert len(KERNELS) == 84
    assert not KERNELS.sum(axis=1).any()  # gravity alone lifts none of them over another's threshold


def test_there_are_as_many_features_as_said() -> None:
    wanted = {
        kind: sum(168 * len(VIEWS[name].dilations) * VIEWS[name].thresholds for name in KINDS[kind]) for kind in KINDS
    }
    assert {kind: feature_count(kind) for kind in KINDS} == wanted


def test_what_was_taught_is_told_apart_in_any_signing(model: bytes) -> None:
    opened = open_set_network(model)
    for number, one in enumerate(recordings(range(100, 103))):
        told = opened.log_evidence(one.values[:, :3].astype(np.float64) * SIGNINGS[number % len(SIGNINGS)])
        assert told is not None
        assert CLASSES[int(told.argmax())] == one.label


def test_the_same_seed_teaches_the_same_and_other_data_sets_teach_nothing(model: bytes) -> None:
    foreign = [
        Recording(one.id, f"exermote/{one.id}", one.label, one.values[::-1].copy(), gyroscope=False)
        for one in recordings(range(2))
    ]
    assert teach_sets([*recordings(range(6)), *foreign], seed=1, recipe=QUICK) == model
