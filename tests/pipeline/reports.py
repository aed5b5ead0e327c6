"""Reports built by hand, one for each way a set can look: frozen examples, their numbers known exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.values import (
    Array,
    Caveat,
    Curve,
    Doubt,
    HeldPose,
    Phase,
    Recognition,
    Rep,
    SetReport,
    Source,
    Tempo,
    Timing,
    counted_only,
)

RATE_HZ = 30.0
NO_TIMING = Timing(decode_s=0.4, pose_s=2.1, total_s=2.6)


def _smooth(share: Array) -> Array:
    """From 0 to 1 with no speed at either end."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0.0, 1.0)))


def curve_of(reps: Sequence[Rep], rest: float, turned: float, end_s: float, label: str, unit: str) -> Curve:
    """The curve of repetitions that leave `rest`, reach `turned` (a partial one half of the way) and return."""
    times = np.arange(0.0, end_s, 1 / RATE_HZ)
    values = rest + 0.01 * (turned - rest) * np.sin(2.3 * times)
    for rep in reps:
        half = 0.0 if math.isnan(rep.pause_s) else rep.pause_s / 2
        out = _smooth((times - rep.start_s) / (rep.turn_s - half - rep.start_s))
        back = _smooth((times - rep.turn_s - half) / (rep.end_s - rep.turn_s - half))
        values += (turned - rest) * (1.0 if rep.complete else 0.5) * (out - back)
    return Curve(times, values, label, unit)


def make_reps(
    phases: Sequence[tuple[float, float, float]],
    *,
    eccentric_first: bool = True,
    begin_s: float = 1.5,
    rest_s: float = 0.6,
) -> tuple[Rep, ...]:
    """Repetitions from (first, pause, second) seconds each, one after the other, turning amid the pause."""
    reps: list[Rep] = []
    start = begin_s
    for number, (first, pause, second) in enumerate(phases, 1):
        end = start + first + pause + second
        named = (first, second) if eccentric_first else (second, first)
        rest = rest_s if number < len(phases) else math.nan
        reps.append(Rep(number, start, start + first + pause / 2, end, named[0], pause, named[1], rest, 88.0))
        start = end + rest_s
    return tuple(reps)


def tempo_of(reps: Sequence[Rep]) -> Tempo | None:
    done = [rep for rep in reps if rep.complete]
    if not done:
        return None
    columns = [[rep.eccentric_s, rep.pause_s, rep.concentric_s] for rep in done]
    eccentric, pause, concentric = (float(median) for median in np.median(columns, axis=0))
    rests = [rep.rest_s for rep in done if math.isfinite(rep.rest_s)]
    rest = float(np.median(rests)) if rests else math.nan
    return Tempo(eccentric, pause, concentric, rest, sum(rep.duration_s for rep in done))


def make_report(
    name: str,
    reps: tuple[Rep, ...],
    curve: Curve,
    *,
    hold_s: float | None = None,
    hold_start_s: float | None = None,
    caveats: tuple[Caveat, ...] = (),
    confidence: float = 0.97,
    first_phase: Phase | None = None,
    form_judged: tuple[str, ...] = (),
) -> SetReport:
    duration = float(curve.times_s[-1]) if len(curve.times_s) else 0.0
    return SetReport(
        source=Source("clip", "clip.mp4", duration, RATE_HZ),
        recognition=Recognition(name, confidence),
        reps=reps,
        hold_s=hold_s,
        hold_start_s=hold_start_s,
        tempo=tempo_of(reps),
        curve=curve,
        findings=(),
        caveats=caveats,
        timing=NO_TIMING,
        method={"counting": "hand-made"},
        first_phase=first_phase,
        form_judged=form_judged,
    )


def _squats(count: int, slowing: float = 0.06) -> tuple[Rep, ...]:
    return make_reps([(1.8 + slowing * i, 0.4, 1.1 + 2 * slowing * i) for i in range(count)])


def _unnamed(reps: tuple[Rep, ...]) -> tuple[Rep, ...]:
    nan = math.nan
    return tuple(replace(rep, eccentric_s=nan, pause_s=nan, concentric_s=nan, range_deg=nan) for rep in reps)


def _squat_report(reps: tuple[Rep, ...]) -> SetReport:
    end = reps[-1].end_s + 1.5
    curve = curve_of(reps, 172.0, 84.0, end, "Knee angle", "deg")
    return make_report("squat", reps, curve, first_phase="eccentric", form_judged=("depth", "lockout"))


FIVE_SQUATS = _squat_report(_squats(5))
ONE_SQUAT = _squat_report(_squats(1))
TWELVE_SQUATS = _squat_report(_squats(12, 0.03))
FORTY_SQUATS = _squat_report(make_reps([(0.7, 0.0, 0.6)] * 40, rest_s=0.1))
PARTIAL_SQUATS = _squat_report(
    tuple(replace(rep, complete=rep.number not in (6, 7), range_deg=44.0) for rep in _squats(7))
)

_CURLS = make_reps([(1.0 + 0.05 * i, 0.2, 2.2 - 0.1 * i) for i in range(8)], eccentric_first=False)
EIGHT_CURLS = make_report(
    "barbell_biceps_curl",
    _CURLS,
    curve_of(_CURLS, 165.0, 48.0, _CURLS[-1].end_s + 1.0, "Elbow angle", "deg"),
    first_phase="concentric",
)

_UNKNOWN = _unnamed(make_reps([(1.1, 0.0, 1.3)] * 6))
UNKNOWN_SET = make_report(
    "unknown",
    _UNKNOWN,
    curve_of(_UNKNOWN, 0.1, 1.0, _UNKNOWN[-1].end_s + 1.0, "Movement", ""),
    caveats=(Caveat(Doubt.EXERCISE_UNKNOWN), Caveat(Doubt.PHASES_UNNAMED)),
    confidence=0.31,
)

NO_REPS = make_report(
    "squat",
    (),
    Curve(np.arange(300) / RATE_HZ, 170 + 3 * np.sin(np.arange(300) / 20.0), "Knee angle", "deg"),
    caveats=(Caveat(Doubt.NO_MOVEMENT),),
)

COUNTED_ONLY = make_report(
    "push_up",
    tuple(map(counted_only, range(1, 11))),
    Curve(np.arange(300) / RATE_HZ, 9.8 + 0.4 * np.sin(np.arange(300) / 5.0), "acceleration", "m/s²"),
    caveats=(Caveat(Doubt.COUNT_UNSURE, {"runner_up": 11}), Caveat(Doubt.REPS_NOT_TIMED)),
)
COUNTED_ONLY = replace(COUNTED_ONLY, tempo=None)

_PLANK_S = np.arange(0.0, 48.0, 1 / RATE_HZ)
PLANK = make_report(
    "plank",
    (),
    Curve(
        _PLANK_S,
        np.where(_PLANK_S < 3, 130 + 14 * _PLANK_S, 172 + 1.5 * np.sin(_PLANK_S) - 0.06 * _PLANK_S),
        "Hip angle",
        "deg",
    ),
    hold_s=42.0,
    hold_start_s=4.0,
    form_judged=("line",),
)

_CARRY_S = np.arange(0.0, 30.0, 1 / RATE_HZ)
CARRY = make_report(
    "farmers_carry",
    (),
    Curve(
        _CARRY_S,
        np.where((_CARRY_S < 3) | (_CARRY_S > 27), 172.0, 150 + 25 * np.sin(2 * np.pi * _CARRY_S / 1.1)),
        "Knee angle",
        "deg",
    ),
    hold_s=24.0,
    hold_start_s=3.0,
)

FLOW = replace(
    PLANK,
    poses=(
        HeldPose("downward_facing_dog", 0.0, 12.0, 0.9, 0.02),
        HeldPose("plank_pose", 14.0, 20.0, 0.8, 0.03),
        HeldPose("cobra_pose", 24.0, 48.0, 0.9, 0.01),
    ),
)

_GAPPED = np.array(FIVE_SQUATS.curve.values)
_GAPPED[150:185] = np.nan
_GAPPED[330:420] = np.nan
GAPS = replace(
    FIVE_SQUATS,
    curve=replace(FIVE_SQUATS.curve, values=_GAPPED),
    caveats=(Caveat(Doubt.PERSON_LOST, {"percent": 20}),),
)
NOTHING_SEEN = replace(NO_REPS, curve=Curve(np.arange(90) / RATE_HZ, np.full(90, np.nan), "Movement", ""))
NO_CURVE = replace(NO_REPS, curve=Curve(np.zeros(0), np.zeros(0), "Movement", ""))

ALL = {
    "five_squats": FIVE_SQUATS,
    "one_squat": ONE_SQUAT,
    "twelve_squats": TWELVE_SQUATS,
    "forty_squats": FORTY_SQUATS,
    "partial_squats": PARTIAL_SQUATS,
    "eight_curls": EIGHT_CURLS,
    "unknown_set": UNKNOWN_SET,
    "no_reps": NO_REPS,
    "counted_only": COUNTED_ONLY,
    "plank": PLANK,
    "carry": CARRY,
    "flow": FLOW,
    "gaps": GAPS,
    "nothing_seen": NOTHING_SEEN,
    "no_curve": NO_CURVE,
}
