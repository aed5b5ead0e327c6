"""Joint angles in a photo and how they lie beside a reference pose."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipeline.catalogue.pose import Angle
from pipeline.photo.angles import differences, photo_angles
from pipeline.photo.report import JointAngle
from tests.pipeline.photo.bodies import figure_px, track_of

WITHIN_DEG = 4.0  # the figure's coordinates are whole pixels

REFERENCE = {"knee": (Angle(175, 4), Angle(90, 10)), "elbow": (Angle(175, 5), Angle(175, 5))}


def legs(left_deg: float, right_deg: float) -> tuple[JointAngle, ...]:
    return JointAngle("knee", "left", left_deg), JointAngle("knee", "right", right_deg)


def test_the_figures_angles_are_measured() -> None:
    angles = {(one.joint, one.side): one.angle_deg for one in photo_angles(track_of(figure_px()))}
    assert angles["elbow", "left"] == pytest.approx(180, abs=WITHIN_DEG)
    assert angles["shoulder", "right"] == pytest.approx(90, abs=8)
    assert angles["knee", "left"] == pytest.approx(180, abs=WITHIN_DEG)
    assert len(angles) == 8


def test_a_joint_that_is_not_seen_has_no_angle() -> None:
    visibility = np.ones(33)
    visibility[15] = 0.2
    angles = {(one.joint, one.side): one.angle_deg for one in photo_angles(track_of(figure_px(), visibility))}
    assert math.isnan(angles["elbow", "left"])
    assert math.isfinite(angles["elbow", "right"])


def test_a_limb_that_points_at_the_camera_is_foreshortened_and_not_compared() -> None:
    image = figure_px()
    track = track_of(image)
    world = track.world_m.copy()
    world[0, [13, 15], :2] = world[0, 11, :2]
    world[0, 13, 2], world[0, 15, 2] = -0.3, -0.55
    towards = type(track)(track.times_s, track.image_px, world, track.visibility, 600, 800)
    angles = photo_angles(towards)
    assert {(one.joint, one.side) for one in angles if one.foreshortened} >= {("elbow", "left")}
    assert ("elbow", "left") not in {(one.joint, one.side) for one in differences(angles, REFERENCE)}


@pytest.mark.parametrize("sides", [(172.0, 95.0), (95.0, 172.0)])
def test_a_mirrored_pose_is_the_same_pose(sides: tuple[float, float]) -> None:
    found = differences(legs(*sides), REFERENCE)
    assert [one.within for one in found] == [True, True]


def test_what_differs_is_said_with_both_angles() -> None:
    found = differences(legs(173, 140), REFERENCE)
    (differing,) = [one for one in found if not one.within]
    assert (differing.side, differing.measured_deg, differing.reference_deg) == ("right", 140, 90)


def test_a_few_degrees_are_no_difference_however_alike_the_photos_were() -> None:
    alike = {"knee": (Angle(175, 1), Angle(175, 1))}
    assert all(one.within for one in differences(legs(165, 170), alike))
    assert not differences(legs(150, 175), alike)[0].within


def test_where_photos_of_the_pose_do_not_agree_nothing_is_compared() -> None:
    assert differences(legs(100, 100), {"knee": (Angle(150, 60), Angle(150, 60))}) == ()


def test_a_side_is_told_by_all_that_is_seen_not_by_what_can_be_compared() -> None:
    one_agreed = {"knee": (Angle(175, 4), Angle(64, 58))}  # of the other leg photos do not agree
    assert [(one.reference_deg, one.within) for one in differences(legs(172, math.nan), one_agreed)] == [(175, True)]


def test_what_is_not_seen_is_not_compared() -> None:
    assert differences(legs(math.nan, math.nan), REFERENCE) == ()
