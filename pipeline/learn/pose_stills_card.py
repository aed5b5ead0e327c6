"""The model card of the network that weighs poses and exercises in photos, written from what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.learn.pose_card import precision_table

TEXT = """# pose_stills.onnx: poses of yoga and exercises of the gym in photos

Names one of {names} poses and exercises, or "unknown", from one person's landmarks in one picture: {members} residual
dense networks whose mean answers. It says how likely yoga and the gym are, and which exercise; which pose it is, it and
`poses.onnx` say together, weighing alike. Exercises count as they are common (`commonness` in the catalogue). Whether
MediaPipe sees a landmark or guesses it is not looked at. Plank pose and dolphin plank are called plank. Read by
`pipeline/photo/name.py`; taught by `spotter train poses DATA --tracks TRACKS`.

## Data
Simulated: {each} sets of every exercise, four moments at the end of the movement that is further from standing about
and two anywhere; {each} holds of every pose that the catalogue describes in space, from every side. Photos: Yoga-82's
landmarks, the folds that taught `poses.onnx`. Filmed: moments of the development clips, at most 150 a name. Every
simulated or filmed still loses the landmarks that a photo drawn for it lacks, or what is missing alone would tell yoga
from the gym. What a body hides of itself tells it, too: a network that took only what is seen for known called gym
yoga far oftener, and was dropped.

## Split
By publisher. s01, s09, s12, s14, s16 and s17 taught nothing and chose no number; they were counted after earlier
networks too, and one such count gave the reason to drop the network named above. Temperatures, odds and working points
come from s02, s11, s13 (generated footage) and s40, answered by a network that saw neither them nor the judged ones,
and from watched photos. The network that ships saw them, too.
Licences: tracks' sources mostly state none; nothing of them ships but these weights.

## Figures of the whole road, through both networks
Log-odds of the gym: {kind_slope:.2f} times the network's own and {gym_odds:+.2f}; temperature among poses
{pose_temperature:.2f}, among exercises {exercise_temperature:.2f}: what surprises least where yoga and the gym are
equally likely. Working points, wanted: 95 % right.
"group" is a family of exercises or a group of poses; "other kind" is yoga taken for the gym or the gym for yoga.

| stills | number | top 1 | top 3 | family | other kind | named | right | group said | right | calibration error |
|---|---|---|---|---|---|---|---|---|---|---|
{rows}

Yoga from another source, six people before four cameras (yoga_six), what is held at the end of each recording; some
recordings go on into another pose, which counts as wrong. Chair, as some of three people do it, was described in the
catalogue after a look at them; the other three decided nothing.

| people | moments | top 1 | recordings | right |
|---|---|---|---|---|
{six}

{precision}
## Name by name, judged stills

| name | stills | precision | recall | area under precision-recall |
|---|---|---|---|---|
{by_name}

## What it cannot do
A still does not show what moves, and landmarks do not show equipment, grips and inclines: curls, pushdowns and rows
look alike at one end, bench presses at any incline look alike throughout, and half a squat with the arms ahead is chair
pose. So it names few exercises, and offers the three likeliest of the others. The judged stills are few and mostly of
one publisher's squats, planks and push-ups, so these figures are rough.
"""


def text(said: Mapping[str, Any], found: Mapping[str, Any], members: int) -> str:
    """The card in Markdown."""
    return TEXT.format(
        names=len(said["names"]) - 1,
        members=members,
        **said["weighing"],
        each=found["each"],
        rows="\n".join(_row(key, row) for key, row in found["road"].items()),
        six="\n".join(_six(key, row) for key, row in found["six"].items()),
        precision=precision_table(found),
        by_name="\n".join(_name(name, row) for name, row in found["by_name"].items()),
    )


def _row(key: str, row: Mapping[str, float]) -> str:
    shares = ("top_1", "top_3", "family", "other_kind", "said", "said_right", "group_said", "group_right")
    figures = " | ".join(_percent(row[share]) for share in shares)
    return f"| {key} | {row['stills']} | {figures} | {row['calibration_error']:.3f} |"


def _percent(share: float) -> str:
    return "–" if share != share else f"{100 * share:.1f} %"


def _six(key: str, row: Mapping[str, float]) -> str:
    shares = f"{100 * row['top_1']:.1f} % | {row['recordings']} | {100 * row['recordings_right']:.1f} %"
    return f"| {key} | {row['moments']} | {shares} |"


def _name(name: str, row: Mapping[str, float]) -> str:
    return f"| {name} | {row['stills']} | {row['precision']:.2f} | {row['recall']:.2f} | {row['pr_auc']:.2f} |"
