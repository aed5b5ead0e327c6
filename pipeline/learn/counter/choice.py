"""Train the weights of `reps/choice` on labelled tracks and simulated clips, and measure them on sources left out.

    python -m pipeline.learn.counter.choice TRACKS --sources s04 s05 ... --out pipeline/weights/counter.json

TRACKS is a folder of packed tracks with an index.csv (see its README). A clip's likelihood is that of its true counts:
the candidates' exp(score) summed over candidates of a true count, over the sum of all. It is maximised with L-BFGS and
a penalty on large weights. Before writing, it prints how the weights do on each source when that source was left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from pipeline.learn.counter.clips import drawn_clip
from pipeline.learn.counter.strain import strained
from pipeline.learn.tracks import rows_of, track_of
from pipeline.reps.beat import beat_of
from pipeline.reps.body import body_of
from pipeline.reps.candidates import candidates_of
from pipeline.reps.features import CANDIDATE_FEATURES, NOTHING_FEATURES, candidate_features, nothing_features
from pipeline.reps.signals import signals_of
from pipeline.values import Array, Indices, PoseTrack

_EMPTY_WEIGHT = 2.0  # a rep that nobody did is worse than one miscounted
_HELD_SMALL = 0.002  # price of the squares of the standardised weights
_IDLE_SEED = 7_000  # clips with nothing to count, beyond the ordinary ones' quarter


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One clip: counts (N,) and features (N, F) of its candidates, nothing (G,), the true counts, its weight."""

    counts: Indices
    features: Array
    nothing: Array
    truth: frozenset[int]
    source: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The result of `fitted`: one number a feature."""

    candidate: Array
    nothing: Array


def example_of(track: PoseTrack, truth: frozenset[int], source: str, weight: float = 1.0) -> Example | None:
    """The clip as the scorer sees it; None where nobody can be counted in it."""
    body = body_of(track)
    if body is None:
        return None
    beat = beat_of(body)
    found = candidates_of(body, signals_of(body), beat)
    features = candidate_features(body, found, beat)
    counts = np.array([candidate.cycles for candidate in found], dtype=np.int64)
    return Example(counts, features, nothing_features(body, features, beat), truth, source, weight)


def real_examples(folder: Path, sources: Sequence[str]) -> Iterator[Example]:
    """Every clip of these sources with a sure count, without duplicates and generated footage."""
    for track, truth, source in _labelled(folder, sources):
        example = example_of(track, truth, source)
        if example is not None:
            yield example


def strained_examples(folder: Path, sources: Sequence[str]) -> Iterator[Example]:
    """Every second one of the same clips, made harder: sparse sampling, shaking hands, dropped frames."""
    for number, (track, truth, source) in enumerate(_labelled(folder, sources)):
        if number % 2 == 0:
            example = example_of(strained(track, np.random.default_rng(number)), truth, source)
            if example is not None:
                yield example


def _labelled(folder: Path, sources: Sequence[str]) -> Iterator[tuple[PoseTrack, frozenset[int], str]]:
    for row in rows_of(folder):
        sure = row["rep_confidence"] in ("high", "medium") and row["reps"] != ""
        if sure and row["source"] in sources and row["synthetic"] != "True":
            truth = frozenset(int(float(row[name])) for name in ("reps", "reps_incl_edge_partials") if row[name])
            yield track_of(folder, row), truth, row["source"]


def simulated_examples(count: int, weight: float, first_seed: int = 0, idle_share: float = 0.25) -> Iterator[Example]:
    """Clips of known truth, with other seeds than the network's training; every second one is made harder."""
    for seed in range(first_seed, first_seed + count):
        clip = drawn_clip(np.random.default_rng(seed), idle_share)
        truth = frozenset({clip.reps, clip.reps_with_edges})
        track = strained(clip.track, np.random.default_rng(seed)) if seed % 2 else clip.track
        example = example_of(track, truth, "simulated", weight * (_EMPTY_WEIGHT if truth == {0} else 1.0))
        if example is not None:
            yield example


def fitted(examples: Sequence[Example]) -> Weights:
    """The weights under which the true counts are likeliest."""
    packed = _Packed(examples)
    found = minimize(packed.loss, np.zeros(packed.size), jac=True, method="L-BFGS-B", options={"maxiter": 100})
    return packed.weights(found.x)


def answered(example: Example, weights: Weights) -> int:
    """The count with the largest sum of exp(score)."""
    scores, nothing = example.features @ weights.candidate, float(example.nothing @ weights.nothing)
    top = max([nothing, *scores.tolist()])
    sums = {0: float(np.exp(nothing - top))}
    for count, score in zip(example.counts.tolist(), scores.tolist(), strict=True):
        sums[count] = sums.get(count, 0.0) + float(np.exp(score - top))
    return max(sums, key=lambda count: sums[count])


def left_out(examples: Sequence[Example], groups: Sequence[Sequence[str]]) -> list[int]:
    """The answer to every real example by weights that were not trained on its group of sources, always on simulated
    ones.
    """
    answers = [-1] * len(examples)
    for group in groups:
        weights = fitted([example for example in examples if example.source not in group])
        for index, example in enumerate(examples):
            if example.source in group:
                answers[index] = answered(example, weights)
    return answers


class _Packed:
    """All candidates of all examples in one matrix, standardised, with the likelihood and its gradient."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._clips = len(examples)
        self._clip = np.repeat(np.arange(self._clips), [len(example.counts) for example in examples])
        features = np.concatenate([example.features for example in examples])
        nothing = np.stack([example.nothing for example in examples])
        self._mean, self._deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
        self._nothing_scale = np.maximum(np.abs(nothing).mean(axis=0), 1e-6)
        self._features = ((features - self._mean) / self._deviation).astype(np.float32)  # half the memory traffic
        self._nothing = nothing / self._nothing_scale
        right = [count in example.truth for example in examples for count in example.counts.tolist()]
        self._right = np.array(right, dtype=np.float64)
        self._empty = np.array([float(0 in example.truth) for example in examples])
        weight = np.array([example.weight for example in examples])
        self._weight = weight / weight.sum()
        self.size = features.shape[1] + nothing.shape[1]

    def loss(self, values: Array) -> tuple[float, Array]:
        """(loss, gradient) at these standardised weights."""
        split = self._features.shape[1]
        scores, empty = self._features @ values[:split].astype(np.float32), self._nothing @ values[split:]
        top = np.maximum(self._most(scores), empty)
        grown, grown_empty = np.exp(scores - top[self._clip]), np.exp(empty - top)
        total = self._sum(grown) + grown_empty
        right = self._sum(grown * self._right) + grown_empty * self._empty + 1e-6
        pull = self._weight[self._clip] * grown * (1 / total[self._clip] - self._right / right[self._clip])
        pull_empty = self._weight * grown_empty * (1 / total - self._empty / right)
        loss = float((self._weight * (np.log(total) - np.log(right))).sum() + _HELD_SMALL * (values**2).sum())
        gradient = np.concatenate([self._features.T @ pull.astype(np.float32), self._nothing.T @ pull_empty])
        return loss, gradient + 2 * _HELD_SMALL * values

    def weights(self, values: Array) -> Weights:
        """The weights of features as they come; what standardising took off goes to the constant of "nothing"."""
        split = self._features.shape[1]
        candidate = values[:split] / self._deviation
        nothing = values[split:] / self._nothing_scale
        nothing[NOTHING_FEATURES.index("one")] += float(self._mean @ candidate)
        return Weights(candidate, nothing)

    def _sum(self, values: Array) -> Array:
        return np.bincount(self._clip, weights=values, minlength=self._clips).astype(np.float64)

    def _most(self, values: Array) -> Array:
        most = np.full(self._clips, -np.inf)
        np.maximum.at(most, self._clip, values)
        return most


def written(weights: Weights, note: str) -> str:
    """The JSON of the weights that `reps/choice` reads."""
    table = {
        "learned": note,
        "candidate": dict(zip(CANDIDATE_FEATURES, weights.candidate.round(5).tolist(), strict=True)),
        "nothing": dict(zip(NOTHING_FEATURES, weights.nothing.round(5).tolist(), strict=True)),
    }
    return json.dumps(table, indent=1)


def main() -> None:
    """Measure with sources left out, then fit on all and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tracks", type=Path)
    parser.add_argument("--sources", nargs="+", required=True)
    parser.add_argument("--simulated", type=int, default=145)
    parser.add_argument("--idle", type=int, default=120)
    parser.add_argument("--simulated-weight", type=float, default=1.0)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    real = list(real_examples(options.tracks, options.sources))
    harder = list(strained_examples(options.tracks, options.sources))
    made_up = list(simulated_examples(options.simulated, options.simulated_weight))
    made_up += simulated_examples(options.idle, options.simulated_weight, _IDLE_SEED, idle_share=1.0)
    examples = [*real, *harder, *made_up]
    answers = left_out(examples, [[source] for source in options.sources])
    right = [answer in example.truth for example, answer in zip(real, answers, strict=False)]
    print(f"leaving its source out: {sum(right)} of {len(right)} real clips right")
    note = f"{len(real)} real clips of {', '.join(options.sources)}, {len(harder)} strained, {len(made_up)} simulated"
    options.out.write_text(written(fitted(examples), note) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
