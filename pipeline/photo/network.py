"""The networks that name still bodies: an ONNX file each that carries its own names and calibration."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np

from pipeline.photo.shape import Shapes
from pipeline.photo.space import Bodies, rows_of
from pipeline.recognize.decide import softmax
from pipeline.recognize.network import open_session
from pipeline.values import Array

AT_ONCE: Final = 128  # bodies, half a minute of a flow: of five minutes at once a network would take 200 MB


@dataclass(frozen=True, slots=True, eq=False)
class StillNetwork:
    """names (K,) its answers; temperature and sure_from (level by level; the stills' network has one a kind) as chosen
    on stills it had not seen. weighing, the stills' network's alone: how poses and exercises are weighed together."""

    names: tuple[str, ...]
    temperature: float
    sure_from: dict[str, Any]
    session: Any = field(repr=False)
    weighing: dict[str, float] = field(default_factory=dict)

    def probabilities(self, seen: Shapes | Bodies) -> Array:
        """(N, K) calibrated, of N bodies; a body and its mirror image are answered alike."""
        return softmax(self.logs(seen), self.temperature)

    def logs(self, seen: Shapes | Bodies) -> Array:
        """(N, K) logarithms, not calibrated, the mean of the body's and of its mirror image's."""
        both = [self._logs(one) for one in (seen, seen.mirrored())]
        return np.asarray((both[0] + both[1]) / 2)

    def _logs(self, seen: Shapes | Bodies) -> Array:
        taught_on = self.session.get_inputs()[0].shape[1]
        rows = rows_of(seen)[:, :taught_on]
        parts = [rows[first : first + AT_ONCE] for first in range(0, max(1, len(rows)), AT_ONCE)]
        logs = [self.session.run(None, {"features": part})[0] for part in parts]
        return np.concatenate(logs, dtype=np.float64)


@cache
def pose_network() -> StillNetwork:
    """The network for the yoga poses that ships with the project, opened once a process."""
    return _shipped("poses.onnx")


@cache
def still_network() -> StillNetwork:
    """The network for poses and exercises alike that ships with the project; opened once a process."""
    return _shipped("pose_stills.onnx")


@cache
def space_network() -> StillNetwork:
    """The network for exercises in space that ships with the project; opened once a process."""
    return _shipped("pose_space.onnx")


def _shipped(name: str) -> StillNetwork:
    return open_still((resources.files("pipeline.weights") / name).read_bytes())


def open_still(model: bytes) -> StillNetwork:
    """The network in an ONNX file's bytes."""
    session = open_session(model)
    said = session.get_modelmeta().custom_metadata_map
    names, points, weighing = (json.loads(said.get(key, "{}")) for key in ("names", "sure_from", "weighing"))
    return StillNetwork(tuple(names), float(said["temperature"]), points, session, weighing)
