"""Write trained networks as one ONNX file: summaries of windows in, log of the members' mean probability out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.learn.clips.network import CUT, Member
from pipeline.learn.onnx_graph import WEIGHT_TYPES, Graph, Precision

INPUT, OUTPUT = "summaries", "logs"


def export(members: Sequence[Member], said: Mapping[str, Any], precision: Precision = "half") -> bytes:
    """One ONNX file of the ensemble, calculated in single precision whatever its weights are stored in; `said` becomes
    its metadata, lists as JSON."""
    graph = Graph(WEIGHT_TYPES[precision])
    graph.step("Log", [graph.step("Mean", [_probabilities(graph, one) for one in members])], OUTPUT)
    given, told = ("rows", len(members[0].middle)), ("rows", members[0].layers[-1].out_features)
    return graph.written({INPUT: given}, {OUTPUT: told}, "recognizer", said)


def _probabilities(graph: Graph, member: Member) -> str:
    """What is not known taken for usual, scale, cut, three layers, softmax."""
    middle = graph.constant(member.middle)
    known = graph.step("Where", [graph.step("IsNaN", [INPUT]), middle, INPUT])
    apart = graph.step("Sub", [known, middle])
    even = graph.step("Div", [apart, graph.constant(member.width)])
    cut = graph.step("Clip", [even, graph.number(-CUT), graph.number(CUT)])
    return graph.step("Softmax", [graph.sequence(cut, member.layers)], axis=1)
