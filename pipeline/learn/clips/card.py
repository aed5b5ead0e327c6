"""The recogniser's model card: `card.md`, with the figures of the run that made the weights in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pipeline.learn import cards
from pipeline.learn.clips.network import RECIPES
from pipeline.learn.clips.precision import ALONG, NAMING
from pipeline.recognize.convolutions import SHARE
from pipeline.recognize.decide import SHORT_S

Row = Mapping[str, float | None]

HEADINGS: Final = {
    "clips": "clips",
    "top_1": "top-1",
    "top_3": "top-3",
    "family_top_1": "family",
    "calibration_error": "ECE",
    "named": "named",
    "named_right": "right when named",
    "macro_top_1": "mean over names",
    "macro_f1": "macro F1",
}

PRECISION_HEADINGS: Final = {
    "bytes": "bytes",
    "window_ms": "ms a window, one core",
    "clip_ms": "ms a clip of 30 s",
    "same": "same first name",
    "off": "largest change",
}

PIECE_HEADINGS: Final = {
    "pieces": "pieces",
    "named": "named",
    "right": "right when named",
    "named_before": "named, no less sure",
    "right_before": "right when named, no less sure",
}

STILL_KEYS: Final = {"windows": "windows", "exercise": "exercise", "idle": "no_exercise"}


def text(figures: Mapping[str, Any], said: Mapping[str, Any], each: int, members: int, clips: int) -> str:
    """The card in Markdown."""
    rows: Mapping[str, Row] = figures["by_source"]
    overall = {
        "without push-ups": rows["without_push_ups"],
        "with push-ups": rows["all"],
        "simulation alone, without push-ups": figures["simulation_alone"],
        "dense networks alone, without push-ups": figures["networks_alone"],
        **{f"draw {n} of convolutions, without push-ups": row for n, row in enumerate(figures["other_draws"], 2)},
    }
    return cards.filled(
        "clips",
        **{key: said[key] for key in ("temperature", "kin_temperature", "working_point", "seed")},
        names=len(said["names"]) - 1,
        share=SHARE,
        alone=figures["alone"],
        naming=NAMING[0],
        along=ALONG,
        members=members,
        a_recipe=members // len(RECIPES),
        each=each,
        clips=clips,
        overall=_table(overall),
        overall_clips=rows["without_push_ups"]["clips"],
        precision=_precisions(figures["precision"]),
        short_s=SHORT_S,
        short_power=said["short_power"],
        pieces=_table(figures["pieces"], PIECE_HEADINGS),
        foreign_clips=figures["not_in_catalogue"]["clips"],
        foreign_named=figures["not_in_catalogue"]["named"],
        **{f"still_{key}": figures["stills"][own] for key, own in STILL_KEYS.items()},
        sources=_table(_only(rows, "source ")),
        each_name=_table(_only(rows, "name ")),
    )


def _precisions(rows: Mapping[str, Mapping[str, float]]) -> str:
    heads = ("weights stored in", *PRECISION_HEADINGS.values())
    lines = ([key.replace("_", " "), *(f"{row[one]:g}" for one in PRECISION_HEADINGS)] for key, row in rows.items())
    return cards.table(heads, lines)


def _table(rows: Mapping[str, Row], headings: Mapping[str, str] = HEADINGS) -> str:
    lines = ([name, *(_cell(row[key]) for key in headings)] for name, row in rows.items())
    return cards.table(("", *headings.values()), lines)


def _only(rows: Mapping[str, Row], prefix: str) -> dict[str, Row]:
    return {key.removeprefix(prefix): row for key, row in rows.items() if key.startswith(prefix)}


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
