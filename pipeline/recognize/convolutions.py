"""A second kind of member beside the dense networks, for windows in which the whole body is known: random convolutions.

Random convolutions of the channels over time, of the window and its mirror image, and a linear model of how much of the
time each is above its thresholds (after MiniRocket, Dempster 2021, doi 10.1145/3447548.3467231). It makes other errors
than the dense networks. It is slower, so it is asked for the name of a clip or set, not along a track.
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
from pipeline.values import Array, Floats

SHARE: Final = 0.3  # weight in a window's answer; the dense networks have the rest


@dataclass(frozen=True, slots=True, eq=False)
class Convolutions:
    """The convolutional member, and the calibration of both kinds of member together."""

    calibration: Calibration
    session: onnxruntime.InferenceSession

    def beside(self, logs: Array, rows: Floats) -> Array:
        """(N, K) log probabilities: both kinds together, or the dense networks' alone where the picture's edge cuts the
        body off.
        """
        known = ~np.isnan(rows).any(axis=(1, 2))
        both = logs.copy()
        if known.any():
            both[known] = beside(logs[known], self.log_probabilities(rows[known]), SHARE)
        return both

    def log_probabilities(self, rows: Floats) -> Array:
        """(N, K) log probabilities of N windows' channels (N, T, C), in the order of `joined`."""
        (logs,) = self.session.run(None, {"channels": rows})
        return np.asarray(logs, dtype=np.float64)


def joined(seen: Channels) -> Floats:
    """(N, T, C): the channels of the centre, the left side and the right side."""
    return np.concatenate([seen.centre, seen.left, seen.right], axis=2)


@cache
def convolutions() -> Convolutions:
    """The member that ships with the project, loaded once a process."""
    return open_convolutions(shipped("recognizer_convolutions.onnx"))


def open_convolutions(model: bytes) -> Convolutions:
    """The member in an ONNX file's bytes."""
    session = open_session(model)
    return Convolutions(calibration_in(session), session)
