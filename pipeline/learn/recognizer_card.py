"""The recogniser's model card, written from the figures of the run that made the weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.learn.recognizer_network import Recipe

COLUMNS = ("clips", "top_1", "top_3", "family_top_1", "calibration_error", "named", "named_right", "macro_top_1")
HEADINGS = ("clips", "top-1", "top-3", "family", "ECE", "named", "right when named", "mean over names")


def text(figures: Mapping[str, Any], said: Mapping[str, Any], recipe: Recipe, each: int, clips: int) -> str:
    """The card in Markdown."""
    rows = figures["by_source"]
    overall = {"without push-ups": rows["without_push_ups"], "with push-ups": rows["all"]}
    alone = {"simulation alone, without push-ups": figures["simulation_alone"]}
    sources = {key.removeprefix("source "): row for key, row in rows.items() if key.startswith("source ")}
    names = {key.removeprefix("name "): row for key, row in rows.items() if key.startswith("name ")}
    foreign = figures["not_in_catalogue"]
    return f"""# Recogniser

Which of {len(said["names"]) - 1} exercises a pose track shows. `recognizer.onnx`: {recipe.members} dense networks \
over summaries of 5.3 s windows (12 frames a second) of MediaPipe landmarks; their mean answers. Weights are in half \
precision.

- **Learned from** {each} simulated windows a name (`pipeline/learn/simulate.py`, the catalogue's own movements), \
movements of no exercise as "unknown", and the landmarks (no footage) of {clips} real clips out of public \
repositories, half of them push-ups, most of those repositories without a licence. Nobody is named anywhere. \
Seed {said["seed"]}.
- **Does not see** equipment, grip or palms: barbell, dumbbell and hammer curls, flat and incline benches, \
conventional and Romanian deadlifts are told apart by chance and by how common they are. The answer is then the \
family's name (`coarse`).
- **Calibration**: temperature {said["temperature"]:.2f}; an answer is given without asking from \
{said["working_point"]:.2f} on, the lowest point at which 95 % of such answers were right in cross-validation.
- **Made by** `python -m pipeline.learn.train_recognizer --tracks DIR --out pipeline/weights --each {each} \
--steps {recipe.steps} --members {recipe.members} --seed {said["seed"]}`

## Development clips, by source

Six folds by publisher: no clip is answered by a network that saw a clip of its source, and each fold is judged with \
temperature and working point from the other folds. Not by athlete: that is not known. The catalogue's movements were \
revised after a look at some of these clips, so the figures are a little kind. Held-out clips are judged elsewhere.
"named" is the share answered without asking.

{_table(overall | alone)}
Simulation alone is calibrated on the very clips it is judged on; it saw none of them otherwise.
Of {foreign["clips"]} clips of exercises that are in no catalogue, {foreign["named"]} were given a name all the same.

### Each source

{_table(sources)}
### Each name

{_table(names)}"""


def _table(rows: Mapping[str, Mapping[str, float]]) -> str:
    head = "| | " + " | ".join(HEADINGS) + " |\n|---|" + "---|" * len(HEADINGS) + "\n"
    lines = (f"| {name} | " + " | ".join(_cell(row[key]) for key in COLUMNS) + " |" for name, row in rows.items())
    return head + "\n".join(lines) + "\n"


def _cell(value: float) -> str:
    return "–" if value != value else f"{value:g}"
