"""The networks that ship: what they answer to, how large they are, and that a mirror changes nothing."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pytest

from pipeline.catalogue import exercises
from pipeline.catalogue.pose import yoga_poses
from pipeline.photo.answer import LEVELS
from pipeline.photo.name import (
    EXERCISES,
    LOOKS_LIKE,
    NAMES,
    OFTEN,
    ONE_EXERCISE,
    POSES,
    SAME,
    answered,
    body_of,
    expecting,
    mixed,
    name_still,
    over_names,
    still_probabilities,
)
from pipeline.photo.network import pose_network, space_network, still_network
from pipeline.photo.shape import shapes
from pipeline.values import UNKNOWN, Array, PoseTrack
from tests.pipeline.photo.bodies import HEIGHT, WIDTH, figure_px, track_of

SMALL_BYTES = 5_000_000
NEAR = 1e-5


def test_they_answer_with_names_that_the_catalogue_holds() -> None:
    assert pose_network().names == POSES == tuple(yoga_poses())
    assert still_network().names == space_network().names
    assert set(still_network().names) <= set(NAMES)
    assert set(NAMES) - {UNKNOWN} - set(POSES) <= set(exercises())
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("file", ["poses.onnx", "pose_stills.onnx", "pose_space.onnx"])
def test_they_are_small(file: str) -> None:
    assert len((resources.files("pipeline.weights") / file).read_bytes()) < SMALL_BYTES


def test_probabilities_sum_to_one_and_a_mirror_changes_none() -> None:
    tracks = [track_of(figure_px() + np.random.default_rng(seed).normal(0, 30, (33, 2))) for seed in range(5)]
    for seen, placed in (body_of(track, np.zeros(1, dtype=int)) for track in tracks):
        chances = still_probabilities(seen, placed)
        assert chances.shape == (1, len(NAMES))
        assert chances.sum() == pytest.approx(1, abs=NEAR)
        assert np.abs(still_probabilities(seen.mirrored(), placed.mirrored()) - chances).max() < NEAR


def test_what_else_speaks_for_yoga_moves_the_odds_by_as_much_and_no_pose_against_another() -> None:
    seen, placed = body_of(track_of(figure_px()), np.zeros(1, dtype=int))
    plain, held = still_probabilities(seen, placed)[0], still_probabilities(seen, placed, yoga_log_odds=2.0)[0]
    yoga = slice(0, len(POSES))
    odds = [np.log(part[yoga].sum() / part[len(POSES) :].sum()) for part in (plain, held)]
    assert odds[1] - odds[0] == pytest.approx(2.0, abs=NEAR)
    assert held[yoga] / held[yoga].sum() == pytest.approx(plain[yoga] / plain[yoga].sum(), abs=NEAR)


def test_what_came_into_the_catalogue_later_is_never_said_and_changes_nothing_else() -> None:
    rng = np.random.default_rng(2)
    poses, known = rng.normal(0, 2, (3, len(POSES))), [name for name in NAMES if name != "squat"]
    stills = rng.normal(0, 2, (3, len(known)))
    without = mixed(poses, over_names(known, stills))
    assert np.isneginf(without[:, NAMES.index("squat")]).all()
    odds = without[:, NAMES.index("lunge")] - without[:, NAMES.index("plank")]
    spread = np.log(OFTEN[EXERCISES.index("lunge")] / OFTEN[EXERCISES.index("plank")])
    assert odds == pytest.approx(stills[:, known.index("lunge")] - stills[:, known.index("plank")] + spread)
    gym = np.logaddexp.reduce(without[:, len(POSES) :], axis=1)
    often = np.array([OFTEN[EXERCISES.index(name)] for name in known[len(POSES) :]])
    taught = stills[:, len(POSES) :] + np.log(often / often.mean())
    wanted = np.logaddexp.reduce(taught, axis=1) - np.logaddexp.reduce(stills[:, : len(POSES)], axis=1)
    assert gym - np.logaddexp.reduce(without[:, : len(POSES)], axis=1) == pytest.approx(wanted)


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


def test_depth_says_which_exercise_and_nothing_of_yoga() -> None:
    rng = np.random.default_rng(1)
    poses, stills, space = (rng.normal(0, 2, (4, count)) for count in (len(POSES), len(NAMES), len(NAMES)))
    without, with_ = np.exp(mixed(poses, stills)), np.exp(mixed(poses, stills, space))
    yoga = slice(0, len(POSES))
    odds, others = (part[:, len(POSES) :] / OFTEN for part in (without, with_))
    assert with_[:, yoga] / with_[:, yoga].sum(axis=1, keepdims=True) == pytest.approx(
        without[:, yoga] / without[:, yoga].sum(axis=1, keepdims=True)
    )
    assert others.sum(axis=1) / with_[:, yoga].sum(axis=1) == pytest.approx(
        odds.sum(axis=1) / without[:, yoga].sum(axis=1)
    )
    assert np.abs(others - odds).max() > 0.001


def test_a_pose_is_said_only_where_yoga_itself_is_sure() -> None:
    points = {"pose": {"name": 0.7, "group": 0.9, "large_group": 0.9, "kind": 0.97}, "exercise": {}}
    chances = np.zeros(len(NAMES))
    chances[[POSES.index("chair_pose"), NAMES.index("squat")]] = 0.9, 0.1
    assert answered(chances, points).level == "unknown"
    chances[[POSES.index("eagle_pose"), NAMES.index("squat")]] = 0.08, 0.02
    assert answered(chances, points).said == "chair_pose"


def test_a_pose_that_an_exercise_looks_like_is_said_only_where_yoga_is_surer_still() -> None:
    points = {"pose": {"name": 0.7, "group": 0.9, "large_group": 0.9, "kind": 0.9}, "exercise": {}}
    for pose, level in (("legs_up_the_wall_pose", "unknown"), ("tree_pose", "name")):
        chances = np.zeros(len(NAMES))
        chances[[POSES.index(pose), NAMES.index("leg_raise")]] = 0.94, 0.06
        assert answered(chances, points).level == level


def test_beside_a_pose_the_exercise_that_looks_like_it_is_offered() -> None:
    points = {"pose": dict.fromkeys((*LEVELS, "kind"), 2.0), "exercise": dict.fromkeys((*LEVELS, "kind"), 2.0)}
    chances = np.zeros(len(NAMES))
    chances[[NAMES.index(name) for name in ("chair_pose", "eagle_pose", "deadlift", "squat")]] = 0.5, 0.2, 0.2, 0.1
    assert [one.name for one in answered(chances, points).names[:3]] == ["chair_pose", "eagle_pose", "squat"]
    chances[NAMES.index("squat")] = 0.3
    assert [one.name for one in answered(chances, points).names[:3]] == ["chair_pose", "squat", "eagle_pose"]
    chances[[NAMES.index("squat"), NAMES.index("lunge"), NAMES.index("push_up")]] = 0.01, 0.05, 0.04
    offered = [one.name for one in answered(chances, points).names]
    assert offered == ["chair_pose", "eagle_pose", "squat", "deadlift", "lunge"]  # no more than without it


def test_an_exercise_that_looks_like_a_pose_is_one_and_the_pose_too() -> None:
    assert set(LOOKS_LIKE) <= set(POSES)
    assert set(LOOKS_LIKE.values()) <= set(EXERCISES)


def test_a_pose_that_is_an_exercise_is_called_by_the_exercise_s_name() -> None:
    assert set(ONE_EXERCISE) <= set(POSES)
    assert set(ONE_EXERCISE.values()) <= set(EXERCISES)


def test_of_two_exercises_that_look_alike_the_commoner_is_likelier() -> None:
    (logs,) = mixed(np.zeros((1, len(POSES))), np.zeros((1, len(NAMES))))
    exercise = logs[len(POSES) :]
    assert exercise[EXERCISES.index("squat")] - exercise[EXERCISES.index("good_morning")] == pytest.approx(np.log(2**4))
    assert np.array_equal(np.argsort(exercise, kind="stable"), np.argsort(OFTEN, kind="stable"))


def test_arms_out_and_a_wide_stance_are_likeliest_a_warrior() -> None:
    poses = pose_network().probabilities(shapes(figure_px()[None], np.ones((1, 33))))[0]
    by_name = dict(zip(pose_network().names, poses, strict=True))
    assert max(by_name, key=lambda name: by_name[name]) == "warrior_2_pose"


def test_looks_at_one_body_weigh_alike() -> None:
    one, other = track_of(figure_px()), track_of(figure_px() + np.random.default_rng(0).normal(0, 25, (33, 2)))
    pairs = zip(picture_of(one), picture_of(other), strict=True)
    image, world, visibility = (np.concatenate(pair) for pair in pairs)
    both = PoseTrack(np.arange(2.0), image, world, visibility, WIDTH, HEIGHT)
    chances = [still_probabilities(*body_of(some, np.zeros(1, dtype=int)))[0] for some in (one, other)]
    best = name_still(both).names[0]
    assert best.confidence == pytest.approx(np.mean(chances, axis=0).max(), abs=NEAR)


@pytest.mark.parametrize(
    ("told", "likelier", "others_of_its_kind"),
    [
        ("squat", ("squat",), ("deadlift", "lunge")),
        ("hammer_curl", ("hammer_curl", "biceps_curl"), ("squat", "deadlift")),  # a family is expected
        ("tree_pose", ("tree_pose",), ("eagle_pose", "chair_pose")),
        ("handstand", ("handstand_pose",), ("tree_pose",)),  # an exercise that is called by the pose's name
    ],
)
def test_what_somebody_named_before_is_expected_and_yoga_or_gym_stays(
    told: str, likelier: tuple[str, ...], others_of_its_kind: tuple[str, ...]
) -> None:
    even = np.where(np.arange(len(NAMES)) < len(POSES), 0.6 / len(POSES), 0.4 / len(EXERCISES))
    expected = expecting(even, (told, "no_such_name"))
    assert expected[: len(POSES)].sum() == pytest.approx(0.6)
    assert expected.sum() == pytest.approx(1)
    assert all(expected[NAMES.index(name)] > 1.1 * even[NAMES.index(name)] for name in likelier)
    assert all(expected[NAMES.index(name)] < even[NAMES.index(name)] for name in others_of_its_kind)
    assert np.array_equal(expecting(even, ()), even)


def picture_of(track: PoseTrack) -> tuple[Array, Array, Array]:
    return track.image_px, track.world_m, track.visibility


def test_a_body_of_which_nothing_is_known_is_not_named() -> None:
    nobody = track_of(np.full((33, 2), np.nan), np.zeros(33))
    assert name_still(nobody).level != "name"
