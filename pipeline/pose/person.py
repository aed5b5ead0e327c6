"""Which of several people trains: those seen now and then are linked into trails, and the trails are weighed.

A landmarker that follows one person takes whom its detector likes best, and may change its mind. An onlooker that sees
everybody, but only now and then, tells who is there; who is large, in the middle, always there and in another pose
each time is the one who trains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.kinematics import JOINTS, LEFT_HIP, LEFT_SHOULDER, RIGHT_HIP, RIGHT_SHOULDER, angle_deg
from pipeline.values import Array

_TRUNK = [LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP]


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """One person in one picture: image_px (33, 2), world_m (33, 3), visibility (33,), as in a PoseTrack's row."""

    image_px: Array
    world_m: Array
    visibility: Array

    @property
    def middle_px(self) -> Array:
        """(2,) the middle of shoulders and hips."""
        return np.asarray(self.image_px[_TRUNK].mean(axis=0))

    @property
    def tilt_deg(self) -> float:
        """How far the trunk leans from upright in the picture, 0 to 180."""
        shoulders, hips = self.image_px[_TRUNK[:2]].mean(axis=0), self.image_px[_TRUNK[2:]].mean(axis=0)
        across, up = shoulders - hips
        return float(np.degrees(np.arctan2(abs(across), -up)))

    @property
    def box_px(self) -> Array:
        """(4,) left, top, right, bottom of the landmarks."""
        return np.concatenate([self.image_px.min(axis=0), self.image_px.max(axis=0)])

    @property
    def size_px(self) -> float:
        """The longer side of the box."""
        left, top, right, bottom = self.box_px
        return float(max(right - left, bottom - top))

    def shown_px(self, picture_px: tuple[int, int]) -> float:
        """The longer side of what of the box lies within a picture of this width and height."""
        left, top, right, bottom = np.clip(self.box_px, 0, np.tile(picture_px, 2))
        return float(max(right - left, bottom - top))

    def shown(self, picture_px: tuple[int, int]) -> Array:
        """(33,) visibility of the landmarks that lie within a picture of this width and height, 0 of the others."""
        inside = ((self.image_px >= 0) & (self.image_px <= picture_px)).all(axis=1)
        return np.where(inside, self.visibility, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """Everybody who was seen at one time."""

    time_s: float
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class PersonRules:
    """How people are linked and weighed; chosen on rendered pairs of athletes (tests/pipeline/test_person.py).

    same_person: of the person's size, how far one gets from one sighting to the next. full_unrest_deg: joint angles
    that vary this much (standard deviation) from sighting to sighting belong to somebody who moves with a will: a range
    of 50 degrees, caught a few times at random; idle_unrest_deg: somebody's who stands vary by this, by MediaPipe's
    slip. still_worth: what a person is worth who stands or sits and does not move at all, so that a hold's is found
    where nobody moves; lying_worth: who lies or leans on the hands, the trunk more than lying_deg from upright, holds a
    plank rather than watches. edge_worth: what a person at the picture's edge is worth against one in the middle.
    followed: in how many of the sightings the landmarker must have had the right person. reach: how far limbs get
    beyond the box of the sightings. near_s: sightings this near in time tell where the person may be.
    """

    same_person: float = 0.6
    full_unrest_deg: float = 15.0
    idle_unrest_deg: float = 2.0
    still_worth: float = 0.1
    lying_worth: float = 0.5
    lying_deg: float = 50.0
    edge_worth: float = 0.4
    followed: float = 0.9
    reach: float = 0.3
    near_s: float = 1.6


RULES: Final = PersonRules()


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """One person through the sightings."""

    times_s: tuple[float, ...]
    people: tuple[Person, ...]

    def near_box_px(self, time_s: float) -> Array:
        """(4,) left, top, right, bottom of where the person may be at this time, with room for the limbs."""
        apart = np.abs(np.array(self.times_s) - time_s)
        near = np.flatnonzero(apart <= max(RULES.near_s, float(apart.min())))
        boxes = np.array([self.people[index].box_px for index in near])
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        room = RULES.reach * float((high - low).max())
        return np.concatenate([low - room, high + room])

    def nearest(self, time_s: float) -> Person:
        """The person as seen nearest in time."""
        return self.people[int(np.abs(np.array(self.times_s) - time_s).argmin())]

    def expected(self, times_s: Array) -> tuple[Array, Array]:
        """Where the person's middle should be at these times, (T, 2), and how large, (T,): between the sightings."""
        known_s, middles = np.array(self.times_s), np.array([person.middle_px for person in self.people])
        there = np.stack([np.interp(times_s, known_s, middles[:, axis]) for axis in (0, 1)], axis=1)
        return there, np.interp(times_s, known_s, [person.size_px for person in self.people])

    def apart(self, time_s: float, person: Person) -> float:
        """How far the person is from where the trail's should be at this time, of the larger one's size."""
        (there,), (size,) = self.expected(np.array([time_s]))
        return float(np.linalg.norm(person.middle_px - there)) / max(person.size_px, float(size), 1.0)


def in_doubt(sightings: Sequence[Sighting], size_px: tuple[int, int]) -> bool:
    """The one of the greatest worth was not seen to move with a will.

    One who squats is missed on every picture but those where he stands, and looks as idle as who watches him.
    """
    trail = who_trains(sightings, size_px)
    return trail is not None and unrest_deg(trail, size_px) < RULES.full_unrest_deg


def usual_number(sightings: Sequence[Sighting]) -> int:
    """How many people are seen at once as a rule: the larger number seen on a third of the sightings and twice.

    The detector misses one of two people on every second picture where he squats.
    """
    numbers = Counter(len(sighting.people) for sighting in sightings)
    needed = max(numbers.total() / 3, min(2, numbers.total()))
    return max((n for n in numbers if sum(numbers[k] for k in numbers if k >= n) >= needed), default=0)


def trails_of(sightings: Sequence[Sighting]) -> list[Trail]:
    """Everybody's trail: a person is the one of the sighting before who is nearest, unless that is too far away."""
    open_trails: list[list[tuple[float, Person]]] = []
    for sighting in sightings:
        taken: set[int] = set()
        for person in sorted(sighting.people, key=lambda person: -person.size_px):
            index = _nearest(person, open_trails, taken)
            if index is None:
                index = len(open_trails)
                open_trails.append([])
            open_trails[index].append((sighting.time_s, person))
            taken.add(index)
    return [Trail(tuple(at for at, _ in trail), tuple(person for _, person in trail)) for trail in open_trails]


def who_trains(sightings: Sequence[Sighting], size_px: tuple[int, int]) -> Trail | None:
    """The trail of the one who trains in a picture of this width and height; None where nobody was seen."""
    trails = trails_of(sightings)
    return max(trails, key=lambda trail: worth(trail, len(sightings), size_px), default=None)


def worth(trail: Trail, sightings: int, size_px: tuple[int, int]) -> float:
    """How likely this is the one who trains, on a scale of its own: size, place, presence and unrest multiplied."""
    middle = np.median([person.middle_px for person in trail.people], axis=0)
    large = float(np.median([person.shown_px(size_px) for person in trail.people])) / max(size_px)
    off_middle = min(1.0, abs(float(middle[0]) / size_px[0] - 0.5) * 2)
    central = 1.0 - (1.0 - RULES.edge_worth) * off_middle
    present = float(np.sqrt(len(trail.people) / sightings))  # the detector misses those who move oftener than the still
    willed_deg = unrest_deg(trail, size_px) - RULES.idle_unrest_deg
    moves = float(np.clip(willed_deg / (RULES.full_unrest_deg - RULES.idle_unrest_deg), 0.0, 1.0))
    lies = float(np.median([person.tilt_deg for person in trail.people])) > RULES.lying_deg
    return large * central * present * ((RULES.lying_worth if lies else RULES.still_worth) + moves)


def unrest_deg(trail: Trail, size_px: tuple[int, int]) -> float:
    """How much the two joints that vary most do so from sighting to sighting: standard deviation, degrees.

    Joints count as they are seen; what lies outside a picture of this width and height is guessed anew each time.
    """
    if len(trail.people) < 3:
        return 0.0
    world = np.array([person.world_m for person in trail.people])
    seen = np.array([person.shown(size_px) for person in trail.people])
    varying = []
    for sides in JOINTS.values():
        for side in sides:
            weight = float(np.clip(np.median(seen[:, list(side)].min(axis=1)), 0, 1))
            varying.append(weight * float(np.std(angle_deg(world, side))))
    return float(np.mean(sorted(varying)[-2:]))


def strays(times_s: Array, image_px: Array, trail: Trail) -> Array:
    """(T,) True where the person followed is somebody else than the trail's; False where nobody was followed."""
    middle = image_px[:, _TRUNK].mean(axis=1)
    there, size = trail.expected(times_s)
    return np.asarray(np.linalg.norm(middle - there, axis=1) > RULES.same_person * size)


def _nearest(person: Person, trails: Sequence[Sequence[tuple[float, Person]]], taken: set[int]) -> int | None:
    """The index of the trail that the person goes on; None where none is near."""
    apart = {
        index: float(np.linalg.norm(trail[-1][1].middle_px - person.middle_px)) / max(trail[-1][1].size_px, 1.0)
        for index, trail in enumerate(trails)
        if index not in taken
    }
    best = min(apart, key=lambda index: apart[index], default=None)
    return best if best is not None and apart[best] <= RULES.same_person else None
