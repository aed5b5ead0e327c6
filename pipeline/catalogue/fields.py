"""The keys of an exercise's file, and the check of each key's value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, get_args

from pipeline.catalogue.exercise import Kind, Lifted, Posture
from pipeline.values import Phase

LANGUAGES: Final = ("en", "ko")
JOINTS: Final = ("elbow", "shoulder", "hip", "knee", "none")
# A word outside would silently mean nothing to the photos' equipment and to the weights in captions.
EQUIPMENT: Final = (
    "none", "band", "bar", "barbell", "bench", "box", "cable", "dumbbell", "kettlebell", "machine", "medicine ball",
    "parallel bars", "plate", "rings", "roman chair", "rope", "sandbag", "sled", "wall", "wheel")  # fmt: skip

Check = Callable[[object], Any]


def _one_of(*allowed: str) -> Check:
    def check(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return value

    return check


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a word")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise ValueError("a list of words")
    return tuple(value)


def _some_of(*allowed: str) -> Check:
    def check(value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(word in allowed for word in value):
            raise ValueError(f"a list of {', '.join(allowed)}")
        return tuple(value)

    return check


def names_by_language(value: object) -> Mapping[str, str]:
    """A name for each language. Raises ValueError where one is missing or empty."""
    if not isinstance(value, dict) or set(value) != set(LANGUAGES) or not all(value.values()):
        raise ValueError(f"a name for each of {', '.join(LANGUAGES)}")
    return MappingProxyType(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")  # noqa: TRY004 - a mistake in data, answered like the others
    return value


def _phase(value: object) -> str | None:
    said: str = _one_of(*get_args(Phase), "none")(value)
    return None if said == "none" else said


def _commonness(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise ValueError("a whole number from 1 to 5")
    return value


FIELDS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "names": names_by_language,
        "aliases": _texts,
        "family": _text,
        "kind": _one_of(*get_args(Kind)),
        "posture": _one_of(*get_args(Posture)),
        "joint": _one_of(*JOINTS),
        "rest_is_open": _truth,
        "first_phase": _phase,
        "lifts": _one_of(*get_args(Lifted)),
        "commonness": _commonness,
        "aside": _truth,
        "muscles": _texts,
        "equipment": _some_of(*EQUIPMENT),
        "sources": _texts,
    }
)
REQUIRED: Final = ("names", "family", "kind", "posture", "joint", "lifts", "sources")
DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType({"rest_is_open": True, "first_phase": "eccentric"})
