"""Random convolutions of whole sets: drawn once by a seed, with thresholds from the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch

from pipeline.learn.random_kernels import KERNELS, TAPS, spread_shares
from pipeline.motion.set_channels import AXES, FREE, OWN, SIGNINGS
from pipeline.values import Floats, Indices, Mask

STRIDE: Final = 2  # frames: every other is enough for shares of time


@dataclass(frozen=True, slots=True)
class View:
    """One input of the network: its channels, how far apart the kernels' taps are, thresholds for each kernel.

    signed: how many of the channels, the first, are axes that another way of wearing the sensor signs otherwise.
    """

    channels: int
    dilations: tuple[int, ...]
    thresholds: int
    signed: int = 0

    @property
    def features(self) -> int:
        return 2 * len(KERNELS) * len(self.dilations) * self.thresholds


VIEWS: Final[Mapping[str, View]] = {
    "own": View(OWN, (1, 2, 4, 8, 14), 4, AXES),
    "own_stretched": View(OWN, (1, 2, 4, 8, 12), 3, AXES),
    "free": View(FREE, (1, 2, 4, 8, 14), 4),
    "free_stretched": View(FREE, (1, 2, 4, 8, 12), 3),
}
KINDS: Final = {"own": ("own", "own_stretched"), "free": ("free", "free_stretched")}


@dataclass(frozen=True, slots=True, eq=False)
class Kernels:
    """channels and thresholds of each view, by dilation: (84, channels) of what each kernel sees, and (84,
    thresholds)."""

    channels: Mapping[str, Sequence[Mask]]
    thresholds: Mapping[str, Sequence[Floats]]


def draw_kernels(typical: Sequence[Mapping[str, Floats]], seed: int) -> Kernels:
    """Kernels over channels chosen at random, few oftener than many, with quantiles of typical views for thresholds."""
    rng = np.random.default_rng(seed)
    channels = {name: [_channels(view, rng) for _ in view.dilations] for name, view in VIEWS.items()}
    thresholds = {
        name: _thresholds(view, channels[name], _signed_anyhow(typical, name, rng)) for name, view in VIEWS.items()
    }
    return Kernels(channels, thresholds)


def signs_of(axes: int, channels: int) -> Indices:
    """(signings, channels) of 1 and -1, as many of the first channels signed; one row where none is."""
    if not axes:
        return np.ones((1, channels), dtype=np.int64)
    rest = np.ones((len(SIGNINGS), channels - axes), dtype=np.int64)
    return np.concatenate([SIGNINGS.astype(np.int64), rest], axis=1)


def _channels(view: View, rng: np.random.Generator) -> Mask:
    seen = np.zeros((len(KERNELS), view.channels), dtype=np.bool_)
    for row in seen:
        count = int(2 ** rng.uniform(0, np.log2(view.channels + 1)))
        row[rng.choice(view.channels, min(count, view.channels), replace=False)] = True
    return seen


def _signed_anyhow(typical: Sequence[Mapping[str, Floats]], name: str, rng: np.random.Generator) -> list[Floats]:
    """One signing of each set."""
    signs = signs_of(VIEWS[name].signed, VIEWS[name].channels)
    return [one[name][0] * signs[rng.integers(len(signs))][:, None].astype(np.float32) for one in typical]


def _thresholds(view: View, channels: Sequence[Mask], rows: Sequence[Floats]) -> list[Floats]:
    shares = spread_shares(len(KERNELS) * len(view.dilations) * view.thresholds)
    by_kernel = shares.reshape(len(view.dilations), len(KERNELS), view.thresholds)
    return [
        _quantiles(np.concatenate([_convolved(one, seen, dilation) for one in rows], axis=1), wanted)
        for seen, dilation, wanted in zip(channels, view.dilations, by_kernel, strict=True)
    ]


def _quantiles(flowing: Floats, shares: Any) -> Floats:
    return np.stack([np.quantile(row, own) for row, own in zip(flowing, shares, strict=True)]).astype(np.float32)


def _convolved(rows: Floats, seen: Mask, dilation: int) -> Floats:
    weight = (seen[:, :, None] * KERNELS[:, None]).astype(np.float32)
    padding = dilation * (TAPS // 2)
    given, taps = torch.from_numpy(rows)[None], torch.from_numpy(weight)
    out = torch.nn.functional.conv1d(given, taps, padding=padding, dilation=dilation, stride=4 * STRIDE)
    return np.asarray(out[0].numpy())


def feature_count(kind: str) -> int:
    """How many features the views of a kind make."""
    return sum(VIEWS[name].features for name in KINDS[kind])
