"""Codes for what a recording without motion contains instead; each has a word in every language."""

from __future__ import annotations

import re
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


WORDS = {
    Held.ROTATION: r"gyro|rotation",
    Held.GRAVITY: r"gravity",
    Held.HEART_RATE: r"heart|\bbpm\b|\bhr\b|pulse|herzfreq|\bpuls\b|cardia|cardíac|심박|맥박|心拍|心率|пульс",
    Held.PLACE: r"latitude|longitude|\blat\b|\blon\b|location|gps",
    Held.DISTANCE: r"distance",
    Held.SPEED: r"speed|velocity",
    Held.CADENCE: r"cadence",
    Held.POWER: r"\bpower\b|watts",
    Held.STEPS: r"step|pedometer",
    Held.TEMPERATURE: r"temperature",
    Held.MAGNETIC: r"magnet|\bmag\b|\b[uµμ]t\b|compass|bearing",
    Held.ORIENTATION: r"quaternion|pitch|\broll\b|\byaw\b|orientation|attitude",
    Held.PRESSURE: r"pressure|baromet",
    Held.SOUND: r"dbfs|microphone|decibel|loudness",
    Held.LIGHT: r"\b(lux|lx)\b|illumin|ambient light|light sensor|brightness",
}
SPORTS = {
    Sport.WALKING: r"walk|hik",
    Sport.RUNNING: r"run",
    Sport.CYCLING: r"cycl|bik",
    Sport.ROWING: r"row",
    Sport.SWIMMING: r"swim",
    Sport.TRAINING: r"train|strength|fitness|gym|workout|hiit|yoga",
}


def listed(held: Iterable[Held]) -> str:
    """The codes in their own order, separated by spaces; OTHER where there is none."""
    found = set(held) - {Held.OTHER}
    return " ".join(code for code in Held if code in found) or Held.OTHER


def held_by(*texts: str) -> frozenset[Held]:
    """The kinds of measurement that names of files and columns mention."""
    plain = " ".join(re.sub(r"[_\W]+", " ", text.lower()) for text in texts)
    return frozenset(held for held, words in WORDS.items() if re.search(words, plain))


def sport_called(name: str) -> Sport:
    """The sport for an app's own name of it."""
    return next((sport for sport, words in SPORTS.items() if re.search(words, name.lower())), Sport.OTHER)
