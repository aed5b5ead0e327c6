"""The table of the incomplete beta function is as near to it as it says, and its speed is its slope."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betainc

from pipeline.reps.beta_curve import beta_cdf, beta_pdf

SHAPES = st.floats(1.1, 8.0)
SHARES = np.linspace(0.001, 0.999, 999)


@settings(deadline=None)
@given(SHAPES, SHAPES)
def test_the_table_is_within_a_twenty_thousandth(one: float, other: float) -> None:
    assert beta_cdf(one, other, SHARES) == pytest.approx(betainc(one, other, SHARES), abs=5e-5)


@settings(deadline=None)
@given(SHAPES, SHAPES)
def test_the_speed_adds_up_to_the_way(one: float, other: float) -> None:
    added = np.cumsum(beta_pdf(one, other, SHARES)) * (SHARES[1] - SHARES[0])
    assert added == pytest.approx(betainc(one, other, SHARES + 0.0005), abs=5e-3)
