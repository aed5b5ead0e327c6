"""The small body of coaching knowledge: what is said on each topic, in every language, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.coach.facts import Language
from bot.coach.language import load


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: what it says by language, phrasings that ask for it, and its source.

    `seen` tells whether the source's text was read while this was written; otherwise it is recalled.
    """

    name: str
    says: Mapping[str, str]
    asked: tuple[str, ...]
    source: str
    seen: bool

    def text(self, language: Language) -> str:
        return self.says[language]


@cache
def topics() -> Mapping[str, Topic]:
    """Every topic of the knowledge folder by name. Raises ValueError where two files name the same one."""
    found: dict[str, Topic] = {}
    for entry in sorted(files("bot.coach").joinpath("knowledge").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            for name, fields in load(f"knowledge/{entry.name}").items():
                if name in found:
                    raise ValueError(f"two files say something on {name}")
                found[name] = _topic(name, fields)
    return found


def _topic(name: str, fields: Mapping[str, object]) -> Topic:
    asked, source = fields["asked"], fields["source"]
    if not isinstance(asked, list) or not isinstance(source, str):
        raise TypeError(f"{name}: asked is a list of phrasings, source a text")
    says = {language: str(fields[language]).strip() for language in ("en", "ko")}
    return Topic(name, says, tuple(asked), source, seen=bool(fields.get("seen", False)))
