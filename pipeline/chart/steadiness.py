"""How steadily a hold was held, from its curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.catalogue import keeps_moving
from pipeline.values import SetReport

BAND_PERCENTILES = (5.0, 50.0, 95.0)  # the band holds nine tenths of the values


@dataclass(frozen=True, slots=True)
class Steadiness:
    """The median of what was held, and the band that holds nine tenths of its values."""

    start_s: float
    end_s: float
    middle: float
    low: float
    high: float

    @property
    def plus_minus(self) -> float:
        """Half the width of the band, in the unit of the curve."""
        return (self.high - self.low) / 2


def steadiness(report: SetReport) -> Steadiness | None:
    """The steadiness of a hold; None where nothing was held, or most of it was not seen."""
    span = report.held_span_s
    if span is None or keeps_moving(report.recognition.name):
        return None
    times = report.curve.times_s
    values = report.curve.values[(times >= span[0]) & (times <= span[1])]
    known = values[np.isfinite(values)]
    if 2 * len(known) <= len(values):
        return None
    low, middle, high = np.percentile(known, BAND_PERCENTILES)
    return Steadiness(*span, float(middle), float(low), float(high))
