"""MediaPipe's Pose Landmarker: pictures in, people out. The only importer of MediaPipe at run time.

`PoseTracker` tracks one person through one part of a clip and is then reset: what it remembers (where the person was)
must not reach the next clip, which may be another user's. `PeopleDetector` finds everybody in a single picture.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from pipeline.pose.person import Person
from pipeline.pose.visibility import RawVisibility
from pipeline.video.pixels import Pixels

MIN_CONFIDENCE: Final = 0.5  # MediaPipe's own default, of detection, presence and tracking

# In video mode MediaPipe smooths landmarks with a one-euro filter, which lags by 20 to 30 ms, more where a movement
# starts slowly. The filter weighs a new frame by the time since the last one; with timestamps a day apart it takes
# each frame as it is. Nothing else in the graph uses the timestamps.
_TICK_MS = 100_000_000
_LEAP_MS = 100_000_000_000  # between two clips: at a day 0.007 mm of the last body were left in the filter's 32 bits
_LATEST_MS = 2**63 // 10**6 // 2  # MediaPipe's filters count nanoseconds in 63 bits: renewed at half
_RESETS_WITHIN = 3  # frames without anybody; MediaPipe drops a person on the first
_DARKNESS: Pixels = np.zeros((64, 64, 3), dtype=np.uint8)


class PoseTracker:
    """Tracks one person from picture to picture until it is reset."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._begin()

    def track(self, pixels: Pixels) -> Person | None:
        """The person in the next picture, with the visibility of this picture alone; None where nobody is found."""
        self._clock_ms += _TICK_MS
        found = self._landmarker.detect_for_video(_image(pixels), self._clock_ms)
        person = next(iter(_people(found, pixels)), None)
        return replace(person, visibility=self._raw_visibility(person.visibility)) if person else None

    def reset(self) -> None:
        """Forget the person: what was tracked before has no influence on what comes next."""
        self._clock_ms += _LEAP_MS
        if self._clock_ms < _LATEST_MS and any(self.track(_DARKNESS) is None for _ in range(_RESETS_WITHIN)):
            return
        self.close()
        self._begin()

    def close(self) -> None:
        """The network is released."""
        self._landmarker.close()

    def _begin(self) -> None:
        self._landmarker = _landmarker(self._model, vision.RunningMode.VIDEO, 1)
        self._raw_visibility, self._clock_ms = RawVisibility(), 0


class PeopleDetector:
    """Detects everybody in single pictures, independently of the pictures before."""

    def __init__(self, model: Path, most_people: int) -> None:
        self._landmarker = _landmarker(model, vision.RunningMode.IMAGE, most_people)

    def detect(self, pixels: Pixels) -> tuple[Person, ...]:
        """Everybody in the picture, the likeliest first."""
        return _people(self._landmarker.detect(_image(pixels)), pixels)

    def close(self) -> None:
        """The network is released."""
        self._landmarker.close()


def _landmarker(model: Path, mode: Any, poses: int) -> Any:
    wanted = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model)),
        running_mode=mode,
        num_poses=poses,
        min_pose_detection_confidence=MIN_CONFIDENCE,
        min_pose_presence_confidence=MIN_CONFIDENCE,
        min_tracking_confidence=MIN_CONFIDENCE,
    )
    with _quiet_stderr():
        return vision.PoseLandmarker.create_from_options(wanted)


def _image(pixels: Pixels) -> Any:
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=pixels)


def _people(found: Any, pixels: Pixels) -> tuple[Person, ...]:
    height_px, width_px, _ = pixels.shape
    return tuple(
        Person(
            image_px=np.array([(point.x * width_px, point.y * height_px) for point in image]),
            world_m=np.array([(point.x, point.y, point.z) for point in world]),
            visibility=np.array([point.visibility for point in image]),
        )
        for image, world in zip(found.pose_landmarks, found.pose_world_landmarks, strict=True)
    )


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
