"""Stills as training needs them: moments of simulated and filmed sets, simulated poses, and photos of yoga beside.

A photographer waits for the moment that shows the exercise: mostly the end of a movement that is further from standing
about. Some stills are drawn there, the others anywhere, moments far from the median oftener.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.catalogue import Movement, exercises
from pipeline.catalogue.pose import yoga_poses
from pipeline.kinematics import joint_angles
from pipeline.learn.begun import written_whole
from pipeline.learn.poses.network import Lessons, Seen
from pipeline.learn.simulate.scene import USUAL_FAULTS
from pipeline.learn.simulate.strangers import draw_known, draw_stranger
from pipeline.learn.simulate.track import Scene, simulate
from pipeline.learn.tracks import LabelledTrack
from pipeline.photo.name import NAMES, SAME
from pipeline.photo.shape import Shapes, framed, shapes
from pipeline.photo.space import Bodies, bodies
from pipeline.values import UNKNOWN, Array, Indices, Mask, PoseTrack

Progress = Callable[[Iterable[str], str], Iterable[str]]

SET_FRAMES, RATE_HZ = 24, 6.0  # four seconds of a simulated set: a repetition or more
STRANGERS: Final = 4  # times as many of them as of an exercise: there are more ways to do none
END_SHARE: Final = 0.2  # of a set's moments that count as the end of its movement
STANDING_DEG: Final = np.repeat(
    [175.0, 15.0, 175.0, 175.0], 2
)  # elbows, shoulders, hips, knees of one who stands about


@dataclass(frozen=True, slots=True)
class Moments:
    """How many stills of a set: at the end of its movement, and anywhere."""

    at_end: int
    anywhere: int


@dataclass(frozen=True, slots=True, eq=False)
class Stills:
    """N stills: seen in the picture and placed in space, answer (N,) an index into NAMES, source (N,), and at_end (N,)
    whether they were taken at the end of a movement."""

    seen: Shapes
    placed: Bodies
    answer: Indices
    source: npt.NDArray[np.str_]
    at_end: Mask

    def __len__(self) -> int:
        return len(self.answer)

    def rows(self, chosen: Indices | Mask) -> Stills:
        """The chosen ones."""
        seen, placed = self.seen.rows(chosen), self.placed.rows(chosen)
        return Stills(seen, placed, self.answer[chosen], self.source[chosen], self.at_end[chosen])

    def save(self, path: Path) -> None:
        """All of it lies at the path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        flat = {key: getattr(self.seen, key) for key in ("points", "known", "visible")}
        rest = {key: getattr(self, key) for key in ("answer", "source", "at_end")}
        placed = self.placed
        written_whole(
            path, lambda half: np.savez(half, **flat, **rest, placed_m=placed.points, placed_known=placed.known)
        )

    @classmethod
    def load(cls, path: Path) -> Stills:
        """What was saved there."""
        with np.load(path) as kept:
            seen = Shapes(kept["points"], kept["known"], kept["visible"])
            placed = Bodies(kept["placed_m"], kept["placed_known"])
            return cls(seen, placed, kept["answer"], kept["source"], kept["at_end"])


def simulated_stills(each: int, moments: Moments, rng: np.random.Generator, progress: Progress) -> Stills:
    """Stills of `each` simulated sets of every exercise, of more of strangers, and of `each` holds of every pose that
    the catalogue describes; their source is "exercise" or "pose"."""
    parts = []
    for name in progress((*exercises(), UNKNOWN), "simulating"):
        for _ in range(each * (STRANGERS if name == UNKNOWN else 1)):
            parts.append(stills_of(_simulated(name, rng), _number(name), "exercise", moments, rng))
    return joined([*parts, simulated_poses(each, rng, progress)])


def simulated_poses(each: int, rng: np.random.Generator, progress: Progress) -> Stills:
    """A still of each of so many simulated holds of every pose that the catalogue describes, seen from every side."""
    parts = []
    for name in progress(yoga_poses(), "simulating poses"):
        movements = [Movement.parse(table) for table in yoga_poses()[name].movements]
        for number in range(each if movements else 0):
            held = _played(movements[number % len(movements)], rng)
            parts.append(stills_of(held, _number(name), "pose", Moments(0, 1), rng))
    return joined(parts)


def filmed_stills(tracks: Iterable[LabelledTrack], moments: Moments, rng: np.random.Generator) -> Stills:
    """Stills of filmed sets that the catalogue can name, generated footage among them."""
    known = [one for one in tracks if SAME.get(one.exercise, one.exercise) in NAMES]
    return joined([stills_of(one.track, _number(one.exercise), one.source, moments, rng) for one in known])


def stills_of(track: PoseTrack, answer: int, source: str, moments: Moments, rng: np.random.Generator) -> Stills:
    """Stills of one track; where nobody is seen, none."""
    seen = np.flatnonzero(np.isfinite(track.image_px).all(axis=(1, 2)) & np.isfinite(track.world_m).all(axis=(1, 2)))
    chosen = _chosen(track, seen, moments, rng) if len(seen) else (seen, seen)
    rows, count = np.concatenate(chosen), [len(part) for part in chosen]
    body = shapes(framed(track.image_px[rows], track.width_px, track.height_px), track.visibility[rows])
    return Stills(
        body,
        bodies(track.world_m[rows], body.known),
        np.full(len(rows), answer),
        np.full(len(rows), source),
        np.repeat([True, False], count),
    )


def _chosen(track: PoseTrack, seen: Indices, moments: Moments, rng: np.random.Generator) -> tuple[Indices, Indices]:
    """Rows at the end of the movement, and rows anywhere."""
    ends = seen[at_end(track, seen)]
    return (
        rng.choice(ends, min(moments.at_end, len(ends)), replace=False),
        rng.choice(seen, min(moments.anywhere, len(seen)), replace=False, p=_telling(track, seen)),
    )


def at_end(track: PoseTrack, seen: Indices) -> Mask:
    """(S,) which of the moments lie at the end of the movement that is further from standing about.

    The movement is the first principal axis of the joints' angles in space.
    """
    angles = np.nan_to_num(joint_angles(track).world_deg[seen].reshape(len(seen), -1), nan=90.0)
    _, _, axes = np.linalg.svd(angles - angles.mean(axis=0), full_matrices=False)
    along = (angles - angles.mean(axis=0)) @ axes[0]
    ends = [along <= np.quantile(along, END_SHARE), along >= np.quantile(along, 1 - END_SHARE)]
    far = [np.abs(angles[end].mean(axis=0) - STANDING_DEG).mean() for end in ends]
    return np.asarray(ends[int(np.argmax(far))])


def joined(parts: Sequence[Stills]) -> Stills:
    """All stills in one."""
    return Stills(
        joined_bodies([part.seen for part in parts]),
        joined_bodies([part.placed for part in parts]),
        np.concatenate([part.answer for part in parts]),
        np.concatenate([part.source for part in parts]),
        np.concatenate([part.at_end for part in parts]),
    )


def joined_bodies(parts: Sequence[Seen]) -> Seen:
    """All bodies in one."""
    kind = type(parts[0])
    return kind(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(kind)))


def read_back(seen: Shapes, photos: Shapes, rng: np.random.Generator) -> Shapes:
    """The bodies with as much of each lost as of a photo of yoga drawn for it.

    Those landmarks were read back from drawings, and many could not be: else what is missing alone would tell yoga.
    """
    like = photos.rows(rng.integers(len(photos), size=len(seen)))
    known = seen.known * like.known
    return Shapes(seen.points * known[..., None], known, seen.visible * known)


def together(*parts: tuple[Lessons[Seen], float, float]) -> Lessons[Seen]:
    """All lessons in one; each part is drawn with its share, in it rare answers oftener, as far as its balance says:
    0 as they come, 1 every answer alike."""
    chances = []
    for lessons, share, balance in parts:
        chance = np.bincount(lessons.answer).astype(float)[lessons.answer] ** -balance
        chances.append(share * chance / chance.sum())
    seen = joined_bodies([lessons.seen for lessons, _, _ in parts])
    return Lessons(seen, np.concatenate([lessons.answer for lessons, _, _ in parts]), np.concatenate(chances))


def capped(stills: Stills, most: int, rng: np.random.Generator) -> Stills:
    """At most so many stills of each answer of each source: one publisher's push-ups would drown the others."""
    order = rng.permutation(len(stills))
    kind = np.unique(np.column_stack([stills.source, stills.answer]), axis=0, return_inverse=True)[1].ravel()[order]
    kept = [order[kind == one][:most] for one in np.unique(kind)]
    return stills.rows(np.sort(np.concatenate(kept)))


def _telling(track: PoseTrack, seen: Indices) -> Array:
    """(S,) chances of a moment to be drawn: more, the further the joints are from where they mostly are."""
    angles = joint_angles(track).image_deg[seen].reshape(len(seen), -1)
    away = np.abs(angles - np.median(angles, axis=0)).mean(axis=1)
    chance = away + 0.25 * away.max() + 1.0
    return np.asarray(chance / chance.sum())


def _number(name: str) -> int:
    return NAMES.index(SAME.get(name, name))


def _simulated(name: str, rng: np.random.Generator) -> PoseTrack:
    movement, faults = draw_stranger(rng) if name == UNKNOWN else draw_known(name, rng)
    return simulate(movement, Scene.drawn(movement, SET_FRAMES, RATE_HZ, rng, faults), rng)


def _played(movement: Movement, rng: np.random.Generator) -> PoseTrack:
    return simulate(movement, Scene.drawn(movement, SET_FRAMES // 3, RATE_HZ, rng, USUAL_FAULTS), rng)
