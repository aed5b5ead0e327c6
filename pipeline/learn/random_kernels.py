"""Kernels of random convolutions and the quantiles of their thresholds, for clips and logs (MiniRocket, Dempster 2021,
doi 10.1145/3447548.3467231).
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np

from pipeline.values import Array

TAPS: Final = 9  # of a kernel: three weigh 2, six weigh -1, in every one of the 84 ways
KERNELS: Final = np.array([[2 if tap in high else -1 for tap in range(TAPS)] for high in combinations(range(TAPS), 3)])
_GOLDEN: Final = (5**0.5 + 1) / 2


def spread_shares(count: int) -> Array:
    """(count,) evenly spread quantiles 0..1: multiples of the golden ratio modulo 1."""
    return np.asarray(np.arange(1, count + 1) * _GOLDEN % 1)
