"""Exercises as data (`movements.toml`) and what each of them says at any depth between rest (0) and turn (1)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from scipy.interpolate import PchipInterpolator

from pipeline.values import Array, Phase

Frame = Literal["room", "chest"]
Limb = Literal["L", "R"]

DATA = Path(__file__).with_name("movements.toml")
STANDING: dict[str, list[Any]] = {
    "trunk": [0],
    "curl": [0],
    "nod": [0],
    "thigh": [3],
    "shin": [-3],
    "foot": [90],
    "knees": [0],
    "stance": [0.07],
    "place": [[0.045, 0.0]],
}


@dataclass(frozen=True, slots=True, eq=False)
class Movement:
    """One exercise. `tables` holds what the data file says, each as (stations, width); see its head for the names.

    anchor is the joint that stays at `place`, or "hips". fist: the hands hold something.
    """

    name: str
    kind: Literal["reps", "hold"]
    first: Phase
    anchor: str
    frame: Frame
    plumb: bool
    fist: bool
    equipment: tuple[str, ...]
    tables: Mapping[str, Array]

    def says(self, name: str) -> bool:
        return name in self.tables

    def at(self, name: str, depth: Array, limb: Limb = "L") -> Array:
        """(T, width) the value `name` at each depth (T,), smooth through its stations."""
        own = self.tables.get(f"{name}_r") if limb == "R" else None
        return _through(self.tables[name] if own is None else own, depth)


def _through(stations: Array, depth: Array) -> Array:
    if len(stations) == 1:
        return np.repeat(stations, len(depth), axis=0)
    places = np.linspace(0.0, 1.0, len(stations))
    return np.asarray(PchipInterpolator(places, stations)(np.clip(depth, 0.0, 1.0)), dtype=np.float64)


@cache
def movements() -> Mapping[str, Movement]:
    """Every movement that can be filmed, by the catalogue's slug."""
    return {name: _movement(name, entry) for name, entry in tomllib.loads(DATA.read_text("utf-8")).items()}


def _movement(name: str, entry: dict[str, Any]) -> Movement:
    tables = STANDING | {key: value for key, value in entry.items() if isinstance(value, list) and key != "equipment"}
    return Movement(
        name=name,
        kind=entry.get("kind", "reps"),
        first=entry["first"],
        anchor=entry.get("anchor", "L_ANKLE"),
        frame=entry.get("frame", "room"),
        plumb=entry.get("plumb", False),
        fist=entry.get("fist", True),
        equipment=tuple(entry.get("equipment", ())),
        tables={key: _columns(value) for key, value in tables.items()},
    )


def _columns(values: list[Any]) -> Array:
    return np.array([value if isinstance(value, list) else [value] for value in values], dtype=np.float64)
