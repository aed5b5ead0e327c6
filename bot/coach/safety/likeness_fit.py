"""How the gate learns from its examples (see likeness): for `spotter train coach`, and where the file is of others."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array

from bot.coach.hearing.columns import Columns
from bot.coach.hearing.typed import Speller, spelled_out
from bot.coach.safety.likeness import ORDINARY, Lessons, Reading, Vector, scored


def learned(examples: Mapping[str, str], reading: Reading) -> Lessons:
    """What the examples (text to kind) teach. Takes seconds."""
    said, rules = [spelled_out(text) for text in examples], reading.weights
    counts = [reading.features(words) for words in said]
    columns = Columns.of(counts, rules.unknown_share)
    matrix, kinds = columns.rows(counts), np.array([*examples.values()])
    grave = kinds != ORDINARY
    names = sorted(set(kinds[grave].tolist()))
    of_kind = [_separating(matrix[grave], kinds[grave] == kind, rules.ridge, rules.steps_of_a_kind) for kind in names]
    return Lessons(
        speller=Speller([*itertools.chain.from_iterable(said), *sorted(reading.lexicon.words)]),
        columns=columns,
        alarming=_separating(matrix, grave, rules.ridge, rules.steps),
        kinds=tuple(names),
        of_kind=np.array(of_kind),
    )


def _separating(matrix: csr_array, belongs: Iterable[bool], ridge: float, steps: int) -> Vector:
    """Weights of the columns, and a constant last, that tell the rows that belong from those that don't."""
    sign, turned = np.where(np.asarray(belongs), 1.0, -1.0), csr_array(matrix.T)

    def loss(weights: Vector) -> tuple[float, Vector]:
        margin = sign * scored(matrix, weights)
        slope = -sign / (1 + np.exp(np.clip(margin, -50, 50)))
        cost = float(np.logaddexp(0, -margin).sum() + 0.5 * ridge * (weights[:-1] ** 2).sum())
        return cost, np.append(turned @ slope + ridge * weights[:-1], slope.sum())

    found = minimize(loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return np.asarray(found.x)
