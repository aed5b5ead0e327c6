"""Write the trained network of whole sets as an ONNX file, with weights in single, half or eight-bit precision.

Kernels are integers from -1 to 2 and stored in eight bits at any precision; so the precision is that of the regression,
nine tenths of the file. All calculation is in 32 bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.learn.logs.set_graph import add_features
from pipeline.learn.logs.set_kernels import KINDS, VIEWS, Kernels, feature_count
from pipeline.learn.onnx_graph import WEIGHT_TYPES, Graph, Precision
from pipeline.learn.ridge_regression import Head


@dataclass(frozen=True, slots=True, eq=False)
class SetDraw:
    """The kernels that a seed drew, and a head for each kind of their features."""

    kernels: Kernels
    heads: Mapping[str, Head]
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class SetModel:
    """What was taught, sets with gravity in them or without: draws whose scores are averaged."""

    classes: tuple[str, ...]
    draws: tuple[SetDraw, ...]
    gravity: bool = True


def features_file(kernels: Kernels) -> bytes:
    """An ONNX file that answers with the features themselves, of each of KINDS."""
    graph = Graph(np.float32)
    return _written(graph, {add_features(graph, kernels, kind): feature_count(kind) for kind in KINDS}, {})


def export_sets(model: SetModel, precision: Precision = "half") -> bytes:
    """The file's bytes; it answers with the scores of each of KINDS."""
    graph = Graph(WEIGHT_TYPES[precision])
    for kind in KINDS:
        graph.step("Mean", [_scores(graph, kind, draw) for draw in model.draws], f"{kind}_scores")
    said = {"classes": model.classes, "seeds": [draw.seed for draw in model.draws], "gravity": model.gravity}
    return _written(graph, {f"{kind}_scores": len(model.classes) for kind in KINDS}, said)


def _written(graph: Graph, told: Mapping[str, int], said: Mapping[str, Any]) -> bytes:
    """From the views of one set to rows of so many numbers each."""
    given = {name: (1, view.channels, f"{name}_frames") for name, view in VIEWS.items()}
    return graph.written(given, {name: (None, count) for name, count in told.items()}, "log_sets", said)


def _scores(graph: Graph, kind: str, draw: SetDraw) -> str:
    features, head = add_features(graph, draw.kernels, kind), draw.heads[kind]
    even = np.asarray(1 / head.spread, np.float32)
    of_plain = np.asarray(head.weights * even[:, None], np.float32)
    bias = graph.constant((head.bias - head.mean @ of_plain).astype(np.float32))
    if graph.weight_type is not np.int8:
        return graph.step("Gemm", [features, graph.weights(of_plain), bias])
    # features of little spread have weights so large that the others would be rounded away: even them out first
    evened = graph.step("Mul", [features, graph.weights(even, np.float16)])
    return graph.step("Gemm", [evened, graph.whole_steps(head.weights, axis=1), bias])
