"""The incomplete beta function and its derivative, by a table: the course of a move from 0 to 1.

A fit asks for it a hundred thousand times per set, with only two shapes at a time. The density is summed over steps
that shorten towards both ends, where it bends most; the table is within 5e-5 of the function (test_beta_curve checks
it), a thirtieth of the least noise of any camera, at a twentieth of its time.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.special import betaln

from pipeline.values import Array

_STEPS: Final = 256
_ANGLES: Final = (np.arange(_STEPS) + 0.5) * np.pi / _STEPS
_SHARES: Final = (1 - np.cos(np.linspace(0, np.pi, _STEPS + 1))) / 2
_WIDTHS: Final = np.sin(_ANGLES)
_LOG_SHARE: Final = np.log((1 - np.cos(_ANGLES)) / 2)
_LOG_REST: Final = _LOG_SHARE[::-1]


def beta_cdf(one: float, other: float, share: Array) -> Array:
    """I_share(one, other): the progress of a move after each share (0..1) of its time; one and other are at least 1."""
    done = np.cumsum(np.exp((one - 1) * _LOG_SHARE + (other - 1) * _LOG_REST) * _WIDTHS)
    way: Array = np.interp(share, _SHARES, np.concatenate([[0.0], done / done[-1]]))
    return way


def beta_pdf(one: float, other: float, share: Array) -> Array:
    """The derivative of `beta_cdf` by the share of the time, which lies strictly between 0 and 1."""
    log_speed: Array = (one - 1) * np.log(share) + (other - 1) * np.log1p(-share) - betaln(one, other)
    return np.exp(log_speed)
