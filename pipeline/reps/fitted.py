"""Weights of features as `pipeline/learn` writes them: by name, so that one more or less cannot shift the others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.values import Array


def fitted(path: Path, **features: Sequence[str]) -> tuple[Array, ...]:
    """For each part of the file the weights of its features, in their order. Raises KeyError where one has none."""
    weights = json.loads(path.read_text(encoding="utf-8"))
    return tuple(np.array([weights[part][name] for name in names]) for part, names in features.items())
