"""Load and run the network that names what a log shows: one ONNX file with its answers and calibration."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np

from pipeline.motion.axes import along_axes
from pipeline.motion.set_network import SetNetwork, set_network
from pipeline.motion.windows import Windows
from pipeline.recognize.network import open_session
from pipeline.values import UNKNOWN, Array, Floats

REST: Final = "rest"
# No barbell was ever recorded with a gyroscope: rotation must not speak for exercises, only tell these apart.
TOLD_BY_ROTATION: Final = ("cross", "hook", "jab", "uppercut", REST, UNKNOWN)
AT_ONCE: Final = 64  # windows a run: more only costs memory


@dataclass(frozen=True, slots=True)
class Calibration:
    """The temperature of the answers, and the working point from which one is given without asking; chosen on held-out
    people.
    """

    temperature: float
    working_point: float


@dataclass(frozen=True, slots=True, eq=False)
class LogNetwork:
    """The network and its calibrations, with gravity and without.

    classes (C,): its answers, "rest" and "unknown" last. `sets`: the network of whole sets, which tells exercises apart
    better than windows do; `no_gravity_sets`: that of sets without gravity. Either may be missing.
    """

    classes: tuple[str, ...]
    calibration: Calibration
    without_gravity: Calibration
    session: Any
    sets: SetNetwork | None = None
    no_gravity_sets: SetNetwork | None = None

    def of_sets(self, *, has_gravity: bool) -> SetNetwork | None:
        return self.sets if has_gravity else self.no_gravity_sets

    def calibrated(self, *, has_gravity: bool) -> Calibration:
        return self.calibration if has_gravity else self.without_gravity

    def log_probabilities(self, windows: Windows) -> Array:
        """(N, C) of N windows; with a gyroscope, see `with_rotation`."""
        plain = self._of(windows.without_gyroscope())
        return with_rotation(plain, self._of(windows), self.classes) if windows.gyroscope else plain

    def _of(self, windows: Windows) -> Array:
        gyroscope = np.full(len(windows), windows.gyroscope, dtype=np.float32)
        every = (windows.acceleration_m_s2, windows.rotation_rad_s, gyroscope)
        starts = range(0, len(windows), AT_ONCE)
        parts = [self.run(along_axes(*(part[start : start + AT_ONCE] for part in every))) for start in starts]
        return np.concatenate([np.empty((0, len(self.classes))), *parts])

    def run(self, seen: Floats) -> Array:
        """(N, C) of N windows as projected by `along_axes`."""
        (logs,) = self.session.run(None, {"windows": seen})
        return np.asarray(logs, dtype=np.float64)


def with_rotation(plain: Array, turned: Array, classes: Sequence[str]) -> Array:
    """(N, C) log probabilities without a gyroscope; the shares within TOLD_BY_ROTATION halfway to those with it.

    The sum over TOLD_BY_ROTATION stays. A network trained on a gyroscope with punches and never with a barbell takes it
    for a sign of punches: of uLift's sets with a made-up one 35 % were named right, without it 87.
    """
    rows = [classes.index(name) for name in TOLD_BY_ROTATION if name in classes]
    halfway = (plain[:, rows] + turned[:, rows]) / 2
    together = np.logaddexp.reduce(plain[:, rows], axis=1) - np.logaddexp.reduce(halfway, axis=1)
    joined = plain.copy()
    joined[:, rows] = halfway + together[:, None]
    return joined


@cache
def network() -> LogNetwork:
    """The network that ships with the project, loaded once a process."""
    return open_network(
        (resources.files("pipeline.weights") / "motion.onnx").read_bytes(), set_network(), set_network(gravity=False)
    )


def open_network(model: bytes, sets: SetNetwork | None = None, no_gravity_sets: SetNetwork | None = None) -> LogNetwork:
    """The network in an ONNX file's bytes. Raises ValueError where its answers do not end with "rest", "unknown"."""
    session = open_session(model)
    said = {key: json.loads(text) for key, text in session.get_modelmeta().custom_metadata_map.items()}
    classes = tuple(said["classes"])
    if classes[-2:] != (REST, UNKNOWN):
        raise ValueError(f"the last answers are {REST!r} and {UNKNOWN!r}, got {classes[-2:]!r}")
    plain, bare = (Calibration(**said[key]) for key in ("calibration", "without_gravity"))
    return LogNetwork(classes, plain, bare, session, sets, no_gravity_sets)
