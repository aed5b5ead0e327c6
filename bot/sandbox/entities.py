"""Formatted text: plain text, its entities, and those that Telegram finds by itself.

Offsets and lengths count UTF-16 code units, as everywhere in the Bot API.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox.refusals import Json

_FOUND_ALONE = (
    ("url", re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w)")),
)
_NOTHING_INSIDE = frozenset({"code", "pre", "text_link", "url"})


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Plain text and its entities."""

    text: str
    entities: tuple[Json, ...] = ()

    def fields(self, text_name: str, entities_name: str) -> Json:
        """The two fields as a message carries them; an empty one is left out."""
        found = {text_name: self.text, entities_name: list(self.entities)}
        return {name: value for name, value in found.items() if value}


def utf16_units(text: str) -> int:
    """The length of a text in UTF-16 code units, the unit of every offset and limit."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def trimmed(formatted: FormattedText) -> FormattedText:
    """The text without white space at both ends, as Telegram trims it, with its entities shifted."""
    text = formatted.text.strip()
    lead = utf16_units(formatted.text) - utf16_units(formatted.text.lstrip())
    end = utf16_units(text)
    moved = (_moved(entity, lead, end) for entity in formatted.entities)
    return FormattedText(text, tuple(entity for entity in moved if entity["length"] > 0))


def with_found(formatted: FormattedText) -> FormattedText:
    """The text with entities for commands and addresses, as Telegram adds them."""
    kept = list(formatted.entities)
    for entity in _found_alone(formatted.text):
        if not any(other["type"] in _NOTHING_INSIDE and _overlap(entity, other) for other in kept):
            kept.append(entity)
    return FormattedText(formatted.text, tuple(in_order(kept)))


def _found_alone(text: str) -> list[Json]:
    return [
        {"type": kind, "offset": utf16_units(text[: match.start()]), "length": utf16_units(match.group())}
        for kind, pattern in _FOUND_ALONE
        for match in pattern.finditer(text)
    ]


def _overlap(one: Json, other: Json) -> bool:
    starts = max(one["offset"], other["offset"])
    return bool(starts < min(one["offset"] + one["length"], other["offset"] + other["length"]))


def _moved(entity: Json, lead: int, end: int) -> Json:
    start = min(max(entity["offset"] - lead, 0), end)
    stop = min(max(entity["offset"] + entity["length"] - lead, 0), end)
    return {**entity, "offset": start, "length": stop - start}


def in_order(entities: Sequence[Json]) -> list[Json]:
    """Sorted by where they begin, outer before inner, as a message lists them."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
