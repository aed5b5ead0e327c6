"""A member of another kind beside the dense networks, for windows in which all of the body is known.

Random convolutions of the channels over time, the window and its mirror image together, and a linear model of how much
of the time each is above its thresholds (after MiniRocket, Dempster 2021, doi 10.1145/3447548.3467231): it errs on
other clips than networks of summaries do. Asked for the name of a clip or set, not along a track: it is slower.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import onnxruntime

from pipeline.recognize.channels import Channels
from pipeline.recognize.decide import Calibration, beside
from pipeline.recognize.network import calibration_in, open_session, shipped
from pipeline.recognize.windows import Floats
from pipeline.values import Array

SHARE: Final = 0.3  # of a window's answer, the dense networks have the rest


@dataclass(frozen=True, slots=True, eq=False)
class Convolutions:
    """The member, and how sure answers are when it is asked beside the networks."""

    calibration: Calibration
    session: onnxruntime.InferenceSession

    def beside(self, logs: Array, rows: Floats) -> Array:
        """(N, K) logarithms: the networks' where the picture cuts somebody off, else theirs and this member's."""
        known = ~np.isnan(rows).any(axis=(1, 2))
        both = logs.copy()
        if known.any():
            both[known] = beside(logs[known], self.log_probabilities(rows[known]), SHARE)
        return both

    def log_probabilities(self, rows: Floats) -> Array:
        """(N, K) of N windows' channels (N, T, C) as they are joined."""
        (logs,) = self.session.run(None, {"channels": rows})
        return np.asarray(logs, dtype=np.float64)


def joined(seen: Channels) -> Floats:
    """(N, T, C) the centre's channels, the left side's, the right side's."""
    return np.concatenate([seen.centre, seen.left, seen.right], axis=2)


@cache
def convolutions() -> Convolutions:
    """The member that ships with the project, opened once a process."""
    return open_convolutions(shipped("recognizer_convolutions.onnx"))


def open_convolutions(model: bytes) -> Convolutions:
    """The member in an ONNX file's bytes."""
    session = open_session(model)
    return Convolutions(calibration_in(session), session)
