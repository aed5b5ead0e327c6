"""A public picture network as one small ONNX file that tells what equipment a square of a photo shows.

EfficientNet-lite0 (Tan and Le, arXiv 1905.11946; lite: no squeeze and excitation, ReLU6) with weights taught on
ImageNet. Nothing is taught here: of its thousand answers those are kept that are equipment of the gym.

    spotter train equipment WEIGHTS.pth --out DIR
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from pipeline.learn.onnx_graph import Graph
from pipeline.photo.equipment import EQUIPMENT, INPUT, OUTPUT, SIDE_PX
from pipeline.values import Floats

State = Mapping[str, Floats]

# ImageNet's answers (their places among the thousand) that are each kind of equipment: horizontal and parallel bars
ANSWERS: Final[Mapping[str, tuple[int, ...]]] = {"barbell": (422,), "dumbbell": (543,), "bar": (602, 702)}
MIDDLE: Final = 255 * np.array([0.485, 0.456, 0.406], np.float32)  # of ImageNet's pixels, as the weights were taught
WIDTH: Final = 255 * np.array([0.229, 0.224, 0.225], np.float32)
HALVING: Final = (1, 3, 5, 11)  # blocks after which the picture has half the side
EPSILON: Final = 1e-3  # of batch normalisation
HIGHEST: Final = 6.0  # ReLU6


def write_equipment(weights: Path, out: Path) -> None:
    """`equipment.onnx` lies under `out`; weights is the public checkpoint. Raises OSError where it is not there."""
    state = {key: values.numpy() for key, values in torch.load(weights, map_location="cpu", weights_only=True).items()}
    out.mkdir(parents=True, exist_ok=True)
    (out / "equipment.onnx").write_bytes(export_equipment(state, np.int8))


def export_equipment(state: State, weight_type: type) -> bytes:
    """The ONNX file's bytes: (N, SIDE_PX, SIDE_PX, 3) pixels of 0 to 255 in, (N, K) probability of each of EQUIPMENT
    out. The number of blocks is the state's own."""
    graph = _Picture(weight_type, state)
    at = graph.convolved(graph.scaled(INPUT), "_conv_stem", "_bn0", step=2)
    for number in range(_blocks(state)):
        at = graph.block(at, f"_blocks.{number}", 2 if number in HALVING else 1)
    at = graph.convolved(at, "_conv_head", "_bn1")
    pooled = graph.step("Flatten", [graph.step("GlobalAveragePool", [at])])
    classes = graph.step("MatMul", [pooled, graph.weights(state["_fc.weight"].T)])
    classes = graph.step("Softmax", [graph.step("Add", [classes, graph.constant(state["_fc.bias"])])], axis=1)
    graph.step("MatMul", [classes, graph.constant(_kept(len(state["_fc.bias"])))], OUTPUT)
    given, told = ("rows", SIDE_PX, SIDE_PX, 3), ("rows", len(EQUIPMENT))
    return graph.written({INPUT: given}, {OUTPUT: told}, "equipment", {"names": EQUIPMENT})


def _blocks(state: State) -> int:
    return 1 + max(int(key.split(".")[1]) for key in state if key.startswith("_blocks."))


def _kept(answers: int) -> Floats:
    """(answers, K) 1 where an answer is of that equipment."""
    kept = np.zeros((answers, len(EQUIPMENT)), np.float32)
    for place, kind in enumerate(EQUIPMENT):
        kept[list(ANSWERS[kind]), place] = 1
    return kept


class _Picture(Graph):
    """A graph of convolutions, each with the normalisation after it folded in."""

    def __init__(self, weight_type: type, state: State) -> None:
        super().__init__(weight_type)
        self._state = state

    def scaled(self, at: str) -> str:
        """Pixels as the weights were taught on, colours first."""
        centred = self.step("Div", [self.step("Sub", [at, self.constant(MIDDLE)]), self.constant(WIDTH)])
        return self.step("Transpose", [centred], perm=[0, 3, 1, 2])

    def block(self, at: str, name: str, step: int) -> str:
        """An inverted residual: wider, each channel by itself, narrower; what went in is added where it fits."""
        given = at
        if f"{name}._expand_conv.weight" in self._state:
            at = self.convolved(at, f"{name}._expand_conv", f"{name}._bn0")
        at = self.convolved(at, f"{name}._depthwise_conv", f"{name}._bn1", step=step, apart=True)
        at = self.convolved(at, f"{name}._project_conv", f"{name}._bn2", cut=False)
        return self.step("Add", [at, given]) if step == 1 and self._as_wide(name) else at

    def convolved(self, at: str, name: str, norm: str, *, step: int = 1, apart: bool = False, cut: bool = True) -> str:
        """Convolution and normalisation; `apart`: each channel by itself; `cut`: to 0 ... HIGHEST."""
        weight = self._state[f"{name}.weight"]
        factor = self._state[f"{norm}.weight"] / np.sqrt(self._state[f"{norm}.running_var"] + EPSILON)
        bias = self.constant(self._state[f"{norm}.bias"] - self._state[f"{norm}.running_mean"] * factor)
        inputs = [at, self._kernel(weight * factor[:, None, None, None]), bias]
        groups = len(weight) if apart else 1
        at = self.step("Conv", inputs, strides=[step, step], auto_pad="SAME_UPPER", group=groups)
        return self.step("Clip", [at, self.number(0.0), self.number(HIGHEST)]) if cut else at

    def _kernel(self, weight: Floats) -> str:
        """Kernels (outputs, inputs, side, side), of one step an output where they are whole numbers."""
        flat: Any = self.weights(weight.reshape(len(weight), -1).T)
        return self.step("Reshape", [self.step("Transpose", [flat]), self.whole(*weight.shape)])

    def _as_wide(self, name: str) -> bool:
        wide = self._state.get(f"{name}._expand_conv.weight", self._state[f"{name}._depthwise_conv.weight"])
        first = wide.shape[1] if f"{name}._expand_conv.weight" in self._state else wide.shape[0]
        return bool(first == self._state[f"{name}._project_conv.weight"].shape[0])
