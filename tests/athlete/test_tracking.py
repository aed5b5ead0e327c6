"""MediaPipe sees the athlete as a person: it finds them in every picture and follows the joints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.pose.estimator import PoseEstimator
from pipeline.values import Array, PoseTrack
from pipeline.video.decode import Sampling, frames
from tests.athlete import Frames, Pace, landmarks
from tests.athlete.fixtures import Studio, small_take

SEEN = 0.98  # share of pictures with a person in them
LEG = ([23, 25, 27], [24, 26, 28])
AGREES = 0.98  # correlation of the knee angle in the picture with the true one
KNEE_DEG = 10.0  # root mean square difference of the two


@pytest.mark.slow
def test_the_knee_angle_is_followed_side_on(studio: Studio, pose_model: Path) -> None:
    take = replace(small_take("squat", yaw_deg=80.0, reps=2), pace=Pace(1.0, 0.1, 0.8, 0.2), frames=Frames(15.0))
    with PoseEstimator(pose_model) as estimator:
        seen = estimator.track(frames(studio(take).path, Sampling()))
    true = landmarks(take)
    assert seen.seen.mean() >= SEEN
    at = np.searchsorted(true.times_s, seen.times_s - 1e-3)
    measured, expected = knee_deg(seen), knee_deg(true)[at]
    assert np.corrcoef(measured, expected)[0, 1] > AGREES
    assert np.sqrt(np.mean((measured - expected) ** 2)) < KNEE_DEG


def knee_deg(track: PoseTrack) -> Array:
    """(T,) the knee's angle in the picture, the mean of both legs."""
    both = []
    for hip, knee, ankle in LEG:
        thigh, shin = (track.image_px[:, end] - track.image_px[:, knee] for end in (hip, ankle))
        cosine = np.sum(thigh * shin, axis=1) / np.linalg.norm(thigh, axis=1) / np.linalg.norm(shin, axis=1)
        both.append(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
    return np.asarray(np.mean(both, axis=0))
