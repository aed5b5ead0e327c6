"""What is known of one photo, and how it is written as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pipeline.photo.answer import Level
from pipeline.report import SCHEMA, strict
from pipeline.values import Array, Candidate, Caveat, Recognition, Source, Timing
from pipeline.video.pixels import Pixels

JointSide = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class JointAngle:
    """One joint as drawn in the picture: interior angle, 180 is straight; NaN where it is not seen.

    foreshortened where a limb points at the camera, so that the drawn angle is not the body's.
    """

    joint: str
    side: JointSide
    angle_deg: float
    foreshortened: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A seen joint beside the reference pose: within where it lies in the reference's own spread (twice over)."""

    joint: str
    side: JointSide
    measured_deg: float
    reference_deg: float
    spread_deg: float
    within: bool


@dataclass(frozen=True, slots=True, eq=False)
class PhotoView:
    """What drawing needs: the picture, landmarks (33, 2) in its pixels and their visibility (33,)."""

    pixels: Pixels
    body_px: Array
    visibility: Array


@dataclass(frozen=True, slots=True, eq=False)
class PhotoReport:
    """One photo.

    recognition.name is a pose's or an exercise's slug, its likeliest member where only the group is sure (`coarse`), or
    "unknown". said is what is sure: that name, a group, or "unknown", at `level`. perhaps_on_its_side: nothing is sure,
    and the body looks like one that stands in a photo turned by a quarter. names are the likeliest poses and exercises,
    groups the likeliest of the twenty and large_groups of the six (families, where it is an exercise), each with its
    probability, whatever the user said. view is what was looked at,
    for drawing; it is None where it is not kept.
    """

    source: Source
    recognition: Recognition
    said: str
    level: Level
    names: tuple[Candidate, ...]
    groups: tuple[Candidate, ...]
    large_groups: tuple[Candidate, ...]
    angles: tuple[JointAngle, ...]
    differences: tuple[Difference, ...]
    caveats: tuple[Caveat, ...]
    timing: Timing
    method: Mapping[str, str]
    view: PhotoView | None = None
    perhaps_on_its_side: bool = False

    @property
    def angles_shown(self) -> tuple[JointAngle, ...]:
        """Those that are the body's: of joints that are seen, and of limbs that do not point at the camera."""
        return tuple(one for one in self.angles if math.isfinite(one.angle_deg) and not one.foreshortened)

    @property
    def deviations(self) -> tuple[Difference, ...]:
        """What differs from the reference pose, most first."""
        beyond = [one for one in self.differences if not one.within]
        return tuple(sorted(beyond, key=lambda one: -abs(one.measured_deg - one.reference_deg) / one.spread_deg))


def photo_to_plain(report: PhotoReport) -> dict[str, Any]:
    """The report as strict JSON holds it, in the order a person would read it; without the picture."""
    recognition = report.recognition
    plain = {
        "schema": SCHEMA,
        "source": asdict(report.source),
        "exercise": {
            "name": recognition.name,
            "confidence": recognition.confidence,
            "alternatives": [asdict(candidate) for candidate in recognition.alternatives],
            "given": recognition.given,
            "coarse": recognition.coarse,
        },
        "said": report.said,
        "level": report.level,
        "perhaps_on_its_side": report.perhaps_on_its_side,
        "names": [asdict(candidate) for candidate in report.names],
        "groups": [asdict(candidate) for candidate in report.groups],
        "large_groups": [asdict(candidate) for candidate in report.large_groups],
        "angles": [asdict(angle) for angle in report.angles],
        "differences": [asdict(difference) for difference in report.differences],
        "caveats": [{"doubt": caveat.doubt.value, "facts": dict(caveat.facts)} for caveat in report.caveats],
        "timing": asdict(report.timing),
        "method": dict(report.method),
    }
    cleaned: dict[str, Any] = strict(plain)
    return cleaned
