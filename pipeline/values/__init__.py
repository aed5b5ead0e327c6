"""The types that are passed through the pipeline: frozen, checked when made, units in their names.

    Clip -> PoseTrack -> Recognition -> Cycle -> Rep -> SetReport
    a sensor log: MotionLog in place of PoseTrack

NaN means "not seen" or "not known"; never -1, never 0. A doubt about a report is data (`Caveat`), not an exception.
"""

from pipeline.values.checks import Array, Floats, Indices, Mask
from pipeline.values.clip import Clip
from pipeline.values.doubt import Caveat, Doubt, count_is_torn, range_is_hidden, times_are_unsure
from pipeline.values.log import MotionLog
from pipeline.values.recognition import UNKNOWN, Candidate, Recognition
from pipeline.values.report import (
    Finding,
    HeldPose,
    MeasuredSet,
    SetReport,
    Severity,
    Source,
    SourceKind,
    Timing,
)
from pipeline.values.reps import (
    PHASE_OFF_S,
    ROUGH_PHASE_OFF_S,
    Curve,
    Cycle,
    Phase,
    Rep,
    Side,
    Tempo,
    counted_only,
    in_halves,
)
from pipeline.values.track import LANDMARKS, PoseTrack

__all__ = [
    "LANDMARKS",
    "PHASE_OFF_S",
    "ROUGH_PHASE_OFF_S",
    "UNKNOWN",
    "Array",
    "Candidate",
    "Caveat",
    "Clip",
    "Curve",
    "Cycle",
    "Doubt",
    "Finding",
    "Floats",
    "HeldPose",
    "Indices",
    "Mask",
    "MeasuredSet",
    "MotionLog",
    "Phase",
    "PoseTrack",
    "Recognition",
    "Rep",
    "SetReport",
    "Severity",
    "Side",
    "Source",
    "SourceKind",
    "Tempo",
    "Timing",
    "count_is_torn",
    "counted_only",
    "in_halves",
    "range_is_hidden",
    "times_are_unsure",
]
