"""The recogniser's network: one ONNX file that carries its own names and calibration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import onnxruntime

from pipeline.recognize.decide import Answers, calibrate
from pipeline.recognize.windows import Floats
from pipeline.values import UNKNOWN, Array


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """names (K,) its answers, "unknown" last; temperatures (overall, among members of a family) and working_point as
    chosen in cross-validation."""

    names: tuple[str, ...]
    temperature: float
    working_point: float
    session: onnxruntime.InferenceSession
    kin_temperature: float = 1.0

    def calibrated(self, pooled: Array) -> Answers:
        """What a clip's pooled logarithms (K,) say."""
        return calibrate(self.names, pooled, self.temperature, self.kin_temperature)

    def log_probabilities(self, summaries: Floats) -> Array:
        """(N, K) of N windows' summaries."""
        (logs,) = self.session.run(None, {"summaries": summaries})
        return np.asarray(logs, dtype=np.float64)


@cache
def network() -> Network:
    """The network that ships with the project, opened once a process."""
    return open_network((resources.files("pipeline.weights") / "recognizer.onnx").read_bytes())


def open_network(model: bytes) -> Network:
    """The network in an ONNX file's bytes. Raises ValueError where its answers do not end with "unknown"."""
    session = open_session(model)
    said = session.get_modelmeta().custom_metadata_map
    names = tuple(json.loads(said["names"]))
    if names[-1] != UNKNOWN:
        raise ValueError(f"a recogniser's last answer is {UNKNOWN!r}, got {names[-1]!r}")
    kin_temperature = float(said.get("kin_temperature", "1"))
    return Network(names, float(said["temperature"]), float(said["working_point"]), session, kin_temperature)


def open_session(model: bytes) -> onnxruntime.InferenceSession:
    """An ONNX file's bytes ready to run on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # workers share the machine: one clip, one core
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
