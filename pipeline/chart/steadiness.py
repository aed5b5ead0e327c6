"""How steadily a hold was held, read off its curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.catalogue import keeps_moving
from pipeline.values import SetReport

BAND_PERCENTILES = (5.0, 50.0, 95.0)  # the band holds nine tenths of the values


@dataclass(frozen=True, slots=True)
class Steadiness:
    """What was held: its middle value and the band that holds nine tenths of it."""

    start_s: float
    end_s: float
    middle: float
    low: float
    high: float

    @property
    def plus_minus(self) -> float:
        """Half of what lies between the lowest and the highest, in the unit of the curve."""
        return (self.high - self.low) / 2


def steadiness(report: SetReport) -> Steadiness | None:
    """What was held, as the curve shows it; None where nothing was, or most of it was not seen."""
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
