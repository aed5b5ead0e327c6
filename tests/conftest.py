"""What every test may need: the pose model, fetched once where it is missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.commands.models import fetch_pose
from pipeline.assets import POSE_LANDMARKER

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def pose_model() -> Path:
    """The verified pose model of this checkout's own data folder."""
    return fetch_pose(POSE_LANDMARKER, Path(os.environ.get("SPOTTER_DATA_DIR", ROOT / "var")) / "models")
