"""Write the trained networks as one ONNX file that averages their answers: in single, half or eight-bit precision.

Normalisations are multiplied into the convolutions before them. Half precision stores the weights in 16 bits and
calculates in 32 (no CPU here is faster at 16); eight-bit calculates in integers where onnxruntime can, with scales of
activations from real windows (largest value seen, symmetric) and of weights per channel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import torch
from torch import nn

from pipeline.learn.logs.network import LogNetwork, pooled
from pipeline.learn.onnx_graph import WEIGHT_TYPES, Graph, Precision
from pipeline.motion.axes import SEEN
from pipeline.motion.windows import FRAMES
from pipeline.values import Floats

INPUT, OUTPUT = "windows", "logs"
TIME: Final = 2  # axis of what flows: windows, channels, frames
LARGEST_SHARE: Final = 99.99  # percentile taken for the largest value that flows: one spike must not coarsen all others

Largest = Mapping[str, float]  # value that flows at each place, where it is rounded to eight bits


def export(
    networks: Sequence[LogNetwork],
    said: Mapping[str, Any],
    precision: Precision = "half",
    typical: Floats | None = None,
) -> bytes:
    """The file's bytes; `said` becomes its metadata, what is no text as JSON. Eight bits want `typical` channels (N,
    SEEN, FRAMES)."""
    graph = Graph(WEIGHT_TYPES[precision])
    rounded = typical if precision == "eight_bit" else None
    logs = [_logs(graph, one, {} if rounded is None else _largest(one, rounded)) for one in networks]
    graph.step("LogSoftmax", [graph.step("Mean", logs)], OUTPUT, axis=1)
    given, told = ("windows", SEEN, FRAMES), ("windows", networks[0].head.out_features)
    return graph.written({INPUT: given}, {OUTPUT: told}, "log_recogniser", said)


def folded(layer: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[Floats, Floats]:
    """Weight and bias of the convolution with the normalisation after it multiplied in."""
    factor = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach().numpy()
    weight = layer.weight.detach().numpy()[:, :, 0] * factor[:, None, None]
    return weight, (norm.bias.detach().numpy() - norm.running_mean.numpy() * factor).astype(np.float32)


def _logs(graph: Graph, network: LogNetwork, largest: Largest) -> str:
    """One network from the windows to its own logarithms."""
    stem = _convolution(graph, _flow(graph, INPUT, largest, INPUT), network.stem, network.stem_norm)
    at = _flow(graph, graph.step("Relu", [stem]), largest, "stem_out")
    for number, block in enumerate(network.blocks):
        at = _block(graph, at, block, largest, f"block{number}")
    parts = [graph.over(kind, at, TIME) for kind in ("ReduceMean", "ReduceMax")]
    both = _flow(graph, graph.step("Concat", parts, axis=1), largest, "pooled")
    weight, bias = (values.detach().numpy() for values in (network.head.weight, network.head.bias))
    logits = graph.step("Gemm", [both, _weight(graph, weight), graph.constant(bias)], transB=1)
    return graph.step("LogSoftmax", [logits], axis=1)


def _block(graph: Graph, at: str, block: Any, largest: Largest, place: str) -> str:
    inside = graph.step("Relu", [_convolution(graph, at, block.first, block.first_norm)])
    second = _convolution(graph, _flow(graph, inside, largest, f"{place}_in"), block.second, block.second_norm)
    short = _convolution(graph, at, block.short, block.short_norm)
    return _flow(graph, graph.step("Relu", [graph.step("Add", [second, short])]), largest, f"{place}_out")


def _convolution(graph: Graph, at: str, layer: nn.Conv2d, norm: nn.BatchNorm2d) -> str:
    weight, bias = folded(layer, norm)
    (_, stride), (_, padding) = layer.stride, layer.padding
    inputs = [at, _weight(graph, weight), graph.constant(bias)]
    return graph.step("Conv", inputs, strides=[stride], pads=[padding, padding])


def _weight(graph: Graph, values: Floats) -> str:
    """A weight to calculate with; its first axis is the output channel."""
    return graph.whole_steps(values, axis=0) if graph.weight_type is np.int8 else graph.weights(values)


def _flow(graph: Graph, at: str, largest: Largest, place: str) -> str:
    """The same values, rounded to eight bits where that is the precision."""
    if graph.weight_type is not np.int8:
        return at
    step, zero = graph.number(largest[place] / 127 + 1e-12), graph.constant(np.array(0, np.int8))
    return graph.step("DequantizeLinear", [graph.step("QuantizeLinear", [at, step, zero]), step, zero])


def _largest(network: LogNetwork, typical: Floats) -> Largest:
    """The largest value that flows at each place, on typical windows."""
    found = {INPUT: typical}
    with torch.no_grad():
        x = network.stemmed(torch.from_numpy(typical))
        found["stem_out"] = x.numpy()
        for number, block in enumerate(network.blocks):
            found[f"block{number}_in"] = torch.relu(block.first_norm(block.first(x))).numpy()
            x = block(x)
            found[f"block{number}_out"] = x.numpy()
        found["pooled"] = pooled(x[:, :, 0]).numpy()
    return {place: float(np.percentile(np.abs(values), LARGEST_SHARE)) for place, values in found.items()}
