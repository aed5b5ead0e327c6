"""Read and check the catalogue's TOML files: every mistake is reported with the file and the key."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from pipeline.catalogue.exercise import Exercise
from pipeline.catalogue.fields import DEFAULTS, FIELDS, REQUIRED, names_by_language
from pipeline.catalogue.movement import Limbs, Movement, parse_limbs

Posed = tuple[Limbs, Limbs]

# Bare letters of Korean at the beginning of a syllable and in its middle: tense ones as plain ones, ae as e, wi as i.
ALIKE: Final = str.maketrans(
    "\u1101\u1104\u1108\u110a\u110d\u1162\u1164\u1171", "\u1100\u1103\u1107\u1109\u110c\u1166\u1168\u1175"
)
PLURALS: Final = (("", ""), ("s", ""), ("es", ""), ("ies", "y"))  # an ending, and what stands there for one of them


class CatalogueError(ValueError):
    """A mistake in a data file of the catalogue; the message names the file and the key."""


@cache
def exercises() -> Mapping[str, Exercise]:
    """Every exercise by its slug, in alphabetical order. Raises CatalogueError where a file is wrong."""
    folder = resources.files("pipeline.catalogue") / "exercises"  # as a module it would hide this function
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    entries = {file.name[:-5]: read_exercise(file.name[:-5], file.read_text(encoding="utf-8")) for file in files}
    for entry in entries.values():
        _check_named_elsewhere(entry)
    return MappingProxyType(entries)


def find(text: str) -> Exercise | None:
    """The exercise with this slug, name or alias, English or Korean; None where nothing is called that.

    Case, spaces, hyphens and a plural's ending do not matter.
    """
    said = spelling(text)
    stems = (said.removesuffix(ending) + one for ending, one in PLURALS if said.endswith(ending))
    return next((entry for stem in stems if (entry := _by_spelling().get(stem))), None)


def keeps_moving(name: str) -> bool:
    """Whether this exercise is measured by the time spent moving: a carry, a treadmill."""
    return name in exercises() and exercises()[name].kind == "move"


def lifts_first(name: str) -> bool:
    """Whether its repetitions begin with the lifting, as a curl's: it pauses at the top and rests at the bottom."""
    return name in exercises() and exercises()[name].first_phase == "concentric"


def spelling(text: str) -> str:
    """`text` reduced to letters and digits in lower case, for comparing names.

    In Korean also vowels and consonants that are often confused in words from English: 랫풀 and 렛풀, 빽스쿼트, 푸쉬업.
    """
    letters = "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
    if letters.isascii():
        return letters
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", letters).translate(ALIKE))


def family_name(family: str, language: str = "en") -> str:
    """What a family is called in this language. Raises KeyError for an unknown family."""
    named = _families().get(family)
    if named is not None:
        return named[language]
    return next(entry for entry in members(family)).names[language]


def members(family: str) -> tuple[Exercise, ...]:
    """The exercises of a family, the most common first. Raises KeyError for an unknown family."""
    found = sorted((e for e in exercises().values() if e.family == family), key=lambda e: -e.commonness)
    if not found:
        raise KeyError(family)
    return tuple(found)


@cache
def held_arms() -> Mapping[str, Posed]:
    """Arm postures by name, for both sides: the values of `arms` in a movement."""
    return _postures("arms")


@cache
def held_legs() -> Mapping[str, Posed]:
    """Leg postures by name, for both sides: the values of `legs` in a movement."""
    return _postures("legs")


def read_exercise(name: str, text: str) -> Exercise:
    """The exercise in a file's text. Raises CatalogueError naming the file and the key."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{name}.toml: not TOML: {error}") from error
    movements = table.pop("movement", [])
    for key in table:
        if key not in FIELDS:
            raise CatalogueError(f"{name}.toml: {key!r} is no key of an exercise; keys are {', '.join(FIELDS)}")
    for key in REQUIRED:
        if key not in table:
            raise CatalogueError(f"{name}.toml: {key!r} is missing")
    values = {**DEFAULTS, **{key: _checked(name, key, table[key]) for key in table}}
    aliases = values.get("aliases", ())
    values["aliases"] = (*aliases, *_unspaced((values["names"]["ko"], *aliases)))
    check_movements(name, movements)
    entry = Exercise(name=name, movements=tuple(MappingProxyType(movement) for movement in movements), **values)
    _check_together(entry)
    return entry


def _unspaced(names: tuple[str, ...]) -> Iterator[str]:
    """Korean names that contain spaces, without them: people write them either way."""
    return (name.replace(" ", "") for name in names if " " in name and not name.isascii())


def _checked(name: str, key: str, value: object) -> Any:
    try:
        return FIELDS[key](value)
    except ValueError as error:
        raise CatalogueError(f"{name}.toml: {key!r} wants {error}, got {value!r}") from error


def check_movements(name: str, tables: object) -> None:
    """Raises CatalogueError, naming the file and what is expected, unless every table is a movement and there
    is one.
    """
    if not isinstance(tables, list) or not tables:
        raise CatalogueError(f"{name}.toml: 'movement' wants at least one [[movement]]")
    for number, table in enumerate(tables, 1):
        try:
            Movement.parse(table)
        except ValueError as error:
            raise CatalogueError(f"{name}.toml: movement {number}: {error}") from error


def _check_together(entry: Exercise) -> None:
    """Check keys that depend on each other. Raises CatalogueError naming the file and the key."""
    held = {Movement.parse(movement).mode == "hold" for movement in entry.movements}
    kept = (
        ("sources", bool(entry.sources), "at least one"),
        ("aside", entry.aside or entry.kind != "move", "true for what is timed while one moves"),
        ("joint", entry.joint == "none" or entry.first_phase is not None, "none where 'first_phase' is none"),
        ("kind", entry.kind == "none" or held == {entry.kind == "hold"}, "hold where every movement's mode is hold"),
    )
    for key, holds, wanted in kept:
        if not holds:
            raise CatalogueError(f"{entry.name}.toml: {key!r} wants {wanted}, got {getattr(entry, key)!r}")


def _check_named_elsewhere(entry: Exercise) -> None:
    """Check that its family and postures exist in their files. Raises CatalogueError naming the file and the key."""
    if entry.family not in (entry.name, *_families()):
        raise CatalogueError(
            f"{entry.name}.toml: 'family' wants one of families.toml, or {entry.name!r} where it is alone in it, "
            f"got {entry.family!r}"
        )
    for movement in map(Movement.parse, entry.movements):
        for key, chosen, held in (("arms", movement.arms, held_arms()), ("legs", movement.legs, held_legs())):
            for posture in chosen:
                if posture not in held:
                    known = ", ".join(held)
                    raise CatalogueError(f"{entry.name}.toml: {key!r} wants one of {known}, got {posture!r}")


@cache
def _by_spelling() -> Mapping[str, Exercise]:
    found: dict[str, Exercise] = {}
    for entry in exercises().values():
        for name in (entry.name, *entry.names.values(), *entry.aliases):
            if found.setdefault(spelling(name), entry) is not entry:
                raise CatalogueError(f"{entry.name}.toml: {name!r} already names {found[spelling(name)].name}")
    return MappingProxyType(found)


@cache
def _families() -> Mapping[str, Mapping[str, str]]:
    named = {}
    for family, names in _data("families.toml").items():
        try:
            named[family] = names_by_language(names)
        except ValueError as error:
            raise CatalogueError(f"families.toml: {family!r} wants {error}, got {names!r}") from error
    return MappingProxyType(named)


def _postures(kind: str) -> Mapping[str, Posed]:
    posed = {}
    for name, table in _data("postures.toml")[kind].items():
        try:
            posed[name] = parse_limbs(table)
        except ValueError as error:
            raise CatalogueError(f"postures.toml: {kind}.{name}: {error}") from error
    return MappingProxyType(posed)


def _data(file: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("pipeline.catalogue") / file).read_text(encoding="utf-8"))
