"""The model card of the still poses' network: `card.md`, with the figures of the run that made the weights in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pipeline.learn import cards

HEADINGS: Final = {
    "top_1": "82 poses, top 1",
    "top_3": "82 poses, top 3",
    "top_5": "82 poses, top 5",
    "groups_20": "20 groups",
    "groups_6": "6 groups",
    "macro_f1": "macro F1",
}

KINDS: Final = {"dense": "residual dense over many features", "joints": "of attention among the landmarks"}


def text(said: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """The card in Markdown."""
    searched, tested = found["searched"], found["tested"]
    return cards.filled(
        "poses",
        members=sum(found["kinds"].values()),
        kinds=", ".join(f"{count} {KINDS[kind]}" for kind, count in found["kinds"].items()),
        shipped=found["shipped"],
        tested=tested,
        figures=cards.rows([name, cards.percent(tested[key])] for key, name in HEADINGS.items()),
        levels=cards.rows(
            [level, f"{said['sure_from'][level]:.2f}", cards.percent(row["share"]), cards.percent(row["right"])]
            for level, row in tested["said"].items()
        ),
        when="in an earlier search, with fewer features, " if searched.get("earlier") else "",
        recipes=cards.rows(
            [name, cards.percent(row["top_1"]), cards.percent(row["of_a_pose"]), f"{row['surprise']:.3f}"]
            for name, row in searched["recipes"].items()
        ),
        chosen=searched["chosen"],
        recipe=found["recipe"],
        joints_recipe=found["joints_recipe"],
        precision=precision_table(found["precision"]),
        poses=cards.rows(
            [name, str(row["stills"]), *(f"{row[key]:.2f}" for key in ("precision", "recall", "pr_auc"))]
            for name, row in found["poses"].items()
        ),
    )


def precision_table(found: Mapping[str, Mapping[str, float]]) -> str:
    """Size, hits and time at each type of weights."""
    rows = (
        [name, f"{row['bytes'] / 1e6:.2f} MB", f"{100 * row['top_1']:.2f} %", f"{row['still_ms']:.2f} ms"]
        for name, row in found.items()
    )
    return cards.table(("weights", "size", "top 1", "one photo, one core"), rows) + "\n"
