"""Rules of form: the rows of `rules.toml`. `pipeline/form.py` judges by them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from pipeline.catalogue.exercise import Exercise

ARM_JOINTS: Final = ("elbow", "shoulder")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; the keys are explained at the head of `catalogue/rules.toml`."""

    name: str
    aspect: str
    exercises: tuple[str, ...]
    measure: str
    limit: float
    bad: Literal["above", "below"]
    mild: float
    severe: float
    unit: str
    view: Literal["side", "front", "any"]
    cue: str
    source: str
    unless: tuple[str, ...] = ()
    reps: Literal["all", "last"] = "all"

    def past(self, measured: float) -> float:
        """How far past the limit, in the rule's unit; negative inside it, NaN where nothing was measured."""
        return measured - self.limit if self.bad == "above" else self.limit - measured

    def fits(self, exercise: Exercise) -> bool:
        lifted = exercise.first_phase is not None and exercise.name not in self.unless
        return exercise.name in self.exercises or ("*" in self.exercises and lifted)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of the catalogue. Raises TypeError for a key that no rule has."""
    text = resources.files("pipeline.catalogue").joinpath("rules.toml").read_text(encoding="utf-8")
    return tuple(_rule(name, row) for name, row in tomllib.loads(text).items())


def goes_by_pace(name: str) -> bool:
    """Whether its speed matters (jumps, kicks, swings): then it has a pace, and no tempo to keep."""
    return any(name in rule.unless for rule in rules() if rule.measure == "eccentric_s")


def judged_from(exercise: Exercise) -> Literal["side", "front", "any", "nowhere"]:
    """The view from which the exercise's angles are measured: its rules' view; without a rule about angles, the side
    where its joint bends ahead of the body, else the front. What is timed as a whole has no range to measure.

    Of a rendered press on the back, 92 degrees of the elbow were measured as 48 to 112 from the side and from angles,
    with no camera right; of rendered jumping jacks, 149 degrees as 141 and 150 from the front, as 167 from an angle.
    """
    ruled = next((rule.view for rule in rules() if rule.view != "any" and rule.fits(exercise)), None)
    if ruled or exercise.timed or exercise.joint == "none":
        return ruled or "any"
    if bends_ahead(exercise):
        return "side"
    return "nowhere" if exercise.posture == "supine" else "front"


def bends_ahead(exercise: Exercise) -> bool:
    """Whether its joint moves ahead of the body: hips and knees do, and arms raised more ahead than out to the side.

    Rendered leg raises of 77 degrees were measured as 147 from the front and as 95 from an angle, from the side as 78.
    """
    if exercise.joint not in ARM_JOINTS:
        return exercise.joint != "none"
    stations = exercise.movements[0].get("upper_arm", ()) if exercise.movements else ()
    ahead, aside = 0.0, 0.0
    for raised_deg, plane_deg in stations:  # an arm that hangs down points nowhere
        out = math.sin(math.radians(raised_deg))
        ahead += out * abs(math.sin(math.radians(plane_deg)))
        aside += out * abs(math.cos(math.radians(plane_deg)))
    return ahead > aside


def _rule(name: str, row: Mapping[str, Any]) -> Rule:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Rule(name=name, **fields)
