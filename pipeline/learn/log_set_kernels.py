"""Random convolutions of whole sets as an ONNX graph: drawn once by a seed, thresholds from what flows through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from pipeline.motion.set_channels import FREE, OWN
from pipeline.motion.windows import Floats

OPSET, IR = 17, 9
TAPS: Final = 9  # of a kernel: three weigh 2, six weigh -1, in every one of the 84 ways (MiniRocket)
STRIDE: Final = 2  # frames: every other is enough for shares of time
KERNELS: Final = np.array([[2 if tap in high else -1 for tap in range(TAPS)] for high in combinations(range(TAPS), 3)])
GOLDEN: Final = (5**0.5 + 1) / 2  # quantiles are multiples of it, less whole numbers: spread evenly however many


@dataclass(frozen=True, slots=True)
class View:
    """One input of the network: its channels, how far apart the kernels' taps are, thresholds for each kernel."""

    channels: int
    dilations: tuple[int, ...]
    thresholds: int

    @property
    def features(self) -> int:
        return 2 * len(KERNELS) * len(self.dilations) * self.thresholds


VIEWS: Final[Mapping[str, View]] = {
    "own": View(OWN, (1, 2, 4, 8, 14), 4),
    "own_stretched": View(OWN, (1, 2, 4, 8, 12), 3),
    "free": View(FREE, (1, 2, 4, 8, 14), 4),
    "free_stretched": View(FREE, (1, 2, 4, 8, 12), 3),
}
KINDS: Final = {"own": ("own", "own_stretched"), "free": ("free", "free_stretched")}


@dataclass(frozen=True, slots=True, eq=False)
class Kernels:
    """weights and thresholds of each view, by dilation: (84, channels, TAPS) int8 and (84, thresholds)."""

    weights: Mapping[str, Sequence[Any]]
    thresholds: Mapping[str, Sequence[Floats]]


def draw_kernels(typical: Sequence[Mapping[str, Floats]], seed: int) -> Kernels:
    """Kernels over channels chosen at random, few oftener than many, with quantiles of typical views for thresholds."""
    rng = np.random.default_rng(seed)
    weights = {name: [_weights(view, rng) for _ in view.dilations] for name, view in VIEWS.items()}
    thresholds = {name: _thresholds(view, weights[name], _rows(typical, name, rng)) for name, view in VIEWS.items()}
    return Kernels(weights, thresholds)


def _weights(view: View, rng: np.random.Generator) -> Any:
    weights = np.zeros((len(KERNELS), view.channels, TAPS), np.int8)
    for number, kernel in enumerate(KERNELS):
        count = int(2 ** rng.uniform(0, np.log2(view.channels + 1)))
        weights[number, rng.choice(view.channels, min(count, view.channels), replace=False)] = kernel
    return weights


def _rows(typical: Sequence[Mapping[str, Floats]], name: str, rng: np.random.Generator) -> list[Floats]:
    """One signing of each set."""
    every = [one[name] for one in typical]
    return [rows[rng.integers(len(rows))] for rows in every]


def _thresholds(view: View, weights: Sequence[Any], rows: Sequence[Floats]) -> list[Floats]:
    shares = (np.arange(1, len(KERNELS) * len(view.dilations) * view.thresholds + 1) * GOLDEN) % 1
    by_kernel = shares.reshape(len(view.dilations), len(KERNELS), view.thresholds)
    return [
        _quantiles(np.concatenate([_convolved(one, weight, dilation) for one in rows], axis=1), wanted)
        for weight, dilation, wanted in zip(weights, view.dilations, by_kernel, strict=True)
    ]


def _quantiles(flowing: Floats, shares: Any) -> Floats:
    return np.stack([np.quantile(row, own) for row, own in zip(flowing, shares, strict=True)]).astype(np.float32)


def _convolved(rows: Floats, weight: Any, dilation: int) -> Floats:
    given, taps = torch.from_numpy(rows)[None], torch.from_numpy(weight.astype(np.float32))
    padding = dilation * (TAPS // 2)
    out = torch.nn.functional.conv1d(given, taps, padding=padding, dilation=dilation, stride=4 * STRIDE)
    return np.asarray(out[0].numpy())


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

    def single(self, name: str, values: Any) -> str:
        """Stored as it comes, calculated with in 32 bits."""
        return self.node("Cast", [self.constant(f"{name}_stored", values)], name, to=TensorProto.FLOAT)

    def written(self, outputs: Mapping[str, int], said: Mapping[str, str]) -> bytes:
        """The file's bytes; outputs with how many columns each has."""
        given = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [f"{name}_rows", view.channels, f"{name}_frames"])
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


def add_features(graph: Graph, kernels: Kernels, kind: str) -> str:
    """(rows, features) of the views of a kind: shares of time above each threshold, and the root of how far above."""
    made = [
        _pooled(graph, name, number, kernels) for name in KINDS[kind] for number in range(len(VIEWS[name].dilations))
    ]
    return graph.node("Concat", made, f"{kind}_features", axis=1)


def feature_count(kind: str) -> int:
    """How many features the views of a kind make."""
    return sum(VIEWS[name].features for name in KINDS[kind])


def _pooled(graph: Graph, name: str, number: int, kernels: Kernels) -> str:
    dilation = VIEWS[name].dilations[number]
    weight = graph.single(f"{name}{number}_weight", kernels.weights[name][number])
    threshold = graph.constant(f"{name}{number}_threshold", kernels.thresholds[name][number][None, :, :, None])
    padding, own = dilation * (TAPS // 2), f"{name}{number}"
    shape = {"strides": [STRIDE], "dilations": [dilation], "pads": [padding, padding]}
    flowing = graph.node("Conv", [name, weight], f"{own}_flowing", **shape)
    axis = graph.constant(f"{own}_axis", np.array([2], np.int64))
    tall = graph.node("Unsqueeze", [flowing, axis], f"{own}_tall")
    above = graph.node("Relu", [graph.node("Sub", [tall, threshold], f"{own}_apart")], f"{own}_above")
    share = graph.node("ReduceMean", [graph.node("Sign", [above], f"{own}_is")], f"{own}_share", axes=[3], keepdims=0)
    mean = graph.node("ReduceMean", [above], f"{own}_mean", axes=[3], keepdims=0)
    both = graph.node("Concat", [share, graph.node("Sqrt", [mean], f"{own}_far")], f"{own}_both", axis=2)
    return graph.node("Flatten", [both], f"{own}_flat", axis=1)
