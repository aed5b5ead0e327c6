"""The yoga poses as data: all of Yoga-82, in their groups, found by any of their names."""

from __future__ import annotations

import csv
from collections import Counter
from importlib import resources

import pytest

from pipeline.catalogue import Movement
from pipeline.catalogue.load import CatalogueError
from pipeline.catalogue.pose import find_pose, large_group, pose_groups, read_pose, yoga_poses
from tests.shared_data import SHARED, needs_shared_data

GOOD = 'names = { en = "A", ko = "가", sa = "B" }\ngroup = "standing_other"\n'


def test_all_82_poses_are_there_in_6_and_20_groups() -> None:
    poses = yoga_poses().values()
    assert len({pose.yoga82 for pose in poses}) == len(poses) == 82
    assert len({pose.group for pose in poses}) == 20
    sizes = Counter(large_group(pose.group) for pose in poses)
    assert sizes == {"standing": 20, "reclining": 19, "sitting": 18, "wheel": 10, "balancing": 8, "inverted": 7}
    assert len(pose_groups()) == 26


@pytest.mark.data
@needs_shared_data
def test_the_data_name_the_same_poses_and_put_them_in_the_same_groups() -> None:
    with (SHARED / "poses" / "yoga82.csv").open(newline="", encoding="utf-8") as file:
        rows = {(row["pose"], row["group20"]) for row in csv.DictReader(file)}
    assert {name for name, _ in rows} == {pose.yoga82 for pose in yoga_poses().values()}
    numbers = dict(rows)
    together = {(pose.group, numbers[pose.yoga82 or ""]) for pose in yoga_poses().values()}
    assert len(together) == 20


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("downward dog pose", "downward_facing_dog"),
        ("Virabhadrasana II", "warrior_2_pose"),
        ("나무 자세", "tree_pose"),
        ("CHATURANGA", "four_limbed_staff_pose"),
        ("쟁기자세", "plow_pose"),
    ],
)
def test_a_pose_is_found_by_any_of_its_names(text: str, slug: str) -> None:
    found = find_pose(text)
    assert found is not None
    assert found.name == slug


def test_what_is_no_pose_is_not_found() -> None:
    assert find_pose("deadlift") is None
    assert find_pose("") is None


def test_what_is_described_of_a_pose_is_held_and_can_be_simulated() -> None:
    described = {name: pose.movements for name, pose in yoga_poses().items() if pose.movements}
    assert len(described) > 30
    assert {Movement.parse(table).mode for tables in described.values() for table in tables} == {"hold"}
    with pytest.raises(CatalogueError, match=r"a_pose\.toml: movement 1"):
        read_pose("a_pose", GOOD + "[[movement]]\nknees = [4]\n")


def test_reference_angles_are_angles() -> None:
    with_reference = [pose for pose in yoga_poses().values() if pose.reference]
    assert len(with_reference) >= 78
    for pose in with_reference:
        for angle in (side for sides in pose.reference.values() for side in sides):
            assert 0 <= angle.median_deg <= 180
            assert 0 < angle.spread_deg <= 90


def test_what_is_known_of_the_poses_is_in_the_references() -> None:
    legs = [angle.median_deg for angle in yoga_poses()["tree_pose"].reference["knee"]]
    assert min(legs) < 60
    assert max(legs) > 165
    assert min(angle.median_deg for angle in yoga_poses()["plank_pose"].reference["hip"]) > 155


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("names = 1", "group"),
        (GOOD.replace("standing_other", "standing"), "group"),
        (GOOD + "[reference]\nneck = [[1, 2], [3, 4]]\n", "reference"),
        (GOOD + "[reference]\nknee = [[176, 0], [90, 8]]\n", "spread above 0"),
        (GOOD + "[reference]\nknee = [[176], [90, 8]]\n", "spread above 0"),
        (GOOD.replace("ko =", "de ="), "names"),
        (GOOD + "colour = 1\n", "colour"),
        ("names = [", "TOML"),
    ],
)
def test_a_mistake_names_the_file_and_the_key(text: str, key: str) -> None:
    with pytest.raises(CatalogueError, match=rf"mine\.toml.*{key}"):
        read_pose("mine", text)


def test_a_new_pose_is_nothing_but_a_file() -> None:
    pose = read_pose("mine", GOOD + "[reference]\nphotos = 12\nknee = [[176, 4], [90, 8]]\n")
    assert (pose.photos, pose.reference["knee"][1].median_deg) == (12, 90)
    assert len(list((resources.files("pipeline.catalogue") / "poses").iterdir())) >= 83
