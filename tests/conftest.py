"""What holds for all tests: the pose model, fetched once where it is missing; which files begin; how long all took."""

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
# What takes a minute begins first, so that no test process ends with it while the others have nothing left to do.
LONGEST = (
    "tests/pipeline/test_rendered.py",
    "tests/bot/test_cli.py",
    "tests/sandbox/test_page.py",
    "tests/bot/test_faults.py",
    "tests/bot/test_bad_clips.py",
)

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of LONGEST come first, the others as they were."""
    places = {ROOT / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """See pytest_configure; runs of some tests say nothing about the suite."""
    config, asked = session.config, session.config.option
    cache = getattr(config, "cache", None)  # not there with -p no:cacheprovider
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not (asked.keyword or asked.markexpr)
    if cache and whole and session.testscollected:
        cache.set("spotter/suite_s", round(time.perf_counter() - config.stash[STARTED], 1))
