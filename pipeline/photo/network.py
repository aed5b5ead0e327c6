"""The network that names still poses: one ONNX file that carries its own names and calibration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from pipeline.photo.features import features
from pipeline.photo.gate import EVEN, Gate
from pipeline.photo.shape import Shapes
from pipeline.recognize.network import open_session
from pipeline.values import Array


@dataclass(frozen=True, slots=True, eq=False)
class StillNetwork:
    """names (K,) its answers; temperature and sure_from (level by level) as chosen on photos it had not seen. gate, the
    gym network's alone, weighs it against the other."""

    names: tuple[str, ...]
    temperature: float
    sure_from: dict[str, float]
    session: Any
    gate: Gate = EVEN

    def probabilities(self, seen: Shapes) -> Array:
        """(N, K) calibrated, of N bodies; a body and its mirror image are answered alike."""
        both = [self._logs(one) for one in (seen, seen.mirrored())]
        return softened((both[0] + both[1]) / 2, self.temperature)

    def _logs(self, seen: Shapes) -> Array:
        taught_on = self.session.get_inputs()[0].shape[1]
        (logs,) = self.session.run(None, {"features": features(seen)[:, :taught_on]})
        return np.asarray(logs, dtype=np.float64)


@cache
def pose_network() -> StillNetwork:
    """The network for the yoga poses that ships with the project, opened once a process."""
    return open_still((resources.files("pipeline.weights") / "poses.onnx").read_bytes())


@cache
def gym_network() -> StillNetwork:
    """The network for gym exercises in photos, and for telling them from yoga; opened once a process."""
    return open_still((resources.files("pipeline.weights") / "pose_gym.onnx").read_bytes())


def open_still(model: bytes) -> StillNetwork:
    """The network in an ONNX file's bytes."""
    session = open_session(model)
    said = session.get_modelmeta().custom_metadata_map
    names, points = tuple(json.loads(said["names"])), json.loads(said["sure_from"])
    gate = Gate(**json.loads(said["gate"])) if "gate" in said else EVEN
    return StillNetwork(names, float(said["temperature"]), points, session, gate)


def softened(logs: Array, temperature: float) -> Array:
    """Probabilities (N, K) of logarithms (N, K) at this temperature."""
    scaled = logs / temperature
    likely = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True))
