"""The log recogniser's model card: `card.md`, with the figures of the run that made the weights in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pipeline.learn import cards
from pipeline.learn.logs.network import Recipe
from pipeline.learn.logs.recordings import LabelledLog

Rows = Mapping[str, Mapping[str, float]]


class Run(Protocol):
    """What the card tells of how the run was made."""

    @property
    def share(self) -> float: ...
    @property
    def recipes(self) -> Sequence[Recipe]: ...
    @property
    def draws(self) -> Sequence[int]: ...
    @property
    def folds(self) -> int: ...
    @property
    def judged(self) -> int: ...
    @property
    def answered(self) -> Sequence[int]: ...


def text(
    figures: Mapping[str, Any], said: Mapping[str, Any], run: Run, logs: Sequence[LabelledLog], parameters: int
) -> str:
    """The card in Markdown."""
    answered, bare = figures["answers"], figures["answers_without_gravity"]
    rows = figures.get("experiments")
    return cards.filled(
        "logs",
        exercises=len(said["classes"]) - 2,
        parameters=f"{parameters:,}",
        data=_data(logs),
        steps=" and ".join(str(one.steps) for one in run.recipes),
        draws=len(run.draws),
        share=run.share,
        folds=run.folds,
        judged=run.judged,
        seed=said["seed"],
        **said["calibration"],
        bare_temperature=said["without_gravity"]["temperature"],
        bare_point=said["without_gravity"]["working_point"],
        bare_named=bare["named"],
        bare_right=bare["right_when_named"],
        calibration_error=figures["calibration_error"],
        named=answered["named"],
        calibrating=len(run.answered) - run.judged,
        sets_bytes=figures["precision_of_sets"]["half"]["bytes"],
        set_ms=figures["precision_of_sets"]["half"]["set_ms"],
        right_when_named=answered["right_when_named"],
        foreign=answered["rest_or_foreign_logs"],
        foreign_named=answered["rest_or_foreign_named"],
        sets=_table(figures["sets"]),
        workouts=_table(figures["workouts"]),
        rest=_table(figures["rest"]),
        punches=_table(figures["punches"]),
        classes=_table(figures["classes"]),
        precision=_table(figures["precision"]),
        precision_of_sets=_table(figures["precision_of_sets"]),
        experiments=cards.filled("logs", "experiments.md", rows=_table(rows)) if rows else "",
    )


def _table(rows: Rows) -> str:
    heads = list(next(iter(rows.values())))
    lines = ([name, *(f"{row[key]:g}" for key in heads)] for name, row in rows.items())
    return cards.table(["", *(name.replace("_", " ") for name in heads)], lines)


def _data(logs: Sequence[LabelledLog]) -> str:
    """A line for each data set: how many logs of how many people."""
    count = Counter(one.data_set for one in logs)
    people = Counter(person.split("/")[0] for person in {one.person for one in logs})
    return "\n".join(f"  - {name}: {number} logs, {people[name]} people" for name, number in sorted(count.items()))
