"""The model card of the network for gym exercises in photos, written from what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.learn.pose_card import precision_table

HEAD = """# pose_gym.onnx: gym exercises in photos, and whether a photo shows yoga

Names an exercise of the catalogue, "yoga" (whose poses `poses.onnx` names) or "unknown" from one person's landmarks in
one picture: {members} residual dense networks whose mean answers. Read by `pipeline/photo/network.py`; taught by
`spotter train poses DATA --tracks TRACKS`.

## Data
{each} simulated sets of every exercise of the catalogue, five moments of each, those far from rest oftener; moments of
filmed sets (development sources s08, s15 and s40, mostly push-ups, pull-ups, dips, squats and deadlifts, and s13,
generated footage); landmarks of Yoga-82 photos for the answer "yoga", without the poses that are also done in a gym
(plank, chair, low lunge, bridge and the like). Every still of the gym loses the landmarks that a photo of yoga drawn
for it lacks, or what is missing alone would tell yoga.
Temperature and working points come from sources s04, s05, s06, s07 and s10, which taught nothing; s01, s09, s12, s14,
s16 and s17 {tested}.
Sources are publishers, so their people are apart. Licences: tracks' sources mostly state none; nothing of them ships
but these weights.

## Figures, single moments of filmed sets
"""

TAIL = """
## What it cannot do
A still does not show what moves: at rest, most standing exercises look alike, and grips, inclines and machines do not
show in landmarks at all. So it mostly says the family, and says nothing rather than guess. The filmed stills are few
({stills} of {names} names in the sources counted), so its figures are rough.

On another source (yoga_six: six people, five of the 82 poses, 116 recordings with the way into the pose) both networks
together name the pose in 45 % of recordings, the pose network alone in 84 %: chair is taken for a thruster, cobra for
a push-up. Taking yoga for three times likelier made that 55 %, but let exercises be called poses with certainty (58 %
of names said of the tested stills were right instead of 93 %), so it was left.
"""


def text(said: Mapping[str, Any], found: Mapping[str, Any], members: int) -> str:
    """The card in Markdown."""
    rows = "\n".join(_row(key, found[key]) for key in ("calibrated", "tested", "yoga") if key in found)
    head = "| stills | number | top 1 | top 3 | family | calibration error | name said, right | family said, right |\n"
    rule = "|---|---|---|---|---|---|---|---|\n"
    judged = found.get("tested", found["calibrated"])
    tail = TAIL.format(stills=judged["stills"], names=len(found["by_name"]))
    counted = "taught nothing and were counted whenever the network or the gate changed"
    tested = counted if "tested" in found else "were not looked at"
    shown = HEAD.format(members=members, each=found["each"], tested=tested)
    return shown + head + rule + rows + "\n\n" + _road(said, found) + precision_table(found) + _names(found) + tail


ROAD = """## Through both networks

Poses and exercises are weighed together: a gate, fitted on watched photos of yoga and the calibrated stills, says how
much each network counts, both kinds taken for equally likely. Its weights of log-odds: "yoga" {yoga:.2f}, the likeliest
pose {pose:.2f}, the likeliest exercise {exercise:.2f}, constant {constant:.2f}. All names, right or among three, and
what is said by name:

| stills | number | top 1 | top 3 | said by name | right of these |
|---|---|---|---|---|---|
"""


def _road(said: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    rows = [
        f"| {key} | {row['stills']} | {100 * row['top_1']:.1f} % | {100 * row['top_3']:.1f} % "
        f"| {100 * row['said']:.1f} % | {100 * row['said_right']:.1f} % |"
        for key, row in found["road"].items()
    ]
    return ROAD.format(**said["gate"]) + "\n".join(rows) + "\n\n"


def _row(key: str, row: Mapping[str, Any]) -> str:
    said = row["said"]
    shares = (row["top_1"], row["top_3"], row["groups_20"])
    levels = " | ".join(_said(said[level]) for level in ("name", "group"))
    figures = " | ".join(f"{100 * share:.1f} %" for share in shares)
    return f"| {key} | {row['stills']} | {figures} | {row['calibration_error']:.3f} | {levels} |"


def _said(row: Mapping[str, Any]) -> str:
    right = "–" if row["right"] is None else f"{100 * row['right']:.0f} %"
    return f"{100 * row['share']:.0f} %, {right}"


def _names(found: Mapping[str, Any]) -> str:
    rows = [
        f"| {name} | {row['stills']} | {row['precision']:.2f} | {row['recall']:.2f} | {row['pr_auc']:.2f} |"
        for name, row in found["by_name"].items()
    ]
    head = "| exercise | stills | precision | recall | area under precision-recall |\n|---|---|---|---|---|\n"
    return "\n## Name by name\n\n" + head + "\n".join(rows) + "\n"
