"""The linear model over random convolutions: ridge regression on which name a window shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from pipeline.learn.clips.convolutions import INPUT, Draw, add_features, features
from pipeline.learn.clips.export import OUTPUT
from pipeline.learn.clips.idle import StillWindows, with_idlers
from pipeline.learn.clips.lessons import Clips, Lessons, answers, lessons_of, looked_at
from pipeline.learn.clips.pieces import Pieces
from pipeline.learn.onnx_graph import WEIGHT_TYPES, Graph, Precision
from pipeline.learn.ridge_regression import Head, Sums, Usual, solved
from pipeline.recognize.windows import FRAMES
from pipeline.values import Array, Floats, Mask


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the regression is taught. Chosen by cross-validation on development tracks, once; the draw was another."""

    real_share: float = 0.4  # of what the rows weigh, the rest is simulated
    decay: float = 0.3  # where all rows together weigh 1
    cut: float = 5.0  # standard deviations of a feature
    least_spread: float = 0.05  # of a feature, beside its standard deviation
    sharpness: float = 8.0  # of the scores' softmax: they are shares of 1, not logarithms


RECIPE: Final = Recipe()


@dataclass(frozen=True, slots=True, eq=False)
class Ridge:
    """A taught member: features of its draw, made even and cut, times weights."""

    draw: Draw
    head: Head
    recipe: Recipe = RECIPE

    def log_probabilities(self, rows: Floats) -> Array:
        """(N, K) of windows' features (N, F)."""
        usual = Usual(self.head.mean, self.head.spread)
        scores = self.recipe.sharpness * (_even(usual, rows, self.recipe) @ self.head.weights + self.head.bias)
        return np.asarray(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True), np.float64)


class RidgeTraining:
    """The features of all windows under one draw of convolutions, and the training of the linear model on them.

    Those of simulated windows are calculated when first needed.
    """

    def __init__(self, drawn: Draw, seen: Lessons, clips: Clips, still_windows: StillWindows, pieces: Pieces) -> None:
        """`seen` has channels (N, T, C) for rows."""
        self.drawn, self._seen = drawn, seen
        rows = features(drawn, looked_at(clips.cut))
        self.clips = replace(clips, summaries=rows, unguessed=rows)
        self.still_windows = replace(still_windows, summaries=features(drawn, looked_at(still_windows.cut)))
        self.pieces = features(drawn, looked_at(pieces.cut)) if len(pieces) else rows[:0]

    @cached_property
    def simulated(self) -> Lessons:
        """Simulated windows with features (N, F) for rows."""
        return replace(self._seen, summaries=features(self.drawn, self._seen.summaries))

    @cached_property
    def usual(self) -> Usual:
        """How simulated windows' features are spread, which makes all windows' even."""
        rows = self.simulated.summaries
        return Usual(rows.mean(axis=0), rows.std(axis=0) + np.float32(RECIPE.least_spread))

    @cached_property
    def sums(self) -> Sums:
        """Of simulated windows, with their share of the weight."""
        return _sums(self.simulated, self.usual, 1 - RECIPE.real_share)

    def taught(self, chosen: Mask | None) -> Ridge:
        """The member taught by simulated windows and those of the chosen clips; by simulation alone with None."""
        if chosen is None:
            return Ridge(self.drawn, solved(self.sums, RECIPE.decay * (1 - RECIPE.real_share), self.usual))
        real = with_idlers(lessons_of(self.clips, chosen), self.still_windows, self.simulated, chosen)
        both = Sums.total([self.sums, _sums(real, self.usual, RECIPE.real_share)])
        return Ridge(self.drawn, solved(both, RECIPE.decay, self.usual))


def _sums(lessons: Lessons, usual: Usual, weight: float) -> Sums:
    """Of rows that weigh so much together."""
    sums = Sums.empty(lessons.summaries.shape[1], len(answers()))
    share = (weight * lessons.weight / lessons.weight.sum()).astype(np.float32)
    sums.add(_even(usual, lessons.summaries, RECIPE), share, np.eye(len(answers()), dtype=np.float32)[lessons.answer])
    return sums


def _even(usual: Usual, rows: Floats, recipe: Recipe) -> Floats:
    return np.clip(usual.even(rows), -recipe.cut, recipe.cut)


def export_ridge(ridge: Ridge, said: Mapping[str, Any], precision: Precision = "half") -> bytes:
    """One ONNX file from channels to logarithms, calculated in single precision whatever its weights are stored in;
    `said` becomes its metadata."""
    graph, head, recipe = Graph(WEIGHT_TYPES[precision]), ridge.head, ridge.recipe
    apart = graph.step("Sub", [add_features(graph, ridge.draw), graph.constant(head.mean)])
    even = graph.step("Div", [apart, graph.constant(head.spread)])
    cut = graph.step("Clip", [even, graph.number(-recipe.cut), graph.number(recipe.cut)])
    scores = graph.step("Add", [graph.step("MatMul", [cut, graph.weights(head.weights)]), graph.constant(head.bias)])
    graph.step("LogSoftmax", [graph.step("Mul", [scores, graph.number(recipe.sharpness)])], OUTPUT, axis=1)
    given, told = ("rows", FRAMES, len(ridge.draw.mix)), ("rows", len(head.bias))
    return graph.written({INPUT: given}, {OUTPUT: told}, "recognizer_convolutions", said)
