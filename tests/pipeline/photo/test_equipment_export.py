"""The exported picture network computes what its checkpoint says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch import Tensor  # noqa: E402
from torch.nn import functional  # noqa: E402

from bot.cli import main  # noqa: E402
from pipeline.learn.poses.equipment import ANSWERS, EPSILON, MIDDLE, WIDTH, State, export_equipment  # noqa: E402
from pipeline.photo.equipment import EQUIPMENT, INPUT, SIDE_PX  # noqa: E402
from pipeline.recognize.network import open_session  # noqa: E402

NEAR_SINGLE, NEAR_EIGHT_BIT = 1e-4, 0.02  # probabilities
ANSWERS_IN_ALL = 1000
LIKELY = 7.0  # what the answers looked at have before the others
# name, outputs, inputs of a kernel, its side, its normalisation: a stem, a block as wide as before, one that halves, a
# head
LAYERS = (
    ("_conv_stem", 4, 3, 3, "_bn0"),
    ("_blocks.0._depthwise_conv", 4, 1, 3, "_blocks.0._bn1"),
    ("_blocks.0._project_conv", 4, 4, 1, "_blocks.0._bn2"),
    ("_blocks.1._expand_conv", 8, 4, 1, "_blocks.1._bn0"),
    ("_blocks.1._depthwise_conv", 8, 1, 5, "_blocks.1._bn1"),
    ("_blocks.1._project_conv", 6, 8, 1, "_blocks.1._bn2"),
    ("_conv_head", 10, 6, 1, "_bn1"),
)


def tiny_state() -> State:
    """A checkpoint of a network of two blocks, as chance has it."""
    rng = np.random.default_rng(3)
    state = {"_fc.weight": rng.normal(0, 0.1, (ANSWERS_IN_ALL, 10)), "_fc.bias": rng.normal(0, 1, ANSWERS_IN_ALL)}
    state["_fc.bias"][[one for kind in EQUIPMENT for one in ANSWERS[kind]]] += LIKELY
    for name, outputs, inputs, side, norm in LAYERS:
        state[f"{name}.weight"] = rng.normal(0, 1 / side, (outputs, inputs, side, side))
        state[f"{norm}.weight"], state[f"{norm}.running_var"] = rng.uniform(0.5, 2, (2, outputs))
        state[f"{norm}.bias"], state[f"{norm}.running_mean"] = rng.normal(0, 1, (2, outputs))
    return {key: values.astype(np.float32) for key, values in state.items()}


def layer(at: Tensor, state: State, number: int, step: int = 1) -> Tensor:
    """Convolution, padded as TensorFlow pads, and normalisation."""
    name, _, inputs, side, norm = LAYERS[number]
    size = at.shape[-1]
    pad = max((-(-size // step) - 1) * step + side - size, 0)
    padded = functional.pad(at, (pad // 2, pad - pad // 2) * 2)
    given = {key: torch.tensor(values) for key, values in state.items()}
    groups = at.shape[1] // inputs
    found = functional.conv2d(padded, given[f"{name}.weight"], stride=step, groups=groups)
    mean, spread, weight, bias = (given[f"{norm}.{key}"] for key in ("running_mean", "running_var", "weight", "bias"))
    return functional.batch_norm(found, mean, spread, weight, bias, eps=EPSILON)


def by_torch(pixels: np.ndarray, state: State) -> np.ndarray:
    """What the checkpoint says, by torch's own layers."""
    at = torch.tensor((pixels - MIDDLE) / WIDTH).permute(0, 3, 1, 2)
    at = functional.relu6(layer(at, state, 0, 2))
    at = at + layer(functional.relu6(layer(at, state, 1)), state, 2)
    wide = functional.relu6(layer(functional.relu6(layer(at, state, 3)), state, 4, 2))
    at = functional.relu6(layer(layer(wide, state, 5), state, 6)).mean((2, 3))
    answers = at @ torch.tensor(state["_fc.weight"]).T + torch.tensor(state["_fc.bias"])
    shares = answers.softmax(1).numpy()
    return np.stack([shares[:, list(ANSWERS[kind])].sum(axis=1) for kind in EQUIPMENT], axis=1)


@pytest.mark.parametrize(("kind", "near"), [(np.float32, NEAR_SINGLE), (np.int8, NEAR_EIGHT_BIT)])
def test_what_is_exported_is_what_the_checkpoint_says(kind: type, near: float) -> None:
    pixels = np.random.default_rng(1).uniform(0, 255, (2, SIDE_PX, SIDE_PX, 3)).astype(np.float32)
    (shown,) = open_session(export_equipment(tiny_state(), kind)).run(None, {INPUT: pixels})
    assert shown == pytest.approx(by_torch(pixels, tiny_state()), abs=near)


def test_a_checkpoint_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "equipment", str(tmp_path / "none.pth"), "--out", str(tmp_path)]) == 2
    assert "none.pth" in capsys.readouterr().err
