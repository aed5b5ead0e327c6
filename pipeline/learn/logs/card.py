"""The log recogniser's model card, written from the figures of the run that made the weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from pipeline.learn.logs.network import Recipe
from pipeline.learn.logs.recordings import LabelledLog

Rows = Mapping[str, Mapping[str, float]]

CARD: Final = """# Recogniser of sensor logs

Which of {exercises} exercises a watch or phone recorded, or rest, or something else. `motion.onnx`: a residual
convolutional network ({parameters} parameters, weights in half precision) over windows of 5 s at 25 Hz: acceleration
along the sensor's own axes and along axes that turning it does not change; a gyroscope, where there is one, tells
punches, rest and what is in no list apart, and nothing of exercises.
A set's answer is the mean of its windows' logarithms, and which of the fifteen exercises of uLift it is also hangs on
the set as a whole: `motion_sets.onnx` ({sets_bytes:,} bytes, {set_ms:.0f} ms a set on one core) looks at its
acceleration in seconds and stretched to its repetitions, by random convolutions and a linear score (MiniRocket), the
mean of {draws} draws, in every signing of the sensor's axes, one of which is how the taught people wore it, and along
axes that turning does not change. `motion_sets_bare.onnx` (one draw) does so for sets whose gravity an app took out,
and without the windows, which are poor at that; they only tell whether it is an exercise at all. Neither is asked for
spans under 5 s, or in a live stream before a set is over.

- **Data** (rests and idle ends of punching rounds count as logs). Most of these sets state no licence: nothing of them
  is shipped, only what was learned.
{data}
- **Taught** with {steps} steps of AdamW at a one-cycle rate (`pipeline/learn/logs/network.py`),
  classes drawn by weight (`lessons.py`), windows turned, mirrored, slowed, quickened, blurred and robbed of
  gyroscope or gravity at random (`augment.py`). Whole sets by ridge regressions, two or three minutes of one core
  each (`sets.py`), on the same exercises of other data sets, too, so that they do not mislead about those devices;
  their few settings were chosen on the people of the second and third fold. Gravity was taken out of each set in two of
  four ways drawn at random (`gravity.py`). Seed {seed}. The shipped weights are those
  of the first judged fold taught on for half as many steps with nobody left out, and regressions on everybody's sets.
- **Split**: by person, {folds} folds, {judged} of them judged; every figure below is of people that the answering
  network had not seen.
- **Calibration**, on the people of {calibrating} more folds, answered by networks that had not seen them, who are none
  of those judged: temperature {temperature:.2f};
  expected calibration error {calibration_error:.3f} on uLift sets of the people judged. A name is given without asking
  from {working_point:.2f} on: {named:.1%} of exercise logs are, {right_when_named:.1%} of those rightly; of
  {foreign:.0f} logs of rest or of nothing in the catalogue {foreign_named:.0f} are named anyway. What has lost its
  gravity is named from {bare_point:.2f} on, at temperature {bare_temperature:.2f}: {bare_named:.1%} of uLift sets are,
  {bare_right:.1%} of those rightly; the others are asked about.
- **Made by** `spotter train logs DATA --out pipeline/weights --folds {folds} --judged {judged} --share {share:g}
  --seed {seed}`

## Sets of uLift, as recorded and as other devices would have

{sets}
Turned 180°: about one of the device's axes. Read at a rate: straight lines between samples, aliases and all. With a
made gyroscope: uLift has none, so this one turns as gravity's direction does. Among the fifteen exercises, as the data
set's own papers count; then what the windows alone would say; the last column among all answers.

The sets of a workout named together, as those of one log are, all worn alike: each tells the others how the sensor is
signed.

{workouts}
## Workout against rest, windows of 5 s of uLift

{rest}
## Punches, type of each log, people held out

{punches}
## Each class, per log of all data sets, as recorded

{classes}
![what each class was called](motion_confusion.png)

## Precision

{precision}
Of `motion.onnx`: one window alone, one core, its inputs ready; accuracy by windows alone. Eight-bit: integer
convolutions where onnxruntime has them.

{precision_of_sets}
Of `motion_sets.onnx`: one set, one core, its channels and all; accuracy by it alone. Its kernels are whole numbers and
kept in eight bits at any precision; eight-bit means the weights of the regression, a scale for each class.

{experiments}
## What does not work

- uLift's band sits alike on all its people: other ways of wearing it are only simulated.
- Punches: a glove that is worn as Punch Buddy's is told rightly; on a bare hand or another device the type is little
  better than a guess, and jab and cross of a sensor worn anyhow cannot be told apart: they are mirror images.
- People differ more than devices: who squats with hanging arms looks like a deadlift, and a bench press turns the wrist
  just as a press overhead does. How right the answers are hangs on which seven people are judged, by several points.
- Acceleration without gravity is named worse, and more of it is asked about: send the sensor's reading with gravity
  where the app has it. What watches and phones take for gravity is imitated; of real such sets none is at hand.
- Kicks: no data, so no answer. Burpee, squat and sit-up from the upper arm rest on four people and a timer's labels.
- Anything that is no exercise of the list should be "unknown", but only running, mimed rowing and lifting,
  physiotherapy and made-up swinging taught it so: a foreign exercise that looks like one of the list is called that.
"""

EXPERIMENTS: Final = """## Two experiments

Smaller networks, the first fold's people, fifteen classes, a mean over seeds. "Pretrained": the features first
learned to fill in hidden halves of the taught people's windows, without labels. "Made windows": a quarter of each batch
out of a conditional VAE taught on the same examples.

{rows}
"""


class Run(Protocol):
    """What the card tells of how the run was made."""

    @property
    def share(self) -> float: ...
    @property
    def recipes(self) -> Sequence[Recipe]: ...
    @property
    def draws(self) -> Sequence[int]: ...
    @property
    def folds(self) -> int: ...
    @property
    def judged(self) -> int: ...
    @property
    def answered(self) -> Sequence[int]: ...


def text(
    figures: Mapping[str, Any], said: Mapping[str, Any], run: Run, logs: Sequence[LabelledLog], parameters: int
) -> str:
    """The card in Markdown."""
    answered, bare = figures["answers"], figures["answers_without_gravity"]
    rows = figures.get("experiments")
    return CARD.format(
        exercises=len(said["classes"]) - 2,
        parameters=f"{parameters:,}",
        data=_data(logs),
        steps=" and ".join(str(one.steps) for one in run.recipes),
        draws=len(run.draws),
        share=run.share,
        folds=run.folds,
        judged=run.judged,
        seed=said["seed"],
        **said["calibration"],
        bare_temperature=said["without_gravity"]["temperature"],
        bare_point=said["without_gravity"]["working_point"],
        bare_named=bare["named"],
        bare_right=bare["right_when_named"],
        calibration_error=figures["calibration_error"],
        named=answered["named"],
        calibrating=len(run.answered) - run.judged,
        sets_bytes=figures["precision_of_sets"]["half"]["bytes"],
        set_ms=figures["precision_of_sets"]["half"]["set_ms"],
        right_when_named=answered["right_when_named"],
        foreign=answered["rest_or_foreign_logs"],
        foreign_named=answered["rest_or_foreign_named"],
        sets=table(figures["sets"]),
        workouts=table(figures["workouts"]),
        rest=table(figures["rest"]),
        punches=table(figures["punches"]),
        classes=table(figures["classes"]),
        precision=table(figures["precision"]),
        precision_of_sets=table(figures["precision_of_sets"]),
        experiments=EXPERIMENTS.format(rows=table(rows)) if rows else "",
    )


def table(rows: Rows) -> str:
    """A Markdown table, a line for each row."""
    heads = list(next(iter(rows.values())))
    head = "| | " + " | ".join(name.replace("_", " ") for name in heads) + " |\n|---|" + "---|" * len(heads) + "\n"
    lines = (f"| {name} | " + " | ".join(f"{row[key]:g}" for key in heads) + " |" for name, row in rows.items())
    return head + "\n".join(lines) + "\n"


def _data(logs: Sequence[LabelledLog]) -> str:
    """A line for each data set: how many logs of how many people."""
    count = Counter(one.data_set for one in logs)
    people = Counter(person.split("/")[0] for person in {one.person for one in logs})
    return "\n".join(f"  - {name}: {number} logs, {people[name]} people" for name, number in sorted(count.items()))
