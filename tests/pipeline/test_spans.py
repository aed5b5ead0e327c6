"""Spans are the report's own durations, end to end, in the order in which they took place."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.spans import Part, rep_spans, spans
from pipeline.values import Phase, Rep
from tests.pipeline import reports

EXACT_S = 1e-9
durations = st.floats(0.1, 8.0)
phases = st.sampled_from(["eccentric", "concentric"])


def _rep(first_s: float, pause_s: float, second_s: float, first_phase: Phase) -> Rep:
    return reports.make_reps([(first_s, pause_s, second_s)], eccentric_first=first_phase == "eccentric")[0]


@given(durations, st.floats(0.0, 3.0), durations, phases)
def test_spans_are_the_durations_of_the_rep_in_order(first: float, pause: float, second: float, phase: Phase) -> None:
    rep = _rep(first, pause, second, phase)
    found = {span.part: span.seconds for span in rep_spans(rep, phase)}
    assert found[Part.ECCENTRIC] == pytest.approx(rep.eccentric_s, abs=EXACT_S)
    assert found[Part.CONCENTRIC] == pytest.approx(rep.concentric_s, abs=EXACT_S)
    assert found.get(Part.PAUSE, 0.0) == pytest.approx(pause, abs=EXACT_S)


@given(durations, st.floats(0.0, 3.0), durations, phases)
def test_spans_meet_and_fill_the_rep(first: float, pause: float, second: float, phase: Phase) -> None:
    rep = _rep(first, pause, second, phase)
    found = rep_spans(rep, phase)
    assert (found[0].start_s, found[-1].end_s) == (rep.start_s, rep.end_s)
    assert all(one.end_s == next_.start_s for one, next_ in pairwise(found))
    assert found[0].part == phase


@pytest.mark.parametrize("phase", ["eccentric", "concentric"])
def test_durations_longer_than_the_rep_stay_within_it(phase: Phase) -> None:
    rep = replace(_rep(1.0, 0.0, 1.0, phase), eccentric_s=9.0, concentric_s=9.0)
    found = rep_spans(rep, phase)
    assert [span.part for span in found] == [phase]
    assert (found[0].start_s, found[0].end_s) == (rep.start_s, rep.end_s)


def test_without_a_known_direction_the_parts_are_out_and_back() -> None:
    rep = reports.UNKNOWN_SET.reps[0]
    assert [span.part for span in rep_spans(rep, None)] == [Part.OUT, Part.BACK]
    assert rep_spans(rep, None)[0].end_s == rep.turn_s


def test_a_rep_without_its_seconds_is_not_given_names() -> None:
    rep = replace(reports.FIVE_SQUATS.reps[0], eccentric_s=math.nan)
    assert [span.part for span in rep_spans(rep, "eccentric")] == [Part.OUT, Part.BACK]


def test_a_set_has_the_spans_of_all_its_reps() -> None:
    assert [span.number for span in spans(reports.FIVE_SQUATS)] == [n for n in (1, 2, 3, 4, 5) for _ in range(3)]
    assert [span.complete for span in spans(reports.PARTIAL_SQUATS)].count(False) == 6
