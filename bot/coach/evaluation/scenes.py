"""The situations in which the coach is asked: sets, histories and doubts with every number known."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.coach.facts import Facts, JointSeen, PastSet, PhotoFacts, SetFacts
from pipeline.values import Caveat, Doubt, Finding, Rep, Tempo

TODAY = date(2026, 3, 10)

LOWERING_S = (2.4, 2.3, 2.2, 2.1, 2.1, 2.0, 1.9, 1.8)
LIFTING_S = (1.0, 1.0, 1.1, 1.2, 1.2, 1.3, 1.5, 1.8)
RANGE_DEG = (98.0, 97.0, 97.0, 96.0, 95.0, 93.0, 90.0, 88.0)


def reps(lowering_s: tuple[float, ...], lifting_s: tuple[float, ...], range_deg: tuple[float, ...]) -> tuple[Rep, ...]:
    """Complete repetitions with the given phases, 0.4 s at the turn and 0.8 s between them."""
    made, start_s = [], 0.0
    for number, (down_s, up_s, spread_deg) in enumerate(zip(lowering_s, lifting_s, range_deg, strict=True), start=1):
        turn_s, end_s = start_s + down_s, start_s + down_s + 0.4 + up_s
        made.append(Rep(number, start_s, turn_s, end_s, down_s, 0.4, up_s, 0.8, spread_deg))
        start_s = end_s + 0.8
    return tuple(made)


def half_rep(number: int, start_s: float) -> Rep:
    return Rep(
        number, start_s, start_s + 1.0, start_s + 2.0, 1.0, math.nan, math.nan, math.nan, 40.0, complete=False
    )  # fmt: skip


SHALLOW = Finding(
    "squat_depth_parallel", "mild", (6, 7, 8), 12.0, 0.0, "°", "Sink until your hips reach knee height.", "FMS-DS"
)
SHALLOW_KO = Finding(
    "squat_depth_parallel", "mild", (6, 7, 8), 12.0, 0.0, "°", "엉덩이가 무릎 높이에 올 때까지 앉으세요.", "FMS-DS"
)

SQUAT = SetFacts(
    exercise="squat",
    label="squat",
    done_on=TODAY,
    reps=(*reps(LOWERING_S, LIFTING_S, RANGE_DEG), half_rep(9, 40.0)),
    tempo=Tempo(2.1, 0.4, 1.2, 0.8, 29.6),
    weight_kg=60.0,
    findings=(SHALLOW,),
    caveats=(Caveat(Doubt.LOW_FRAME_RATE, {"frame_rate_hz": 15.0}), Caveat(Doubt.ENDS_MID_REP)),
    confidence=0.91,
    form_judged=("depth", "lockout"),
)
HISTORY = (
    PastSet("bench_press", "bench press", date(2026, 3, 5), 6, Tempo(1.8, 0.2, 1.4, 1.0, 20.4), weight_kg=70.0),
    PastSet("squat", "squat", date(2026, 3, 3), 7, Tempo(1.6, 0.2, 1.3, 0.9, 22.4), weight_kg=57.5, range_deg=94.0),
    PastSet("squat", "squat", date(2026, 2, 24), 10, Tempo(1.5, 0.1, 1.1, 0.7, 27.0), weight_kg=50.0, range_deg=96.0),
    PastSet("push_up", "push-up", date(2026, 2, 20), 22),
    PastSet("squat", "squat", date(2026, 2, 10), 10, Tempo(1.4, 0.1, 1.0, 0.7, 25.0), weight_kg=45.0, range_deg=97.0),
)
PLANK = SetFacts(
    exercise="plank",
    label="plank",
    done_on=TODAY,
    hold_s=62.0,
    findings=(
        Finding("plank_hip_line", "mild", (), 151.0, 165.0, "°", "Lift your hips into one line.", "Strand 2014"),
    ),
    confidence=0.97,
    form_judged=("line",),
)
CURL = SetFacts(
    exercise="barbell_biceps_curl",
    label="barbell curl",
    done_on=TODAY,
    reps=reps((1.5,) * 12, (1.1,) * 12, (120.0,) * 12),
    tempo=Tempo(1.5, 0.4, 1.1, 0.8, 36.0),
    confidence=0.88,
    form_judged=("straight", "height", "trunk"),
)
SQUAT_KO = SetFacts(
    exercise="squat",
    label="스쿼트",
    done_on=TODAY,
    reps=SQUAT.reps,
    tempo=SQUAT.tempo,
    weight_kg=60.0,
    findings=(SHALLOW_KO,),
    caveats=SQUAT.caveats,
    confidence=0.91,
    form_judged=("depth", "lockout"),
)
HISTORY_KO = tuple(
    PastSet(
        past.exercise, "스쿼트", past.done_on, past.rep_count, past.tempo, past.hold_s, past.weight_kg, past.range_deg
    )
    for past in HISTORY
    if past.exercise == "squat"
)

CLEAN = SetFacts(
    exercise="bench_press",
    label="bench press",
    done_on=TODAY,
    reps=reps((1.8,) * 6, (1.2, 1.2, 1.3, 1.3, 1.4, 1.5), (92.0,) * 6),
    tempo=Tempo(1.8, 0.4, 1.3, 0.8, 21.3),
    weight_kg=72.5,
    confidence=0.95,
    form_judged=("lockout", "range"),
)
GRIND = SetFacts(
    exercise="bench_press",
    label="bench press",
    done_on=TODAY,
    reps=reps((1.8,) * 3, (1.2, 1.8, 2.6), (92.0,) * 3),
    tempo=Tempo(1.8, 0.4, 1.8, 0.8, 12.2),
    weight_kg=72.5,
    confidence=0.95,
    form_judged=("lockout", "range"),
)

TODAYS = (
    PastSet("bench_press", "bench press", TODAY, 8, Tempo(1.7, 0.3, 1.3, 0.9, 27.0), weight_kg=72.5, range_deg=92.0),
    PastSet("bench_press", "bench press", TODAY, 10, Tempo(1.6, 0.3, 1.2, 0.9, 31.0), weight_kg=70.0, range_deg=93.0),
)

DAY = (
    PastSet("squat", "squat", TODAY, 9, Tempo(2.0, 0.4, 1.1, 0.8, 31.0), weight_kg=60.0, range_deg=97.0),
    PastSet("squat", "squat", TODAY, 10, Tempo(2.0, 0.3, 1.0, 0.8, 33.0), weight_kg=54.0, range_deg=98.0),
    PastSet("bench_press", "bench press", TODAY, 7, Tempo(1.8, 0.3, 1.3, 0.9, 24.0), weight_kg=72.5),
    PastSet("bench_press", "bench press", TODAY, 9, Tempo(1.7, 0.3, 1.2, 0.9, 29.0), weight_kg=70.0),
)
LOPSIDED = SetFacts(
    exercise="squat",
    label="squat",
    done_on=TODAY,
    reps=tuple(
        replace(rep, range_m=0.45, peak_speed_deg_s=190.0, mean_speed_deg_s=92.0, asymmetry_deg=-12.0)
        for rep in reps(LOWERING_S, LIFTING_S, RANGE_DEG)
    ),
    tempo=Tempo(2.1, 0.4, 1.2, 0.8, 29.6, velocity_loss=0.28),
    weight_kg=60.0,
    confidence=0.93,
    span_s=(12.0, 40.0),
    form_judged=("depth", "lockout"),
)
SWAY = replace(PLANK, hold_s=45.0, sway_m=0.04, findings=())
LOG = SetFacts(
    exercise="biceps_curl",
    label="biceps curl",
    done_on=TODAY,
    reps=reps((1.6,) * 10, (1.2,) * 10, (math.nan,) * 10),
    tempo=Tempo(1.6, 0.3, 1.2, 0.7, 31.0),
    caveats=(Caveat(Doubt.LOG_GAPS, {"count": 2, "seconds": 1.4}), Caveat(Doubt.CLOCK_IN_BURSTS, {"burst_ms": 80.0})),
    confidence=0.86,
    kind="log",
)
PEAKS_M_S2 = (49.0, 52.0, 51.0, 46.0, 50.0, 48.0, 90.2)


def blow(number: int) -> Rep:
    """A punch of a round: the first twenty come quickly, the others more slowly."""
    at_s = 1.1 * number if number <= 24 else 26.4 + 1.9 * (number - 24)
    peak_m_s2 = PEAKS_M_S2[number % len(PEAKS_M_S2)] if number < 8 else 49.0
    return Rep(
        number, at_s - 0.2, at_s, at_s + 0.2, math.nan, 0.0, math.nan, math.nan, math.nan, peak_m_s2=peak_m_s2
    )  # fmt: skip


ROUND = SetFacts(
    exercise="jab",
    label="jab",
    done_on=TODAY,
    reps=tuple(blow(number) for number in range(1, 43)),
    confidence=0.74,
    kind="log",
)
BEFORE_DEG = (141.0, 172.0, 176.0, 150.0, 103.0)  # the same joints in a photo before
POSE = PhotoFacts(
    label="warrior two",
    confidence=0.88,
    joints=(
        JointSeen("left knee", 118.0, 96.0, off=True),
        JointSeen("right knee", 174.0, 173.0),
        JointSeen("left elbow", 176.0, 175.0),
        JointSeen("right elbow", 171.0, 175.0),
        JointSeen("left hip", 101.0, 98.0),
    ),
)
POSE_AGAIN = replace(
    POSE,
    joints=tuple(replace(one, before_deg=before_deg) for one, before_deg in zip(POSE.joints, BEFORE_DEG, strict=True)),
    before=POSE.label,
)

SCENES: Mapping[str, Facts] = {
    "squat": Facts(TODAY, SQUAT, HISTORY),
    "squat_lb": Facts(TODAY, SQUAT, HISTORY, units="lb"),
    "plank": Facts(TODAY, PLANK),
    "curl": Facts(TODAY, CURL),
    "clean": Facts(TODAY, CLEAN, HISTORY),
    "grind": Facts(TODAY, GRIND, HISTORY),
    "session": Facts(TODAY, CLEAN, (*TODAYS, *HISTORY)),
    "day": Facts(TODAY, SQUAT, (*DAY, *HISTORY)),
    "lopsided": Facts(TODAY, LOPSIDED, HISTORY),
    "sway": Facts(TODAY, SWAY),
    "log": Facts(TODAY, LOG),
    "round": Facts(TODAY, ROUND),
    "pose": Facts(TODAY, SQUAT, HISTORY, photo=POSE),
    "pose_again": Facts(TODAY, SQUAT, HISTORY, photo=POSE_AGAIN),
    "none": Facts(TODAY),
    "squat_ko": Facts(TODAY, SQUAT_KO, HISTORY_KO, language="ko"),
}
