"""Yoga poses as data: one TOML file each in `poses/`, their groups in `pose_groups.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from pipeline.catalogue.load import CatalogueError, check_movements, spelling

LANGUAGES: Final = ("en", "ko", "sa")
JOINTS: Final = ("elbow", "shoulder", "hip", "knee")
FEWEST_PHOTOS: Final = 10  # with fewer, a median says more about those photos than about the pose
SIDES: Final = 2


@dataclass(frozen=True, slots=True)
class Angle:
    """A joint's angle in a reference pose: the median over photos, and half the range of their middle two thirds."""

    median_deg: float
    spread_deg: float


@dataclass(frozen=True, slots=True)
class PoseGroup:
    """A group of poses; `of` is the larger group, None for one of the six. names by language."""

    name: str
    names: Mapping[str, str]
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Pose:
    """One yoga pose.

    name is the slug; names holds "en", "ko" and "sa" (Sanskrit, in Latin letters); group is one of the 20. reference
    maps each of `JOINTS` to its angles on one side and on the other (not left and right: a mirrored pose is the same
    pose); empty where there were too few photos. yoga82: the pose's name in the Yoga-82 data, None where it is not
    among them. movements: ways of holding it as data, as of an exercise, which training simulates from sides that
    photos do not show; may be empty.
    """

    name: str
    names: Mapping[str, str]
    group: str
    aliases: tuple[str, ...] = ()
    yoga82: str | None = None
    photos: int = 0
    reference: Mapping[str, tuple[Angle, Angle]] = field(default_factory=dict)
    movements: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)


@cache
def yoga_poses() -> Mapping[str, Pose]:
    """Every pose by its slug, in alphabetical order. Raises CatalogueError where a file is wrong."""
    folder = resources.files("pipeline.catalogue") / "poses"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return MappingProxyType(
        {file.name[:-5]: read_pose(file.name[:-5], file.read_text(encoding="utf-8")) for file in files}
    )


@cache
def pose_groups() -> Mapping[str, PoseGroup]:
    """The 6 and the 20 groups by name, the larger first."""
    text = (resources.files("pipeline.catalogue") / "pose_groups.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text).items()
    return MappingProxyType(
        {name: PoseGroup(name, {key: said[key] for key in ("en", "ko")}, said.get("of")) for name, said in tables}
    )


def find_pose(text: str) -> Pose | None:
    """The pose with this slug, name or alias in any language; None where none is called that.

    Case, spaces and hyphens do not matter.
    """
    return _by_spelling().get(spelling(text))


def large_group(group: str) -> str:
    """The large group (of six) of a group (of twenty). Raises KeyError for an unknown group."""
    return pose_groups()[group].of or group


def read_pose(name: str, text: str) -> Pose:
    """The pose in a file's text. Raises CatalogueError naming the file and the key."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{name}.toml: not TOML: {error}") from error
    reference, movements = table.pop("reference", {}), table.pop("movement", [])
    for key in {"names", "group"} - table.keys():
        raise CatalogueError(f"{name}.toml: {key!r} is missing")
    for key in table.keys() - {"names", "group", "aliases", "yoga82"}:
        raise CatalogueError(f"{name}.toml: {key!r} is no key of a pose")
    if set(table["names"]) != set(LANGUAGES):
        raise CatalogueError(f"{name}.toml: 'names' wants a name for each of {', '.join(LANGUAGES)}")
    if table["group"] not in pose_groups() or pose_groups()[table["group"]].of is None:
        raise CatalogueError(f"{name}.toml: 'group' wants one of the twenty groups, got {table['group']!r}")
    if movements:
        check_movements(name, movements)
    photos, angles = reference.pop("photos", 0), _angles(name, reference)
    aliases = tuple(table.get("aliases", ()))
    names = MappingProxyType(table["names"])
    played = tuple(MappingProxyType(movement) for movement in movements)
    return Pose(name, names, table["group"], aliases, table.get("yoga82"), photos, MappingProxyType(angles), played)


def _angles(name: str, reference: Mapping[str, Any]) -> dict[str, tuple[Angle, Angle]]:
    found = {}
    for joint, sides in reference.items():
        if joint not in JOINTS or len(sides) != SIDES:
            raise CatalogueError(f"{name}.toml: 'reference' wants two sides of {', '.join(JOINTS)}, got {joint!r}")
        if not all(len(side) == 2 and side[1] > 0 for side in sides):  # how far off is told in spreads
            raise CatalogueError(f"{name}.toml: 'reference' of {joint!r} wants [median, spread] twice, spread above 0")
        one, other = (Angle(float(median), float(spread)) for median, spread in sides)
        found[joint] = (one, other)
    return found


@cache
def _by_spelling() -> Mapping[str, Pose]:
    found: dict[str, Pose] = {}
    for pose in yoga_poses().values():
        for name in (pose.name, *pose.names.values(), *pose.aliases):
            if found.setdefault(spelling(name), pose) is not pose:
                raise CatalogueError(f"{pose.name}.toml: {name!r} already names {found[spelling(name)].name}")
    return MappingProxyType(found)
