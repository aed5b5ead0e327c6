"""Attention among the landmarks of a still body: it errs elsewhere than the dense network, so both together err less.

Each landmark looks at the others (Vaswani 2017), the more or less as their offset in the picture has it. Uses torch.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import nn

from pipeline.photo.shape import LANDMARKS_USED

JOINTS: Final = len(LANDMARKS_USED)
ROWS: Final = 4 * JOINTS  # the first features: two axes of every landmark, which are known, which visible
WIDTH, HEADS, LAYERS, PAIR, HEAD = 64, 4, 3, 24, 320
WAVES: Final = (1.0, 2.0, 4.0, 8.0)  # a metre: sines of places tell small differences
SOFT: Final = 0.05  # metres: nearer landmarks have no direction
UNSEEN: Final = 9.0  # off the logarithm of how much a landmark that is not known is looked at
LAYER_DROPOUT: Final = 0.1


class JointNet(nn.Module):  # type: ignore[misc]
    """The first ROWS features (N, ROWS) to K logits."""

    def __init__(self, answers: int, dropout: float) -> None:
        super().__init__()
        self.joint = nn.Parameter(torch.randn(JOINTS, WIDTH) * 0.1)
        self.into = nn.Sequential(nn.Linear(4 + 4 * len(WAVES), WIDTH), nn.GELU(), nn.Linear(WIDTH, WIDTH))
        self.pair = nn.Sequential(nn.Linear(5, PAIR), nn.GELU(), nn.Linear(PAIR, HEADS * LAYERS))
        self.lean = nn.Parameter(torch.zeros(LAYERS, HEADS, JOINTS, JOINTS))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.last = nn.Sequential(
            *(nn.Linear(JOINTS * WIDTH, HEAD), nn.BatchNorm1d(HEAD), nn.GELU()),
            *(nn.Dropout(dropout), nn.Linear(HEAD, answers)),
        )

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        points = rows[:, : 2 * JOINTS].reshape(-1, JOINTS, 2)
        known, visible = (part[..., None] for part in rows[:, 2 * JOINTS :].chunk(2, dim=1))
        at = self.into(_tokens(points, known, visible)) + self.joint
        leans = self.pair(_offsets(points)).permute(0, 3, 1, 2).chunk(LAYERS, dim=1)
        unseen = (known[:, None, None, :, 0] - 1) * UNSEEN
        for layer, own, lean in zip(self.layers, self.lean, leans, strict=True):
            at = layer(at, lean + own + unseen)
        return self.last((at * known).flatten(1))


class Layer(nn.Module):  # type: ignore[misc]
    """Landmarks (N, JOINTS, WIDTH) having looked at each other, leaning (N, HEADS, JOINTS, JOINTS) to some."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.asked, self.told = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.thought = nn.Sequential(
            *(nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Dropout(LAYER_DROPOUT)), nn.Linear(2 * WIDTH, WIDTH)
        )
        self.drop = nn.Dropout(LAYER_DROPOUT)

    def forward(self, at: torch.Tensor, lean: torch.Tensor) -> torch.Tensor:
        asked = self.asked(self.before(at)).reshape(-1, JOINTS, 3, HEADS, WIDTH // HEADS)
        query, key, value = asked.permute(2, 0, 3, 1, 4)
        heard = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=lean)
        at = at + self.drop(self.told(heard.transpose(1, 2).reshape(-1, JOINTS, WIDTH)))
        return at + self.drop(self.thought(self.between(at)))


def _tokens(points: torch.Tensor, known: torch.Tensor, visible: torch.Tensor) -> torch.Tensor:
    """(N, JOINTS, 4 + 4 W): where each landmark lies, and sines and cosines of it."""
    turns = (points[..., None] * torch.tensor(WAVES)).flatten(2)
    return torch.cat([points, known, visible, turns.sin() * known, turns.cos() * known], dim=2)


def _offsets(points: torch.Tensor) -> torch.Tensor:
    """(N, JOINTS, JOINTS, 5): from each landmark to each, how far, and which way."""
    apart = points[:, :, None] - points[:, None]
    length = apart.norm(dim=3, keepdim=True)
    return torch.cat([apart, length, apart / (length + SOFT)], dim=3)
