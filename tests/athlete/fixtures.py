"""Clips for tests, filmed once: kept in pytest's own cache until the take or the code that draws it changes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.athlete.camera import Camera
from tests.athlete.film import film
from tests.athlete.take import Frames, Pace, Take, timeline
from tests.athlete.truth import Truth

PORTRAIT = Camera(yaw_deg=60.0, width_px=288, height_px=384)
LANDSCAPE = Camera(yaw_deg=60.0, height_m=1.0, distance_m=3.0, fov_deg=52.0, width_px=384, height_px=288)
LYING = ("push_up", "plank", "sit_up", "leg_raise", "bench_press")


@dataclass(frozen=True, slots=True)
class Filmed:
    """A clip on disk and what happens in it."""

    path: Path
    take: Take
    truth: Truth


Studio = Callable[[Take], Filmed]


def small_take(exercise: str, yaw_deg: float = 60.0, reps: int = 3) -> Take:
    """A short set at 24 Hz in a small picture, the camera as someone would hold it for this exercise."""
    camera = LANDSCAPE if exercise in LYING else PORTRAIT
    aimed = Camera(yaw_deg, camera.height_m, camera.distance_m, camera.fov_deg, 0.0, camera.width_px, camera.height_px)
    pace = Pace(eccentric_s=1.2, pause_s=0.2, concentric_s=0.8, rest_s=0.4)
    return Take(exercise, reps, pace, lead_in_s=0.6, lead_out_s=0.6, hold_s=5.0, frames=Frames(24.0), camera=aimed)


@pytest.fixture(scope="session")
def studio(request: pytest.FixtureRequest) -> Studio:
    """Films a take, or finds the clip that an earlier run filmed."""
    assert request.config.cache is not None
    shelf = request.config.cache.mkdir("athlete")

    def filmed(take: Take) -> Filmed:
        path = shelf / f"{take.exercise}-{_key(take)}.mp4"
        if path.exists():
            return Filmed(path, take, timeline(take).truth)
        unfinished = path.with_suffix(f".{os.getpid()}.part.mp4")  # two runs may film at once
        truth = film(take, unfinished)
        unfinished.replace(path)
        return Filmed(path, take, truth)

    return filmed


def _key(take: Take) -> str:
    return hashlib.sha256(repr(take).encode() + _sources()).hexdigest()[:16]


@cache
def _sources() -> bytes:
    folder = Path(__file__).parent
    files = sorted(path for path in folder.iterdir() if path.suffix in {".py", ".toml"} and "test" not in path.name)
    return b"".join(path.read_bytes() for path in files)
