"""Random convolutions of windows' channels, drawn once by a seed; one ONNX graph computes their features in training
and at run time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.learn.onnx_graph import Graph, Shape
from pipeline.learn.random_kernels import KERNELS, TAPS, spread_shares
from pipeline.recognize.channels import Channels
from pipeline.recognize.network import open_session
from pipeline.recognize.windows import FRAMES
from pipeline.values import Floats

INPUT: Final = "channels"
BATCH: Final = 64  # windows at once: memory, not speed
FRAME_AXIS: Final = 2  # of what flows: windows, kernels, frames
STEEP: Final = 1e30  # a ramp so steep that it is a step


@dataclass(frozen=True, slots=True)
class Drawing:
    """dilations: frames between a kernel's taps, of which nine span 0.7 to 4.7 s; each has all 84 kernels. thresholds
    of each kernel, quantiles of what flows through it in `sample` windows. octaves: a kernel sees the sum of fewer than
    2 ** octaves channels, few oftener than many."""

    dilations: tuple[int, ...] = (1, 2, 4, 7)
    thresholds: int = 3
    sample: int = 600
    octaves: float = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """mix (C, M): of which channels each of M kernels sees the sum, and how signed; thresholds (J, M). mirror (C,):
    where each channel is found once left and right are swapped."""

    mix: Floats
    thresholds: Floats
    dilations: tuple[int, ...]
    mirror: tuple[int, ...]


def mirror_of(seen: Channels) -> tuple[int, ...]:
    """The index of each joined channel once left and right are swapped."""
    centre, side = seen.centre.shape[2], seen.left.shape[2]
    left, right = range(centre, centre + side), range(centre + side, centre + 2 * side)
    return (*range(centre), *right, *left)


def draw(windows: Floats, mirror: tuple[int, ...], seed: tuple[int, ...], rules: Drawing) -> Draw:
    """Kernels with thresholds from some of the windows (N, T, C)."""
    rng = np.random.default_rng(seed)
    sample = windows[rng.choice(len(windows), min(len(windows), rules.sample), replace=False)].astype(np.float32)
    mix = _mix(sample.std(axis=(0, 1)) + np.float32(0.02), rules, rng)
    blank = Draw(mix, np.zeros((0, mix.shape[1]), np.float32), rules.dilations, mirror)
    return Draw(mix, _quantiles(_flowing(blank, sample), rules.thresholds), rules.dilations, mirror)


def _mix(width: Floats, rules: Drawing, rng: np.random.Generator) -> Floats:
    """Rounded to the half precision in which it is stored, so that thresholds fit what flows at run time."""
    mix = np.zeros((len(width), len(KERNELS) * len(rules.dilations)), np.float32)
    for column in mix.T:
        count = min(int(2 ** rng.uniform(0, rules.octaves)), len(width))
        column[rng.choice(len(width), count, replace=False)] = rng.choice([-1, 1], count) / np.sqrt(count)
    return (mix / width[:, None]).astype(np.float16).astype(np.float32)


def _quantiles(flowing: Floats, count: int) -> Floats:
    """(count, M), spread evenly over kernels, without the outermost twentieths."""
    kernels = flowing.shape[1]
    shares = 0.05 + 0.9 * spread_shares(kernels * count).reshape(kernels, count)
    return np.stack([np.quantile(flowing[:, k], shares[k]) for k in range(kernels)], axis=1).astype(np.float32)


def _flowing(drawn: Draw, windows: Floats) -> Floats:
    """(N, M, T) what each kernel makes of each window."""
    graph = Graph(np.float32)
    mixed = graph.step("MatMul", [INPUT, graph.weights(drawn.mix, np.float16)])
    graph.step("Identity", [_convolved(graph, drawn, mixed)], "flowing")
    return _answered(graph, drawn, windows, {"flowing": ("rows", drawn.mix.shape[1], FRAMES)})


def features(drawn: Draw, windows: Floats) -> Floats:
    """(N, F) of windows' channels (N, T, C)."""
    graph = Graph(np.float32)
    graph.step("Identity", [add_features(graph, drawn)], "features")
    return _answered(graph, drawn, windows, {"features": ("rows", feature_count(drawn))})


def feature_count(drawn: Draw) -> int:
    """Two of every threshold, as the window and its mirror image are on average, and how far they differ."""
    return 4 * drawn.thresholds.size


def _answered(graph: Graph, drawn: Draw, windows: Floats, told: Mapping[str, Shape]) -> Floats:
    given = {INPUT: ("rows", FRAMES, len(drawn.mix))}
    session = open_session(graph.written(given, told, "convolutions", {}))
    batches = (windows[at : at + BATCH].astype(np.float32) for at in range(0, len(windows), BATCH))
    return np.concatenate([session.run(None, {INPUT: batch})[0] for batch in batches])


def add_features(graph: Graph, drawn: Draw) -> str:
    """The share of time above each threshold and the root of the mean of how far above; a window and its mirror image
    give the same."""
    mix = graph.weights(drawn.mix, np.float16)
    mirrored = graph.step("Gather", [mix, graph.whole(*drawn.mirror)], axis=0)
    both = graph.step("Concat", [graph.step("MatMul", [INPUT, one]) for one in (mix, mirrored)], axis=0)
    flowing = _convolved(graph, drawn, both)
    above = [part for row in drawn.thresholds for part in _above(graph, flowing, row)]
    rows = graph.step("Concat", above, axis=1)
    sides = graph.step("Reshape", [rows, graph.whole(2, -1, 2 * drawn.thresholds.size)])
    mean, most, least = (graph.over(f"Reduce{kind}", sides, 0) for kind in ("Mean", "Max", "Min"))
    return graph.step("Concat", [mean, graph.step("Sub", [most, least])], axis=1)


def _convolved(graph: Graph, drawn: Draw, mixed: str) -> str:
    """(N, M, T) of each kernel's sums (N, T, M); before the first and after the last frame the body holds still."""
    tall = graph.step("Transpose", [mixed], perm=[0, 2, 1])
    kernels = graph.constant(KERNELS[:, None].astype(np.float32))
    flowing = []
    for number, dilation in enumerate(drawn.dilations):
        own = graph.sliced(tall, number * len(KERNELS), (number + 1) * len(KERNELS), 1)
        reach = dilation * (TAPS // 2)
        padded = graph.step("Pad", [own, graph.whole(0, 0, reach, 0, 0, reach)], mode="edge")
        flowing.append(graph.step("Conv", [padded, kernels], dilations=[dilation], group=len(KERNELS)))
    return graph.step("Concat", flowing, axis=1)


def _above(graph: Graph, flowing: str, thresholds: Floats) -> tuple[str, str]:
    apart = graph.step("Sub", [flowing, graph.constant(thresholds[:, None])])
    is_above = graph.step("HardSigmoid", [apart], alpha=STEEP, beta=0.0)
    far = graph.over("ReduceMean", graph.step("Relu", [apart]), FRAME_AXIS)
    return graph.over("ReduceMean", is_above, FRAME_AXIS), graph.step("Sqrt", [far])
