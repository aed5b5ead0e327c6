"""What a report says in a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.words.terminal import report_text
from pipeline.values import Caveat, Doubt
from tests.pipeline.reports import FIVE_SQUATS, UNKNOWN_SET


@pytest.mark.parametrize(("quickest_s", "told"), [(0.53, False), (1.2, True)])
def test_slowing_is_told_where_it_is_more_than_a_time_may_be_off_by(quickest_s: float, told: bool) -> None:
    assert FIVE_SQUATS.tempo is not None
    lifts_s = [quickest_s] * 4 + [quickest_s * 1.3]
    reps = tuple(replace(rep, concentric_s=lift_s) for rep, lift_s in zip(FIVE_SQUATS.reps, lifts_s, strict=True))
    report = replace(FIVE_SQUATS, reps=reps, tempo=replace(FIVE_SQUATS.tempo, velocity_loss=0.23))
    assert ("The last lift was 23% slower than the fastest" in report_text(report)) is told


@pytest.mark.parametrize(
    ("caveats", "row"),
    [
        ((), "1    1.5s       2.3    0.4      1.2"),
        ((Caveat(Doubt.TIMES_UNSURE),), "1    1.5s      ~2.5   ~0.5     ~1.0"),
    ],
)
def test_times_of_a_rep_are_told_as_finely_as_they_are_known(caveats: tuple[Caveat, ...], row: str) -> None:
    reps = tuple(replace(rep, eccentric_s=2.27, pause_s=0.38, concentric_s=1.21) for rep in FIVE_SQUATS.reps)
    lines = report_text(replace(FIVE_SQUATS, reps=reps, caveats=caveats)).splitlines()
    first = next(line for line in lines if line.strip().startswith("1 "))
    assert first.strip().startswith(row)


@pytest.mark.parametrize(("caveats", "told"), [((), "2.4 s a rep"), ((Caveat(Doubt.TIMES_UNSURE),), "~2.5 s a rep")])
def test_the_length_of_a_rep_is_told_as_finely_as_it_is_known(caveats: tuple[Caveat, ...], told: str) -> None:
    assert told in report_text(replace(UNKNOWN_SET, caveats=caveats)).splitlines()


def test_the_tempo_says_which_of_its_parts_is_which() -> None:
    assert FIVE_SQUATS.tempo is not None
    single = replace(FIVE_SQUATS, reps=FIVE_SQUATS.reps[:1], tempo=replace(FIVE_SQUATS.tempo, rest_s=float("nan")))
    assert "s (lower – pause – lift), time under tension" in report_text(single)


def test_a_rough_tempo_of_which_a_way_would_take_no_time_is_the_length_of_a_rep() -> None:
    tempo = FIVE_SQUATS.tempo
    assert tempo is not None
    rough = replace(FIVE_SQUATS, tempo=replace(tempo, concentric_s=0.2), caveats=(Caveat(Doubt.TIMES_UNSURE),))
    assert "~3.5 s a rep" in report_text(rough)
    assert "Tempo" not in report_text(rough)
