"""The unit of a clock's numbers, in nanoseconds."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.sensors.channels import MISSING_NS, NS, Nanoseconds
from pipeline.values import Array

EPOCH_S = (1.1e9, 4.2e9)  # 2004 to 2103: a number of this size counts seconds since 1970
STEP_S = (0.0008, 0.6)  # 1250 Hz is quicker than any phone logs, 1.7 Hz slower than any movement can be seen at
EPOCH_STEP_S = 60.0  # a heart rate a minute is a log still, to be refused as too sparse
WIDE_STEP_S = 4.0  # were its unit a thousandth of that, the log would have 250 Hz
SCALES = (NS, 1_000_000, 1_000, 1)
LEAST_TICKS = 5  # a step: fewer whole ones may be rows, milliseconds at 250 Hz and more, hundredths at 25 and more
ODD_TICKS = 2  # more or less a step, of a clock whose ticks are few
DAY_NS = 86_400 * NS
DAYS_STEP_S = 0.12  # of spreadsheets' dates, which count days: were it hours, the log would have 200 Hz and more
# From, to, nanoseconds a unit, and what 1970 is in other counts: days of spreadsheets and of MATLAB, Windows' ticks
COUNTS = (
    (2e4, 8e4, DAY_NS, 25_569),
    (7e5, 8e5, DAY_NS, 719_529),
    (1.2e17, 1.5e17, 100, 116_444_736_000_000_000),
    (6.2e17, 6.6e17, 100, 621_355_968_000_000_000),
)


def likely_scale(values: Array, said: int | None) -> int | None:
    """Nanoseconds a unit: by the size of numbers since 1970, else as stated, else by their steps; None where none fits.

    Whole numbers that usually grow by less than LEAST_TICKS are no time unless their unit is stated.
    """
    if len(values) < 2:
        return said
    steps = np.abs(np.diff(values))
    step, size = usual_step(steps), abs(float(np.median(values)))
    for scale in SCALES:
        if EPOCH_S[0] <= size * scale / NS <= EPOCH_S[1] and _since_1970(values, step, scale):
            return scale
    usual, wide = np.percentile(steps, [50, 90])
    even = wide <= usual + ODD_TICKS  # where rows of several sensors take turns, only every other follows closely
    few = 1 <= usual < LEAST_TICKS and even and not bool((values % 1).any())
    if said is not None or few:
        return said
    fitting = [scale for low, high, scale, _ in COUNTS if scale != DAY_NS and low <= size <= high]
    fitting += [scale for scale in SCALES if STEP_S[0] * NS <= step * scale <= STEP_S[1] * NS]
    if fitting:
        return fitting[0]
    return DAY_NS if STEP_S[0] * NS <= step * DAY_NS <= DAYS_STEP_S * NS else None


def _since_1970(values: Array, step: float, scale: int) -> bool:
    """Whether these are times since 1970: steps as in a log; wider ones only of whole seconds.

    The nanoseconds of a phone that has run for weeks look like microseconds since 1970 otherwise.
    """
    wide = step * scale / NS >= WIDE_STEP_S
    return step * scale / NS < EPOCH_STEP_S and not (wide and bool((values * (scale / NS) % 1).any()))


def usual_step(steps: Array) -> float:
    """The median of the steps above zero; less where many rows share a time."""
    moving = steps[steps > 0]
    return float(np.median(moving)) * min(1.0, 2 * len(moving) / len(steps)) if len(moving) else 0.0


def since_then(parsed: npt.NDArray[Any], known: npt.NDArray[np.bool_], scale: int) -> npt.NDArray[Any]:
    """A count since another day than 1970 as one since 1970: else its nanoseconds would not fit 64 bits."""
    size = float(np.median(parsed[known]))
    begun = next((since for low, high, unit, since in COUNTS if unit == scale and low <= size <= high), 0)
    return np.where(known, parsed - begun, parsed) if begun else parsed


def known_in(parsed: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    return np.asarray(parsed != MISSING_NS if parsed.dtype == np.int64 else np.isfinite(parsed))


def scaled(parsed: npt.NDArray[Any], known: npt.NDArray[np.bool_], scale: int) -> Nanoseconds:
    """In nanoseconds; whole numbers stay integers, since nanoseconds since 1970 do not fit a float."""
    times = np.full(len(parsed), MISSING_NS, dtype=np.int64)
    within = known & (np.abs(np.where(known, parsed, 0).astype(np.float64)) < 2**62 / scale)
    ticks = parsed[within]
    times[within] = ticks * scale if ticks.dtype == np.int64 else np.round(ticks * scale).astype(np.int64)
    return times
