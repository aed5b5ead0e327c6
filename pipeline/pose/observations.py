"""Join what the landmarkers observed: the parts of a clip into one, and its rows into a PoseTrack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.errors import NobodyInView
from pipeline.pose.legs import relabel_legs
from pipeline.pose.person import Person, Sighting, Trail, is_other_person, usual_number
from pipeline.values import LANDMARKS, PoseTrack
from pipeline.video.cuts import cuts_s


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One frame: the tracked person, the change of the picture, and how bright it is.

    person is None where nobody is tracked; change is in grey levels (see `video.cuts`); luminance is the mean of the
    body's box, 0..255, NaN without a body.
    """

    time_s: float
    person: Person | None
    change: float
    luminance: float = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Observations:
    """What was observed in some frames: a row a frame, everybody on some of them, width and height of the pictures."""

    rows: list[Row]
    sightings: list[Sighting]
    size_px: tuple[int, int]


def joined(parts: Sequence[Observations]) -> Observations:
    """The parts of a clip, given in order, as one."""
    rows = [row for part in parts for row in part.rows]
    sightings = [sighting for part in parts for sighting in part.sightings]
    return Observations(rows, sightings, next((part.size_px for part in parts if part.rows), (0, 0)))


def track_of(seen: Observations, trail: Trail | None, least_seen_share: float = 0.0) -> PoseTrack:
    """The rows as a track, legs relabelled, cuts found. Rows that show another person than the trail's become empty.

    Raises NobodyInView when under least_seen_share of the rows show anybody, or there are none.
    """
    if not seen.rows:
        raise NobodyInView(seen_share=0.0)
    times_s = np.array([row.time_s for row in seen.rows])
    image, world = np.full((len(times_s), LANDMARKS, 2), np.nan), np.full((len(times_s), LANDMARKS, 3), np.nan)
    visibility = np.zeros((len(times_s), LANDMARKS))
    for index, row in enumerate(seen.rows):
        if row.person is not None:
            image[index], world[index] = row.person.image_px, row.person.world_m
            visibility[index] = row.person.visibility
    if trail is not None:
        other = is_other_person(times_s, image, trail)
        image[other], world[other], visibility[other] = np.nan, np.nan, 0.0
    cuts = cuts_s(times_s, np.array([row.change for row in seen.rows]), image)
    people, luminance = usual_number(seen.sightings), _usual_luminance(seen.rows)
    track = relabel_legs(PoseTrack(times_s, image, world, visibility, *seen.size_px, people, cuts, luminance))
    if track.seen.mean() < least_seen_share:
        raise NobodyInView(seen_share=round(float(track.seen.mean()), 3))
    return track


def _usual_luminance(rows: Sequence[Row]) -> float | None:
    known = [row.luminance for row in rows if row.person is not None]
    return float(np.median(known)) if known else None


def tracked_sightings(seen: Observations) -> list[Sighting]:
    """The tracked person of each frame, as sightings."""
    return [Sighting(row.time_s, (row.person,)) for row in seen.rows if row.person is not None]


def tracked_share(seen: Observations, trail: Trail) -> float:
    """The share of the frames within the trail's time on which its person was tracked."""
    track = track_of(seen, trail)
    spanned = (track.times_s >= trail.times_s[0]) & (track.times_s <= trail.times_s[-1])
    return float(track.seen[spanned].mean()) if spanned.any() else 0.0
