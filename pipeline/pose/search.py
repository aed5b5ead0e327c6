"""Find everybody in a clip by searching for each person with the others hidden.

MediaPipe's detector prefers the largest upright body and misses a second one on most pictures: somebody who squats
beside somebody who stands was found only while standing, somebody small never. Both are found in a picture of their
own: cropped to where they may be (so that the detector sees them larger), or half of the picture with everybody known
painted grey.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Final

import numpy as np

from pipeline.pose.person import Person, Sighting, Trail, trails_of
from pipeline.values import Array
from pipeline.video.decode import Frame
from pipeline.video.pixels import Pixels

Look = Callable[[Pixels], tuple[Person, ...]]  # everybody in one picture

Box = tuple[int, int, int, int]  # left, top, right, bottom, pixels

_GREY = 128  # what is hidden is neither dark nor bright


@dataclass(frozen=True, slots=True)
class SearchRules:
    """How people are searched for; chosen on ten real clips, each pasted beside a filmed bystander.

    nth: every nth frame is searched for people not seen yet. there: the share of those frames on which a new person
    must be found, because what looks like a body on one picture (a machine, a coat) seldom does on the next. half:
    size of the two halves, as a share of the longer side, so that a person in the middle is whole in one of them.
    same: two people nearer than this, as a share of the larger one's size, are one.
    """

    nth: int = 3
    there: float = 0.5
    half: float = 0.6
    same: float = 0.2


RULES: Final = SearchRules()


def find_everybody(trails: Sequence[Trail], shown: Iterable[Frame], look: Look) -> list[Sighting]:
    """A sighting a frame: the trails' people where they should be, and people who were overlooked so far."""
    frames = list(shown)
    everybody = [*trails, *_overlooked(trails, frames[:: RULES.nth], look)]
    return [
        Sighting(frame.time_s, tuple(found for trail in everybody if (found := _found(trail, everybody, frame, look))))
        for frame in frames
    ]


def hide_others(trail: Trail, shown: Iterable[Frame]) -> Iterator[Frame]:
    """The frames, painted grey except where the trail's person may be."""
    return (Frame(frame.time_s, _alone(trail, frame)) for frame in shown)


def _alone(trail: Trail, frame: Frame) -> Pixels:
    left, top, right, bottom = _within(frame.pixels, trail.near_box_px(frame.time_s))
    pixels = np.full_like(frame.pixels, _GREY)
    pixels[top:bottom, left:right] = frame.pixels[top:bottom, left:right]
    return pixels


def _found(trail: Trail, trails: Sequence[Trail], frame: Frame, look: Look) -> Person | None:
    """The first person found around the trail who is nearer to it than to any other trail.

    Large people are found better in the whole picture, small ones in a crop; most are found at the first try.
    """
    part = _within(frame.pixels, trail.near_box_px(frame.time_s))
    looks = (partial(look, _alone(trail, frame)), partial(_inside, part, frame.pixels, look))
    seen = chain.from_iterable(one() for one in looks)
    return next(
        (person for person in seen if min(trails, key=lambda other: other.distance(frame.time_s, person)) is trail),
        None,
    )


def _overlooked(trails: Sequence[Trail], frames: Sequence[Frame], look: Look) -> list[Trail]:
    """Trails of people who are found once everybody known is hidden, on enough of the frames."""
    sightings = [Sighting(frame.time_s, _beside(trails, frame, look)) for frame in frames]
    return [trail for trail in trails_of(sightings) if len(trail.people) >= max(2, RULES.there * len(frames))]


def _beside(trails: Sequence[Trail], frame: Frame, look: Look) -> tuple[Person, ...]:
    pixels = frame.pixels.copy()
    for trail in trails:
        left, top, right, bottom = _within(pixels, trail.nearest(frame.time_s).box_px)
        pixels[top:bottom, left:right] = _GREY
    found: list[Person] = []
    for half in _halves(pixels, RULES.half):
        found += [person for person in _inside(half, pixels, look) if all(_apart(person, one) for one in found)]
    return tuple(found)


def _apart(one: Person, other: Person) -> bool:
    return bool(np.linalg.norm(one.middle_px - other.middle_px) > RULES.same * max(one.size_px, other.size_px))


def _halves(pixels: Pixels, share: float) -> tuple[Box, Box]:
    """The first and the last `share` of the picture along its longer side."""
    height, width = pixels.shape[:2]
    if width >= height:
        return (0, 0, round(share * width), height), (round((1 - share) * width), 0, width, height)
    return (0, 0, width, round(share * height)), (0, round((1 - share) * height), width, height)


def _inside(box: Box, pixels: Pixels, look: Look) -> tuple[Person, ...]:
    """Everybody in this part of the picture, in coordinates of the whole picture."""
    left, top, right, bottom = box
    if right <= left or bottom <= top:
        return ()
    part = np.ascontiguousarray(pixels[top:bottom, left:right])
    return tuple(replace(person, image_px=person.image_px + np.array([left, top])) for person in look(part))


def _within(pixels: Pixels, box_px: Array) -> Box:
    """The box clipped to the picture, in whole pixels."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = (int(edge) for edge in np.clip(np.rint(box_px), 0, [width, height] * 2))
    return left, top, right, bottom
