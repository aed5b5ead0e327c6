"""What movement alone does not tell, as the same person told it of earlier sets: a hammer curl or a barbell curl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.recognize.decide import family_of
from pipeline.values import Recognition

AGREEING: Final = 3  # of one family's latest names all must be the same: who does both kinds is asked. The house's


def as_told_before(recognition: Recognition, told: Sequence[str]) -> Recognition:
    """Where only the family is sure (`coarse`): the member that the person named of late, marked as `as_before`.

    told: the names that the person gave to earlier sets, newest first. A name that the movement makes unlikely, so that
    it would not be among those to choose from, is not taken.
    """
    if not recognition.coarse:
        return recognition
    family = family_of(recognition.name)
    latest = [name for name in told if family_of(name) == family][:AGREEING]
    likely = (recognition.name, *(candidate.name for candidate in recognition.alternatives))
    if len(set(latest)) != 1 or latest[0] not in likely:
        return recognition
    others = tuple(candidate for candidate in recognition.alternatives if candidate.name != latest[0])
    return replace(recognition, name=latest[0], alternatives=others, coarse=False, as_before=True)
