"""What is said of a photo: what it shows, the angles of its joints, what differs from the pose as it usually is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.coach.facts import Facts, JointSeen, PhotoFacts
from bot.coach.facts.comparing import Way, way
from bot.coach.hearing.joints import JOINTS, parts_of_body
from bot.coach.hearing.two_photos import of_lines
from bot.coach.language import Sentences, degrees, known, say
from bot.coach.words import folded

HOW_FAR = re.compile(r"\b(?:how (?:many|much|far)|by what)\b|몇 ?도|얼마나")
MOST_JOINTS = 4  # more numbers than that nobody reads in a chat
MOST_DIFFERENCES = 3  # more at once nobody mends


def name(facts: Facts, photo: PhotoFacts) -> Sentences:
    """Which pose it is, and how surely."""
    if not photo.label:
        return (say(facts.language, "photo_unknown"),)
    if photo.given:
        return (say(facts.language, "photo_given", label=photo.label),)
    sure = say(facts.language, "photo_sure", percent=round(100 * photo.confidence))
    return (say(facts.language, "photo_name", label=photo.label), sure)


def disputed(facts: Facts, photo: PhotoFacts) -> Sentences:
    """Which pose it was taken for, from what, and how to say which it is."""
    return (*name(facts, photo), say(facts.language, "photo_disputed"))


def differences(facts: Facts, photo: PhotoFacts) -> Sentences:
    """What differs from the pose as it usually is, most first."""
    found = photo.deviations[:MOST_DIFFERENCES]
    if found:
        return tuple(_difference(facts, one) for one in found)
    compared = any(known(one.usual_deg) for one in photo.joints)
    return (say(facts.language, "photo_as_usual" if compared else "photo_not_compared"),)


def angles(facts: Facts, photo: PhotoFacts) -> Sentences:
    """The joints' angles, as drawn in the picture."""
    seen = tuple(
        say(facts.language, "photo_angle", joint=one.name, degrees=degrees(one.angle_deg))
        for one in photo.joints[:MOST_JOINTS]
    )
    return seen or (say(facts.language, "photo_no_angles"),)


def doubts(facts: Facts, photo: PhotoFacts) -> Sentences:
    """Every doubt about the photo."""
    said = tuple(say(facts.language, f"doubt_{caveat.doubt.value}") for caveat in photo.caveats)
    return said or (say(facts.language, "photo_no_doubts"),)


def verdict(facts: Facts, photo: PhotoFacts) -> Sentences:
    """What it is, and what to change."""
    return (*name(facts, photo), *differences(facts, photo))


def no_time(facts: Facts, _: PhotoFacts) -> Sentences:
    """A photo has neither repetitions nor a duration."""
    return (say(facts.language, "photo_no_time"),)


def doubts_and_name(facts: Facts, photo: PhotoFacts) -> Sentences:
    """How sure the name is, and every doubt about the photo."""
    return (*name(facts, photo), *doubts(facts, photo))


def joint(facts: Facts, photo: PhotoFacts, said: str) -> Sentences:
    """The joints that the user names, or all of a side, each beside what is usual; all angles where none is named, or
    none of those that are was seen, which is said."""
    asked = parts_of_body(said)
    named = _named(photo, asked)
    meant = tuple(one for one in named if asked & parts_of_body(one.name) & JOINTS)
    only = (say(facts.language, "photo_angles_only"),) if of_lines(said) else ()
    if (asked & JOINTS) and not meant:
        return (*only, say(facts.language, "photo_joint_unseen"), *angles(facts, photo))
    return (*only, *(tuple(_difference(facts, one) for one in named[:MOST_JOINTS]) or angles(facts, photo)))


def apart(facts: Facts, photo: PhotoFacts, said: str) -> Sentences:
    """By how many degrees the joints that the user names are off, where that is asked."""
    asked = parts_of_body(said)
    if not (HOW_FAR.search(folded(said)) and asked & JOINTS):
        return ()
    off = [(one, one.angle_deg - one.usual_deg) for one in _named(photo, asked) if one.off]
    return tuple(
        say(
            facts.language,
            "photo_apart_more" if over_deg > 0 else "photo_apart_less",
            joint=one.name,
            degrees=degrees(abs(over_deg)),
        )
        for one, over_deg in off[:MOST_DIFFERENCES]
    )


def of_angle(facts: Facts, photo: PhotoFacts, said: str) -> Sentences:
    """The joints at an angle that the user names, as it is or as it usually is; nothing where none is."""
    numbers = {int(one) for one in re.findall(r"\d{1,3}", said)}
    seen = (
        one for one in photo.joints if numbers & {round(deg) for deg in (one.angle_deg, one.usual_deg) if known(deg)}
    )
    return tuple(_difference(facts, one) for one in seen)


def _named(photo: PhotoFacts, asked: set[str]) -> tuple[JointSeen, ...]:
    """The joints among those asked for, of the sides asked for."""
    sides = asked - JOINTS
    one_side = sides if len(sides) == 1 else set()
    sided = tuple(one for one in photo.joints if one_side <= parts_of_body(one.name))
    return tuple(one for one in sided if asked & JOINTS & parts_of_body(one.name)) or (sided if sides else ())


def compared(facts: Facts, photo: PhotoFacts) -> Sentences:
    """Whether the pose came nearer to how it usually is since the photo before, and which joints moved; why that cannot
    be said, where it cannot."""
    if photo.before is None:
        return (say(facts.language, "photos_one"),)
    if not (photo.label and photo.before):
        return (say(facts.language, "photos_unnamed"),)
    if photo.label != photo.before:
        return (say(facts.language, "photos_other", before=photo.before, now=photo.label),)
    found = {one: way(one) for one in photo.joints}
    if not any(found.values()):
        return (say(facts.language, "photos_nothing_shared"),)
    moved = sorted((one for one in found if found[one] not in (None, "still")), key=_moved_deg, reverse=True)
    if not moved:
        return (say(facts.language, "photos_alike"),)
    told = tuple(_change(facts, one, found[one]) for one in moved[:MOST_DIFFERENCES])
    return (say(facts.language, _verdict(moved)), *told, say(facts.language, "photos_same_side"))


def _verdict(moved: Sequence[JointSeen]) -> str:
    """The sentence that sums up how the joints that moved lie beside how the pose usually is."""
    ways = {way(one) for one in moved}
    if ways == {"moved"}:
        return "photos_moved" if any(known(one.usual_deg) for one in moved) else "photos_moved_only"
    return "photos_nearer" if "farther" not in ways else "photos_farther" if "nearer" not in ways else "photos_mixed"


def _moved_deg(one: JointSeen) -> float:
    return abs(one.angle_deg - one.before_deg)


def _change(facts: Facts, one: JointSeen, how: Way | None) -> str:
    values = {"joint": one.name, "before": degrees(one.before_deg), "now": degrees(one.angle_deg)}
    if how == "moved":
        return say(facts.language, "photos_joint_moved", **values)
    return say(facts.language, f"photos_joint_{how}", usual=degrees(one.usual_deg), **values)


def _difference(facts: Facts, one: JointSeen) -> str:
    values = {"joint": one.name, "degrees": degrees(one.angle_deg)}
    if not known(one.usual_deg):
        return say(facts.language, "photo_angle", **values)
    return say(facts.language, "photo_differs" if one.off else "photo_usual", usual=degrees(one.usual_deg), **values)
