"""The type of a catalogue entry. The data are the TOML files in `exercises/`."""

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
    """One exercise of the catalogue.

    name is the slug; names holds what people call it, by language ("en", "ko"); family groups exercises that a body
    alone does not tell apart. kind: "reps" is counted, "hold" is held, "move" is timed while the person moves (a carry,
    a treadmill), "none" is no exercise. first_phase: the phase that a repetition begins with from its rest position (a
    squat: eccentric, a curl: concentric), None where nothing is lifted or lowered (a turn of pedals). joint: the joint
    whose angle shows the movement best ("elbow", "shoulder", "hip", "knee" or "none"); rest_is_open: whether it is
    extended at rest. lifts: what is moved; commonness: how often it is sent, 1 to 5, our estimate. aside: the naming
    networks do not know it; it is only asked about (see `recognize/extra_movements.py`). movements: the kinematics as
    data (`Movement.parse` reads them), as `learn/simulate/track.py` plays them.
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
        """Whether it is measured by its duration, without repetitions."""
        return self.kind in ("hold", "move")
