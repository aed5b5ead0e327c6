"""What the coach may say of a photo, out of its report as JSON: the one that is stored, and the command line's."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from bot.coach.facts import JointSeen, PhotoFacts
from bot.photo_messages import still_name
from bot.sentences import plain
from pipeline.catalogue import exercises, family_name
from pipeline.photo.report import PhotoReport, photo_to_plain
from pipeline.values import Caveat, Doubt

KEPT = ("exercise", "said", "level", "angles", "differences", "caveats")


def to_text(report: PhotoReport) -> str:
    """The part of a photo's report that is talked about, as JSON."""
    told = photo_to_plain(report)
    return json.dumps({key: told[key] for key in KEPT}, ensure_ascii=False)


def photo_facts(told: Mapping[str, Any], language: str) -> PhotoFacts:
    """The facts of a photo whose report is this; raises KeyError for a report of anything else."""
    compared = {(one["joint"], one["side"]): one for one in told["differences"]}
    seen = [one for one in told["angles"] if one["angle_deg"] is not None]
    joints = [_joint(one, compared.get((one["joint"], one["side"])), language) for one in seen]
    return PhotoFacts(
        label=_label(told, language),
        confidence=float(told["exercise"]["confidence"]),
        joints=tuple(sorted(joints, key=_how_far_off)),
        caveats=tuple(Caveat(Doubt(one["doubt"]), one["facts"]) for one in told["caveats"]),
        given=bool(told["exercise"]["given"]),
    )


def _joint(seen: Mapping[str, Any], compared: Mapping[str, Any] | None, language: str) -> JointSeen:
    side, joint = plain(language, "photo.left" if seen["side"] == "left" else "photo.right"), seen["joint"]
    return JointSeen(
        name=f"{side} {plain(language, f'joint.{joint}')}",
        angle_deg=float(seen["angle_deg"]),
        usual_deg=float(compared["reference_deg"]) if compared else math.nan,
        off=bool(compared) and not compared["within"] if compared else False,
    )


def _how_far_off(joint: JointSeen) -> float:
    """Sorts what differs before what doesn't, most first."""
    return -abs(joint.angle_deg - joint.usual_deg) if joint.off else 0.0


def _label(told: Mapping[str, Any], language: str) -> str:
    """What the photo shows, as far as that is sure; empty for a pose that nothing is called by."""
    name = told["exercise"]["name"]
    if told["level"] == "unknown" or told["said"] == "no_exercise":
        return ""
    if told["level"] != "name" and name in exercises():
        return family_name(exercises()[name].family, language)
    return still_name(told["said"], language)
