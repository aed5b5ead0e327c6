"""Small dense networks over window summaries, and their export to one ONNX file. The only importer of torch.

Each member of the ensemble learns from simulated and real windows, half and half or so; their mean probability answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from pipeline.learn.recognizer_lessons import Lessons
from pipeline.recognize.windows import Floats
from pipeline.values import Array

Precision = Literal["single", "half", "eight_bit"]

PRECISIONS: Final[tuple[Precision, ...]] = ("single", "half", "eight_bit")
OPSET, IR = 20, 10  # the first opset with Gelu; read by every onnxruntime since 1.17


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is taught. Chosen by cross-validation on development tracks, once."""

    width: int = 192
    steps: int = 700
    batch: int = 128
    real_share: float = 0.4  # of a batch, the rest is simulated
    rate: float = 2e-3
    decay: float = 0.05
    noise: float = 0.15  # of a standard deviation, added to the numbers
    smoothing: float = 0.05


RECIPES: Final = (Recipe(), Recipe(width=256, steps=1200))  # both kinds err differently: their mean is surer


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One taught network: inputs are (x - middle) / width, cut at 4."""

    middle: Floats
    width: Floats
    layers: nn.Sequential

    def log_probabilities(self, summaries: Floats) -> Array:
        """(N, K)."""
        with torch.no_grad():
            logs = self.layers(_scaled(summaries, self.middle, self.width)).log_softmax(-1)
        return np.asarray(logs.numpy(), dtype=np.float64)


def kept(path: Path, taught: Callable[[], Member]) -> Member:
    """The network in the file; taught and written there where there is none."""
    if not path.exists():
        member = taught()
        numbers = [torch.from_numpy(member.middle), torch.from_numpy(member.width)]
        torch.save({"numbers": numbers, "sizes": _sizes(member.layers), "layers": member.layers.state_dict()}, path)
    read = torch.load(path, weights_only=True)
    layers = _layers(*read["sizes"])
    layers.load_state_dict(read["layers"])
    middle, width = (part.numpy() for part in read["numbers"])
    return Member(middle, width, layers.eval())


def _sizes(layers: nn.Sequential) -> tuple[int, int, int]:
    """What `_layers` made these of."""
    first, last = layers[1], layers[-1]
    return int(first.in_features), int(last.out_features), int(first.out_features)


def ensemble_logs(members: Sequence[Member], summaries: Floats) -> Array:
    """(N, K) logarithms of the members' mean probability."""
    return np.asarray(np.log(np.mean([np.exp(one.log_probabilities(summaries)) for one in members], axis=0)))


def teach(simulated: Lessons, real: Lessons | None, count: int, recipe: Recipe, seed: int) -> Member:
    """A network of `count` answers taught by both, or by simulation alone; the same seed gives the same network."""
    generator = torch.manual_seed(seed)
    share = recipe.real_share if real is not None and len(real.answer) else 0.0
    lessons = [(simulated, 1 - share)] + ([(real, share)] if real is not None and share else [])
    seen = np.concatenate([part.summaries[:: max(1, len(part.summaries) // 3000)] for part, _ in lessons])
    middle, width = seen.mean(axis=0), seen.std(axis=0) + np.float32(0.02)
    decks = [
        (_scaled(part.summaries, middle, width), torch.tensor(part.answer), torch.tensor(part.weight), share)
        for part, share in lessons
    ]
    layers = _layers(seen.shape[1], count, recipe.width)
    optimizer = torch.optim.AdamW(layers.parameters(), recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=recipe.steps)
    loss = nn.CrossEntropyLoss(label_smoothing=recipe.smoothing)
    for _ in range(recipe.steps):
        given, wanted = _draw(decks, recipe, generator)
        optimizer.zero_grad()
        loss(layers(given), wanted).backward()
        optimizer.step()
        schedule.step()
    return Member(middle, width, layers.eval())


def _draw(decks: Sequence[Any], recipe: Recipe, generator: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """A batch, each deck's share of it drawn by weight, the numbers blurred by up to `noise`."""
    given, wanted = [], []
    for values, answer, weight, share in decks:
        rows = torch.multinomial(weight, int(recipe.batch * share), replacement=True, generator=generator)
        given.append(values[rows])
        wanted.append(answer[rows])
    clean = torch.cat(given)
    blur = torch.randn(clean.shape, generator=generator) * torch.rand((len(clean), 1), generator=generator)
    return clean + recipe.noise * blur, torch.cat(wanted)


def _layers(inputs: int, answers: int, width: int) -> nn.Sequential:
    half = width // 2
    return nn.Sequential(
        *(nn.Dropout(0.2), nn.Linear(inputs, width), nn.BatchNorm1d(width), nn.GELU()),
        *(nn.Dropout(0.3), nn.Linear(width, half), nn.BatchNorm1d(half), nn.GELU()),
        *(nn.Dropout(0.3), nn.Linear(half, answers)),
    )


def _scaled(summaries: Floats, middle: Floats, width: Floats) -> torch.Tensor:
    return torch.tensor(np.clip((summaries - middle) / width, -4, 4), dtype=torch.float32)


def export(members: Sequence[Member], said: dict[str, Any], precision: Precision = "half") -> bytes:
    """One ONNX file of the ensemble, calculated in single precision whatever its weights are stored in; `said` becomes
    its metadata, lists as JSON."""
    nodes, weights = [], [numpy_helper.from_array(np.array(v, np.float32), n) for n, v in (("low", -4), ("high", 4))]
    outputs = []
    for number, member in enumerate(members):
        more_nodes, more_weights, output = _member_graph(member, f"m{number}_", precision)
        nodes += more_nodes
        weights += more_weights
        outputs.append(output)
    nodes += [helper.make_node("Mean", outputs, ["mean"]), helper.make_node("Log", ["mean"], ["logs"])]
    answers = members[0].layers[-1].out_features
    graph = helper.make_graph(
        nodes,
        "recognizer",
        [helper.make_tensor_value_info("summaries", TensorProto.FLOAT, ["windows", len(members[0].middle)])],
        [helper.make_tensor_value_info("logs", TensorProto.FLOAT, ["windows", answers])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in said.items()}
    helper.set_model_props(model, texts)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _member_graph(member: Member, prefix: str, precision: Precision) -> tuple[list[Any], list[Any], str]:
    """Nodes, weights and the name of the output of one member: scale, cut, three layers, softmax."""
    nodes, weights = [], []

    def constant(name: str, values: Floats) -> str:
        more_nodes, more_weights = _stored(prefix + name, values, precision)
        nodes.extend(more_nodes)
        weights.extend(more_weights)
        return prefix + name

    def step(kind: str, inputs: Sequence[str], name: str) -> str:
        nodes.append(helper.make_node(kind, list(inputs), [prefix + name]))
        return prefix + name

    at = step("Sub", ["summaries", constant("middle", member.middle)], "centred")
    at = step("Div", [at, constant("width", member.width)], "scaled")
    at = step("Clip", [at, "low", "high"], "cut")
    for number, (weight, bias) in enumerate(_folded(member.layers)):
        at = step("MatMul", [at, constant(f"w{number}", weight)], f"product{number}")
        at = step("Add", [at, constant(f"b{number}", bias)], f"sum{number}")
        at = step("Gelu", [at], f"active{number}") if number < 2 else step("Softmax", [at], "probabilities")
    return nodes, weights, at


def _stored(name: str, values: Floats, precision: Precision) -> tuple[list[Any], list[Any]]:
    """Nodes and weights that give `values` under that name. Eight bits are scaled by column, and only for matrices."""
    if precision == "single":
        return [], [numpy_helper.from_array(values.astype(np.float32), name)]
    if precision == "half" or values.ndim == 1:
        half = numpy_helper.from_array(values.astype(np.float16), f"{name}_half")
        return [helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT)], [half]
    scale = (np.abs(values).max(axis=0) / 127 + 1e-12).astype(np.float32)
    parts = {"small": np.round(values / scale).astype(np.int8), "scale": scale, "zero": np.zeros(len(scale), np.int8)}
    inputs = [f"{name}_{part}" for part in parts]
    stored = [numpy_helper.from_array(value, f"{name}_{part}") for part, value in parts.items()]
    return [helper.make_node("DequantizeLinear", inputs, [name], axis=1)], stored


def _folded(layers: nn.Sequential) -> list[tuple[Floats, Floats]]:
    """Each linear layer's weights (in, out) and bias, the normalisation after it multiplied in."""
    found: list[tuple[Floats, Floats]] = []
    for layer in layers:
        if isinstance(layer, nn.Linear):
            found.append((layer.weight.detach().numpy().T, layer.bias.detach().numpy()))
        if isinstance(layer, nn.BatchNorm1d):
            weight, bias = found.pop()
            factor = (layer.weight / torch.sqrt(layer.running_var + layer.eps)).detach().numpy()
            shift = layer.bias.detach().numpy() - layer.running_mean.numpy() * factor
            found.append((weight * factor, bias * factor + shift))
    return found
