"""What is said of a still: the name where it is sure, its group where only that is, nothing where neither."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.pose import large_group, yoga_poses
from pipeline.photo.analyze import recognition_of
from pipeline.photo.answer import Level, answer, summed
from pipeline.values import Array

NAMES = ("tree_pose", "eagle_pose", "chair_pose", "warrior_2_pose", "plow_pose", "unknown")
SURE = {"name": 0.6, "group": 0.7, "large_group": 0.8}


@pytest.mark.parametrize(
    ("probabilities", "said", "level"),
    [
        ([0.7, 0.1, 0.1, 0.05, 0.05, 0.0], "tree_pose", "name"),
        ([0.4, 0.25, 0.15, 0.1, 0.1, 0.0], "standing_straight", "group"),
        ([0.3, 0.2, 0.1, 0.3, 0.1, 0.0], "standing", "large_group"),
        ([0.2, 0.1, 0.1, 0.2, 0.4, 0.0], "unknown", "unknown"),
        ([0.1, 0.0, 0.0, 0.0, 0.0, 0.9], "unknown", "unknown"),
    ],
)
def test_the_most_exact_thing_that_is_sure_is_said(probabilities: list[float], said: str, level: Level) -> None:
    found = answer(NAMES, np.array(probabilities), SURE)
    assert (found.said, found.level) == (said, level)


def test_a_group_alone_is_coarse_and_named_by_its_likeliest_pose() -> None:
    recognition = recognition_of(answer(NAMES, np.array([0.4, 0.25, 0.15, 0.1, 0.1, 0.0]), SURE))
    assert recognition.coarse
    assert recognition.name == "tree_pose"
    assert recognition.confidence == pytest.approx(0.8)
    assert recognition.alternatives[0].name == "eagle_pose"


def test_what_nobody_knows_is_unknown_with_names_to_ask_about() -> None:
    recognition = recognition_of(answer(NAMES, np.array([0.2, 0.1, 0.1, 0.2, 0.4, 0.0]), SURE))
    assert recognition.name == "unknown"
    assert [one.name for one in recognition.alternatives] == ["plow_pose", "tree_pose", "warrior_2_pose"]


def test_what_the_user_says_holds() -> None:
    recognition = recognition_of(answer(NAMES, np.array([0.9, 0.1, 0, 0, 0, 0]), SURE), given="plow_pose")
    assert (recognition.name, recognition.given, recognition.confidence) == ("plow_pose", True, 1.0)


def drawn(size: int) -> st.SearchStrategy[Array]:
    weights = st.lists(st.floats(0.001, 1), min_size=size, max_size=size)
    return weights.map(lambda values: np.array(values) / sum(values))


@given(probabilities=drawn(82))
def test_groups_hold_all_of_their_poses(probabilities: Array) -> None:
    names = tuple(yoga_poses())
    groups, chances = summed(names, probabilities, "group")
    large, large_chances = summed(names, probabilities, "large_group")
    assert chances.sum() == pytest.approx(1)
    assert (len(groups), len(large)) == (20, 6)
    for group, chance in zip(large, large_chances, strict=True):
        parts = [c for g, c in zip(groups, chances, strict=True) if large_group(g) == group]
        assert chance == pytest.approx(sum(parts))


@given(probabilities=drawn(82))
def test_nothing_is_said_below_its_working_point(probabilities: Array) -> None:
    found = answer(tuple(yoga_poses()), probabilities, SURE)
    assert found.confidence >= SURE.get(found.level, 0)
    assert sorted(found.names, key=lambda one: -one.confidence) == list(found.names)
