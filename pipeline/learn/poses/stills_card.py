"""The model card of the networks that weigh poses and exercises in photos: `stills_card.md`, with a run's figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pipeline.learn import cards
from pipeline.learn.poses.card import precision_table
from pipeline.learn.poses.left_out import MOST_COUNTED
from pipeline.learn.poses.training_data import MOST_OF_A_NAME

HEADS: Final = (
    *("stills", "number", "top 1", "among three", "family", "other kind"),
    *("named", "right", "group said", "right", "calibration error"),
)
SHARES: Final = ("top_1", "top_3", "family", "other_kind", "said", "said_right", "group_said", "group_right")

SIX: Final = (("moments", "top_1"), ("recordings", "recordings_right"))


def text(said: Mapping[str, Any], found: Mapping[str, Any], members: tuple[int, int]) -> str:
    """The card in Markdown; members: in the picture's plane, and in space."""
    return cards.filled(
        "poses",
        "stills_card.md",
        names=len(said["names"]) - 1,
        members=members[0],
        space_members=members[1],
        **said["weighing"],
        each=found["each"],
        most=MOST_OF_A_NAME,
        most_counted=MOST_COUNTED,
        both=found["error_of_both"],
        rows=_table(found["road"]),
        in_turn=_table(found["in_turn"]),
        told=cards.rows(
            [key, str(row["recordings"]), cards.percent(row["told"]), cards.percent(row["told_right"])]
            for key, row in found["told"].items()
        ),
        six=cards.rows(
            [
                key,
                str(row["moments"]),
                cards.percent(row["top_1"]),
                str(row["recordings"]),
                cards.percent(row["recordings_right"]),
            ]
            for key, row in found["six"].items()
        ),
        precision=precision_table(found["precision"]),
        space_precision=precision_table(found["space_precision"]),
        by_name=cards.rows(
            [name, str(row["stills"]), *(f"{row[key]:.2f}" for key in ("precision", "recall", "pr_auc"))]
            for name, row in found["by_name"].items()
        ),
    )


def _table(rows: Mapping[str, Mapping[str, float]]) -> str:
    lines = (
        [key, str(row["stills"]), *(cards.percent(row[one]) for one in SHARES), f"{row['calibration_error']:.3f}"]
        for key, row in rows.items()
    )
    return cards.table(HEADS, lines)
