"""Stick figures whose repetitions are known to the millisecond: the simulator's textbook movements, timed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.catalogue import Movement
from pipeline.catalogue.load import exercises
from pipeline.learn.simulate.body import Body
from pipeline.learn.simulate.camera import Camera
from pipeline.learn.simulate.faults import Faults
from pipeline.learn.simulate.rhythm import Rhythm
from pipeline.learn.simulate.track import Scene, simulate
from pipeline.values import Array, Cycle, PoseTrack


@dataclass(frozen=True, slots=True)
class Lift:
    """Seconds of one repetition: away from rest, pause at the turn, back, rest before the next. reach is its range."""

    there_s: float = 1.2
    pause_s: float = 0.0
    back_s: float = 0.8
    rest_s: float = 0.0
    reach: float = 1.0


@dataclass(frozen=True, slots=True)
class Filmed:
    """A track and what is true of it."""

    track: PoseTrack
    cycles: tuple[Cycle, ...]


def lifted(
    name: str,
    reps: Sequence[Lift],
    *,
    before_s: float = 1.0,
    after_s: float = 1.0,
    yaw_deg: float = 70.0,
    rate_hz: float = 30.0,
    jitter_m: float = 0.0,
    variant: int = 0,
) -> Filmed:
    """The catalogue's exercise done with these tempos, minimum-jerk there and back, filmed from `yaw_deg`."""
    cycles = _cycles(reps, before_s)
    end_s = (cycles[-1].end_s if cycles else before_s) + (reps[-1].rest_s if reps else 0.0) + after_s
    times_s = np.arange(round(end_s * rate_hz) + 1) / rate_hz
    phase = sum(
        (_bump(times_s, cycle, tempo) for cycle, tempo in zip(cycles, reps, strict=True)), np.zeros(len(times_s))
    )
    number = np.searchsorted([cycle.start_s for cycle in cycles[1:]], times_s, side="right")
    movement = Movement.parse(exercises()[name].movements[variant])
    faults = _jitter_only(jitter_m) if jitter_m else None
    scene = Scene(times_s, Rhythm(phase, number), Body(), Camera(yaw_deg=yaw_deg), faults, variety=0.0)
    return Filmed(simulate(movement, scene, np.random.default_rng(1)), tuple(cycles))


def held(name: str, seconds: float, yaw_deg: float = 70.0) -> PoseTrack:
    """The posture at rest, nothing moving but the landmarks' jitter."""
    return lifted(name, (), before_s=seconds / 2, after_s=seconds / 2, yaw_deg=yaw_deg, jitter_m=0.004).track


def changed(track: PoseTrack, **values: Array | int) -> PoseTrack:
    """The track with other values."""
    return replace(track, **values)  # type: ignore[arg-type]


def without_frames(track: PoseTrack, kept: npt.NDArray[np.bool_]) -> PoseTrack:
    """Only the frames where `kept` is true."""
    return changed(
        track,
        times_s=track.times_s[kept],
        image_px=track.image_px[kept],
        world_m=track.world_m[kept],
        visibility=track.visibility[kept],
    )


def _cycles(reps: Sequence[Lift], before_s: float) -> list[Cycle]:
    found, start_s = [], before_s
    for tempo in reps:
        arrives_s = start_s + tempo.there_s
        end_s = arrives_s + tempo.pause_s + tempo.back_s
        found.append(Cycle(start_s, arrives_s + tempo.pause_s / 2, end_s))
        start_s = end_s + tempo.rest_s
    return found


def _bump(times_s: Array, cycle: Cycle, tempo: Lift) -> Array:
    there = _minimum_jerk((times_s - cycle.start_s) / tempo.there_s)
    back = _minimum_jerk((times_s - (cycle.end_s - tempo.back_s)) / tempo.back_s)
    return np.asarray(tempo.reach * (there - back))


def _minimum_jerk(share: Array) -> Array:
    """0 to 1 as a hand moves from rest to rest (Flash & Hogan 1985)."""
    inside = np.clip(share, 0, 1)
    return np.asarray(inside**3 * (10 - 15 * inside + 6 * inside**2))


def _jitter_only(size_m: float) -> Faults:
    return Faults(
        bias=0, drift=0, shared_drift=0, jitter=size_m, far_limb=0, squeeze=(1, 1), tilt_rad=0,
        pull_chance=0, swap_chance=0, lost_chance=0, invented_legs_chance=0,
    )  # fmt: skip
