"""Taught networks as one ONNX file: features in, mean logarithm of the members' answers out."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from pipeline.learn.onnx_graph import WEIGHT_TYPES, Graph
from pipeline.learn.poses.joints import JointNet
from pipeline.learn.poses.joints_export import joint_logits
from pipeline.learn.poses.network import CUT, Lessons, Member, PoseNet
from pipeline.photo.network import open_still

INPUT: Final = "features"
OUTPUT: Final = "logs"
TIMED: Final = 100  # stills


def export(members: Sequence[Member], said: Mapping[str, Any], weight_type: type = np.float16) -> bytes:
    """One ONNX file of the ensemble; `said` becomes its metadata, what is no text as JSON."""
    graph = Graph(weight_type)
    logs = [_member(graph, member) for member in members]
    graph.step("Mean", logs, OUTPUT)
    given, told = ("rows", max(len(one.middle) for one in members)), ("rows", members[0].answers)
    return graph.written({INPUT: given}, {OUTPUT: told}, "pose", said)


def _member(graph: Graph, member: Member) -> str:
    net = member.net
    logits = joint_logits(graph, INPUT, net) if isinstance(net, JointNet) else _dense_logits(graph, member, net)
    return graph.step("LogSoftmax", [logits], axis=1)


def _dense_logits(graph: Graph, member: Member, net: PoseNet) -> str:
    low, high = graph.number(-CUT), graph.number(CUT)
    at = graph.step("Sub", [graph.sliced(INPUT, 0, len(member.middle), 1), graph.constant(member.middle)])
    at = graph.step("Clip", [graph.step("Div", [at, graph.constant(member.width)]), low, high])
    at = graph.sequence(at, net.first)
    for block in net.blocks:
        at = graph.step("Add", [at, graph.sequence(at, block)])
    return graph.sequence(at, net.last)


def precisions(members: Sequence[Member], said: Mapping[str, Any], tested: Lessons[Any]) -> dict[str, dict[str, float]]:
    """Size, hits and milliseconds a still (with its mirror image, alone, on one core) at each type of weights."""
    rows: dict[str, dict[str, float]] = {}
    for name, weight_type in WEIGHT_TYPES.items():
        model = export(members, said, weight_type)
        network = open_still(model)
        right = network.probabilities(tested.seen).argmax(axis=1) == tested.answer
        started = time.perf_counter()
        for place in range(TIMED):
            network.probabilities(tested.seen.rows(np.array([place])))
        still_ms = (time.perf_counter() - started) / TIMED * 1000
        rows[name] = {"bytes": float(len(model)), "top_1": float(right.mean()), "still_ms": still_ms}
    return rows
