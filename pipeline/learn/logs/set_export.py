"""The taught network of whole sets as an ONNX file, its weights in single, half or eight-bit precision.

Kernels are whole numbers from -1 to 2 and kept in eight bits at any precision; so precision is that of the regression,
nine tenths of the file. All is calculated with in 32 bits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.learn.logs.export import Precision
from pipeline.learn.logs.set_graph import Graph, add_features
from pipeline.learn.logs.set_kernels import KINDS, Kernels, feature_count
from pipeline.learn.ridge_regression import Head
from pipeline.motion.windows import Floats


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
    graph = Graph()
    return graph.written({add_features(graph, kernels, kind): feature_count(kind) for kind in KINDS}, {})


def export_sets(model: SetModel, precision: Precision = "half") -> bytes:
    """The file's bytes; it answers with the scores of each of KINDS."""
    graph = Graph()
    for kind in KINDS:
        scores = [_scores(graph, kind, model, number, precision) for number in range(len(model.draws))]
        graph.node("Mean", scores, f"{kind}_scores")
    seeds = [draw.seed for draw in model.draws]
    said = {"classes": model.classes, "seeds": seeds, "gravity": model.gravity}
    return graph.written(
        {f"{kind}_scores": len(model.classes) for kind in KINDS}, {k: json.dumps(v) for k, v in said.items()}
    )


def _scores(graph: Graph, kind: str, model: SetModel, number: int, precision: Precision) -> str:
    draw, own = model.draws[number], f"{number}_{kind}"
    return _scored(graph, own, add_features(graph, draw.kernels, kind, number), draw.heads[kind], precision)


def _scored(graph: Graph, own: str, features: str, head: Head, precision: Precision) -> str:
    even = np.asarray(1 / head.spread, np.float32)
    of_plain = np.asarray(head.weights * even[:, None], np.float32)
    bias = graph.constant(f"{own}_bias", (head.bias - head.mean @ of_plain).astype(np.float32))
    if precision == "eight_bit":
        # features of little spread have weights so large that the others would be rounded away: even them out first
        evened = graph.node("Mul", [features, graph.single(f"{own}_even", _half(even))], f"{own}_evened")
        inputs = [evened, _rounded(graph, f"{own}_head", head.weights)]
    elif precision == "half":
        inputs = [features, graph.single(f"{own}_head", _half(of_plain))]
    else:
        inputs = [features, graph.constant(f"{own}_head", of_plain)]
    return graph.node("Gemm", [*inputs, bias], f"{own}_scores")


def _half(values: Floats) -> npt.NDArray[np.float16]:
    return values.astype(np.float16)


def _rounded(graph: Graph, name: str, weights: Floats) -> str:
    """(F, K) in eight bits, a scale for each class."""
    scale = np.abs(weights).max(axis=0).astype(np.float32) / 127 + np.float32(1e-12)
    small = np.round(weights / scale).astype(np.int8)
    parts = [graph.constant(f"{name}_small", small), graph.constant(f"{name}_scale", scale)]
    zero = graph.constant(f"{name}_zero", np.zeros(len(scale), np.int8))
    return graph.node("DequantizeLinear", [*parts, zero], name, axis=1)
