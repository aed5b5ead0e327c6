"""The recogniser's files, and the effect of storing their weights in fewer bits: bytes, time, answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from pipeline.learn.clips.export import export
from pipeline.learn.clips.lessons import answers
from pipeline.learn.clips.network import Team
from pipeline.learn.clips.ridge import Ridge, export_ridge
from pipeline.learn.onnx_graph import WEIGHT_TYPES, Precision
from pipeline.recognize.convolutions import Convolutions, open_convolutions
from pipeline.recognize.decide import Calibration
from pipeline.recognize.network import Network, open_network
from pipeline.values import Array, Floats

NAMING: Final = (14, 14)  # windows of a clip of 30 s: those that name it, those that name the sets it is cut into
ALONG: Final = 34  # and those that tell where something else begins, of which only the networks are asked
TIMED: Final = 20  # times


@dataclass(frozen=True, slots=True, eq=False)
class Recognizer:
    """All trained parts: networks, their calibration alone, convolutions, the calibration of both together."""

    team: Team
    alone: Calibration
    ridge: Ridge
    together: Calibration
    seed: int

    def said(self, sure: Calibration) -> dict[str, Any]:
        """What a file says of itself."""
        return {"names": answers(), **asdict(sure), "seed": self.seed}

    def files(self, precision: Precision = "half") -> dict[str, bytes]:
        """By name."""
        alone, together = (self.said(one) for one in (self.alone, self.together))
        return {
            "recognizer.onnx": export(self.team.whole, alone, precision),
            "recognizer_cut_off.onnx": export(self.team.cut_off, alone, precision),
            "recognizer_convolutions.onnx": export_ridge(self.ridge, together, precision),
        }


@dataclass(frozen=True, slots=True, eq=False)
class EvaluatedWindows:
    """Windows with summaries (N, F), channels (N, T, C), and the unrounded networks' log probabilities (N, K)."""

    summaries: Floats
    channels: Floats
    logs: Array


def precisions(recognizer: Recognizer, shown: EvaluatedWindows) -> dict[str, dict[str, float]]:
    """Of each way to store the weights: size, time, how many first names stay, the largest change of a probability."""
    rows = {precision: _figures(recognizer.files(precision), shown) for precision in WEIGHT_TYPES}
    return {key: {name: round(value, 4) for name, value in row.items()} for key, row in rows.items()}


def _figures(files: Mapping[str, bytes], shown: EvaluatedWindows) -> dict[str, float]:
    *dense, convolved = files.values()
    network, member = open_network(*dense), open_convolutions(convolved)
    found = np.exp(member.beside(network.log_probabilities(shown.summaries), shown.channels))
    exact = np.exp(shown.logs)
    return {
        "bytes": sum(len(model) for model in files.values()),
        "window_ms": _time_ms(lambda: _name(network, member, shown, 1)),
        "clip_ms": _time_ms(lambda: _name_clip(network, member, shown)),
        "same": float((found.argmax(axis=1) == exact.argmax(axis=1)).mean()),
        "off": float(np.abs(found - exact).max()),
    }


def _name_clip(network: Network, member: Convolutions, shown: EvaluatedWindows) -> None:
    """What a clip of 30 s takes."""
    network.log_probabilities(shown.summaries[:ALONG])
    for count in NAMING:
        _name(network, member, shown, count)


def _name(network: Network, member: Convolutions, shown: EvaluatedWindows, count: int) -> None:
    member.beside(network.log_probabilities(shown.summaries[:count]), shown.channels[:count])


def _time_ms(asked: Callable[[], None]) -> float:
    """Of processor, the median of TIMED times."""
    taken = []
    for _ in range(TIMED):
        started = time.process_time()
        asked()
        taken.append(time.process_time() - started)
    return float(np.median(taken)) * 1000
