"""Simulate sets of exercises that were never recorded, so that the log counter learns repetitions, not fifteen
exercises.

A limb turns and travels along a random path, there and back, with pauses at either end, every repetition a little
different; some dip twice. Gravity turns in the sensor's axes as the limb does.
"""

from __future__ import annotations

import numpy as np

from pipeline.learn.log_counter.takes import Piece
from pipeline.motion.signals import RATE_HZ, low_passed
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import Array

_FINE_HZ = 100.0


def simulated_piece(rng: np.random.Generator) -> Piece:
    """One set of 1 to 15 repetitions of 0.7 to 8 s, begun and ended at rest."""
    way, edges_s = _played(rng)
    swing = np.deg2rad(rng.uniform(5, 110)) * way
    side = np.deg2rad(rng.uniform(0, 40)) * way**2 * rng.choice([-1, 1])
    gravity = GRAVITY_M_S2 * np.column_stack([np.sin(swing) * np.cos(side), np.sin(side), np.cos(swing) * np.cos(side)])
    travelled = np.outer(way, rng.normal(size=3)) * rng.uniform(0, 0.35)
    pushed = np.gradient(np.gradient(travelled, axis=0), axis=0) * _FINE_HZ**2
    tremor = low_passed(rng.normal(0, rng.uniform(0.2, 3), (*way.shape, 3)), rng.uniform(1, 4), _FINE_HZ)
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    fine = (gravity + low_passed(pushed, 8.0, _FINE_HZ) + tremor) @ turn.T
    return Piece(fine[:: int(_FINE_HZ / RATE_HZ)], edges_s, "simulated", "simulated", "simulated")


def _played(rng: np.random.Generator) -> tuple[Array, Array]:
    """The way (T,) at _FINE_HZ, 0 at rest and about 1 at the turn, and the edges (N + 1,) seconds."""
    usual = np.array([rng.uniform(0.3, 2.2), rng.choice([0, rng.uniform(0, 1.2)]), rng.uniform(0.3, 2.5)])
    rest_s, jitter = rng.choice([0, rng.uniform(0, 1.8)]), rng.uniform(0.03, 0.12)
    second = rng.uniform(0.3, 0.9) if rng.random() < 0.2 else 0.0
    parts, edges_s = [], [0.0]
    for _ in range(int(rng.integers(1, 16))):
        parts.append(_repetition(usual * np.exp(rng.normal(0, jitter, 3)), second) * np.exp(rng.normal(0, 0.08)))
        parts.append(np.zeros(round(rest_s * np.exp(rng.normal(0, 0.2)) * _FINE_HZ)))
        edges_s.append(sum(len(part) for part in parts) / _FINE_HZ)
    return np.concatenate(parts), np.array(edges_s)


def _repetition(seconds: Array, second: float) -> Array:
    """There, pause, back; with a second, smaller dip before it is over where `second` is its size."""
    there, pause, back = (max(2, round(float(part) * _FINE_HZ)) for part in seconds)
    once = np.concatenate([_eased(there), np.ones(pause), 1 - _eased(back)])
    dip = np.concatenate([_eased(there), 1 - _eased(back)]) * second if second else np.empty(0)
    return np.concatenate([once, dip])


def _eased(frames: int) -> Array:
    share = np.arange(frames) / frames
    return np.asarray(share**3 * (10 - 15 * share + 6 * share**2))
