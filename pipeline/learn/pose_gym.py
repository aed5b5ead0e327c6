"""Stills of gym exercises as training needs them: single moments of simulated sets and of filmed ones, and yoga beside.

A photographer waits for the moment that shows the exercise, so moments far from where a repetition rests are drawn
oftener: how far is told by how much the joints' angles differ from those at the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from pipeline.catalogue import exercises
from pipeline.kinematics import joint_angles
from pipeline.learn.pose_network import Ints, Lessons
from pipeline.learn.pose_photos import Photos
from pipeline.learn.simulate import Scene, simulate
from pipeline.learn.simulate_strangers import draw_known, draw_stranger
from pipeline.learn.tracks import LabelledTrack
from pipeline.photo.name import YOGA
from pipeline.photo.shape import Shapes, shapes
from pipeline.values import UNKNOWN, Array, PoseTrack

Progress = Callable[[Iterable[str], str], Iterable[str]]

NAMES: Final = (*exercises(), YOGA, UNKNOWN)
SET_FRAMES, RATE_HZ = 24, 6.0  # four seconds of a simulated set: a repetition or more
STRANGERS: Final = 4  # times as many of them as of an exercise: there are more ways to do none
# poses that are also exercises of the gym, or look like a part of one: they do not teach what yoga is
NOT_ONLY_YOGA: Final = (
    *("plank_pose", "four_limbed_staff_pose", "dolphin_plank_pose", "side_plank_pose", "chair_pose"),
    *("low_lunge_pose", "bridge_pose", "downward_facing_dog", "triangle_pose", "boat_pose", "locust_pose"),
    *("corpse_pose", "garland_pose"),
)


def simulated_stills(each: int, moments: int, rng: np.random.Generator, progress: Progress) -> Lessons:
    """`each` simulated sets of every exercise and more of strangers, `moments` stills of each set."""
    parts, answer = [], []
    for number, name in enumerate(progress(NAMES, "simulating")):
        sets = 0 if name == YOGA else each * (STRANGERS if name == UNKNOWN else 1)
        drawn = [still_moments(_simulated(name, rng), moments, rng) for _ in range(sets)]
        parts += drawn
        answer += [number] * sum(len(one) for one in drawn)
    return Lessons(joined(parts), np.array(answer))


def filmed_stills(tracks: Iterable[LabelledTrack], moments: int, rng: np.random.Generator) -> tuple[Lessons, list[str]]:
    """Stills of filmed sets that the catalogue can name, generated footage among them, and the source of each."""
    parts, answer, sources = [], [], []
    for one in tracks:
        stills = still_moments(one.track, moments, rng) if one.exercise in NAMES else None
        if stills is not None and len(stills):
            parts.append(stills)
            answer += [NAMES.index(one.exercise)] * len(stills)
            sources += [one.source] * len(stills)
    return Lessons(joined(parts), np.array(answer)), sources


def yoga_stills(photos: Photos) -> Lessons:
    """Photos of poses that nobody does as an exercise of the gym."""
    only = [number for number, name in enumerate(photos.names) if name not in NOT_ONLY_YOGA]
    chosen = np.isin(photos.answer, only)
    return Lessons(photos.seen.rows(chosen), np.full(int(chosen.sum()), NAMES.index(YOGA)))


def together(parts: Sequence[Lessons]) -> Lessons:
    """All lessons in one."""
    return Lessons(joined([part.seen for part in parts]), np.concatenate([part.answer for part in parts]))


def read_back(stills: Lessons, photos: Shapes, rng: np.random.Generator) -> Lessons:
    """The stills with as much of each lost as of a photo of yoga drawn for it.

    Those landmarks were read back from drawings, and many could not be: else what is missing alone would tell yoga.
    """
    like, seen = photos.rows(rng.integers(len(photos), size=len(stills.answer))), stills.seen
    known = seen.known * like.known
    lost = Shapes(seen.points * known[..., None], known, seen.visible * known)
    return Lessons(lost, stills.answer)


def still_moments(track: PoseTrack, moments: int, rng: np.random.Generator) -> Shapes:
    """Up to `moments` stills of a track; where nobody is seen, none."""
    seen = np.flatnonzero(np.isfinite(track.image_px).all(axis=(1, 2)))
    if not len(seen):
        return shapes(track.image_px[:0], track.visibility[:0])
    chance = _telling(track, seen)
    rows = rng.choice(seen, min(moments, len(seen)), replace=False, p=chance / chance.sum())
    return shapes(track.image_px[rows], track.visibility[rows])


def joined(parts: Sequence[Shapes]) -> Shapes:
    """All bodies in one."""
    return Shapes(
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.known for part in parts]),
        np.concatenate([part.visible for part in parts]),
    )


def _telling(track: PoseTrack, seen: Ints) -> Array:
    """(S,) how likely a moment is photographed: more, the further the joints are from where they mostly are."""
    angles = joint_angles(track).image_deg[seen].reshape(len(seen), -1)
    away = np.abs(angles - np.median(angles, axis=0)).mean(axis=1)
    return np.asarray(away + 0.25 * away.max() + 1.0)


def _simulated(name: str, rng: np.random.Generator) -> PoseTrack:
    movement, faults = draw_stranger(rng) if name == UNKNOWN else draw_known(name, rng)
    return simulate(movement, Scene.drawn(movement, SET_FRAMES, RATE_HZ, rng, faults), rng)


def of_sources(tracks: Iterable[LabelledTrack], sources: Sequence[str]) -> Iterator[LabelledTrack]:
    """The tracks of these sources."""
    return (one for one in tracks if one.source in sources)
