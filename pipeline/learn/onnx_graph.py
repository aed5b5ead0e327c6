"""Build an ONNX graph step by step; weights are stored as small as wanted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from pipeline.values import Floats

Precision = Literal["single", "half", "eight_bit"]
Shape = tuple[int | str | None, ...]  # a name or None where it is not known before

OPSET, IR = 20, 10  # the first opset with Gelu; read by every onnxruntime since 1.17
WEIGHT_TYPES: Final[Mapping[Precision, type]] = {"single": np.float32, "half": np.float16, "eight_bit": np.int8}


class Graph:
    """The nodes and weights so far; every value has a unique name."""

    def __init__(self, weight_type: type) -> None:
        self.weight_type, self._nodes, self._weights, self._count = weight_type, list[Any](), list[Any](), 0

    def step(self, kind: str, inputs: Sequence[str], output: str | None = None, **options: Any) -> str:
        """Add an operator; returns the name of its output."""
        name = output or self._name()
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **options))
        return name

    def constant(self, values: npt.NDArray[Any], name: str | None = None) -> str:
        """Add values, stored and used as they are."""
        name = name or self._name()
        self._weights.append(numpy_helper.from_array(values, name))
        return name

    def once(self, name: str, values: npt.NDArray[Any]) -> str:
        """As `constant`, added only once for each name."""
        return name if any(one.name == name for one in self._weights) else self.constant(values, name)

    def stored(self, values: npt.NDArray[Any], used: int = TensorProto.FLOAT) -> str:
        """Add values stored as they are and cast to another type for use."""
        return self.step("Cast", [self.constant(values)], to=used)

    def weights(self, values: Floats, kind: type | None = None) -> str:
        """Add values stored in the graph's type of weights, or in this one, and used in single precision."""
        kind = kind or self.weight_type
        if kind is np.float32:
            return self.constant(values.astype(np.float32))
        if kind is np.int8:
            return self._eight_bit(values)
        return self.stored(values.astype(kind))

    def _eight_bit(self, values: Floats) -> str:
        """Add values as integers with one step for each output, used in single precision."""
        step = np.maximum(np.abs(values).max(axis=0, keepdims=True) / 127, 1e-8).astype(np.float32)
        return self.step("Mul", [self.stored(np.round(values / step).astype(np.int8)), self.constant(step)])

    def whole_steps(self, values: Floats, axis: int) -> str:
        """Add values as integers with a step for each place on an axis, with which onnxruntime calculates in integers
        where the activations are rounded, too.
        """
        others = tuple(other for other in range(values.ndim) if other != axis)
        step = np.abs(values).max(axis=others, keepdims=True).astype(np.float32) / 127 + np.float32(1e-12)
        small = np.round(values / step).astype(np.int8)
        parts = [self.constant(one) for one in (small, step.ravel(), np.zeros(step.size, np.int8))]
        return self.step("DequantizeLinear", parts, axis=axis)

    def linear(self, at: str, layer: nn.Linear) -> str:
        """The layer applied."""
        product = self.step("MatMul", [at, self.weights(layer.weight.detach().numpy().T)])
        return self.step("Add", [product, self.constant(layer.bias.detach().numpy())])

    def normalised(self, at: str, layer: nn.BatchNorm1d) -> str:
        """Batch normalisation with its running statistics."""
        deviation = np.sqrt(layer.running_var.numpy() + layer.eps)
        factor = layer.weight.detach().numpy() / deviation
        shift = layer.bias.detach().numpy() - layer.running_mean.numpy() * factor
        return self.step("Add", [self.step("Mul", [at, self.constant(factor)]), self.constant(shift)])

    def sequence(self, at: str, layers: nn.Sequential) -> str:
        """The layers in order; dropout does nothing after training."""
        for layer in layers:
            if isinstance(layer, nn.Linear):
                at = self.linear(at, layer)
            elif isinstance(layer, nn.BatchNorm1d):
                at = self.normalised(at, layer)
            elif isinstance(layer, nn.GELU):
                at = self.step("Gelu", [at])
        return at

    def layer_normalised(self, at: str, layer: nn.LayerNorm) -> str:
        """Each row's last axis normalised by its own figures."""
        scale, shift = (self.constant(values.detach().numpy()) for values in (layer.weight, layer.bias))
        return self.step("LayerNormalization", [at, scale, shift], epsilon=layer.eps)

    def reshaped(self, at: str, *shape: int) -> str:
        """All axes but the first in another shape."""
        return self.step("Reshape", [at, self.whole(0, *shape)])

    def sliced(self, at: str, start: int, stop: int, axis: int) -> str:
        """What lies from start to stop along an axis."""
        return self.step("Slice", [at, self.whole(start), self.whole(stop), self.whole(axis)])

    def over(self, kind: str, at: str, axis: int, *, kept: bool = False) -> str:
        """Reduce an axis by an operator, removing it or keeping it with size one."""
        return self.step(kind, [at, self.whole(axis)], keepdims=int(kept))

    def whole(self, *values: int) -> str:
        """Integers that operators take: sizes, axes, indices."""
        return self.constant(np.array(values, np.int64))

    def number(self, value: float) -> str:
        """One number."""
        return self.constant(np.array(value, np.float32))

    def written(
        self, given: Mapping[str, Shape], told: Mapping[str, Shape], name: str, said: Mapping[str, Any]
    ) -> bytes:
        """The file's bytes: a graph with these inputs and outputs; `said` becomes its metadata, as JSON where it is no
        text.
        """
        ends = (
            [helper.make_tensor_value_info(end, TensorProto.FLOAT, shape) for end, shape in those.items()]
            for those in (given, told)
        )
        graph = helper.make_graph(self._nodes, name, *ends, self._weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
        helper.set_model_props(model, {k: v if isinstance(v, str) else json.dumps(v) for k, v in said.items()})
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())

    def _name(self) -> str:
        self._count += 1
        return f"v{self._count}"
