"""The taught networks as one ONNX file, their answers averaged: in single, half or eight-bit precision.

The graph is written node by node, normalisations multiplied into the convolutions before them. Half precision stores
the weights in 16 bits and calculates in 32 (no CPU here is quicker at 16); eight-bit calculates in integers where
onnxruntime can, scales of what flows found on real windows (largest value seen, symmetric), weights scaled per channel.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from pipeline.learn.logs.network import LogNetwork, pooled
from pipeline.motion.axes import SEEN
from pipeline.motion.windows import FRAMES, Floats

OPSET, IR = 17, 9  # read by every onnxruntime since 1.15
Precision = Literal["single", "half", "eight_bit"]
PRECISIONS: Final[tuple[Precision, ...]] = ("single", "half", "eight_bit")
LARGEST_SHARE: Final = 99.99  # percentile taken for the largest value that flows: one spike must not coarsen all others


class Graph:
    """Nodes and weights of one network as they are added; each method gives the name of what it made."""

    def __init__(self, prefix: str, precision: Precision, largest: Mapping[str, float]) -> None:
        self.prefix, self.precision, self.largest = prefix, precision, largest
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def node(self, kind: str, inputs: Sequence[str], name: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [self.prefix + name], **attributes))
        return self.prefix + name

    def constant(self, name: str, values: Any) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), self.prefix + name))
        return self.prefix + name

    def weight(self, name: str, values: Floats) -> str:
        """A weight to calculate with, stored as the precision says; its first axis is the output channel."""
        if self.precision == "single":
            return self.constant(name, values)
        if self.precision == "half":
            return self.node("Cast", [self.constant(f"{name}_half", values.astype(np.float16))], name, to=1)
        scale = np.abs(values).reshape(len(values), -1).max(axis=1).astype(np.float32) / 127 + np.float32(1e-12)
        small = np.round(values / scale.reshape(-1, *[1] * (values.ndim - 1))).astype(np.int8)
        parts = [self.constant(f"{name}_small", small), self.constant(f"{name}_scale", scale)]
        zero = self.constant(f"{name}_zero", np.zeros(len(scale), np.int8))
        return self.node("DequantizeLinear", [*parts, zero], name, axis=0)

    def flow(self, name: str) -> str:
        """The same values, rounded to eight bits where that is the precision."""
        if self.precision != "eight_bit":
            return name
        scale = self.constant(f"{name}_flow_scale", np.float32(self.largest[name] / 127 + 1e-12))
        zero = self.constant(f"{name}_flow_zero", np.int8(0))
        small = self.node("QuantizeLinear", [name, scale, zero], f"{name}_small")
        return self.node("DequantizeLinear", [small, scale, zero], f"{name}_rounded")

    def convolution(self, given: str, name: str, layer: nn.Conv2d, norm: nn.BatchNorm2d) -> str:
        weight, bias = folded(layer, norm)
        inputs = [given, self.weight(f"{name}_weight", weight), self.constant(f"{name}_bias", bias)]
        (_, stride), (_, padding) = layer.stride, layer.padding
        return self.node("Conv", inputs, name, strides=[stride], pads=[padding, padding])


def folded(layer: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[Floats, Floats]:
    """Weight and bias of the convolution with the normalisation after it multiplied in."""
    factor = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach().numpy()
    weight = layer.weight.detach().numpy()[:, :, 0] * factor[:, None, None]
    return weight, (norm.bias.detach().numpy() - norm.running_mean.numpy() * factor).astype(np.float32)


def export(
    networks: Sequence[LogNetwork],
    said: Mapping[str, Any],
    precision: Precision = "half",
    typical: Floats | None = None,
) -> bytes:
    """The file's bytes; `said` becomes its metadata, as JSON. Eight bits want `typical` channels (N, SEEN, FRAMES)."""
    graphs = [_graph(network, f"{number}_", precision, typical) for number, network in enumerate(networks)]
    mean = helper.make_node("Mean", [f"{graph.prefix}logs" for graph in graphs], ["mean_logs"])
    nodes = [*(node for graph in graphs for node in graph.nodes), mean]
    nodes.append(helper.make_node("LogSoftmax", ["mean_logs"], ["logs"], axis=1))
    return _written(nodes, [one for graph in graphs for one in graph.weights], networks[0].head.out_features, said)


def _graph(network: LogNetwork, prefix: str, precision: Precision, typical: Floats | None) -> Graph:
    """One network from the windows to its own logarithms."""
    largest = _largest(network, prefix, typical) if precision == "eight_bit" and typical is not None else {}
    graph = Graph(prefix, precision, largest)
    at = graph.flow(graph.node("Relu", [_stem(graph, network)], "stem_out"))
    for number, block in enumerate(network.blocks):
        at = _block(graph, at, f"block{number}", block)
    parts = [graph.node("ReduceMean", [at], "mean", axes=[2], keepdims=0), _most(graph, at)]
    both = graph.flow(graph.node("Concat", parts, "pooled", axis=1))
    head = graph.weight("head_weight", network.head.weight.detach().numpy())
    bias = graph.constant("head_bias", network.head.bias.detach().numpy())
    graph.node("LogSoftmax", [graph.node("Gemm", [both, head, bias], "logits", transB=1)], "logs", axis=1)
    return graph


def _stem(graph: Graph, network: LogNetwork) -> str:
    return graph.convolution(graph.flow("windows"), "stem", network.stem, network.stem_norm)


def _block(graph: Graph, at: str, name: str, block: Any) -> str:
    inside = graph.node("Relu", [graph.convolution(at, f"{name}_first", block.first, block.first_norm)], f"{name}_in")
    second = graph.convolution(graph.flow(inside), f"{name}_second", block.second, block.second_norm)
    short = graph.convolution(at, f"{name}_short", block.short, block.short_norm)
    return graph.flow(graph.node("Relu", [graph.node("Add", [second, short], f"{name}_sum")], f"{name}_out"))


def _most(graph: Graph, at: str) -> str:
    return graph.node("ReduceMax", [at], "most", axes=[2], keepdims=0)


def _largest(network: LogNetwork, prefix: str, typical: Floats) -> dict[str, float]:
    """The largest value that flows at each place, on typical windows."""
    found = {}
    with torch.no_grad():
        x = network.stemmed(torch.from_numpy(typical))
        found["stem_out"] = x.numpy()
        for number, block in enumerate(network.blocks):
            found[f"block{number}_in"] = torch.relu(block.first_norm(block.first(x))).numpy()
            x = block(x)
            found[f"block{number}_out"] = x.numpy()
        found["pooled"] = pooled(x[:, :, 0]).numpy()
    named = {"windows": typical, **{f"{prefix}{name}": values for name, values in found.items()}}
    return {name: float(np.percentile(np.abs(values), LARGEST_SHARE)) for name, values in named.items()}


def _written(nodes: Sequence[Any], weights: Sequence[Any], answers: int, said: Mapping[str, Any]) -> bytes:
    given = helper.make_tensor_value_info("windows", TensorProto.FLOAT, ["windows", SEEN, FRAMES])
    made = helper.make_tensor_value_info("logs", TensorProto.FLOAT, ["windows", answers])
    whole = helper.make_graph(nodes, "log_recogniser", [given], [made], weights)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    helper.set_model_props(model, {key: json.dumps(value) for key, value in said.items()})
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())
