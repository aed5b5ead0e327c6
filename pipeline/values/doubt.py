"""Doubts about a report: data that travels with it, not exceptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Doubt(StrEnum):
    """Every doubt that a report can carry. Each has a sentence in every language (a test finds one without)."""

    EXERCISE_UNKNOWN = "exercise_unknown"
    EXERCISE_UNSURE = "exercise_unsure"
    NAMED_AS_BEFORE = "named_as_before"
    PHASES_UNNAMED = "phases_unnamed"
    SEVERAL_PEOPLE = "several_people"
    PERSON_LOST = "person_lost"
    CLIP_DARK = "clip_dark"
    FILMED_FROM_AFAR = "filmed_from_afar"
    LEGS_UNSEEN = "legs_unseen"
    CLIP_ON_ITS_SIDE = "clip_on_its_side"
    JOINT_HIDDEN = "joint_hidden"
    BENT_TOO_FAR = "bent_too_far"
    LOW_FRAME_RATE = "low_frame_rate"
    STARTS_MID_REP = "starts_mid_rep"
    ENDS_MID_REP = "ends_mid_rep"
    PARTIAL_REPS = "partial_reps"
    COUNT_UNSURE = "count_unsure"
    REPS_NOT_TIMED = "reps_not_timed"
    TIMES_UNSURE = "times_unsure"
    NO_MOVEMENT = "no_movement"
    VIEW_HIDES_RANGE = "view_hides_range"
    HOLD_WITHOUT_STILLNESS = "hold_without_stillness"
    MOVED_IN_PARTS = "moved_in_parts"
    NOTHING_TIMED = "nothing_timed"
    SLOW_MOTION = "slow_motion"
    LOG_GAPS = "log_gaps"
    SAMPLES_LOST = "samples_lost"
    LOW_LOG_RATE = "low_log_rate"
    CLOCK_IN_BURSTS = "clock_in_bursts"
    CLOCK_SET_BACK = "clock_set_back"
    VALUES_HELD = "values_held"
    ROWS_DROPPED = "rows_dropped"
    SENSOR_SATURATED = "sensor_saturated"
    UNIT_BY_GRAVITY = "unit_by_gravity"
    UNIT_CORRECTED = "unit_corrected"
    GRAVITY_LEFT_OUT = "gravity_left_out"
    ROTATION_LEFT_OUT = "rotation_left_out"
    DEVICE_STILL = "device_still"
    SEVERAL_RECORDINGS = "several_recordings"
    SEVERAL_IN_PHOTO = "several_in_photo"
    PHOTO_BLURRED = "photo_blurred"
    PHOTO_DARK = "photo_dark"
    PERSON_SMALL = "person_small"
    BODY_HIDDEN = "body_hidden"


@dataclass(frozen=True, slots=True)
class Caveat:
    """A doubt and the facts that its sentence needs."""

    doubt: Doubt
    facts: Mapping[str, float | str] = field(default_factory=dict)


def times_are_unsure(caveats: Sequence[Caveat]) -> bool:
    """True where the times of the repetitions are too rough to be judged by a rule."""
    return any(caveat.doubt is Doubt.TIMES_UNSURE for caveat in caveats)


def range_is_hidden(caveats: Sequence[Caveat]) -> bool:
    """True where the camera's view does not carry a joint's range, so that no range or speed in degrees is reported."""
    return any(caveat.doubt in (Doubt.VIEW_HIDES_RANGE, Doubt.BENT_TOO_FAR) for caveat in caveats)


def count_is_torn(caveats: Sequence[Caveat]) -> bool:
    """True where it is uncertain what was one repetition, so that none is judged by a rule."""
    return any(caveat.doubt is Doubt.COUNT_UNSURE for caveat in caveats)
