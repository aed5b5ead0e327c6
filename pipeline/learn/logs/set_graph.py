"""Random convolutions of whole sets as an ONNX graph.

Convolutions are linear, so a signing of the sensor's axes is one of the kernels: each kernel is calculated once for
every way in which the axes that it sees can be signed, and every signing of the sensor takes its own of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from pipeline.learn.logs.export import IR, OPSET
from pipeline.learn.logs.set_kernels import KINDS, STRIDE, VIEWS, Flags, Indices, Kernels, signs_of
from pipeline.learn.random_kernels import KERNELS, TAPS

LAST: Final = 2  # axis: frames


@dataclass(frozen=True, slots=True, eq=False)
class Signed:
    """Kernels in every way that tells: (E,) which of the 84 each is, (E, channels) its channels' signs, 0 where it sees
    none, and (signings, 84) where each kernel is found for each signing of the sensor."""

    kernel: Indices
    signs: npt.NDArray[np.int8]
    place: Indices


class Graph:
    """Nodes and weights as they are added; each method gives the name of what it made."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def node(self, kind: str, inputs: Sequence[str], name: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, name: str, values: Any) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def once(self, name: str, values: Any) -> str:
        """Stored once, whoever asks for it."""
        return name if any(one.name == name for one in self.weights) else self.constant(name, values)

    def single(self, name: str, values: Any) -> str:
        """Stored as it comes, calculated with in 32 bits."""
        return self.single_of(self.constant(f"{name}_stored", values), name)

    def single_of(self, given: str, name: str) -> str:
        """The same values in 32 bits."""
        return self.node("Cast", [given], name, to=TensorProto.FLOAT)

    def places(self, name: str, values: Indices) -> str:
        """Stored in 16 bits, wide enough to look things up by."""
        return self.node("Cast", [self.constant(f"{name}_stored", values.astype(np.int16))], name, to=TensorProto.INT32)

    def over_time(self, given: str, name: str) -> str:
        """The mean of all frames."""
        return self.node("ReduceMean", [given], name, axes=[LAST], keepdims=1)

    def written(self, outputs: Mapping[str, int], said: Mapping[str, str]) -> bytes:
        """The file's bytes; outputs with how many columns each has."""
        given = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, view.channels, f"{name}_frames"])
            for name, view in VIEWS.items()
        ]
        made = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, count]) for name, count in outputs.items()
        ]
        whole = helper.make_graph(self.nodes, "log_sets", given, made, self.weights)
        model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
        helper.set_model_props(model, dict(said))
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())


def signed(channels: Flags, axes: int) -> Signed:
    """The kernels that see these channels (84, C), the first `axes` of which may be signed otherwise."""
    signings = signs_of(axes, channels.shape[1])
    every = channels * signings[:, None]  # (signings, 84, C)
    named = np.concatenate([np.broadcast_to(np.arange(len(channels))[:, None], (*every.shape[:2], 1)), every], axis=2)
    rows, place = np.unique(named.reshape(-1, named.shape[2]), axis=0, return_inverse=True)
    return Signed(rows[:, 0], rows[:, 1:].astype(np.int8), place.reshape(every.shape[:2]))


def add_features(graph: Graph, kernels: Kernels, kind: str, draw: int = 0) -> str:
    """(signings, features) of the views of a kind: see `_above`."""
    made = [
        _pooled(graph, name, number, kernels, f"{draw}_{name}{number}")
        for name in KINDS[kind]
        for number in range(len(VIEWS[name].dilations))
    ]
    return graph.node("Concat", made, f"{draw}_{kind}_features", axis=1)


def _pooled(graph: Graph, name: str, number: int, kernels: Kernels, own: str) -> str:
    every = signed(kernels.channels[name][number], VIEWS[name].signed)
    kernel = graph.places(f"{own}_kernel", every.kernel)
    flowing = _flowing(graph, own, name, _weight(graph, own, kernel, every.signs), VIEWS[name].dilations[number])
    stored = graph.constant(f"{own}_thresholds", kernels.thresholds[name][number][:, :, None])
    both = _above(graph, own, flowing, graph.node("Gather", [stored, kernel], f"{own}_threshold", axis=0))
    place = graph.places(f"{own}_place", every.place)
    return graph.node("Flatten", [graph.node("Gather", [both, place], f"{own}_signed", axis=0)], f"{own}_flat", axis=1)


def _weight(graph: Graph, own: str, kernel: str, signs: npt.NDArray[np.int8]) -> str:
    """(E, channels, TAPS), put together when the file is opened."""
    every = graph.once("kernels", KERNELS[:, None].astype(np.float32))
    taps = graph.node("Gather", [every, kernel], f"{own}_taps", axis=0)
    return graph.node("Mul", [graph.single(f"{own}_signs", signs[:, :, None]), taps], f"{own}_weight")


def _flowing(graph: Graph, own: str, given: str, weight: str, dilation: int) -> str:
    """(E, 1, frames) what each kernel makes of the view."""
    padding = dilation * (TAPS // 2)
    shape = {"strides": [STRIDE], "dilations": [dilation], "pads": [padding, padding]}
    flowing = graph.node("Conv", [given, weight], f"{own}_flowing", **shape)
    return graph.node("Transpose", [flowing], f"{own}_tall", perm=[1, 0, 2])


def _above(graph: Graph, own: str, tall: str, threshold: str) -> str:
    """(E, 2 thresholds) the share of time above each, and the root of the mean of how far above.

    The mean of the larger of both, less the threshold, is half the work of the mean of what is above; where nothing is
    it is 0 but for rounding, which the root would magnify.
    """
    share = graph.over_time(
        graph.single_of(graph.node("Greater", [tall, threshold], f"{own}_is"), f"{own}_are"), f"{own}_share"
    )
    larger = graph.over_time(graph.node("Max", [tall, threshold], f"{own}_max"), f"{own}_mean")
    above = graph.node("Relu", [graph.node("Sub", [larger, threshold], f"{own}_apart")], f"{own}_above")
    some = graph.node("Sign", [share], f"{own}_some")
    far = graph.node("Mul", [graph.node("Sqrt", [above], f"{own}_root"), some], f"{own}_far")
    return graph.node("Flatten", [graph.node("Concat", [share, far], f"{own}_both", axis=1)], f"{own}_wide", axis=1)
