"""Count repetitions in an edited clip: each shot by itself, so that no repetition spans a cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.catalogue.exercise import Exercise
from pipeline.reps import Count, count_reps
from pipeline.sets.stretches import part_of
from pipeline.values import Curve, Phase, PoseTrack

SHORTEST_S = 0.4  # shorter shots hold no repetition (the counter needs as much)


def count_shots(track: PoseTrack, exercise: Exercise | None = None, *, named: bool = False) -> Count:
    """Count each shot with `count_reps` and join the counts to one; without cuts the same as `count_reps`.

    `named`: somebody said what exercise it is. With several shots it is ignored, since some may show nothing of it.
    """
    shots = shots_of(track)
    if len(shots) < 2:
        return count_reps(track, exercise, named=named)
    return _as_one([count_reps(shot, exercise) for shot in shots])


def shots_of(track: PoseTrack) -> list[PoseTrack]:
    """The track's shots in order, without those too short to show anything."""
    edges = [float(track.times_s[0]), *track.cuts_s, float(np.nextafter(track.times_s[-1], np.inf))]
    shots = [part_of(track, start_s, float(np.nextafter(end_s, -np.inf))) for start_s, end_s in pairwise(edges)]
    return [shot for shot in shots if shot.duration_s >= SHORTEST_S]


def _as_one(counts: Sequence[Count]) -> Count:
    counted = [count for count in counts if count.cycles] or list(counts)
    doubtful = min(counted, key=lambda count: count.confidence)
    others = sum(count.complete for count in counts) - doubtful.complete
    best = max(counts, key=lambda count: count.complete).curve
    return Count(
        cycles=tuple(cycle for count in counts for cycle in count.cycles),
        curve=_joined([count.curve for count in counts if (count.curve.label, count.curve.unit) == _kind(best)]),
        movement=_joined([count.movement for count in counts]),
        confidence=doubtful.confidence,
        runner_up=None if doubtful.runner_up is None else doubtful.runner_up + others,
        starts_mid_rep=counts[0].starts_mid_rep,
        ends_mid_rep=counts[-1].ends_mid_rep,
        first_phase=_shared([count.first_phase for count in counted]),
    )


def _shared(phases: Sequence[Phase | None]) -> Phase | None:
    """The first phase that all shots agree on, else None."""
    return phases[0] if len(set(phases)) == 1 else None


def _kind(curve: Curve) -> tuple[str, str]:
    return curve.label, curve.unit


def _joined(curves: Sequence[Curve]) -> Curve:
    """The curves one after the other, with NaN between them."""
    times = [np.append(curve.times_s, np.nextafter(curve.times_s[-1], np.inf)) for curve in curves]
    values = [np.append(curve.values, np.nan) for curve in curves]
    return Curve(np.concatenate(times)[:-1], np.concatenate(values)[:-1], *_kind(curves[0]))
