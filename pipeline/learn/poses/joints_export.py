"""The network of attention among landmarks as ONNX nodes, step by step as `joints` computes them."""

from __future__ import annotations

import math

import numpy as np

from pipeline.learn.onnx_graph import Graph
from pipeline.learn.poses.joints import HEADS, JOINTS, ROWS, SOFT, UNSEEN, WAVES, WIDTH, JointNet, Layer


def joint_logits(graph: Graph, rows: str, net: JointNet) -> str:
    """The name of the logits (N, K) of features (N, F)."""
    points = graph.reshaped(graph.sliced(rows, 0, 2 * JOINTS, 1), JOINTS, 2)
    known = graph.reshaped(graph.sliced(rows, 2 * JOINTS, 3 * JOINTS, 1), JOINTS, 1)
    visible = graph.reshaped(graph.sliced(rows, 3 * JOINTS, ROWS, 1), JOINTS, 1)
    tokens = graph.sequence(_tokens(graph, points, known, visible), net.into)
    at = graph.step("Add", [tokens, graph.constant(net.joint.detach().numpy())])
    pairs = graph.step("Transpose", [graph.sequence(_offsets(graph, points), net.pair)], perm=[0, 3, 1, 2])
    missing = graph.step("Sub", [known, graph.number(1)])
    unseen = graph.reshaped(graph.step("Mul", [missing, graph.number(UNSEEN)]), 1, 1, JOINTS)
    for number, layer in enumerate(net.layers):
        own = graph.constant(net.lean[number].detach().numpy())
        lean = graph.step("Add", [graph.sliced(pairs, number * HEADS, (number + 1) * HEADS, 1), own])
        at = _layer(graph, at, graph.step("Add", [lean, unseen]), layer)
    return graph.sequence(graph.reshaped(graph.step("Mul", [at, known]), JOINTS * WIDTH), net.last)


def _layer(graph: Graph, at: str, lean: str, layer: Layer) -> str:
    asked = graph.linear(graph.layer_normalised(at, layer.before), layer.asked)
    query, key, value = (_heads(graph, graph.sliced(asked, part * WIDTH, (part + 1) * WIDTH, 2)) for part in range(3))
    turned = graph.step("Transpose", [key], perm=[0, 1, 3, 2])
    scale = graph.number(1 / math.sqrt(WIDTH // HEADS))
    likely = graph.step("Add", [graph.step("Mul", [graph.step("MatMul", [query, turned]), scale]), lean])
    heard = graph.step("MatMul", [graph.step("Softmax", [likely], axis=3), value])
    heard = graph.reshaped(graph.step("Transpose", [heard], perm=[0, 2, 1, 3]), JOINTS, WIDTH)
    at = graph.step("Add", [at, graph.linear(heard, layer.told)])
    return graph.step("Add", [at, graph.sequence(graph.layer_normalised(at, layer.between), layer.thought)])


def _heads(graph: Graph, at: str) -> str:
    return graph.step("Transpose", [graph.reshaped(at, JOINTS, HEADS, WIDTH // HEADS)], perm=[0, 2, 1, 3])


def _tokens(graph: Graph, points: str, known: str, visible: str) -> str:
    waves = graph.constant(np.array(WAVES, np.float32))
    turns = graph.reshaped(graph.step("Mul", [graph.reshaped(points, JOINTS, 2, 1), waves]), JOINTS, 2 * len(WAVES))
    swung = [graph.step("Mul", [graph.step(kind, [turns]), known]) for kind in ("Sin", "Cos")]
    return graph.step("Concat", [points, known, visible, *swung], axis=2)


def _offsets(graph: Graph, points: str) -> str:
    apart = graph.step("Sub", [graph.reshaped(points, JOINTS, 1, 2), graph.reshaped(points, 1, JOINTS, 2)])
    length = graph.step("ReduceL2", [apart, graph.whole(3)], keepdims=1)
    way = graph.step("Div", [apart, graph.step("Add", [length, graph.number(SOFT)])])
    return graph.step("Concat", [apart, length, way], axis=3)
