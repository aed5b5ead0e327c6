"""Random convolutions of whole sets as an ONNX graph.

Convolutions are linear, so changing the signs of the sensor's axes is the same as changing those of the kernels: each
kernel is calculated once for every choice of signs of its axes, and every choice for the sensor picks its own of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from onnx import TensorProto

from pipeline.learn.logs.set_kernels import KINDS, STRIDE, VIEWS, Kernels, signs_of
from pipeline.learn.onnx_graph import Graph
from pipeline.learn.random_kernels import KERNELS, TAPS
from pipeline.values import Indices, Mask

LAST: Final = 2  # axis: frames


@dataclass(frozen=True, slots=True, eq=False)
class Signed:
    """Kernels in every way that tells: (E,) which of the 84 each is, (E, channels) its channels' signs, 0 where it sees
    none, and (signings, 84) where each kernel is found for each signing of the sensor."""

    kernel: Indices
    signs: npt.NDArray[np.int8]
    place: Indices


def signed(channels: Mask, axes: int) -> Signed:
    """The kernels that see these channels (84, C), the first `axes` of which may be signed otherwise."""
    signings = signs_of(axes, channels.shape[1])
    every = channels * signings[:, None]  # (signings, 84, C)
    named = np.concatenate([np.broadcast_to(np.arange(len(channels))[:, None], (*every.shape[:2], 1)), every], axis=2)
    rows, place = np.unique(named.reshape(-1, named.shape[2]), axis=0, return_inverse=True)
    return Signed(rows[:, 0], rows[:, 1:].astype(np.int8), place.reshape(every.shape[:2]))


def add_features(graph: Graph, kernels: Kernels, kind: str) -> str:
    """(signings, features) of the views of a kind: see `_above`."""
    made = [
        _pooled(graph, kernels, name, number) for name in KINDS[kind] for number in range(len(VIEWS[name].dilations))
    ]
    return graph.step("Concat", made, axis=1)


def _pooled(graph: Graph, kernels: Kernels, name: str, number: int) -> str:
    every = signed(kernels.channels[name][number], VIEWS[name].signed)
    kernel = _places(graph, every.kernel)
    flowing = _flowing(graph, name, _weight(graph, kernel, every.signs), VIEWS[name].dilations[number])
    stored = graph.constant(kernels.thresholds[name][number][:, :, None])
    both = _above(graph, flowing, graph.step("Gather", [stored, kernel], axis=0))
    return graph.step("Flatten", [graph.step("Gather", [both, _places(graph, every.place)], axis=0)], axis=1)


def _places(graph: Graph, values: Indices) -> str:
    """Stored in 16 bits, wide enough to look things up by."""
    return graph.stored(values.astype(np.int16), TensorProto.INT32)


def _weight(graph: Graph, kernel: str, signs: npt.NDArray[np.int8]) -> str:
    """(E, channels, TAPS), put together when the file is opened."""
    every = graph.once("kernels", KERNELS[:, None].astype(np.float32))
    taps = graph.step("Gather", [every, kernel], axis=0)
    return graph.step("Mul", [graph.stored(signs[:, :, None]), taps])


def _flowing(graph: Graph, given: str, weight: str, dilation: int) -> str:
    """(E, 1, frames) what each kernel makes of the view."""
    padding = dilation * (TAPS // 2)
    inputs = [given, weight]
    flowing = graph.step("Conv", inputs, strides=[STRIDE], dilations=[dilation], pads=[padding, padding])
    return graph.step("Transpose", [flowing], perm=[1, 0, 2])


def _above(graph: Graph, tall: str, threshold: str) -> str:
    """(E, 2 thresholds) the share of time above each, and the root of the mean of how far above.

    The mean of the larger of both, less the threshold, is half the work of the mean of what is above; where nothing is
    it is 0 but for rounding, which the root would magnify.
    """
    is_above = graph.step("Cast", [graph.step("Greater", [tall, threshold])], to=TensorProto.FLOAT)
    share = graph.over("ReduceMean", is_above, LAST, kept=True)
    larger = graph.over("ReduceMean", graph.step("Max", [tall, threshold]), LAST, kept=True)
    above = graph.step("Relu", [graph.step("Sub", [larger, threshold])])
    far = graph.step("Mul", [graph.step("Sqrt", [above]), graph.step("Sign", [share])])
    return graph.step("Flatten", [graph.step("Concat", [share, far], axis=1)], axis=1)
