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
    """Every joint that can be compared, beside the reference or beside its mirror image, whichever is nearer."""
    usual, mirrored = (_beside(angles, reference, turned, limits) for turned in (False, True))
    return mirrored if _apart(mirrored) < _apart(usual) else usual


def _angle(angles: JointAngles, number: int, joint: str, side: int, limits: ReferenceLimits) -> JointAngle:
    seen = angles.visibility[0, number, side] >= VISIBLE
    degrees = float(angles.image_deg[0, number, side]) if seen else math.nan
    return JointAngle(joint, SIDES[side], degrees, bool(angles.in_plane[number, side] < limits.in_plane))


def _beside(
    angles: Sequence[JointAngle],
    reference: Mapping[str, tuple[Angle, Angle]],
    turned: bool,
    limits: ReferenceLimits,
) -> tuple[Difference, ...]:
    found = []
    for one in angles:
        if one.joint in reference and math.isfinite(one.angle_deg) and not one.foreshortened:
            wanted = reference[one.joint][SIDES.index(one.side) ^ turned]
            if wanted.spread_deg > limits.widest_deg:
                continue
            allowed = max(limits.least_deg, limits.spreads * wanted.spread_deg)
            within = abs(one.angle_deg - wanted.median_deg) <= allowed
            found.append(Difference(one.joint, one.side, one.angle_deg, wanted.median_deg, wanted.spread_deg, within))
    return tuple(found)


def _apart(found: Sequence[Difference]) -> float:
    return sum(min(3.0, abs(one.measured_deg - one.reference_deg) / max(one.spread_deg, 1.0)) for one in found)
