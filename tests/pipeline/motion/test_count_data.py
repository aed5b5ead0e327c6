"""The shipped counter on people of uLift who taught it nothing: bars below what was measured, to notice a loss."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.analyze_log import analyze_log
from pipeline.evaluate.recordings import people_drawn, read_recordings
from pipeline.learn.log_counter.measures import counted, takes_of
from pipeline.learn.log_counter.takes import Piece, Take, piece_of
from pipeline.motion.beat import shipped_team
from pipeline.motion.count import find_sets
from pipeline.motion.signals import RATE_HZ, motion_of
from pipeline.values import MotionLog, Source
from tests.shared_data import SHARED, needs_shared_data

pytestmark = [pytest.mark.data, pytest.mark.slow, needs_shared_data]
EACH = 24


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    recordings = read_recordings(SHARED / "logs" / "ulift.csv")
    held_out = people_drawn((one.person for one in recordings), 6)
    return [piece_of(one) for one in recordings if one.person in held_out][:300]


def test_people_held_out_are_counted_within_one_and_their_rest_is_not_counted(pieces: list[Piece]) -> None:
    takes = takes_of(pieces, EACH, np.random.default_rng(0))
    crops, joins = (counted(shipped_team(), takes[kind]) for kind in ("crops", "joins, rest between"))
    assert (np.abs(crops.said - crops.true) <= 1).mean() > 0.85
    assert (crops.said == crops.true).mean() > 0.75
    assert (np.abs(joins.said - joins.true) <= 1).mean() > 0.7  # 96 of 100 of a hundred and sixty others
    assert np.mean([reported_reps(take) == 0 for take in takes["rest alone"]]) > 0.85


def reported_reps(take: Take) -> int:
    """Repetitions of the whole analysis, which drops what the recogniser takes for rest."""
    motion = take.motion
    log = MotionLog(motion.times_s, motion.acceleration, np.full_like(motion.acceleration, np.nan), "take")
    return sum(one.report.rep_count for one in analyze_log(log, Source("log", "take", motion.duration_s, RATE_HZ)))


def test_slow_exercises_of_a_device_that_taught_nothing_are_counted_within_two_of_thirty() -> None:
    """Measured 29 or 30 of 30 on each: ten slow, ten quick and ten small ones, people on whom nothing was chosen."""
    recordings = read_recordings(SHARED / "logs" / "uci_physical_therapy.csv")
    forearms = [
        one
        for one in recordings
        if one.reps and one.session == "test unit2" and one.label in ("pt_e6", "pt_e8") and one.person in ("p03", "p04")
    ]
    assert len(forearms) == 4
    said = [sum(found.reps for found in find_sets(motion_of(one.log))) for one in forearms]
    assert said == pytest.approx([30] * 4, abs=2)
