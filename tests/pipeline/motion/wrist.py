"""A simulated wrist whose repetitions are known to the millisecond, as a sensor worn anyhow would record it.

A swing turns the forearm about the elbow, as a curl does: gravity turns in the sensor's axes. A press moves the sensor
straight up and down. Speed follows minimum jerk (Flash and Hogan 1985) each way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from pipeline.values import Array, MotionLog

GRAVITY_M_S2 = 9.81
FOREARM_M = 0.27
_FINE_HZ = 400.0  # of the simulation, before the sensor reads it


@dataclass(frozen=True, slots=True)
class TrueRep:
    """Seconds: the way there starts, arrives; the way back leaves, ends."""

    starts_s: float
    arrives_s: float
    leaves_s: float
    ends_s: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done: seconds of each part of a repetition, how many, how far."""

    there_s: float = 1.2
    pause_s: float = 0.3
    back_s: float = 1.5
    rest_s: float = 0.4
    reps: int = 8
    swing_deg: float = 110.0
    press_m: float = 0.5
    jitter: float = 0.12  # of every duration, standard deviation as a share
    lead_s: float = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """A log and its truth."""

    log: MotionLog
    reps: tuple[TrueRep, ...]

    @property
    def edges_s(self) -> Array:
        return np.array([rep.starts_s for rep in self.reps] + [self.reps[-1].ends_s])


def simulate(
    kind: Literal["swing", "press"],
    plan: Plan,
    rng: np.random.Generator,
    rate_hz: float = 100.0,
    noise_m_s2: float = 0.1,
) -> Simulated:
    """One set with stillness before and after it."""
    reps, position = _played(plan, rng)
    fine = _swing(position, plan) if kind == "swing" else _press(position, plan)
    fine_s = np.arange(len(fine)) / _FINE_HZ
    times_s = np.arange(0, fine_s[-1], 1 / rate_hz)
    read = np.column_stack([np.interp(times_s, fine_s, axis) for axis in fine.T])
    turned = read @ np.linalg.qr(rng.normal(size=(3, 3)))[0].T
    noisy = turned + rng.normal(0, noise_m_s2, turned.shape)
    return Simulated(MotionLog(times_s, noisy, np.full_like(noisy, np.nan), "simulated"), tuple(reps))


def _played(plan: Plan, rng: np.random.Generator) -> tuple[list[TrueRep], Array]:
    """The truth, and the way (T,) from 0 at rest to 1 at the turn."""
    at_s, reps, parts = plan.lead_s, [], [np.zeros(int(plan.lead_s * _FINE_HZ))]
    for _ in range(plan.reps):
        usual = (plan.there_s, plan.pause_s, plan.back_s, plan.rest_s)
        there, pause, back, rest = (seconds * float(np.exp(rng.normal(0, plan.jitter))) for seconds in usual)
        reps.append(TrueRep(at_s, at_s + there, at_s + there + pause, at_s + there + pause + back))
        parts += [_eased(there), np.ones(_frames(pause)), 1 - _eased(back), np.zeros(_frames(rest))]
        at_s = sum(len(part) for part in parts) / _FINE_HZ
    return reps, np.concatenate([*parts, np.zeros(int(plan.lead_s * _FINE_HZ))])


def _frames(seconds: float) -> int:
    return round(seconds * _FINE_HZ)


def _eased(seconds: float) -> Array:
    share = np.arange(_frames(seconds)) / max(1, _frames(seconds))
    return np.asarray(share**3 * (10 - 15 * share + 6 * share**2))


def _swing(position: Array, plan: Plan) -> Array:
    """(T, 3) specific force at the wrist: along the forearm, across it, sideways."""
    angle = np.deg2rad(plan.swing_deg) * position
    speed = np.gradient(angle) * _FINE_HZ
    gaining = np.gradient(speed) * _FINE_HZ
    along = -GRAVITY_M_S2 * np.cos(angle) - FOREARM_M * speed**2
    across = GRAVITY_M_S2 * np.sin(angle) + FOREARM_M * gaining
    return np.column_stack([along, across, np.zeros(len(angle))])


def _press(position: Array, plan: Plan) -> Array:
    lifting = plan.press_m * np.gradient(np.gradient(position)) * _FINE_HZ**2
    return np.column_stack([np.zeros(len(position)), np.zeros(len(position)), GRAVITY_M_S2 + lifting])
