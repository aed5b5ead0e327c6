"""Decide which sets of a clip the exercise named by its sender applies to."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recognize import NO_EXERCISE, given, recognize
from pipeline.recognize.decide import family_of
from pipeline.values import PoseTrack


def names_given(parts: Sequence[PoseTrack], exercise: str | None) -> tuple[str | None, ...]:
    """For each set the name that was given, or None where the movement should be recognised.

    "squats 80 kg" under a clip of squats and push-ups applies to the squats: a set that is surely of another family
    keeps no given name, unless all sets are. Raises UnknownExercise where nothing is called that.
    """
    if exercise is None or len(parts) == 1:
        return (exercise,) * len(parts)
    family = family_of(given(exercise).name)
    other = [_surely_other(part, family) for part in parts]
    return tuple(None if one and not all(other) else exercise for one in other)


def _surely_other(part: PoseTrack, family: str) -> bool:
    found = recognize(part)
    return found.known and found.name != NO_EXERCISE and family_of(found.name) != family
