"""Kinematics as data: the keys of a `[[movement]]` table, checked. README.md explains them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

Mode = Literal["together", "alternate", "opposite", "one_side", "swap", "hold", "cycle"]
Anchor = Literal["hips", "feet", "toes", "hands", "floor", "standing_foot"]

# What human joints and rooms allow; a number outside is a mistake. Degrees, metres where stated.
LIMITS: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "trunk": (-135, 150),
        "side_lean": (-90, 90),
        "hip": (-60, 150),
        "thigh": (-100, 180),
        "knee": (0, 160),
        "stance": (-20, 80),
        "knees_out": (-20, 60),
        "heels": (-20, 60),
        "shrug": (0, 0.15),  # metres
        "hop": (0, 0.6),  # metres
        "travel": (-2, 2),  # metres
    }
)
ARMS: Final = ("upper_arm", "forearm")
RAISE_DEG: Final = (0.0, 180.0)
PLANE_DEG: Final = (-180.0, 180.0)

Direction = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Limbs:
    """Stations of one side or posture: angles by key (degrees; metres for shrug, hop, travel) and arm directions."""

    angles: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    directions: Mapping[str, tuple[Direction, ...]] = field(default_factory=dict)
    flat_feet: bool = False
    plumb: bool = False

    def over(self, below: Limbs) -> Limbs:
        """These stations, completed by those of `below`; `hip` and `thigh` replace each other."""
        said = {"hip", "thigh"} if {"hip", "thigh"} & set(self.angles) else set()
        kept = {key: stations for key, stations in below.angles.items() if key not in said}
        return Limbs(
            {**kept, **self.angles},
            {**below.directions, **self.directions},
            self.flat_feet or below.flat_feet,
            self.plumb or below.plumb,
        )


@dataclass(frozen=True, slots=True)
class Movement:
    """One variant of an exercise: both sides' stations and how they are played."""

    limbs: Limbs
    other: Limbs
    mode: Mode = "together"
    anchor: Anchor = "hips"
    seconds: tuple[float, float] = (1.3, 4.5)
    weight: float = 1.0
    twist_deg: float = 0.0
    roll_deg: float = 0.0
    arms: tuple[str, ...] = ()
    legs: tuple[str, ...] = ()

    @classmethod
    def parse(cls, table: Mapping[str, Any]) -> Movement:
        """The movement in a table. Raises ValueError naming the key and what is expected."""
        values = dict(table)
        other = _limbs(values.pop("other", {}))
        options = {name: read(values.pop(key), key) for key, (name, read) in _OPTIONS.items() if key in values}
        return cls(limbs=_limbs(values), other=other, **options)


def parse_limbs(table: Mapping[str, Any]) -> tuple[Limbs, Limbs]:
    """Both sides of a held posture. Raises ValueError naming the key and what is expected."""
    values = dict(table)
    other = _limbs(values.pop("other", {}))
    return _limbs(values), other


def _limbs(table: Mapping[str, Any]) -> Limbs:
    for key in table:
        if key not in {*LIMITS, *ARMS, "feet", "plumb"}:
            raise ValueError(f"{key!r} is no key of a movement; angles are {', '.join((*LIMITS, *ARMS))}")
    if "hip" in table and "thigh" in table:
        raise ValueError("'hip' and 'thigh' say the same thing: give one")
    return Limbs(
        {key: _stations(table[key], key) for key in LIMITS if key in table},
        {key: _directions(table[key], key) for key in ARMS if key in table},
        "feet" in table and _one_of("flat")(table["feet"], "feet") == "flat",
        "plumb" in table and _one_of(True, False)(table["plumb"], "plumb"),
    )


def _number(value: object, key: str, limits: tuple[float, float]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not limits[0] <= value <= limits[1]:
        raise ValueError(f"{key!r} wants numbers from {limits[0]:g} to {limits[1]:g}, got {value!r}")
    return float(value)


def _list(value: object, key: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError(f"{key!r} wants a list with at least one entry, got {value!r}")
    return value


def _stations(value: object, key: str) -> tuple[float, ...]:
    return tuple(_number(station, key, LIMITS[key]) for station in _list(value, key))


def _directions(value: object, key: str) -> tuple[Direction, ...]:
    return tuple(_direction(pair, key) for pair in _list(value, key))


def _direction(value: object, key: str) -> Direction:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(f"{key!r} wants pairs [raise, plane], got {value!r}")
    return _number(value[0], f"{key} raise", RAISE_DEG), _number(value[1], f"{key} plane", PLANE_DEG)


def _one_of(*allowed: object) -> Callable[[object, str], Any]:
    def read(value: object, key: str) -> Any:
        if value not in allowed:
            raise ValueError(f"{key!r} wants one of {', '.join(map(str, allowed))}, got {value!r}")
        return value

    return read


def _within(low: float, high: float) -> Callable[[object, str], float]:
    return lambda value, key: _number(value, key, (low, high))


def _span(value: object, key: str) -> tuple[float, float]:
    times_s = [_number(part, key, (0.1, 30)) for part in _list(value, key)]
    if len(times_s) != 2 or times_s[0] > times_s[1]:
        raise ValueError(f"{key!r} wants two times, the shorter one first, got {value!r}")
    return times_s[0], times_s[1]


def _names(value: object, key: str) -> tuple[str, ...]:
    return tuple(str(name) for name in _list(value, key))


_OPTIONS: Final[Mapping[str, tuple[str, Callable[[object, str], Any]]]] = MappingProxyType(
    {
        "mode": ("mode", _one_of(*get_args(Mode))),
        "anchor": ("anchor", _one_of(*get_args(Anchor))),
        "seconds": ("seconds", _span),
        "weight": ("weight", _within(0, 100)),
        "twist": ("twist_deg", _within(-90, 90)),
        "roll": ("roll_deg", _within(-180, 180)),
        "arms": ("arms", _names),
        "legs": ("legs", _names),
    }
)
