"""Report a log's gaps once: with the set that the longest gap lies in, or with the next set after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.values import Array, Caveat, Doubt, MeasuredSet, MotionLog


def report_gaps_once(sets: Sequence[MeasuredSet], times_s: Array) -> tuple[MeasuredSet, ...]:
    """The sets of a log, in order, each gap reported with one of them; the last reports gaps behind it.

    The other sets' stored logs lose the doubt too, so that it does not come back when they are counted again.
    """
    longest = int(np.diff(times_s).argmax())
    behind = (index for index, one in enumerate(sets) if one.report.span_s and one.report.span_s[1] > times_s[longest])
    teller = next(behind, len(sets) - 1)
    return tuple(one if index == teller else _without(one) for index, one in enumerate(sets))


def _without(one: MeasuredSet) -> MeasuredSet:
    report = replace(one.report, caveats=_but_gaps(one.report.caveats))
    track = one.track
    return MeasuredSet(
        report, replace(track, caveats=_but_gaps(track.caveats)) if isinstance(track, MotionLog) else track
    )


def _but_gaps(caveats: Sequence[Caveat]) -> tuple[Caveat, ...]:
    return tuple(caveat for caveat in caveats if caveat.doubt is not Doubt.LOG_GAPS)
