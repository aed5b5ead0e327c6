"""What a recording without motion does hold: codes, each with a word in every language."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Held(StrEnum):
    """A kind of measurement."""

    ROTATION = "rotation"
    GRAVITY = "gravity"
    HEART_RATE = "heart_rate"
    PLACE = "place"
    DISTANCE = "distance"
    SPEED = "speed"
    CADENCE = "cadence"
    POWER = "power"
    STEPS = "steps"
    TEMPERATURE = "temperature"
    MAGNETIC = "magnetic"
    ORIENTATION = "orientation"
    PRESSURE = "pressure"
    SOUND = "sound"
    LIGHT = "light"
    OTHER = "other_sensors"


class Sport(StrEnum):
    """What a watch calls an activity, as far as it has a word here."""

    WALKING = "walking"
    RUNNING = "running"
    CYCLING = "cycling"
    ROWING = "rowing"
    SWIMMING = "swimming"
    TRAINING = "training"
    OTHER = "activity"


def listed(held: Iterable[Held]) -> str:
    """The codes in their own order, parted by spaces; OTHER where there is none."""
    found = set(held)
    return " ".join(code for code in Held if code in found and (code != Held.OTHER or len(found) == 1)) or Held.OTHER
