"""The networks that ship: what they answer to, how large they are, and that a mirror changes nothing."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

import numpy as np
import pytest

from pipeline.catalogue import exercises
from pipeline.catalogue.pose import yoga_poses
from pipeline.photo.gate import EVEN
from pipeline.photo.name import SAME, YOGA, mixed, name_still, still_probabilities
from pipeline.photo.network import gym_network, pose_network
from pipeline.photo.shape import shapes
from pipeline.values import UNKNOWN
from tests.pipeline.photo.bodies import figure_px

SMALL_BYTES = 5_000_000
NEAR = 1e-5


def test_they_answer_with_names_that_the_catalogue_holds() -> None:
    assert set(pose_network().names) == set(yoga_poses())
    assert set(gym_network().names) - {YOGA, UNKNOWN} <= set(exercises())


@pytest.mark.parametrize("file", ["poses.onnx", "pose_gym.onnx"])
def test_they_are_small(file: str) -> None:
    assert len((resources.files("pipeline.weights") / file).read_bytes()) < SMALL_BYTES


def test_probabilities_sum_to_one_and_a_mirror_changes_none() -> None:
    bodies = np.stack([figure_px() + np.random.default_rng(seed).normal(0, 30, (33, 2)) for seed in range(5)])
    seen = shapes(bodies, np.ones((5, 33)))
    names, chances = still_probabilities(seen)
    assert YOGA not in names
    assert len(set(names)) == len(names) == chances.shape[1]
    assert chances.sum(axis=1) == pytest.approx(1, abs=NEAR)
    assert np.abs(still_probabilities(seen.mirrored())[1] - chances).max() < NEAR


def test_an_exercise_that_is_a_pose_is_called_by_the_pose_s_name() -> None:
    names, _ = still_probabilities(shapes(figure_px()[None], np.ones((1, 33))))
    assert set(SAME) <= set(exercises())
    assert set(SAME.values()) <= set(yoga_poses())
    assert not set(SAME) & set(names)


def test_a_gate_of_no_weight_takes_yoga_and_gym_for_equally_likely() -> None:
    seen = shapes(figure_px()[None], np.ones((1, 33)))
    poses = pose_network().probabilities(seen)
    names, (chances,) = mixed(poses, replace(gym_network(), gate=EVEN), seen)
    of_a_pose = [chance for name, chance in zip(names, chances, strict=True) if name in yoga_poses()]
    assert sum(of_a_pose) >= 0.5 - NEAR


def test_arms_out_and_a_wide_stance_are_likeliest_a_warrior() -> None:
    poses = pose_network().probabilities(shapes(figure_px()[None], np.ones((1, 33))))[0]
    by_name = dict(zip(pose_network().names, poses, strict=True))
    assert max(by_name, key=lambda name: by_name[name]) == "warrior_2_pose"


def test_a_body_of_which_nothing_is_known_is_not_named() -> None:
    assert name_still(np.full((1, 33, 2), np.nan), np.zeros((1, 33))).level != "name"
