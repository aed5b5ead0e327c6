"""What an exercise is: the value every part of the house shares. Its data are the TOML files in `exercises/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.values import Phase

Kind = Literal["reps", "hold", "move", "none"]
Posture = Literal["standing", "seated", "prone", "supine", "hanging", "side", "mixed"]
Lifted = Literal["body", "weight", "either", "nothing"]


@dataclass(frozen=True, slots=True)
class Exercise:
    """One entry of the catalogue.

    name is the slug; names holds what people call it by language ("en", "ko"); family is what a body alone can show
    (several exercises may share one). kind "hold" has no repetitions, nor has "move", which is timed while one
    moves (a carry, a treadmill); "none" is no exercise at all. first_phase says which phase a repetition begins
    with from its rest position (a squat: eccentric, a curl: concentric), None where nothing is lifted or lowered (a
    turn of pedals). joint is the joint whose angle tells the movement best ("elbow", "shoulder", "hip", "knee" or
    "none") and rest_is_open whether that joint is extended at rest. lifts says what is moved, commonness (1 to 5)
    how often it is sent, our estimate. aside: no network says it of itself, see `recognize/aside.py`. movements are
    the kinematics as data (`Movement.parse` reads them), in the form that `learn/simulate/track.py` plays.
    """

    name: str
    names: Mapping[str, str]
    family: str
    kind: Kind
    posture: Posture
    first_phase: Phase | None
    joint: str
    rest_is_open: bool
    muscles: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    movements: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    lifts: Lifted = "either"
    commonness: int = 1
    aside: bool = False

    @property
    def timed(self) -> bool:
        """Whether it is told by how long it went on, without repetitions."""
        return self.kind in ("hold", "move")
