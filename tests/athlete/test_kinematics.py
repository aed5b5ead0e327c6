"""The athlete is a body: bones keep their length, feet stay planted, hands hold on, nothing sinks in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from pipeline.values import Array
from tests.athlete import PEOPLE, Body, Camera, Take, landmarks, movements
from tests.athlete.kinematics import Joint, Motion, move

DEPTH = np.linspace(0, 1, 41)
BONES = (
    ("SHOULDER", "ELBOW", "upper_arm_m"),
    ("ELBOW", "WRIST", "forearm_m"),
    ("HIP", "KNEE", "thigh_m"),
    ("KNEE", "ANKLE", "shin_m"),
)
PLANTED = ("squat", "deadlift", "barbell_biceps_curl", "shoulder_press", "lateral_raise", "bench_press", "sit_up")
ON_THE_BAR = ("push_up", "pull_up", "tricep_dip")


def moved(exercise: str, body: Body, *, swapped: bool = False) -> Motion:
    flags: npt.NDArray[np.bool_] = np.full(len(DEPTH), swapped)
    return move(movements()[exercise], body, DEPTH, flags)


def travel_m(points: Array) -> float:
    return float(np.linalg.norm(points - points[0], axis=-1).max())


def angle_deg(a: Array, b: Array, c: Array) -> Array:
    u, v = a - b, c - b
    cosine = np.sum(u * v, axis=-1) / np.linalg.norm(u, axis=-1) / np.linalg.norm(v, axis=-1)
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


@pytest.mark.parametrize("exercise", movements())
@pytest.mark.parametrize("person", PEOPLE)
def test_bones_keep_their_length_to_a_tenth_of_a_millimetre(exercise: str, person: str) -> None:
    body, joints = PEOPLE[person], moved(exercise, PEOPLE[person]).joints_m
    for side in ("L", "R"):
        for start, end, length in BONES:
            bone = joints[:, Joint[f"{side}_{start}"]] - joints[:, Joint[f"{side}_{end}"]]
            assert np.linalg.norm(bone, axis=-1) == pytest.approx(getattr(body, length), abs=1e-4)


@pytest.mark.parametrize("exercise", PLANTED)
def test_planted_feet_stay_within_two_millimetres(exercise: str) -> None:
    joints = moved(exercise, Body()).joints_m
    assert max(travel_m(joints[:, Joint.L_ANKLE]), travel_m(joints[:, Joint.R_ANKLE])) < 0.002


@pytest.mark.parametrize("exercise", ON_THE_BAR)
def test_hands_stay_within_a_centimetre_of_what_they_hold(exercise: str) -> None:
    assert travel_m(moved(exercise, Body()).joints_m[:, Joint.L_WRIST]) < 0.01


@pytest.mark.parametrize("exercise", movements())
def test_nothing_sinks_more_than_two_centimetres_into_the_floor(exercise: str) -> None:
    assert moved(exercise, Body()).joints_m[:, :, 1].min() > -0.02


def test_a_swapped_lunge_is_the_mirror_of_a_lunge() -> None:
    plain, swapped = (moved("lunge", Body(), swapped=flag).joints_m for flag in (False, True))
    np.testing.assert_allclose(swapped[:, Joint.R_KNEE], plain[:, Joint.L_KNEE] * [-1, 1, 1])


def test_the_knee_bends_as_far_as_the_data_say() -> None:
    joints = moved("squat", Body()).joints_m
    knee = angle_deg(joints[:, Joint.L_HIP], joints[:, Joint.L_KNEE], joints[:, Joint.L_ANKLE])
    assert (knee[0], knee[-1]) == pytest.approx((180 - (6 + 5), 180 - (92 + 30)), abs=0.5)


@pytest.mark.parametrize("exercise", movements())
@pytest.mark.parametrize("yaw_deg", [0.0, 45.0, 90.0])
def test_every_landmark_is_in_the_picture(exercise: str, yaw_deg: float) -> None:
    track = landmarks(Take(exercise, reps=1, camera=Camera(yaw_deg=yaw_deg)))
    assert (track.image_px >= 0).all()
    assert (track.image_px <= [track.width_px, track.height_px]).all()


def test_the_camera_does_not_change_the_body() -> None:
    front, side = (landmarks(Take("squat", reps=1, camera=Camera(yaw_deg=yaw))).world_m for yaw in (0.0, 90.0))
    from_front, from_side = (np.linalg.norm(world[:, 23] - world[:, 27], axis=-1) for world in (front, side))
    np.testing.assert_allclose(from_front, from_side, atol=1e-9)


def test_from_the_front_the_athletes_left_is_on_the_right_of_the_picture() -> None:
    track = landmarks(Take("squat", reps=1, camera=Camera(yaw_deg=0.0)))
    assert (track.image_px[:, 11, 0] > track.image_px[:, 12, 0]).all()
    assert (track.world_m[:, 0, 2] < 0).all()  # the nose is nearer to the camera than the hips
