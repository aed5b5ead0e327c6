"""Model cards: a Markdown template beside the training of each network, filled in with the figures of a run.

What a run measures anew is a field of the template; what was tried once and dropped is text in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources


def filled(package: str, template: str = "card.md", **fields: object) -> str:
    """A template in `pipeline/learn` with its fields filled in as by `str.format`. Raises KeyError for a
    missing field.
    """
    text = (resources.files("pipeline.learn") / package / template).read_text(encoding="utf-8")
    return text.format(**fields)


def table(heads: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, without a line break at its end."""
    return "\n".join([rows([heads]), "|---" * len(heads) + "|", rows(cells)])


def rows(cells: Iterable[Sequence[str]]) -> str:
    """Lines of a table in Markdown, one for each row of cells."""
    return "\n".join("|" + "".join(f" {cell} |" if cell else " |" for cell in row) for row in cells)


def percent(share: float | None) -> str:
    """A share (0..1) in percent, a dash for None and NaN."""
    return "–" if share is None or share != share else f"{100 * share:.1f} %"
