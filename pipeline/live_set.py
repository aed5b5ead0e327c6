"""A set of a live stream that is over, answered as a file of it would be."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np

from pipeline.analyze_log import analyze_log
from pipeline.errors import ImpossibleValues
from pipeline.motion.few import Told
from pipeline.sensors.channels import NS, Channel, Quantity, Unit
from pipeline.sensors.units import settle_acceleration
from pipeline.values import MeasuredSet, MotionLog, Source


def answer(log: MotionLog, after_s: float, earlier: deque[Told], *, whole: bool = False) -> list[MeasuredSet]:
    """The sets that end after this time; they join the earlier ones.

    `whole`: the log is all of a stream, and what is counted by its rhythm alone is all of it, as of a file, where no
    set was told before. Raises ValueError as `has_gravity`.
    """
    log = replace(log, has_gravity=has_gravity(log))
    source = Source("log", "stream", log.duration_s, len(log.times_s) / max(log.duration_s, 1e-9))
    before = [one for one in earlier if one.span_s[0] < log.times_s[0]]
    sets = analyze_log(log, source, earlier=before)
    if whole and not earlier and sets[0].report.span_s is None and sets[0].report.reps:
        all_s = float(log.times_s[0]), float(log.times_s[-1])
        sets = (replace(sets[0], report=replace(sets[0].report, span_s=all_s)),)
    found = ((one, one.report.span_s) for one in sets)
    new = [(one, span_s) for one, span_s in found if span_s and span_s[1] > after_s]  # no span: nothing was seen
    earlier.extend(Told(span_s, one.report.rep_count, one.report.recognition) for one, span_s in new)
    return [one for one, _ in new]


def has_gravity(log: MotionLog) -> bool:
    """Whether gravity is in it, as of a file that says m/s². Raises ValueError where it surely is in another unit."""
    values = log.acceleration_m_s2
    times_ns = np.round(log.times_s * NS).astype(np.int64)
    try:
        settled = settle_acceleration(Channel(Quantity.ACCELERATION, times_ns, values, Unit.M_S2, "stream"))
    except ImpossibleValues as error:
        raise ValueError(f"wanted m/s², and nothing like gravity is in the samples ({error.facts})") from error
    if settled and settled.caveats:
        raise ValueError(f"wanted m/s², the samples look like {settled.caveats[0].facts['unit']}")
    return settled is not None and settled.channel.quantity == Quantity.TOTAL
