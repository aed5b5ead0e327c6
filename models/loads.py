"""Which of a recording's sets the weights of its caption are of. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Said(Protocol):
    """What a caption says of weights: of a job, or of a message that is none yet."""

    @property
    def weight_kg(self) -> float | None: ...
    @property
    def weights_kg(self) -> Sequence[float] | None: ...
    @property
    def weight_of(self) -> str | None: ...


def loads_kg(exercises: Sequence[str], said: Said) -> list[float | None]:
    """For each set, by its exercise's slug, the weight that the caption gives it; None where it is not clear which.

    One weight is that of all sets of the exercise named with it, of all sets at all where there is but one exercise.
    Several are those of as many sets, in order: of that exercise's sets, else of all.
    """
    kinds = set(exercises)
    named = kinds & {said.weight_of} or (kinds if len(kinds) == 1 else set())
    if not said.weights_kg:
        return [said.weight_kg if exercise in named else None for exercise in exercises]
    meant = [exercise in named or (not named and said.weight_of is None) for exercise in exercises]
    if sum(meant) != len(said.weights_kg):
        return [None] * len(exercises)
    in_order = iter(said.weights_kg)
    return [next(in_order) if one else None for one in meant]
