"""The sentences a user can read, by language: TOML files beside this one, read once."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("en", "ko")


@cache
def sentences(language: str) -> Mapping[str, Any]:
    """The whole table of a language; English for one that is not spoken here."""
    name = language if language in LANGUAGES else LANGUAGES[0]
    text = resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(language: str, key: str, **facts: object) -> str:
    """The sentence at `key` ("group.name") with its facts filled in, each escaped for Telegram's HTML.

    A sentence with a singular, or one of its own for nothing at all, is chosen by the fact `count`; where that is not
    given, by `runner_up`. Raises KeyError for a key or fact that is missing.
    """
    group, name = key.split(".")
    return _chosen(sentences(language)[group][name], facts).format(**{k: _escaped(v) for k, v in facts.items()})


def plain(language: str, key: str, **facts: object) -> str:
    """As `say`, for places that are not HTML: pictures, button labels, toasts."""
    group, name = key.split(".")
    return _chosen(sentences(language)[group][name], facts).format(**facts)


def plain_as_is(language: str, key: str) -> str:
    """The sentence at `key` with its places for facts left open: whoever shows it fills them."""
    group, name = key.split(".")
    return str(sentences(language)[group][name])


def _chosen(entry: str | Mapping[str, str], facts: Mapping[str, object]) -> str:
    if isinstance(entry, str):
        return entry
    number: Any = facts.get("count", facts.get("runner_up"))
    return entry.get({0: "none", 1: "one"}.get(number, ""), entry["other"])


def _escaped(fact: object) -> str:
    return html.escape(str(fact), quote=False)
