"""The networks that ship: what they answer to, how large they are, and that a mirror changes nothing."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest

from pipeline.catalogue import exercises
from pipeline.catalogue.pose import yoga_poses
from pipeline.photo.name import (
    COMMONNESS,
    EXERCISES,
    NAMES,
    ONE_EXERCISE,
    POSES,
    SAME,
    mixed,
    name_still,
    still_probabilities,
)
from pipeline.photo.network import pose_network, still_network
from pipeline.photo.shape import shapes
from pipeline.values import UNKNOWN
from tests.pipeline.photo.bodies import figure_px

SMALL_BYTES = 5_000_000
NEAR = 1e-5


def test_they_answer_with_names_that_the_catalogue_holds() -> None:
    assert pose_network().names == POSES == tuple(yoga_poses())
    assert still_network().names == NAMES
    assert set(NAMES) - {UNKNOWN} - set(POSES) <= set(exercises())
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("file", ["poses.onnx", "pose_stills.onnx"])
def test_they_are_small(file: str) -> None:
    assert len((resources.files("pipeline.weights") / file).read_bytes()) < SMALL_BYTES


def test_probabilities_sum_to_one_and_a_mirror_changes_none() -> None:
    bodies = np.stack([figure_px() + np.random.default_rng(seed).normal(0, 30, (33, 2)) for seed in range(5)])
    seen = shapes(bodies, np.ones((5, 33)))
    chances = still_probabilities(seen)
    assert chances.shape == (5, len(NAMES))
    assert chances.sum(axis=1) == pytest.approx(1, abs=NEAR)
    assert np.abs(still_probabilities(seen.mirrored()) - chances).max() < NEAR


def test_an_exercise_that_is_a_pose_is_called_by_the_pose_s_name() -> None:
    assert set(SAME) <= set(exercises())
    assert set(SAME.values()) <= set(yoga_poses())
    assert not set(SAME) & set(NAMES)


def test_the_stills_network_weighs_yoga_against_the_gym_and_the_poses_network_only_which_pose() -> None:
    rng = np.random.default_rng(0)
    poses, stills = rng.normal(0, 2, (4, len(POSES))), rng.normal(0, 2, (4, len(NAMES)))
    one, other = (np.exp(mixed(some, stills)) for some in (poses, poses[:, ::-1]))
    assert one.sum(axis=1) == pytest.approx(1)
    assert one[:, : len(POSES)].sum(axis=1) == pytest.approx(other[:, : len(POSES)].sum(axis=1))
    assert np.abs(one[:, : len(POSES)] - other[:, : len(POSES)]).max() > 0.01


def test_a_pose_that_is_an_exercise_is_called_by_the_exercise_s_name() -> None:
    assert set(ONE_EXERCISE) <= set(POSES)
    assert set(ONE_EXERCISE.values()) <= set(EXERCISES)


def test_of_two_exercises_that_look_alike_the_commoner_is_likelier() -> None:
    (logs,) = mixed(np.zeros((1, len(POSES))), np.zeros((1, len(NAMES))))
    exercise = logs[len(POSES) :]
    assert exercise[EXERCISES.index("squat")] - exercise[EXERCISES.index("good_morning")] == pytest.approx(np.log(5))
    assert np.array_equal(np.argsort(exercise, kind="stable"), np.argsort(COMMONNESS, kind="stable"))


def test_arms_out_and_a_wide_stance_are_likeliest_a_warrior() -> None:
    poses = pose_network().probabilities(shapes(figure_px()[None], np.ones((1, 33))))[0]
    by_name = dict(zip(pose_network().names, poses, strict=True))
    assert max(by_name, key=lambda name: by_name[name]) == "warrior_2_pose"


def test_a_body_of_which_nothing_is_known_is_not_named() -> None:
    assert name_still(np.full((1, 33, 2), np.nan), np.zeros((1, 33))).level != "name"
