"""Report a finished set of a live stream, the same as a file of it would be reported."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np

from pipeline.analyze_log import analyze_log
from pipeline.errors import ImpossibleValues
from pipeline.motion.few_reps import RunFacts
from pipeline.sensors.channels import NS, Channel, Quantity, Unit
from pipeline.sensors.units import settle_acceleration
from pipeline.values import MeasuredSet, MotionLog, Source


def answer(log: MotionLog, after_s: float, earlier: deque[RunFacts], *, whole: bool = False) -> list[MeasuredSet]:
    """The sets that end after after_s; they are added to `earlier`.

    `whole`: the log is all of the stream so far; then, where no set was reported before, repetitions may be counted by
    rhythm alone, as in a file. Raises ValueError as `has_gravity`.
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
    earlier.extend(RunFacts(span_s, one.report.rep_count, one.report.recognition) for one, span_s in new)
    return [one for one, _ in new]


def has_gravity(log: MotionLog) -> bool:
    """Whether the log contains gravity, as decided for a file in m/s². Raises ValueError where it is surely another
    unit.
    """
    values = log.acceleration_m_s2
    times_ns = np.round(log.times_s * NS).astype(np.int64)
    try:
        settled = settle_acceleration(Channel(Quantity.ACCELERATION, times_ns, values, Unit.M_S2, "stream"))
    except ImpossibleValues as error:
        raise ValueError(f"wanted m/s², and nothing like gravity is in the samples ({error.facts})") from error
    if settled and settled.caveats:
        raise ValueError(f"wanted m/s², the samples look like {settled.caveats[0].facts['unit']}")
    return settled is not None and settled.channel.quantity == Quantity.TOTAL
