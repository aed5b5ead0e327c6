"""Measures of any classifier: confusion, precision and recall by class, and calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.evaluate.names import calibration_error
from pipeline.recognize.decide import softmax
from pipeline.values import Array, Indices, Mask

TEMPERATURES: Final = tuple(np.exp(np.linspace(np.log(0.1), np.log(2.5), 40)))


@dataclass(frozen=True, slots=True)
class ClassRow:
    """The measures of one class: shares of sets, and the area under its precision-recall curve."""

    sets: int
    precision: float
    recall: float
    f1: float
    pr_auc: float


def confusion(truth: Indices, said: Indices, classes: int) -> Array:
    """(C, C) shares of each true class's sets that were called each class; a row without sets is 0."""
    counts = np.zeros((classes, classes))
    np.add.at(counts, (truth, said), 1)
    return np.asarray(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))


def class_rows(truth: Indices, probability: Array) -> dict[int, ClassRow]:
    """A row for each class that occurs, from sets' probabilities (M, C)."""
    said = probability.argmax(axis=1)
    return {int(one): _row(truth == one, said == one, probability[:, one]) for one in np.unique(truth)}


def _row(true: Mask, said: Mask, sure: Array) -> ClassRow:
    right = float((true & said).sum())
    precision, recall = right / max(1, said.sum()), right / true.sum()
    f1 = 2 * right / (true.sum() + said.sum())
    return ClassRow(int(true.sum()), precision, recall, f1, average_precision(true, sure))


def average_precision(true: Mask, sure: Array) -> float:
    """Area under the precision-recall curve: mean precision at each true one found, surest first.

    true and sure (M,), at least one of them true.
    """
    ordered = true[np.argsort(-sure, kind="stable")]
    found = np.cumsum(ordered)
    return float((found / np.arange(1, len(ordered) + 1))[ordered].mean())


def macro_f1(truth: npt.ArrayLike, said: npt.ArrayLike) -> float:
    """Mean over the occurring classes (indices or names) of the harmonic mean of precision and recall."""
    true, called = np.asarray(truth), np.asarray(said)
    both = [
        2 * ((called == one) & (true == one)).sum() / ((called == one).sum() + (true == one).sum())
        for one in np.unique(true)
    ]
    return float(np.mean(both))


def accuracy(truth: Indices, probability: Array) -> float:
    """The share of (M,) truths that are the likeliest class of (M, C) probabilities."""
    return float(np.mean(probability.argmax(axis=1) == truth))


def fit_temperature(pooled: Array, truth: Indices, weight: Array) -> float:
    """The temperature of TEMPERATURES at which the true classes (M,) of pooled logs (M, C), weighted (M,), are
    likeliest.
    """

    def surprise(temperature: float) -> float:
        likely = softmax(pooled, temperature)[np.arange(len(truth)), truth]
        return float(-np.average(np.log(likely + 1e-9), weights=weight))

    return float(min(TEMPERATURES, key=surprise))


def expected_calibration_error(truth: Indices, probability: Array) -> float:
    """Expected calibration error over ten bins (Guo 2017): truths (M,), probabilities (M, C)."""
    return calibration_error(probability.max(axis=1), probability.argmax(axis=1) == truth)
