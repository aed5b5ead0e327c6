"""Teaching the network of whole sets: random convolutions and a ridge regression, no steps and no early stopping."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from tqdm import tqdm

from pipeline.learn.log_lessons import ULIFT_EXERCISES
from pipeline.learn.log_recordings import Recording
from pipeline.learn.log_set_kernels import KINDS, Graph, Kernels, add_features, draw_kernels, feature_count
from pipeline.motion.set_channels import SetChannels, set_channels
from pipeline.motion.windows import Floats
from pipeline.recognize.network import open_session

CLASSES: Final = ULIFT_EXERCISES
DATA_SET: Final = "ulift"  # worn alike by all its people: only so is one signing the true one
AT_ONCE: Final = 32  # sets whose features are held at a time


@dataclass(frozen=True, slots=True)
class SetRecipe:
    """wrong_signings: weight of a set in a signing that is not as recorded, where every score should be 0.

    decay: of the regression's weights, features at standard deviation 1. typical: sets that thresholds are found on.
    Chosen on people of the second fold.
    """

    wrong_signings: float = 0.1
    decay: float = 30.0
    free_decay: float = 60.0
    typical: int = 300
    least_spread: float = 1e-2  # of a feature: what hardly varies must not be blown up

    def weight(self, signings: int) -> Floats:
        """Of each row of a set."""
        return np.array([1.0, *[self.wrong_signings] * (signings - 1)], dtype=np.float32)


def teach_sets(recordings: Sequence[Recording], seed: int, recipe: SetRecipe | None = None) -> bytes:
    """The ONNX file of a network taught on the recordings' sets of exercises."""
    chosen = recipe or SetRecipe()
    every = [(set_channels(one.values[:, :3].astype(np.float64)), one.label) for one in recordings if _usable(one)]
    taught = [(channels, CLASSES.index(label)) for channels, label in every if channels is not None]
    rng = np.random.default_rng(seed)
    few = rng.permutation(len(taught))[: chosen.typical]
    kernels = draw_kernels([taught[index][0] for index in few], seed)
    heads = _heads(kernels, taught, chosen)
    graph = Graph()
    for kind, (weight, bias) in heads.items():
        inputs = [add_features(graph, kernels, kind), graph.single(f"{kind}_head", weight.astype(np.float16))]
        graph.node("Gemm", [*inputs, graph.constant(f"{kind}_bias", bias)], f"{kind}_scores")
    said = {"classes": json.dumps(CLASSES), "seed": json.dumps(seed)}
    return graph.written({f"{kind}_scores": len(CLASSES) for kind in KINDS}, said)


def _usable(one: Recording) -> bool:
    return one.data_set == DATA_SET and one.label in CLASSES


def _heads(
    kernels: Kernels, taught: Sequence[tuple[SetChannels, int]], recipe: SetRecipe
) -> dict[str, tuple[Floats, Floats]]:
    """Weights (features, K) and biases (K,) of both kinds."""
    graph = Graph()
    names = [add_features(graph, kernels, kind) for kind in KINDS]
    session = open_session(
        graph.written({name: feature_count(kind) for name, kind in zip(names, KINDS, strict=True)}, {})
    )
    usual = _usual(session, names, taught[:: max(1, len(taught) // recipe.typical)], recipe)
    sums: dict[str, Sums] = {}
    for features, answer in _features(session, names, taught, "whole sets"):
        for kind, rows in zip(KINDS, features, strict=True):
            sums.setdefault(kind, Sums.empty(rows.shape[-1])).add(usual[kind].even(rows), answer, recipe)
    decays = {"own": recipe.decay, "free": recipe.free_decay}
    return {kind: _solved(one, decays[kind], usual[kind]) for kind, one in sums.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """Mean and standard deviation of each feature, sets as recorded."""

    mean: Floats
    spread: Floats

    def even(self, rows: Floats) -> Floats:
        """The same features about 0 and of size about 1."""
        return np.asarray((rows - self.mean) / self.spread, dtype=np.float32)


@dataclass(slots=True, eq=False)
class Sums:
    """What a ridge regression needs of any number of rows: their products, and those with what is wanted."""

    products: Floats
    wanted: Floats

    @classmethod
    def empty(cls, features: int) -> Sums:
        """Of no rows; one more column is the bias."""
        return cls(
            np.zeros((features + 1, features + 1), np.float32), np.zeros((features + 1, len(CLASSES)), np.float32)
        )

    def add(self, rows: Floats, answer: Sequence[int], recipe: SetRecipe) -> None:
        """Sets (B, signings, features): as recorded they are their answer, in every other signing nothing."""
        count, signings, features = rows.shape
        full = np.concatenate([rows, np.ones((count, signings, 1), np.float32)], axis=2)
        weighed = (full * np.sqrt(recipe.weight(signings))[:, None]).reshape(-1, features + 1)
        self.products += weighed.T @ weighed
        self.wanted += full[:, 0].T @ np.eye(len(CLASSES), dtype=np.float32)[list(answer)]


def _solved(sums: Sums, decay: float, usual: Usual) -> tuple[Floats, Floats]:
    products = sums.products.copy()
    feature = np.arange(len(usual.mean))
    products[feature, feature] += decay
    weights = np.linalg.solve(products, sums.wanted)
    of_plain = weights[:-1] / usual.spread[:, None]
    return of_plain, np.asarray(weights[-1] - usual.mean @ of_plain, dtype=np.float32)


def _usual(
    session: Any, names: Sequence[str], taught: Sequence[tuple[SetChannels, int]], recipe: SetRecipe
) -> Mapping[str, Usual]:
    parts = [features for features, _ in _features(session, names, taught, "usual sets")]
    rows = {kind: np.concatenate([part[place][:, 0] for part in parts]) for place, kind in enumerate(KINDS)}
    least = np.float32(recipe.least_spread)
    return {kind: Usual(of.mean(axis=0), of.std(axis=0) + least) for kind, of in rows.items()}


def _features(
    session: Any, names: Sequence[str], taught: Sequence[tuple[SetChannels, int]], what: str
) -> Iterator[tuple[list[Floats], list[int]]]:
    """Features (B, signings, F) of both kinds of some sets at a time, with their answers."""
    for start in tqdm(range(0, len(taught), AT_ONCE), desc=what, ncols=90, mininterval=5):
        some = taught[start : start + AT_ONCE]
        made = [session.run(names, {name: getattr(one, name) for name in _inputs()}) for one, _ in some]
        yield [np.stack(rows) for rows in zip(*made, strict=True)], [answer for _, answer in some]


def _inputs() -> list[str]:
    return [name for views in KINDS.values() for name in views]
