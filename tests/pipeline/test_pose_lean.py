"""The lean pose bundle computes the same landmarks, without the mask."""

from __future__ import annotations

import errno
import zipfile
from pathlib import Path

import numpy as np
import pytest

from bot.commands.demo import sample_clip
from pipeline.pose.landmarker import PoseTracker
from pipeline.pose.lean import MEMBER, lean_copy, pruned
from pipeline.values import Array
from pipeline.video.decode import Sampling, frames


def landmarks(model: Path) -> Array:
    """(T, 33, 6) of the sample's first second, frame by frame."""
    tracker = PoseTracker(model)
    people = [tracker.track(frame.pixels) for frame in frames(sample_clip(), Sampling(rate_hz=10.0, limit_s=1.0))]
    tracker.close()
    return np.array([np.column_stack([p.image_px, p.world_m, p.visibility]) for p in people if p])


def test_landmarks_are_the_same_to_the_last_bit(pose_model: Path, tmp_path: Path) -> None:
    copy = tmp_path / "pose.task"
    copy.write_bytes(pose_model.read_bytes())
    lean = lean_copy(copy)
    assert lean != copy
    assert len(found := landmarks(lean)) >= 10
    assert np.array_equal(found, landmarks(copy))


def test_what_is_lean_already_stays_as_it_is(pose_model: Path) -> None:
    network = zipfile.ZipFile(pose_model).read(MEMBER)
    lean = pruned(network)
    assert lean != network
    assert len(lean) == len(network)
    assert pruned(lean) == lean


def test_a_folder_that_cannot_be_written_gives_the_model_itself(
    pose_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, data: bytes) -> int:
        raise OSError(errno.EROFS, str(path), len(data))

    monkeypatch.setattr(Path, "write_bytes", refused)
    assert lean_copy(pose_model) == pose_model
