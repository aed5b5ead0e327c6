"""Six people holding yoga poses before four cameras, read back: another source than the one that teaches poses.

For training and measuring only; it never ships. What was recorded includes the way into the pose and out of it, so
only the last part of each recording counts, and of it no moment in which somebody merely stands.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.flow import reported_poses
from pipeline.kinematics import joint_angles
from pipeline.learn.poses.stills import STANDING_DEG
from pipeline.photo.shape import Shapes, framed, shapes
from pipeline.recognize import recognize
from pipeline.values import Array, Indices, PoseTrack

CALLED: Final = {  # the data's words, and the poses that they may mean; "goddess" is none of the 82
    "chair": ("chair_pose",),
    "cobra": ("cobra_pose",),
    "downdog": ("downward_facing_dog",),
    "tree": ("tree_pose",),
    "warrior": ("warrior_1_pose", "warrior_2_pose", "reverse_warrior_pose"),
}
WIDTH_PX, HEIGHT_PX = 1280, 720  # the data say no size; only the proportion counts, and bodies look upright with it
RATE_HZ: Final = 10.0  # the data say none; at 30 they would go from standing through plank into cobra in 2.5 s
HIPS, SHOULDERS = [23, 24], [11, 12]
TRUNK_M: Final = 0.5
HELD_FROM: Final = 0.6  # of a recording
EVERY: Final = 4  # frames
STANDS_DEG: Final = 18.0  # mean difference of the joints' angles from those of one who stands about


@dataclass(frozen=True, slots=True, eq=False)
class Recordings:
    """N moments: seen, pose (N,) in the data's words, person (N,) and recording (N,)."""

    seen: Shapes
    pose: npt.NDArray[np.str_]
    person: npt.NDArray[np.str_]
    recording: Indices

    def of(self, *people: str) -> Recordings:
        """The moments of these people."""
        chosen = np.isin(self.person, people)
        return Recordings(self.seen.rows(chosen), self.pose[chosen], self.person[chosen], self.recording[chosen])


def read_six(folder: Path) -> Recordings:
    """What is held in yoga_six.npz and yoga_six.csv. Raises OSError where they are not there."""
    rows, landmarks = _stored(folder)
    held = [_held(landmarks[int(row["start"]) :][: int(row["frames"])]) for row in rows]
    image_px, visibility = (np.concatenate([part[which] for part in held]) for which in (0, 1))
    count = [len(part[1]) for part in held]
    return Recordings(
        shapes(image_px, visibility),
        np.repeat([row["pose"] for row in rows], count),
        np.repeat([row["person"] for row in rows], count),
        np.repeat(np.arange(len(rows)), count),
    )


def read_tracks_of_six(folder: Path, people: Sequence[str]) -> list[tuple[str, PoseTrack]]:
    """Every whole recording of these people, as a clip's track under the data's word; the metres are the picture's own
    axes and MediaPipe's depth beside them, a trunk half a metre long. Raises OSError where they are not there."""
    rows, landmarks = _stored(folder)
    return [
        (row["pose"], _track(landmarks[int(row["start"]) :][: int(row["frames"])]))
        for row in rows
        if row["person"] in people
    ]


def told_figures(recorded: Sequence[tuple[str, PoseTrack]]) -> dict[str, float]:
    """Of whole recordings sent as clips: the share of which poses are told, and of these the share whose longest hold
    is told by a pose it may be."""
    told = [(pose, reported_poses(track, recognize(track))) for pose, track in recorded]
    longest = [(pose, max(held, key=lambda one: one.held_s).name) for pose, held in told if held]
    right = [name in CALLED[pose] for pose, name in longest]
    return {
        "recordings": len(told),
        "told": len(longest) / len(told),
        "told_right": float(np.mean(right)) if right else float("nan"),
    }


def figures(probability: Array, names: tuple[str, ...], held: Recordings) -> dict[str, float]:
    """Shares (0..1) of moments and of recordings, by their mean logarithm, that are called by a pose they may be."""
    right = np.array([[name in CALLED[pose] for name in names] for pose in held.pose])
    said = probability.argmax(axis=1)
    logs = np.log(probability + 1e-6)
    each = [
        right[held.recording == one][0][logs[held.recording == one].mean(axis=0).argmax()]
        for one in np.unique(held.recording)
    ]
    moments = float(right[np.arange(len(said)), said].mean())
    return {"moments": len(said), "top_1": moments, "recordings": len(each), "recordings_right": float(np.mean(each))}


def _stored(folder: Path) -> tuple[list[dict[str, str]], Array]:
    with (folder / "yoga_six.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["pose"] in CALLED]
    return rows, _aligned(np.load(folder / "yoga_six.npz")["landmarks"].astype(float))


def _aligned(stored: Array) -> Array:
    """(F, 33, 4): every frame's numbers as stored lack the first, the nose's x, and end with one too many."""
    flat = stored.reshape(len(stored), -1)
    moved = np.concatenate([np.full((len(flat), 1), np.nan), flat[:, :-1]], axis=1).reshape(-1, 33, 4)
    moved[:, 0, 0] = moved[:, [1, 4], 0].mean(axis=1)
    return np.asarray(moved)


def _track(landmarks: Array) -> PoseTrack:
    """A recording (T, 33, 4) as a track."""
    image_px = landmarks[..., :2] * [WIDTH_PX, HEIGHT_PX]
    placed = np.concatenate([image_px, landmarks[..., 2:3] * WIDTH_PX], axis=2)
    placed = placed - placed[:, HIPS].mean(axis=1, keepdims=True)
    trunk_px = np.nanmedian(np.linalg.norm(placed[:, SHOULDERS, :2].mean(axis=1), axis=1))
    world_m = placed / trunk_px * TRUNK_M
    times_s, visibility = np.arange(len(landmarks)) / RATE_HZ, np.nan_to_num(landmarks[..., 3])
    return PoseTrack(times_s, image_px, world_m, visibility, WIDTH_PX, HEIGHT_PX)


def _held(landmarks: Array) -> tuple[Array, Array]:
    """Pixels (M, 33, 2) and visibility (M, 33) of the moments of a recording that count."""
    track = _track(landmarks)
    angles = np.nan_to_num(joint_angles(track).image_deg.reshape(len(landmarks), -1), nan=90.0)
    stands = np.abs(angles - STANDING_DEG).mean(axis=1) <= STANDS_DEG
    rows = np.arange(0, len(landmarks), EVERY)
    rows = rows[(rows > HELD_FROM * len(landmarks)) & ~stands[rows]]
    return framed(track.image_px[rows], WIDTH_PX, HEIGHT_PX), track.visibility[rows]
