"""The recogniser's networks: two ONNX files, the first of which carries names and calibration."""

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
    chosen in cross-validation. cut_off answers for windows in which the picture's edge cuts somebody off."""

    names: tuple[str, ...]
    temperature: float
    working_point: float
    session: onnxruntime.InferenceSession
    cut_off: onnxruntime.InferenceSession
    kin_temperature: float = 1.0

    def calibrated(self, pooled: Array) -> Answers:
        """What a clip's pooled logarithms (K,) say."""
        return calibrate(self.names, pooled, self.temperature, self.kin_temperature)

    def log_probabilities(self, summaries: Floats) -> Array:
        """(N, K) of N windows' summaries (N, F), which have NaN where something is not known."""
        unknown = np.isnan(summaries).any(axis=1)
        logs = np.empty((len(summaries), len(self.names)))
        for rows, session in ((~unknown, self.session), (unknown, self.cut_off)):
            if rows.any():
                (logs[rows],) = session.run(None, {"summaries": summaries[rows]})
        return logs


@cache
def network() -> Network:
    """The networks that ship with the project, opened once a process."""
    files = (resources.files("pipeline.weights") / name for name in ("recognizer.onnx", "recognizer_cut_off.onnx"))
    return open_network(*(file.read_bytes() for file in files))


def open_network(model: bytes, cut_off: bytes) -> Network:
    """The networks in two ONNX files' bytes. Raises ValueError where the answers do not end with "unknown"."""
    session = open_session(model)
    said = session.get_modelmeta().custom_metadata_map
    names = tuple(json.loads(said["names"]))
    if names[-1] != UNKNOWN:
        raise ValueError(f"a recogniser's last answer is {UNKNOWN!r}, got {names[-1]!r}")
    kin_temperature = float(said.get("kin_temperature", "1"))
    sure = float(said["temperature"]), float(said["working_point"])
    return Network(names, *sure, session, open_session(cut_off), kin_temperature)


def open_session(model: bytes) -> onnxruntime.InferenceSession:
    """An ONNX file's bytes ready to run on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # workers share the machine: one clip, one core
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
