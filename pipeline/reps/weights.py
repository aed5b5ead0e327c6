"""Read the weights of features that `pipeline/learn` wrote, by name, so that a new feature cannot shift the others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.values import Array


def read_weights(path: Path, **features: Sequence[str]) -> tuple[Array, ...]:
    """The features' weights, in their order, for each part of the file. Raises KeyError where a feature has none."""
    weights = json.loads(path.read_text(encoding="utf-8"))
    return tuple(np.array([weights[part][name] for name in names]) for part, names in features.items())
