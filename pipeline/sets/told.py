"""Which sets of a clip the exercise that its sender named is said of."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recognize import NO_EXERCISE, given, recognize
from pipeline.recognize.decide import family_of
from pipeline.values import PoseTrack


def told_of_each(parts: Sequence[PoseTrack], exercise: str | None) -> tuple[str | None, ...]:
    """For each set the name that was given, or None where the movement is to name it.

    Who writes "squats 80 kg" under a clip of squats and push-ups speaks of the squats: a set that is surely of another
    family is left out, unless every set is. Raises UnknownExercise where nothing is called that.
    """
    if exercise is None or len(parts) == 1:
        return (exercise,) * len(parts)
    family = family_of(given(exercise).name)
    other = [_surely_other(part, family) for part in parts]
    return tuple(None if one and not all(other) else exercise for one in other)


def _surely_other(part: PoseTrack, family: str) -> bool:
    found = recognize(part)
    return found.known and found.name != NO_EXERCISE and family_of(found.name) != family
