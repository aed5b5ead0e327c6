"""What exercises and poses are called, and how surely: the words that charts, buttons, history and coach share."""

from __future__ import annotations

from bot.sentences import plain
from pipeline.catalogue import family_name, find
from pipeline.catalogue.pose import yoga_poses
from pipeline.values import Recognition

SUREST_PERCENT = 99  # no network is surer than that, whatever it rounds to
NAMES_TO_ASK = 3  # as many as a phone shows without scrolling


def exercise_name(name: str, language: str) -> str:
    """What people call the exercise; "unknown exercise" where the catalogue does not hold the slug."""
    entry = find(name)
    if entry is None:
        return plain(language, "exercise.unknown")
    return entry.names.get(language, entry.names["en"])


def recognised_name(recognition: Recognition, language: str) -> str | None:
    """What was done as far as it is known: the exercise, or only its family; None where nothing can be named."""
    entry = find(recognition.name)
    if entry is None or entry.kind == "none":
        return None
    return family_name(entry.family, language) if recognition.coarse else exercise_name(entry.name, language)


def known_name(recognition: Recognition, language: str) -> str:
    """What was done in words that fit any list: `recognised_name`, else that nothing was recognised."""
    return recognised_name(recognition, language) or exercise_name(recognition.name, language)


def sureness(recognition: Recognition) -> int:
    """Percent, never a hundred: nobody is."""
    return min(SUREST_PERCENT, round(100 * recognition.confidence))


def likely_names(recognition: Recognition) -> tuple[str, ...]:
    """The names to ask the user about, best first; none where the exercise is known."""
    others = tuple(candidate.name for candidate in recognition.alternatives)
    if recognition.coarse:
        return (recognition.name, *others)[:NAMES_TO_ASK]
    return () if recognition.known else others[:NAMES_TO_ASK]


def pose_name(name: str, language: str) -> str:
    """What people call the yoga pose. Raises KeyError for a slug that is none."""
    return yoga_poses()[name].names[language]
