"""The gate tells yoga from the gym by what both networks answer, and finds its weights again."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.learn.pose_gate import fit_gate
from pipeline.photo.gate import EVEN, Gate, evidence


def test_the_gate_is_found_again_in_answers_that_it_made() -> None:
    rng, true = np.random.default_rng(3), Gate(1.0, 0.6, -0.8, 0.0)
    seen = rng.normal(0, 2, (20_000, 3))
    yoga = rng.random(len(seen)) < true.probability(seen)
    found = fit_gate(seen[yoga], seen[~yoga])
    assert found.yoga == pytest.approx(true.yoga, abs=0.08)
    assert found.pose == pytest.approx(true.pose, abs=0.08)
    assert found.exercise == pytest.approx(true.exercise, abs=0.08)


def test_certain_answers_give_finite_evidence_and_the_even_gate_does_not_care() -> None:
    sure = np.eye(3)[:1]
    found = evidence(np.array([1.0]), sure, sure)
    assert np.isfinite(found).all()
    assert EVEN.probability(found)[0] == 0.5
