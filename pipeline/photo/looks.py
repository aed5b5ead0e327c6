"""The body of a photo looked at more than once: what MediaPipe guesses of it differs from look to look.

the photo ───────────────────> the person
its mirror image ────────────> the same person, put back
the part about the body, larger > the same person, put back
squares of a wide photo ───────> who else stands there
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.photo.picture import resized
from pipeline.photo.shape import LANDMARKS_USED, VISIBLE
from pipeline.pose.person import Person
from pipeline.video.pixels import Pixels

Look = Callable[[Pixels], Sequence[Person]]

# of MediaPipe's 33: what each landmark is in a mirror
MIRROR: Final = (0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(at + 1 if at % 2 else at - 1 for at in range(11, 33)))


@dataclass(frozen=True, slots=True)
class LookRules:
    """room: the side of the part about the body, of the body's longer side; side_px: how long its own longer side is
    made, most_zoom times at most. same: how far from the person's middle the same person may be found again, of the
    person's size. What three looks are worth is told in `weights/pose_stills.md`; room, side and zoom were not varied.
    """

    room: float = 1.5
    side_px: float = 640.0
    most_zoom: float = 4.0
    same: float = 0.25


RULES: Final = LookRules()


@dataclass(frozen=True, slots=True)
class CrowdRules:
    """Who else counts in a photo at least `wide` times as wide as high, of which the landmarker sees a small picture:
    at least `seen` of 21 landmarks in the square that shows them, `size` of the largest's, no more than `shared` of the
    smaller's box in another's. In none of 51 wide clips of one person anybody else is found so; of 14 pictures 3.5
    times as wide as high, of three people each, all but one are found to hold several (4 without squares).
    """

    wide: float = 1.5
    seen: int = 15
    size: float = 0.5
    shared: float = 0.25


CROWD: Final = CrowdRules()


def everybody(pixels: Pixels, look: Look) -> tuple[Person, ...]:
    """Everybody in the photo; where nobody is found, in its mirror image: seven of seven who were overlooked in 312
    moments of filmed clips are found there."""
    return tuple(look(pixels)) or tuple(_in_mirror(pixels, look))


def crowd(pixels: Pixels, people: Sequence[Person], look: Look, rules: CrowdRules = CROWD) -> int:
    """How many are in the photo, of whom these were found at once: a wide one is looked at again in squares."""
    height, width = pixels.shape[:2]
    if width < rules.wide * height:
        return len(people)
    found, largest_px = list(people), max(one.size_px for one in people)
    for left in range(0, width - height // 2, height // 2):
        left = min(left, width - height)
        for one in look(np.ascontiguousarray(pixels[:, left : left + height])):
            other = Person(one.image_px + np.array([left, 0]), one.world_m, one.visibility)
            seen = int((one.shown((height, height))[list(LANDMARKS_USED)] >= VISIBLE).sum())
            tall = other.size_px >= rules.size * largest_px
            if tall and seen >= rules.seen and all(_shared(other, known) < rules.shared for known in found):
                found.append(other)
    return len(found)


def looks(pixels: Pixels, person: Person, look: Look, rules: LookRules = RULES) -> tuple[Person, ...]:
    """The person, and the same one as found in the photo's mirror image and from closer, in the photo's own pixels; a
    look that does not find anybody there is left out."""
    again = (_in_mirror(pixels, look), _closer(pixels, person, look, rules))
    found = (_same(person, people, rules) for people in again)
    return (person, *(one for one in found if one is not None))


def mirrored(person: Person, width_px: int) -> Person:
    """The person as a mirror shows them, in a picture so wide: left is right."""
    turn = list(MIRROR)
    image = person.image_px[turn] * [-1, 1] + [width_px, 0]
    return Person(image, person.world_m[turn] * [-1, 1, 1], person.visibility[turn])


def _in_mirror(pixels: Pixels, look: Look) -> list[Person]:
    return [mirrored(one, pixels.shape[1]) for one in look(np.ascontiguousarray(pixels[:, ::-1]))]


def _closer(pixels: Pixels, person: Person, look: Look, rules: LookRules) -> list[Person]:
    left, top, right, bottom = _about(pixels, person, rules)
    if right - left < 2 or bottom - top < 2:
        return []
    zoom = min(rules.most_zoom, rules.side_px / max(right - left, bottom - top))
    part = pixels[top:bottom, left:right]
    seen = look(resized(part, round((right - left) * zoom), round((bottom - top) * zoom)))
    return [Person(one.image_px / zoom + [left, top], one.world_m, one.visibility) for one in seen]


def _about(pixels: Pixels, person: Person, rules: LookRules) -> tuple[int, int, int, int]:
    """left, top, right, bottom of the part of the picture about the body."""
    low, high = person.box_px[:2], person.box_px[2:]
    middle, half = (low + high) / 2, rules.room * float((high - low).max()) / 2
    edge = np.array([pixels.shape[1], pixels.shape[0]])
    (left, top), (right, bottom) = (np.clip(middle + way * half, 0, edge).astype(int) for way in (-1, 1))
    return int(left), int(top), int(right), int(bottom)


def _shared(one: Person, other: Person) -> float:
    """How much of the smaller one's box lies in the other's, 0..1."""
    low, high = np.maximum(one.box_px[:2], other.box_px[:2]), np.minimum(one.box_px[2:], other.box_px[2:])
    smaller = min(float(np.prod(each.box_px[2:] - each.box_px[:2])) for each in (one, other))
    return float(np.prod(np.maximum(high - low, 0))) / max(smaller, 1.0)


def _same(person: Person, people: Sequence[Person], rules: LookRules) -> Person | None:
    """Whoever of them is where the person is."""
    apart = [float(np.linalg.norm(one.middle_px - person.middle_px)) for one in people]
    near = min(apart, default=np.inf) <= rules.same * person.size_px
    return people[int(np.argmin(apart))] if near else None
