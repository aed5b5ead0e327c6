"""Remove acceleration that no body makes (dropouts, spikes, impossible values), and detect clipped peaks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.sensors.channels import GRAVITY_M_S2, NS
from pipeline.sensors.samples import Flags, Samples, dropped
from pipeline.values import Array, Caveat, Doubt


@dataclass(frozen=True, slots=True)
class RangeLimits:
    """What is removed, and when peaks count as clipped.

    impossible_m_s2: 40 g; no phone or watch measures above 32 g. spike_m_s2, spike_s: a jump of 12 g and back within
    two samples 25 ms apart is no movement of a limb. spike_back: how much the two neighbours may differ, of the jump.
    frozen_s, frozen_off: nobody holds an arm that is thrown or caught for a second, and a resting sensor shows gravity
    to a few per cent. ceiling_m_s2: no range is smaller than 2 g. ceiling_samples: so many in a row at exactly the
    extreme are clipped.
    """

    impossible_m_s2: float = 40 * GRAVITY_M_S2
    spike_m_s2: float = 12 * GRAVITY_M_S2
    spike_s: float = 0.025
    spike_back: float = 0.15
    frozen_s: float = 1.0
    frozen_off: float = 0.15
    ceiling_m_s2: float = 1.9 * GRAVITY_M_S2
    ceiling_samples: int = 5


LIMITS = RangeLimits()


def drop_impossible(samples: Samples) -> Samples:
    """Acceleration in m/s², without values beyond any sensor's range, dropouts to zero and single-sample spikes."""
    values = samples.values
    if len(values) < 5:
        return samples
    size = np.linalg.norm(values, axis=1)
    bad = (np.abs(values) > LIMITS.impossible_m_s2).any(axis=1)
    if float(np.median(size)) > 0.5 * GRAVITY_M_S2:
        bad |= (values == 0).all(axis=1) | _frozen(samples, np.abs(size / GRAVITY_M_S2 - 1))
    bad |= _spikes(samples)
    share = float(bad.mean())
    return samples.keep(~bad, *dropped(share))


def saturation(values: Array) -> tuple[Caveat, ...]:
    """The doubt that peaks were clipped at the sensor's range. values (T, 3) in m/s²."""
    if not len(values):
        return ()
    top = np.abs(values).max(axis=0)
    for axis in np.flatnonzero(top > LIMITS.ceiling_m_s2):
        at_top = np.abs(values[:, axis]) >= top[axis] * 0.999
        cut = at_top[1:] & at_top[:-1]
        if cut.sum() >= LIMITS.ceiling_samples:
            facts = {"limit_g": round(float(top[axis]) / GRAVITY_M_S2), "percent": round(100 * float(at_top.mean()), 1)}
            return (Caveat(Doubt.SENSOR_SATURATED, facts),)
    return ()


def _frozen(samples: Samples, off: Array) -> Flags:
    """True for rows that repeat one reading for long though it is not that of a resting sensor.

    An app went on writing its last reading. off (T,): how far each row's size is from gravity.
    """
    repeated = np.concatenate(([False], (np.diff(samples.values, axis=0) == 0).all(axis=1)))
    run = np.cumsum(~repeated) - 1
    starts = np.flatnonzero(~repeated)
    stops = np.append(starts[1:], len(repeated)) - 1
    lasts_s = (samples.times_ns[stops] - samples.times_ns[starts]) / NS
    return np.asarray(repeated & ((lasts_s >= LIMITS.frozen_s) & (off[starts] > LIMITS.frozen_off))[run])


def _spikes(samples: Samples) -> Flags:
    values, steps = samples.values, np.diff(samples.times_ns)
    quick = (steps[1:] < LIMITS.spike_s * NS) & (steps[:-1] < LIMITS.spike_s * NS)
    before, after = values[1:-1] - values[:-2], values[1:-1] - values[2:]
    jump = np.minimum(np.abs(before), np.abs(after))
    back = (np.sign(before) == np.sign(after)) & (np.abs(values[2:] - values[:-2]) < LIMITS.spike_back * jump)
    spike = quick & ((jump > LIMITS.spike_m_s2) & back).any(axis=1)
    return np.concatenate(([False], spike, [False]))
