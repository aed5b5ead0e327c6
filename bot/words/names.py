"""What exercises and poses are called, and how surely: the words that charts, buttons, history and coach share."""

from __future__ import annotations

from bot.sentences import plain
from pipeline.catalogue import family_name, find, members
from pipeline.catalogue.pose import yoga_poses
from pipeline.values import UNKNOWN, Recognition

SUREST_PERCENT = 99  # no network is surer than that, whatever it rounds to
NAMES_TO_ASK = 3  # as many as a phone shows without scrolling
NAMES_INSTEAD = 5  # as many as a phone shows under a chart, with the ways to all others and back
LEAST_LIKELY = 0.01  # of the recogniser's probability (0..1): under it kinship says more than the network. The house's


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


def names_instead(recognition: Recognition, before: str = UNKNOWN) -> tuple[str, ...]:
    """What it may have been where its name is wrong: what it was called `before` the user named it, what was nearly as
    likely, then its family's."""
    if recognition.coarse or not recognition.known:
        return likely_names(recognition)
    entry = find(recognition.name)
    near = [one.name for one in recognition.alternatives if one.confidence >= LEAST_LIKELY]
    kin = [one.name for one in members(entry.family)] if entry else []
    others = dict.fromkeys((before, *near, *kin, *(one.name for one in recognition.alternatives)))
    return tuple(name for name in others if name != recognition.name and _can_be_done(name))[:NAMES_INSTEAD]


def _can_be_done(name: str) -> bool:
    entry = find(name)
    return entry is not None and entry.kind != "none"


def pose_name(name: str, language: str) -> str:
    """What people call the yoga pose. Raises KeyError for a slug that is none."""
    return yoga_poses()[name].names[language]
