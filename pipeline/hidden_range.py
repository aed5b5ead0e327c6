"""Remove degrees from a report where the view does not show how far a joint bends.

Of 15 rendered sets filmed from an angle from which no rule judges ranges, a joint's range was measured 14 degrees too
small on average (1.96 standard deviations: 46; a pull-up's 92 degrees as 37); of 11 filmed from a front that some rule
judges from, 3 (13). A front squat of 0.43 m was drawn as 35 degrees of the knee.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from pipeline.values import Curve, Rep, SetReport, range_is_hidden


def without_range(reps: Iterable[Rep]) -> tuple[Rep, ...]:
    """The same repetitions with their range and their speeds in degrees unknown (NaN)."""
    return tuple(replace(rep, range_deg=math.nan, mean_speed_deg_s=math.nan, peak_speed_deg_s=math.nan) for rep in reps)


def leave_out_hidden(report: SetReport, movement: Curve) -> SetReport:
    """The report without degrees where they are hidden; its curve becomes the counted movement in percent.

    `movement` (T,) is 0 at rest and 1 at the turns. A hold keeps its curve.
    """
    if not (report.reps and range_is_hidden(report.caveats)):
        return report
    curve = Curve(movement.times_s, 100 * movement.values, "movement", "%")
    return replace(report, reps=without_range(report.reps), curve=curve)
