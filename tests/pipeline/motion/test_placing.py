"""So many repetitions are placed on the edges of the beat; more than there are earn less."""

from __future__ import annotations

from pipeline.motion.placing import place_repetitions
from tests.pipeline.motion.test_segments import beat_with

EDGES = range(60, 241, 30)  # six repetitions


def test_repetitions_are_placed_on_the_edges_of_the_beat_and_more_than_there_are_earn_less() -> None:
    found = {one.reps: one for one in place_repetitions(beat_with([list(EDGES)], 300), 60, 240, seen=6, most=8)}
    assert sorted(found) == [2, 3, 4, 5, 6, 7, 8]  # one alone would be longer than any repetition
    assert found[6].edges.tolist() == [51, 91, 122, 151, 182, 211, 240]  # the first is drawn out, see PlacingRules
    assert found[8].score < found[7].score - 5 < found[6].score - 10
