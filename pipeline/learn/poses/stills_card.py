"""The model card of the networks that weigh poses and exercises in photos, written from what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.learn.poses.card import precision_table

TEXT = """# pose_stills.onnx and pose_space.onnx: poses of yoga and exercises of the gym in photos

Name one of {names} poses and exercises, or "unknown", from one person's landmarks in one picture: {members} residual
dense networks over the picture's plane, {space_members} over the landmarks in space, turned to face one way. The first
say how likely yoga and the gym are; which exercise it is, both say, weighing alike; which pose it is, `poses.onnx` says
four fifths of, the first a fifth. Exercises count as often as they are common, a step of the catalogue's `commonness`
twice as often. Landmarks outside the picture count as not known: a sitting body's legs, guessed below the picture's
edge, passed for a deep squat. Whether MediaPipe sees a landmark inside it or guesses it is not looked at. Plank pose
and dolphin plank are called plank. Where the likeliest is a pose that an exercise looks like (chair pose and a squat),
that exercise is among the three offered. What a photo shows at the hands is weighed with all this by `equipment.onnx`;
the figures here are without it, the tracks have no pixels: see `equipment.md`. Read by `pipeline/photo/name.py`; taught
by `spotter train poses DATA --tracks TRACKS`.

## Data
Simulated, for both: {each} sets of every exercise, four moments at the end of the movement that is further from
standing about and two anywhere; {each} holds of every pose that the catalogue describes in space, from every side.
Photos: Yoga-82's landmarks, the folds that taught `poses.onnx`; they have no depth, so what is in space learned without
them. Filmed: moments of the development clips, at most 150 a name. Every simulated or filmed still loses the landmarks
that a photo drawn for it lacks, or what is missing alone would tell yoga from the gym, and of three bodies in ten the
picture cuts off a part. What a body hides of itself tells it, too: a network that took only what is seen for known
called gym yoga far oftener, and was dropped.

## Split
By publisher. s01, s09, s12, s14, s16 and s17 taught nothing and chose no number; they were counted after earlier
networks too, and one such count gave the reason to drop the network named above. Temperatures, odds and working points
come from all other filmed sources, three parts of them left out in turn and answered by networks that saw neither them
nor the judged ones, at most 150 stills a name, and from watched photos. Generated footage (s02, s13) was left out with
the third part and counts nowhere: it teaches, but nobody photographs it. Until then it made up most of what was
calibrated on, and 8.2 % of the judged stills were named, 98.0 % of these rightly. That a body in space tells exercises
better, and that what lies outside the picture is better left out, was found on s06 and s08, left out in turn. The
networks that ship saw them all, too. Stills that nobody could name are counted nowhere.
Licences: tracks' sources mostly state none; nothing of them ships but these weights.

## Figures of the whole road, through all networks
Log-odds of the gym: {kind_slope:.2f} times the network's own and {gym_odds:+.2f}; temperature among poses
{pose_temperature:.2f}, among exercises {exercise_temperature:.2f}: what surprises least where yoga and the gym are
equally likely. Working points, wanted: 95 % right. Of either kind alone the calibration error holds the doubt about the
other; where photos of yoga and stills of the gym at the end of the movement come alike often, it is {both:.3f}. "among
three" are those that are offered; "group" is a family of exercises or a group of poses; "other kind" is yoga taken for
the gym or the gym for yoga.

{rows}

{in_turn}

The judged stills are eight moments of each of 78 clips, which are right or wrong together: answers that knew exactly
how sure to be, all stills of a clip right or all wrong, would show a calibration error of 0.084 on those at the end of
movements (nine times of ten 0.050 to 0.123), of 0.070 on those anywhere. So the error there tells no fault that a
temperature could mend. It is the surest that are too modest (0.87 sure and all right); what is named is right.

"Without depth" is the road without `pose_space.onnx`, under the same temperatures and points. Photos of yoga have no
depth here; it could only change which exercise they are mistaken for.

Yoga from another source, six people before four cameras (yoga_six), what is held at the end of each recording; some
recordings go on into another pose, which counts as wrong. Chair, as some of three people do it, was described in the
catalogue after a look at them; the other three decided nothing. Of the people tried on, chair is taken for a squat or a
thruster, which look the same in a still; and what is held on the way into cobra and after tree is other poses.

| people | moments | top 1 | recordings | right |
|---|---|---|---|---|
{six}

Sent as clips, whole recordings with the way in and out; poses are told where they fill half of it or where one is held
for 3 s and they fill a quarter, and such a hold speaks for yoga with log-odds of 2.3 (`pipeline/flow.py`). That was
chosen on the people tried on, of whose recordings 22 % were told before, and on development clips of lifts, none of
which is told; of 75 clips of the judged sources, their names not looked at, one lift would be (mountain climbers as cat
cow) beside the planks. The data do not state their frame rate: 10 a second are assumed here, at which of the other
people's recordings 39 % were told before; at 15 a second 41 % would be (30 % before), and at 20 or more the holds last
less than 3 s and nothing changes.

| people | recordings | told | right of these |
|---|---|---|---|
{told}

{tried}
{precision}
`pose_space.onnx`, alone on the judged stills, with all poses among its answers:

{space_precision}
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

TRIED = """## Looks at a photo

A photo is looked at three times, as it is, in its mirror image and from closer (`pipeline/photo/looks.py`), and the
probabilities are averaged before the hands are weighed. Of 294 moments of 52 clips of s04 to s08, asked of networks
without their source, one look is right in 41.2 % at once, in 69.0 % among three; three looks in 42.2 and 73.1 %; with
logarithms averaged instead, 41.8 and 73.8 % (drawn clip by clip again, nine times of ten -2 to 4 and 2 to 9 points more
than one look). Surprise falls from 2.08 to 1.92, the calibration error from .070 to .053; from 0.76 on 12.2 % are sure,
94.4 % of these right, instead of 11.2 and 90.9 %. The figures above are of one look, as tracks have it.

The whole road from pixels, three looks and the hands: 108 moments of 18 clips of s01, s09 and s12, which taught and
chose nothing, saved as JPEG and sent as photos. At the end of the movement 72.2 % are right at once, 88.9 % hold the
right name among those offered, 48.1 % are named; anywhere 63.0, 77.8 and 38.9 %; all that is named is right. Counted
before nobody was looked for in the mirror image, too: 70.4 and 87.0 % at the end, the others alike.

## Tried on the stills calibrated on

Each part answered by networks that saw neither it nor the judged sources, weighed as the two others would have it; top
1 and among three, of all, and of every name by the root of its stills: exercises counting as `commonness` says 38.1 and
65.0 %, 37.2 and 64.0 %; its square 39.3 and 67.2 %, 37.4 and 65.1 %; two to its power, which is taken, 40.2 and 67.9 %,
37.9 and 65.4 %; three to its power 42.4 and 69.7 %, 38.9 and 65.2 %, not taken, as these sources hold mostly what is
common. Photos of yoga, watched: 80.0, 79.9, 79.5 and 79.6 %. What is in space saying more or less of which exercise, or
something of yoga: a point either way. Poses lending a part of their likelihood to the exercise they look like: from a
twentieth to three tenths nothing gained. Only offering it beside them: 9 stills of 1332 more hold the right name, 1
fewer, of 1132 photos of yoga 2 fewer. Of these stills push-ups are called four-limbed staff pose (57), which is the end
of one, pull-ups far from the camera poses upside down (30), deadlifts cockerel pose (17), squats chair pose (8).
"""

HEAD = (
    "| stills | number | top 1 | among three | family | other kind | named | right | group said | right "
    "| calibration error |\n" + "|---" * 11 + "|\n"
)


def text(said: Mapping[str, Any], found: Mapping[str, Any], members: tuple[int, int]) -> str:
    """The card in Markdown; members: in the picture's plane, and in space."""
    return TEXT.format(
        names=len(said["names"]) - 1,
        members=members[0],
        space_members=members[1],
        **said["weighing"],
        each=found["each"],
        both=found["error_of_both"],
        rows=HEAD + "\n".join(_row(key, row) for key, row in found["road"].items()),
        in_turn=_in_turn(found["in_turn"]),
        told="\n".join(_told(key, row) for key, row in found["told"].items()),
        six="\n".join(_six(key, row) for key, row in found["six"].items()),
        precision="## Precision of the weights\n\n" + precision_table(found["precision"]),
        space_precision=precision_table(found["space_precision"]),
        tried=TRIED,
        by_name="\n".join(_name(name, row) for name, row in found["by_name"].items()),
    )


def _row(key: str, row: Mapping[str, float]) -> str:
    shares = ("top_1", "top_3", "family", "other_kind", "said", "said_right", "group_said", "group_right")
    figures = " | ".join(_percent(row[share]) for share in shares)
    return f"| {key} | {row['stills']} | {figures} | {row['calibration_error']:.3f} |"


def _in_turn(found: Mapping[str, Mapping[str, float]]) -> str:
    rows = "\n".join(_row(key, row) for key, row in found.items())
    return "Each part calibrated on, as the other two alone would have it weighed and said:\n\n" + HEAD + rows


def _told(key: str, row: Mapping[str, float]) -> str:
    return f"| {key} | {row['recordings']} | {_percent(row['told'])} | {_percent(row['told_right'])} |"


def _percent(share: float) -> str:
    return "–" if share != share else f"{100 * share:.1f} %"


def _six(key: str, row: Mapping[str, float]) -> str:
    shares = f"{100 * row['top_1']:.1f} % | {row['recordings']} | {100 * row['recordings_right']:.1f} %"
    return f"| {key} | {row['moments']} | {shares} |"


def _name(name: str, row: Mapping[str, float]) -> str:
    return f"| {name} | {row['stills']} | {row['precision']:.2f} | {row['recall']:.2f} | {row['pr_auc']:.2f} |"
