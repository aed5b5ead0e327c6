"""Load and run the recogniser's dense networks: ONNX files that carry their names and calibration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import onnxruntime

from pipeline.recognize.decide import Answers, Calibration
from pipeline.values import UNKNOWN, Array, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The dense networks. names (K,): their answers, "unknown" last; calibration: chosen in cross-validation; cut_off:
    the network for windows in which the picture's edge cuts the body off.
    """

    names: tuple[str, ...]
    calibration: Calibration
    session: onnxruntime.InferenceSession
    cut_off: onnxruntime.InferenceSession

    def calibrated(self, pooled: Array) -> Answers:
        """The calibrated answer of a clip's pooled log probabilities (K,)."""
        return self.calibration.answers(self.names, pooled)

    def log_probabilities(self, summaries: Floats) -> Array:
        """(N, K) of N windows' summaries (N, F), which have NaN where something is unknown."""
        unknown = np.isnan(summaries).any(axis=1)
        logs = np.empty((len(summaries), len(self.names)))
        for rows, session in ((~unknown, self.session), (unknown, self.cut_off)):
            if rows.any():
                (logs[rows],) = session.run(None, {"summaries": summaries[rows]})
        return logs


@cache
def network() -> Network:
    """The networks that ship with the project, loaded once a process."""
    return open_network(*(shipped(name) for name in ("recognizer.onnx", "recognizer_cut_off.onnx")))


def open_network(model: bytes, cut_off: bytes) -> Network:
    """The networks in two ONNX files' bytes. Raises ValueError where the answers do not end with "unknown"."""
    session = open_session(model)
    names = tuple(json.loads(session.get_modelmeta().custom_metadata_map["names"]))
    if names[-1] != UNKNOWN:
        raise ValueError(f"a recogniser's last answer is {UNKNOWN!r}, got {names[-1]!r}")
    return Network(names, calibration_in(session), session, open_session(cut_off))


def calibration_in(session: onnxruntime.InferenceSession) -> Calibration:
    """The calibration stored in the file."""
    said = session.get_modelmeta().custom_metadata_map
    return Calibration(
        float(said["temperature"]),
        float(said.get("kin_temperature", "1")),
        float(said["working_point"]),
        float(said.get("short_power", "0")),
    )


def shipped(name: str) -> bytes:
    """The path of a file in `pipeline/weights`. Raises FileNotFoundError where it is missing."""
    return (resources.files("pipeline.weights") / name).read_bytes()


def open_session(model: bytes) -> onnxruntime.InferenceSession:
    """A session for an ONNX file's bytes, on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # workers share the machine: one clip, one core
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would never free the memory of the longest clip
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
