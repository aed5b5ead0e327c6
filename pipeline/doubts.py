"""Find everything a report is unsure of: every doubt is checked here, with its limit and the reason for it.

A doubt is data; the sentence that a user reads about it is in `bot/sentences/`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.bouts import Bout
from pipeline.catalogue.exercise import Exercise
from pipeline.catalogue.rules import judged_from
from pipeline.holds import Hold
from pipeline.kinematics import JOINTS, LEFT_ANKLE, MOST_BENT_DEG, RIGHT_ANKLE
from pipeline.recognize.turned import seems_on_its_side
from pipeline.reps import Count
from pipeline.tempo import phase_slipped, time_reps
from pipeline.values import Caveat, Doubt, PoseTrack, Recognition
from pipeline.view import SEEN_BY, view_of


@dataclass(frozen=True, slots=True)
class DoubtLimits:
    """When each doubt is raised.

    lost_share: gaps in under a tenth of the frames are bridged well. dark_luminance (of 255) and small_px (the longer
    side of the body's box in pictures of 640 px): as for photos; every development clip is brighter, and of 420 eight
    show a smaller body. Of 43 of them darkened 22 of 32 that went below were counted rightly, 10 of 11 others; of 43
    filmed from twice as far 14 of 18 below and 22 of 25 others. hidden_visibility: MediaPipe's own 0.5. It is also the
    limit for the better ankle where nothing is recognised and nobody is lost: of 22 clips that lost their name by being
    cut off at the hips or thighs 20 get the doubt about legs, the two others that about a lost person; of 486 whole
    ones none. low_rate_hz: at 11 Hz a phase of 0.5 s has 5 frames, its end is uncertain by a fifth; calm sets are
    sampled at 12. slow_rate_hz: no phone shows ordinary video above 60 Hz. unsure_count: on the tuned sources, each
    left out, 11 of 16 wrong counts are less likely, and 22 of 201 right ones (at 0.7 9 and 15); of 53 counts between
    the two, 16 of them of real clips, every fourth is wrong. held_share: whoever holds for less than half of the clip
    did something else for most of it. times_spread_s: of 55 rendered takes through pixels (it was chosen on 28) 11 lie
    above or have fewer than three signals that tell, and in 5 of these the middle repetition is timed more than 0.3 s
    wrong; of the 44 others in 3.
    """

    lost_share: float = 0.1
    dark_luminance: float = 35.0
    small_px: float = 120.0
    hidden_visibility: float = 0.5
    low_rate_hz: float = 11.0
    slow_rate_hz: float = 100.0
    unsure_count: float = 0.8
    held_share: float = 0.5
    times_spread_s: float = 0.3


LIMITS: Final = DoubtLimits()


def doubts(
    track: PoseTrack,
    filmed_hz: float,
    recognition: Recognition,
    exercise: Exercise | None,
    measured: Count | Hold | Bout | None,
) -> tuple[Caveat, ...]:
    """Every doubt about the set: first about what was done, then about the count, then about how it was filmed.

    measured is None where nothing could be timed in an exercise told by its seconds. filmed_hz: frames per second of
    the clip, of which the track has fewer; 0 where not known.
    """
    about_measured = _about_count(measured, exercise) if isinstance(measured, Count) else _about_time(measured, track)
    about_what, about_view = (
        tuple(about_name(recognition)),
        (*_about_view(track, exercise), *_about_rate(track, filmed_hz)),
    )
    if not recognition.known:  # the likely reason comes first
        reasons = tuple(one for one in about_view if one.doubt is Doubt.PERSON_LOST) or tuple(_about_frame(track))
        about_what += reasons
        about_view = tuple(one for one in about_view if one not in reasons)
    return (*about_what, *about_measured, *about_view)


def view_doubts(track: PoseTrack, filmed_hz: float) -> tuple[Caveat, ...]:
    """The doubts about how it was filmed, where no exercise was counted."""
    return (*_about_view(track, None), *_about_rate(track, filmed_hz))


def about_name(recognition: Recognition) -> Iterator[Caveat]:
    """The doubt about what was done, if any."""
    if not recognition.known:
        names = ", ".join(candidate.name for candidate in recognition.alternatives)
        yield Caveat(Doubt.EXERCISE_UNKNOWN, {"alternatives": names})
    elif recognition.coarse:
        yield Caveat(Doubt.EXERCISE_UNSURE)
    elif recognition.as_before:
        yield Caveat(Doubt.NAMED_AS_BEFORE)


def _about_frame(track: PoseTrack) -> Iterator[Caveat]:
    """A clip on its side; feet that are outside the picture or hidden."""
    if seems_on_its_side(track):
        yield Caveat(Doubt.CLIP_ON_ITS_SIDE)
        return
    ankles = track.visibility[track.seen][:, [LEFT_ANKLE, RIGHT_ANKLE]].max(axis=1)
    if float(np.median(ankles)) < LIMITS.hidden_visibility:
        yield Caveat(Doubt.LEGS_UNSEEN)


def _about_time(timed: Hold | Bout | None, track: PoseTrack) -> Iterator[Caveat]:
    if timed is None:
        yield Caveat(Doubt.NOTHING_TIMED)
    elif isinstance(timed, Bout):
        if timed.others:
            yield Caveat(Doubt.MOVED_IN_PARTS, {"count": 1 + timed.others})
    elif timed.held_s < LIMITS.held_share * track.duration_s:
        yield Caveat(Doubt.HOLD_WITHOUT_STILLNESS)


def _about_count(count: Count, exercise: Exercise | None) -> Iterator[Caveat]:
    if not count.cycles:
        yield Caveat(Doubt.NO_MOVEMENT)
    if count.confidence < LIMITS.unsure_count and count.runner_up is not None:
        yield Caveat(Doubt.COUNT_UNSURE, {"runner_up": count.runner_up})
    if not count.cycles:
        return
    partial = sum(not cycle.complete for cycle in count.cycles)
    if partial:
        yield Caveat(Doubt.PARTIAL_REPS, {"count": partial})
    if count.starts_mid_rep:
        yield Caveat(Doubt.STARTS_MID_REP)
    if count.ends_mid_rep:
        yield Caveat(Doubt.ENDS_MID_REP)
    if count.first_phase is None and not _lifts_nothing(exercise):
        yield Caveat(Doubt.PHASES_UNNAMED)
    slipped = phase_slipped([rep for rep in time_reps(count) if rep.complete])
    if slipped or _times_spread_s(count) >= LIMITS.times_spread_s:
        yield Caveat(Doubt.TIMES_UNSURE)
    joint = count.curve.label.removesuffix(" angle")
    if joint in MOST_BENT_DEG and _most_bent_deg(count) < MOST_BENT_DEG[joint]:
        yield Caveat(Doubt.BENT_TOO_FAR, {"joint": joint})


def _lifts_nothing(exercise: Exercise | None) -> bool:
    """Whether the exercise has no lifting phase: a twist goes there and back."""
    return exercise is not None and exercise.first_phase is None


def _about_view(track: PoseTrack, exercise: Exercise | None) -> Iterator[Caveat]:
    if track.people > 1:
        yield Caveat(Doubt.SEVERAL_PEOPLE, {"count": track.people})
    lost = 1.0 - float(track.seen.mean())
    if lost > LIMITS.lost_share:
        yield Caveat(Doubt.PERSON_LOST, {"percent": round(100 * lost)})
    if track.luminance is not None and track.luminance < LIMITS.dark_luminance:
        yield Caveat(Doubt.CLIP_DARK)
    elif _height_px(track) < LIMITS.small_px:
        yield Caveat(Doubt.FILMED_FROM_AFAR)
    if exercise is None:
        return
    if (view := view_of(track)) not in SEEN_BY[judged_from(exercise)]:
        yield Caveat(Doubt.VIEW_HIDES_RANGE, {"view": view})  # and no angle is told
    elif exercise.joint in JOINTS and _visibility(track, exercise.joint) < LIMITS.hidden_visibility:
        yield Caveat(Doubt.JOINT_HIDDEN, {"joint": exercise.joint})


def _about_rate(track: PoseTrack, filmed_hz: float) -> Iterator[Caveat]:
    # by the frames that were decoded, not by the container: half of a damaged clip's frames may be missing
    rate_hz = (len(track.times_s) - 1) / track.duration_s if len(track.times_s) > 1 else math.inf  # one has none
    if rate_hz < LIMITS.low_rate_hz:
        yield Caveat(Doubt.LOW_FRAME_RATE, {"rate_hz": round(rate_hz)})
    if filmed_hz >= LIMITS.slow_rate_hz:
        yield Caveat(Doubt.SLOW_MOTION, {"rate_hz": round(filmed_hz)})


def _times_spread_s(count: Count) -> float:
    """How far the signals usually disagree about the times of a repetition; infinite where too few show it."""
    spreads_s = [cycle.spread_s for cycle in count.cycles if cycle.complete]
    return float(np.median([math.inf if math.isnan(one) else one for one in spreads_s])) if spreads_s else 0.0


def _most_bent_deg(count: Count) -> float:
    """How far the curve's joint usually bends in a repetition; infinite where no complete one shows it."""
    times_s, angle_deg = count.curve.times_s, count.curve.values
    inside = [angle_deg[(times_s >= one.start_s) & (times_s <= one.end_s)] for one in count.cycles if one.complete]
    bent_deg = [float(np.nanmin(part)) for part in inside if np.isfinite(part).any()]
    return float(np.median(bent_deg)) if bent_deg else math.inf


def _height_px(track: PoseTrack) -> float:
    """The usual length of the longer side of the body's box; infinite where nobody was seen."""
    spans_px = np.ptp(track.image_px[track.seen], axis=1).max(axis=1)
    return float(np.median(spans_px)) if len(spans_px) else np.inf


def _visibility(track: PoseTrack, joint: str) -> float:
    """The better side's median visibility (least of the joint's three landmarks), over the frames with somebody."""
    seen = track.visibility[track.seen]
    return max(float(np.median(seen[:, list(side)].min(axis=1))) for side in JOINTS[joint])
