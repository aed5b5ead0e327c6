"""What the coach may say of a photo, out of its report as JSON: the one that is stored, and the command line's."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from bot.coach.facts import JointSeen, PhotoFacts
from bot.sentences import plain
from bot.words.photo_messages import still_name
from pipeline.catalogue import exercises, family_name
from pipeline.photo.report import PhotoReport, photo_to_plain
from pipeline.values import Caveat, Doubt

Told = Mapping[str, Any]
Limb = tuple[str, str]
KEPT = ("exercise", "said", "level", "angles", "differences", "caveats")


def to_text(report: PhotoReport, job_id: int) -> str:
    """The part of a photo's report that is talked about, as JSON, and which job it was."""
    told = photo_to_plain(report)
    return json.dumps({"job": job_id, **{key: told[key] for key in KEPT}}, ensure_ascii=False)


def job_of(text: str) -> int | None:
    """The job of the photo; None in what was stored before that was noted."""
    job_id: int | None = json.loads(text).get("job")
    return job_id


def photo_facts(told: Told, language: str, earlier: Told | None = None) -> PhotoFacts:
    """The facts of a photo whose report is this, beside those of the photo before it, where there is one.

    Raises KeyError for a report of anything else.
    """
    compared = {limb(one): one for one in told["differences"]}
    before_deg = angles_before(told, earlier) if earlier else {}
    seen = [one for one in told["angles"] if _lies_in_the_picture(one)]
    joints = [_joint(one, compared.get(limb(one)), before_deg.get(limb(one), math.nan), language) for one in seen]
    return PhotoFacts(
        label=_label(told, language),
        confidence=float(told["exercise"]["confidence"]),
        joints=tuple(sorted(joints, key=_how_far_off)),
        caveats=tuple(Caveat(Doubt(one["doubt"]), one["facts"]) for one in told["caveats"]),
        given=bool(told["exercise"]["given"]),
        before=_label(earlier, language) if earlier else None,
    )


def limb(one: Told) -> Limb:
    """Which joint of which side is told of."""
    return one["joint"], one["side"]


def angles_before(told: Told, earlier: Told) -> dict[Limb, float]:
    """What each joint of a photo had in the one before it, of the same pose: of its mirror image, where the pose was
    taken to the other side. None of those that point at the camera in either."""
    if told["said"] != earlier["said"]:
        return {}
    turned = _apart_deg(told, earlier, turned=True) < _apart_deg(told, earlier, turned=False)
    then = {limb(one): one for one in earlier["angles"] if _lies_in_the_picture(one)}
    now = [limb(one) for one in told["angles"] if _lies_in_the_picture(one)]
    return {one: float(then[_other(one, turned)]["angle_deg"]) for one in now if _other(one, turned) in then}


def _apart_deg(told: Told, earlier: Told, *, turned: bool) -> float:
    """How far the poses that the two photos were held against lie apart, limb by limb; 0 where they were not."""
    now, then = ({limb(one): float(one["reference_deg"]) for one in photo["differences"]} for photo in (told, earlier))
    return sum(abs(now[one] - then[_other(one, turned)]) for one in now if _other(one, turned) in then)


def _other(one: Limb, turned: bool) -> Limb:
    joint, side = one
    return (joint, "left" if side == "right" else "right") if turned else one


def _lies_in_the_picture(one: Told) -> bool:
    return one["angle_deg"] is not None and not one["foreshortened"]


def _joint(seen: Told, compared: Told | None, before_deg: float, language: str) -> JointSeen:
    side, joint = plain(language, "photo.left" if seen["side"] == "left" else "photo.right"), seen["joint"]
    return JointSeen(
        name=f"{side} {plain(language, f'joint.{joint}')}",
        angle_deg=float(seen["angle_deg"]),
        usual_deg=float(compared["reference_deg"]) if compared else math.nan,
        off=bool(compared) and not compared["within"] if compared else False,
        before_deg=before_deg,
    )


def _how_far_off(joint: JointSeen) -> float:
    """Sorts what differs before what doesn't, most first."""
    return -abs(joint.angle_deg - joint.usual_deg) if joint.off else 0.0


def _label(told: Told, language: str) -> str:
    """What the photo shows, as far as that is sure; empty for a pose that nothing is called by."""
    name = told["exercise"]["name"]
    if told["level"] == "unknown" or told["said"] == "no_exercise":
        return ""
    if told["level"] != "name" and name in exercises():
        return family_name(exercises()[name].family, language)
    return still_name(told["said"], language)
