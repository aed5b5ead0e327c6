"""Decide which of several people in view trains.

The landmarker that tracks one person takes whomever its detector prefers, and may switch. So everybody is detected on
a few frames ("sightings"), and the sightings of one person are linked to a trail. The person who trains is the one
who is large, in the middle, always there, and in another pose each time.
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
        """The longer side of the part of the box that lies within a picture of this width and height."""
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
    """How people are linked and scored; chosen on rendered pairs of athletes (tests/pipeline/test_person.py).

    same_person: the farthest a person gets from one sighting to the next, of the person's size. full_variation_deg:
    joint angles that vary by this (standard deviation) from sighting to sighting belong to somebody who trains: a
    range of 50 degrees, sampled a few times at random; idle_variation_deg: those of somebody who stands still vary by
    this, by MediaPipe's error. still_score: the score of a person who stands or sits and does not move, so that a hold
    is found where nobody moves; lying_score: of one whose trunk is more than lying_deg from upright, who more likely
    holds a plank than watches. edge_score: the score at the picture's edge, of that in the middle. followed: the share
    of frames on which the landmarker must have tracked the right person. reach: how far limbs reach beyond the box of
    the sightings, of its longer side. near_s: sightings this near in time tell where the person may be.
    """

    same_person: float = 0.6
    full_variation_deg: float = 15.0
    idle_variation_deg: float = 2.0
    still_score: float = 0.1
    lying_score: float = 0.5
    lying_deg: float = 50.0
    edge_score: float = 0.4
    followed: float = 0.9
    reach: float = 0.3
    near_s: float = 1.6


RULES: Final = PersonRules()


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """One person's sightings, linked over time."""

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
        """The person's middle (T, 2) and size (T,), pixels, at these times, interpolated between the sightings."""
        known_s, middles = np.array(self.times_s), np.array([person.middle_px for person in self.people])
        there = np.stack([np.interp(times_s, known_s, middles[:, axis]) for axis in (0, 1)], axis=1)
        return there, np.interp(times_s, known_s, [person.size_px for person in self.people])

    def distance(self, time_s: float, person: Person) -> float:
        """How far `person` is from this trail's person at time_s, as a share of the larger one's size."""
        (there,), (size,) = self.expected(np.array([time_s]))
        return float(np.linalg.norm(person.middle_px - there)) / max(person.size_px, float(size), 1.0)


def is_doubtful(sightings: Sequence[Sighting], size_px: tuple[int, int]) -> bool:
    """Whether it is doubtful who trains: the person with the highest score hardly moved from sighting to sighting.

    The detector may find somebody who squats only on the pictures where he stands, as idle as a bystander.
    """
    trail = who_trains(sightings, size_px)
    return trail is not None and joint_variation_deg(trail, size_px) < RULES.full_variation_deg


def usual_number(sightings: Sequence[Sighting]) -> int:
    """How many people are usually in view: the largest number seen on a third of the sightings, and at least twice.

    Not the median: the detector misses one of two people on every second picture where he squats.
    """
    numbers = Counter(len(sighting.people) for sighting in sightings)
    needed = max(numbers.total() / 3, min(2, numbers.total()))
    return max((n for n in numbers if sum(numbers[k] for k in numbers if k >= n) >= needed), default=0)


def trails_of(sightings: Sequence[Sighting]) -> list[Trail]:
    """Link the sightings to one trail a person: each joins the trail whose last sighting is nearest, if near."""
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
    """The trail of the person who trains, in pictures of this width and height; None where nobody was seen."""
    trails = trails_of(sightings)
    return max(trails, key=lambda trail: training_score(trail, len(sightings), size_px), default=None)


def training_score(trail: Trail, sightings: int, size_px: tuple[int, int]) -> float:
    """How likely this person trains, on an arbitrary scale: size x place x presence x (posture + movement)."""
    middle = np.median([person.middle_px for person in trail.people], axis=0)
    large = float(np.median([person.shown_px(size_px) for person in trail.people])) / max(size_px)
    off_middle = min(1.0, abs(float(middle[0]) / size_px[0] - 0.5) * 2)
    central = 1.0 - (1.0 - RULES.edge_score) * off_middle
    present = float(np.sqrt(len(trail.people) / sightings))  # root: the detector misses people who move more often
    moved_deg = joint_variation_deg(trail, size_px) - RULES.idle_variation_deg
    moves = float(np.clip(moved_deg / (RULES.full_variation_deg - RULES.idle_variation_deg), 0.0, 1.0))
    lies = float(np.median([person.tilt_deg for person in trail.people])) > RULES.lying_deg
    return large * central * present * ((RULES.lying_score if lies else RULES.still_score) + moves)


def joint_variation_deg(trail: Trail, size_px: tuple[int, int]) -> float:
    """Mean standard deviation, degrees, of the two joint angles that vary most from sighting to sighting.

    Joints are weighted by their visibility, and by 0 outside a picture of this width and height: there MediaPipe
    guesses anew each time.
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


def is_other_person(times_s: Array, image_px: Array, trail: Trail) -> Array:
    """(T,) True where the landmarks (T, 33, 2) are of somebody else than the trail's person; False where NaN."""
    middle = image_px[:, _TRUNK].mean(axis=1)
    there, size = trail.expected(times_s)
    return np.asarray(np.linalg.norm(middle - there, axis=1) > RULES.same_person * size)


def _nearest(person: Person, trails: Sequence[Sequence[tuple[float, Person]]], taken: set[int]) -> int | None:
    """The index of the trail that the person continues; None where none is near."""
    apart = {
        index: float(np.linalg.norm(trail[-1][1].middle_px - person.middle_px)) / max(trail[-1][1].size_px, 1.0)
        for index, trail in enumerate(trails)
        if index not in taken
    }
    best = min(apart, key=lambda index: apart[index], default=None)
    return best if best is not None and apart[best] <= RULES.same_person else None
