"""What every test may need: the pose model, fetched once where it is missing."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

import pytest
from hypothesis import settings

from bot.commands.models import fetch_pose
from pipeline.assets import POSE_LANDMARKER

STARTED = pytest.StashKey[float]()
ROOT = Path(__file__).resolve().parents[1]

# A busy machine is no failed property; how fast things are has tests and `make bench` of its own.
settings.register_profile("untimed", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def pose_model() -> Path:
    """The verified pose model of this checkout's own data folder; test processes side by side fetch it once."""
    folder = Path(os.environ.get("SPOTTER_DATA_DIR", ROOT / "var")) / "models"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".fetching").open("w") as fetching:
        fcntl.flock(fetching, fcntl.LOCK_EX)
        return fetch_pose(POSE_LANDMARKER, folder)


def pytest_configure(config: pytest.Config) -> None:
    """The suite's own duration is one of the figures of `make bench`."""
    config.stash[STARTED] = time.perf_counter()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """See pytest_configure; runs of some tests say nothing about the suite."""
    config, asked = session.config, session.config.option
    cache = getattr(config, "cache", None)  # not there with -p no:cacheprovider
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not (asked.keyword or asked.markexpr)
    if cache and whole and session.testscollected:
        cache.set("spotter/suite_s", round(time.perf_counter() - config.stash[STARTED], 1))
