"""Self-supervised pretraining: the network learns to fill in hidden stretches of unlabelled windows.

Masked reconstruction, as in Haresamudram 2020 (doi 10.1145/3410531.3414306): half of the time is hidden in stretches,
and a small decoder must reconstruct the acceleration there from the features of the rest.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import torch
from torch import nn
from tqdm import tqdm

from pipeline.learn.logs.network import LogNetwork, Recipe, seen
from pipeline.learn.logs.teaching import Draw
from pipeline.motion.windows import FRAMES

AXES: Final = 3  # the first rows are the acceleration along the sensor's own axes
STRETCH: Final = 12  # frames hidden at once: half a second
HIDDEN: Final = 0.5


def pretrain(draw: Draw, network: LogNetwork, recipe: Recipe, steps: int, seed: int) -> LogNetwork:
    """The network, all but its head taught to fill in; `draw`'s answers are not looked at."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    decoder = _decoder(recipe)
    both = [*network.parameters(), *decoder.parameters()]
    optimizer = torch.optim.AdamW(both, recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=steps)
    network.train()
    for _ in tqdm(range(steps), desc="filling in", ncols=90, mininterval=5):
        whole = torch.from_numpy(seen(draw(recipe.batch, rng)[0]))
        hidden = torch.from_numpy(_hidden(recipe.batch, rng))[:, None]
        told = decoder(network.features(whole * ~hidden))[:, :, :FRAMES]
        missed = ((told - whole[:, :AXES]) ** 2 * hidden).sum() / (AXES * hidden.sum())
        optimizer.zero_grad()
        missed.backward()
        optimizer.step()
        schedule.step()
    return network


def _decoder(recipe: Recipe) -> Any:
    """Features (N, C, T shortened by every stride) to acceleration (N, AXES, T or a little more)."""
    step = recipe.first_stride * 2 ** (len(recipe.widths) - 1)
    spread = nn.ConvTranspose1d(64, AXES, step, stride=step)
    return nn.Sequential(nn.Conv1d(recipe.widths[-1], 64, 3, padding=1), nn.ReLU(), spread)


def _hidden(count: int, rng: np.random.Generator) -> Any:
    """(count, FRAMES) True where a stretch is hidden."""
    stretches = rng.random((count, FRAMES // STRETCH + 2)) < HIDDEN
    shift = rng.integers(0, STRETCH, count)
    at = (np.arange(FRAMES) + shift[:, None]) // STRETCH
    return np.take_along_axis(stretches, at, axis=1)
