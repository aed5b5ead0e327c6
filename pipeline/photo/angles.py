"""The joints' angles in a photo, and how they lie beside a reference pose."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.catalogue.pose import Angle
from pipeline.kinematics import JOINTS, JointAngles, joint_angles
from pipeline.photo.report import Difference, JointAngle, JointSide
from pipeline.photo.shape import VISIBLE
from pipeline.values import PoseTrack

SIDES: Final[tuple[JointSide, ...]] = ("left", "right")


@dataclass(frozen=True, slots=True)
class ReferenceLimits:
    """When a joint differs: by more than `spreads` of the reference's own half-width (which holds two thirds of the
    photos), and by at least `least_deg`: MediaPipe's angles in photos are no surer. Limbs that lie less than `in_plane`
    in the picture's plane (0 to 1) are foreshortened and not compared; nor is a joint whose reference is wider than
    `widest_deg`: there photos of the pose do not agree."""

    spreads: float = 2.0
    least_deg: float = 12.0
    in_plane: float = 0.35
    widest_deg: float = 35.0


LIMITS: Final = ReferenceLimits()


def photo_angles(track: PoseTrack, limits: ReferenceLimits = LIMITS) -> tuple[JointAngle, ...]:
    """Every joint of the one body in the track, left and right; NaN where a landmark of it is not visible."""
    angles = joint_angles(track)
    return tuple(
        _angle(angles, number, joint, side, limits) for number, joint in enumerate(JOINTS) for side in range(len(SIDES))
    )


def differences(
    angles: Sequence[JointAngle], reference: Mapping[str, tuple[Angle, Angle]], limits: ReferenceLimits = LIMITS
) -> tuple[Difference, ...]:
    """Every joint that can be compared, beside the reference or beside its mirror image, whichever is nearer by all
    that is seen."""
    nearer = min((_beside(angles, reference, turned) for turned in (False, True)), key=_apart)
    return tuple(_difference(one, usual, limits) for one, usual in nearer if usual.spread_deg <= limits.widest_deg)


def _angle(angles: JointAngles, number: int, joint: str, side: int, limits: ReferenceLimits) -> JointAngle:
    seen = angles.visibility[0, number, side] >= VISIBLE
    degrees = float(angles.image_deg[0, number, side]) if seen else math.nan
    return JointAngle(joint, SIDES[side], degrees, bool(angles.in_plane[number, side] < limits.in_plane))


def _beside(
    angles: Sequence[JointAngle], reference: Mapping[str, tuple[Angle, Angle]], turned: bool
) -> list[tuple[JointAngle, Angle]]:
    """Every joint that is seen and in the picture's plane, with its reference."""
    return [
        (one, reference[one.joint][SIDES.index(one.side) ^ turned])
        for one in angles
        if one.joint in reference and math.isfinite(one.angle_deg) and not one.foreshortened
    ]


def _apart(found: Sequence[tuple[JointAngle, Angle]]) -> float:
    return sum(min(3.0, abs(one.angle_deg - usual.median_deg) / max(usual.spread_deg, 1.0)) for one, usual in found)


def _difference(one: JointAngle, usual: Angle, limits: ReferenceLimits) -> Difference:
    allowed_deg = max(limits.least_deg, limits.spreads * usual.spread_deg)
    within = abs(one.angle_deg - usual.median_deg) <= allowed_deg
    return Difference(one.joint, one.side, one.angle_deg, usual.median_deg, usual.spread_deg, within)
