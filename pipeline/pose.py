"""Frames to a PoseTrack with MediaPipe Tasks. Landmarks as MediaPipe gives them: smoothing is `kinematics.py`'s.

A landmarker follows one person through one clip and is closed after it: what it remembers of one clip (where the
person was) must not reach the next, which may be another user's.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from pipeline.errors import NobodyInView
from pipeline.values import LANDMARKS, Array, PoseTrack
from pipeline.video import Frame, Pixels

Seen = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class PoseOptions:
    """Working points of the pose stage.

    0.5 are MediaPipe's own defaults. People are counted on a frame each 2 s: the detector costs as much as five
    tracked frames. A clip with a person on under a tenth of its frames carries no set.
    """

    min_confidence: float = 0.5
    count_people_every_s: float = 2.0
    most_people: int = 3
    least_seen_share: float = 0.1


class PoseEstimator:
    """A landmarker kept ready. `track` uses it up and makes the next one ready at once."""

    def __init__(self, model: Path, options: PoseOptions = PoseOptions()) -> None:
        self._model, self._options = model, options
        self._counter = self._landmarker(vision.RunningMode.IMAGE, options.most_people)
        self._tracker = self._landmarker(vision.RunningMode.VIDEO, 1)

    def track(self, frames: Iterable[Frame], *, seen_until: Seen = lambda _: None) -> PoseTrack:
        """The track of the person in `frames`; `seen_until` is told each frame's time_s as it is done.

        Raises NobodyInView when under options.least_seen_share of the frames show anybody.
        """
        rows, people, size, count_due_s = [], Counter[int](), (0, 0), 0.0
        try:
            for frame in frames:
                image = mp.Image(image_format=mp.ImageFormat.SRGB, data=frame.pixels)
                size = frame.pixels.shape[1], frame.pixels.shape[0]
                found = self._tracker.detect_for_video(image, round(frame.time_s * 1000))
                rows.append((frame.time_s, *_landmarks(found, size)))
                if frame.time_s >= count_due_s:
                    people[len(self._counter.detect(image).pose_landmarks)] += 1
                    count_due_s = frame.time_s + self._options.count_people_every_s
                seen_until(frame.time_s)
        finally:
            self._tracker.close()
            self._tracker = self._landmarker(vision.RunningMode.VIDEO, 1)
        return _checked(_pose_track(rows, size, _usual(people)), self._options.least_seen_share)

    def look(self, pixels: Pixels) -> PoseTrack:
        """The person who takes up most of one still picture (height, width, 3): a track of one moment, `people` being
        how many were seen (at most options.most_people). Raises NobodyInView."""
        found = self._counter.detect(mp.Image(image_format=mp.ImageFormat.SRGB, data=pixels))
        if not found.pose_landmarks:
            raise NobodyInView(seen_share=0.0)
        size = pixels.shape[1], pixels.shape[0]
        bodies = [_landmarks(found, size, number) for number in range(len(found.pose_landmarks))]
        image, world, visibility = max(bodies, key=lambda body: float(np.prod(np.ptp(body[0], axis=0))))
        return PoseTrack(np.zeros(1), image[None], world[None], visibility[None], *size, people=len(bodies))

    def close(self) -> None:
        """Both networks are released."""
        self._tracker.close()
        self._counter.close()

    def __enter__(self) -> PoseEstimator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _landmarker(self, mode: Any, poses: int) -> Any:
        confidence = self._options.min_confidence
        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=str(self._model)),
            running_mode=mode,
            num_poses=poses,
            min_pose_detection_confidence=confidence,
            min_pose_presence_confidence=confidence,
            min_tracking_confidence=confidence,
        )
        with _quiet_stderr():
            return vision.PoseLandmarker.create_from_options(options)


def _landmarks(found: Any, size: tuple[int, int], number: int = 0) -> tuple[Array, Array, Array]:
    if not found.pose_landmarks:
        nothing = np.full((LANDMARKS, 3), np.nan)
        return nothing[:, :2], nothing, np.zeros(LANDMARKS)
    image = np.array([(point.x * size[0], point.y * size[1]) for point in found.pose_landmarks[number]])
    world = np.array([(point.x, point.y, point.z) for point in found.pose_world_landmarks[number]])
    return image, world, np.array([point.visibility for point in found.pose_landmarks[number]])


def _pose_track(rows: list[tuple[float, Array, Array, Array]], size: tuple[int, int], people: int) -> PoseTrack:
    if not rows:
        raise NobodyInView(seen_share=0.0)
    times, image, world, visibility = (np.array(column) for column in zip(*rows, strict=True))
    return PoseTrack(times, image, world, visibility, *size, people=people)


def _usual(people: Counter[int]) -> int:
    """How many people a sampled frame shows as a rule: the larger count seen on at least half of the samples."""
    needed = people.total() / 2
    return max((n for n in people if sum(people[k] for k in people if k >= n) >= needed), default=0)


def _checked(track: PoseTrack, least_seen_share: float) -> PoseTrack:
    share = float(track.seen.mean())
    if share < least_seen_share:
        raise NobodyInView(seen_share=round(share, 3))
    return track


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """MediaPipe's C++ writes banners to file descriptor 2 while it starts; they tell a user nothing."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
