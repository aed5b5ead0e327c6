"""Use what the same person named earlier where movement alone cannot decide: a hammer curl or a barbell curl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.recognize.decide import family_of
from pipeline.values import Recognition

AGREEING: Final = 3  # the latest names of a family must agree: whoever does both kinds is asked. Our choice


def with_earlier_name(recognition: Recognition, told: Sequence[str]) -> Recognition:
    """The recognition; where only the family is sure (`coarse`), with the member that the person named lately
    (`as_before`).

    told: the names that the person gave to earlier sets, newest first. A name is not taken where the movement makes it
    so unlikely that it is not among the alternatives.
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
