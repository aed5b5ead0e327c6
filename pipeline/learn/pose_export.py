"""Taught networks as one ONNX file: features in, mean logarithm of the members' answers out."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from pipeline.learn.pose_network import CUT, Lessons, Member
from pipeline.photo.network import open_still
from pipeline.photo.shape import Floats

OPSET, IR = 20, 10  # the first opset with Gelu; read by every onnxruntime since 1.17
INPUT: Final = "features"
OUTPUT: Final = "logs"
TIMED: Final = 100  # stills


def export(members: Sequence[Member], said: Mapping[str, Any], weight_type: type = np.float16) -> bytes:
    """One ONNX file of the ensemble; `said` becomes its metadata, what is no text as JSON."""
    graph = _Graph(weight_type)
    low, high = (graph.constant(np.array(sign * CUT, np.float32)) for sign in (-1, 1))
    logs = [_member(graph, member, low, high) for member in members]
    graph.step("Mean", logs, OUTPUT)
    model = helper.make_model(
        graph.made(len(members[0].middle), members[0].net.last[-1].out_features),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR,
    )
    helper.set_model_props(model, {k: v if isinstance(v, str) else json.dumps(v) for k, v in said.items()})
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


class _Graph:
    """Nodes and weights as they come, every value with a name of its own."""

    def __init__(self, weight_type: type) -> None:
        self._type, self._nodes, self._weights, self._count = weight_type, list[Any](), list[Any](), 0

    def step(self, kind: str, inputs: Sequence[str], output: str | None = None, **options: Any) -> str:
        """The name of what the operator gives."""
        name = output or self._name()
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **options))
        return name

    def constant(self, values: Floats) -> str:
        """Values kept as they are."""
        name = self._name()
        self._weights.append(numpy_helper.from_array(values, name))
        return name

    def weights(self, values: Floats) -> str:
        """Values kept in the graph's type of weights and used in single precision."""
        if self._type is np.float32:
            return self.constant(values.astype(np.float32))
        if self._type is np.int8:
            return self._eight_bit(values)
        return self.step("Cast", [self.constant(values.astype(self._type))], to=TensorProto.FLOAT)

    def _eight_bit(self, values: Floats) -> str:
        """Values as whole numbers of one step an output, used in single precision."""
        step = np.maximum(np.abs(values).max(axis=0, keepdims=True) / 127, 1e-8).astype(np.float32)
        whole = self.step("Cast", [self.constant(np.round(values / step).astype(np.int8))], to=TensorProto.FLOAT)
        return self.step("Mul", [whole, self.constant(step)])

    def linear(self, at: str, layer: nn.Linear) -> str:
        """The layer applied."""
        product = self.step("MatMul", [at, self.weights(layer.weight.detach().numpy().T)])
        return self.step("Add", [product, self.constant(layer.bias.detach().numpy())])

    def normalised(self, at: str, layer: nn.BatchNorm1d) -> str:
        """Batch normalisation with its running figures."""
        deviation = np.sqrt(layer.running_var.numpy() + layer.eps)
        factor = layer.weight.detach().numpy() / deviation
        shift = layer.bias.detach().numpy() - layer.running_mean.numpy() * factor
        return self.step("Add", [self.step("Mul", [at, self.constant(factor)]), self.constant(shift)])

    def sequence(self, at: str, layers: nn.Sequential) -> str:
        """The layers applied in order; dropout is nothing once a network is taught."""
        for layer in layers:
            if isinstance(layer, nn.Linear):
                at = self.linear(at, layer)
            elif isinstance(layer, nn.BatchNorm1d):
                at = self.normalised(at, layer)
            elif isinstance(layer, nn.GELU):
                at = self.step("Gelu", [at])
        return at

    def made(self, inputs: int, answers: int) -> Any:
        """The graph from INPUT (bodies, inputs) to OUTPUT (bodies, answers)."""
        given = helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["bodies", inputs])
        said = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["bodies", answers])
        return helper.make_graph(self._nodes, "pose", [given], [said], self._weights)

    def _name(self) -> str:
        self._count += 1
        return f"v{self._count}"


def _member(graph: _Graph, member: Member, low: str, high: str) -> str:
    at = graph.step("Sub", [INPUT, graph.constant(member.middle)])
    at = graph.step("Clip", [graph.step("Div", [at, graph.constant(member.width)]), low, high])
    at = graph.sequence(at, member.net.first)
    for block in member.net.blocks:
        at = graph.step("Add", [at, graph.sequence(at, block)])
    return graph.step("LogSoftmax", [graph.sequence(at, member.net.last)], axis=1)


def precisions(members: Sequence[Member], said: Mapping[str, Any], tested: Lessons) -> dict[str, dict[str, float]]:
    """Size, hits and milliseconds a still (with its mirror image, alone, on one core) at each type of weights."""
    rows = {}
    for name, weight_type in (("single", np.float32), ("half", np.float16), ("eight_bit", np.int8)):
        model = export(members, said, weight_type)
        network = open_still(model)
        right = network.probabilities(tested.seen).argmax(axis=1) == tested.answer
        started = time.perf_counter()
        for place in range(TIMED):
            network.probabilities(tested.seen.rows(np.array([place])))
        still_ms = (time.perf_counter() - started) / TIMED * 1000
        rows[name] = {"bytes": float(len(model)), "top_1": float(right.mean()), "still_ms": still_ms}
    return rows
