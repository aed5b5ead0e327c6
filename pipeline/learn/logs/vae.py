"""A conditional variational autoencoder (Kingma 2014, Sohn 2015) that makes windows of an exercise it is told.

It sees acceleration only, three axes of a window; what it makes goes through the same changes as recorded windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from tqdm import tqdm

from pipeline.learn.logs.augment import Batch, Variety, as_by_another_device, worn_anyhow
from pipeline.learn.logs.teaching import Draw
from pipeline.motion.windows import FRAMES
from pipeline.sensors.channels import GRAVITY_M_S2


@dataclass(frozen=True, slots=True)
class VaeRecipe:
    """latent: numbers that a window is told in. divergence: weight of the Kullback-Leibler term, of squared error 1."""

    latent: int = 16
    width: int = 48
    steps: int = 1500
    batch: int = 96
    rate: float = 2e-3
    divergence: float = 0.02


class WindowVae(nn.Module):  # type: ignore[misc]
    """Windows (N, 3, FRAMES) in g with their answers (N,) to a code and back."""

    def __init__(self, answers: int, recipe: VaeRecipe) -> None:
        super().__init__()
        width, half = recipe.width, recipe.width // 2
        self.recipe, self.answers = recipe, answers
        self.encoder = nn.Sequential(
            *(nn.Conv1d(3 + answers, half, 7, 2, 3), nn.ReLU(), nn.Conv1d(half, width, 5, 2, 2), nn.ReLU()),
            *(nn.Conv1d(width, width, 5, 2, 2), nn.ReLU(), nn.Flatten(), nn.Linear(width * 16, 2 * recipe.latent)),
        )
        self.spread = nn.Linear(recipe.latent + answers, width * 16)
        self.decoder = nn.Sequential(
            *(nn.ReLU(), nn.Upsample(scale_factor=2), nn.Conv1d(width, width, 5, padding=2), nn.ReLU()),
            *(nn.Upsample(scale_factor=2), nn.Conv1d(width, half, 5, padding=2), nn.ReLU()),
            *(nn.Upsample(scale_factor=2), nn.Conv1d(half, 3, 7, padding=3)),
        )

    def decode(self, code: torch.Tensor, answer: torch.Tensor) -> torch.Tensor:
        told = nn.functional.one_hot(answer, self.answers).float()
        spread = self.spread(torch.cat([code, told], dim=1)).reshape(len(code), self.recipe.width, 16)
        return self.decoder(spread)[:, :, :FRAMES]

    def forward(self, x: torch.Tensor, answer: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """What comes back, and the code's mean and logarithm of variance."""
        told = nn.functional.one_hot(answer, self.answers).float()[:, :, None].expand(-1, -1, FRAMES)
        mean, log_variance = self.encoder(torch.cat([x, told], dim=1)).chunk(2, dim=1)
        code = mean + torch.randn_like(mean) * torch.exp(log_variance / 2)
        return self.decode(code, answer), mean, log_variance


def teach_vae(draw: Draw, answers: int, recipe: VaeRecipe, seed: int) -> WindowVae:
    """A VAE taught on drawn windows, which should not be turned or signed otherwise: that comes after."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    vae = WindowVae(answers, recipe)
    optimizer = torch.optim.AdamW(vae.parameters(), recipe.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=recipe.steps)
    for _ in tqdm(range(recipe.steps), desc="making windows", ncols=90, mininterval=5):
        batch, answer = draw(recipe.batch, rng)
        x = torch.from_numpy(batch.acceleration_m_s2 / np.float32(GRAVITY_M_S2)).transpose(1, 2)
        back, mean, log_variance = vae(x, torch.from_numpy(answer))
        missed = ((back - x) ** 2).sum(dim=(1, 2)).mean() / (3 * FRAMES)
        apart = -0.5 * (1 + log_variance - mean**2 - log_variance.exp()).sum(dim=1).mean() / recipe.latent
        optimizer.zero_grad()
        (missed + recipe.divergence * apart).backward()
        optimizer.step()
        schedule.step()
    vae.eval()
    return vae


def with_made(draw: Draw, vae: WindowVae, share: float, variety: Variety) -> Draw:
    """The same draw with a share of each batch made by the VAE, of the same answers."""

    def mixed(count: int, rng: np.random.Generator) -> tuple[Batch, npt.NDArray[np.int_]]:
        batch, answer = draw(count, rng)
        made_count = round(share * count)
        made = worn_anyhow(as_by_another_device(_made(vae, answer[:made_count], rng), variety, rng), variety, rng)
        parts = [np.concatenate([new, old[made_count:]]) for new, old in zip(_parts(made), _parts(batch), strict=True)]
        return Batch(*parts), answer

    return mixed


def _made(vae: WindowVae, answer: npt.NDArray[np.int_], rng: np.random.Generator) -> Batch:
    code = torch.from_numpy(rng.standard_normal((len(answer), vae.recipe.latent), dtype=np.float32))
    with torch.no_grad():
        windows = vae.decode(code, torch.from_numpy(answer)).transpose(1, 2).numpy()
    force = np.ascontiguousarray(windows * np.float32(GRAVITY_M_S2))
    return Batch(force, np.zeros_like(force), np.zeros(len(answer), np.float32))


def _parts(batch: Batch) -> tuple[Any, ...]:
    return batch.acceleration_m_s2, batch.rotation_rad_s, batch.gyroscope
