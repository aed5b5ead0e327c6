"""How steadily a hold was held, read off its curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.values import Array, SetReport

BAND_PERCENTILES = (5.0, 50.0, 95.0)  # the band holds nine tenths of the values
MOST_PLACES = 400  # where a hold's start is looked for


@dataclass(frozen=True, slots=True)
class Steadiness:
    """A hold's stillest stretch: its middle value and the band that holds nine tenths of it."""

    start_s: float
    end_s: float
    middle: float
    low: float
    high: float

    @property
    def plus_minus(self) -> float:
        """Half of what lies between the lowest and the highest, in the unit of the curve."""
        return (self.high - self.low) / 2


def _stretches(report: SetReport, hold_s: float) -> list[tuple[float, Array]]:
    """Where a hold of this length could have begun, with the values it would have; at most MOST_PLACES."""
    times, values = report.curve.times_s, report.curve.values
    starts = times[times <= max(times[-1] - hold_s, times[0])][:: max(1, len(times) // MOST_PLACES)]
    cuts = [(float(start), values[(times >= start) & (times <= start + hold_s)]) for start in starts]
    return [(start, cut[np.isfinite(cut)]) for start, cut in cuts if np.isfinite(cut).mean() > 0.5]


def steadiness(report: SetReport) -> Steadiness | None:
    """The stillest `hold_s` seconds of the curve, None where it is no hold or was not seen."""
    if not report.hold_s or not len(report.curve.times_s):
        return None
    stretches = _stretches(report, report.hold_s)
    if not stretches:
        return None
    start, values = min(stretches, key=lambda stretch: float(np.std(stretch[1])))
    low, middle, high = np.percentile(values, BAND_PERCENTILES)
    end = min(start + report.hold_s, float(report.curve.times_s[-1]))
    return Steadiness(start, end, float(middle), float(low), float(high))
