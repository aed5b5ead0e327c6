"""From the edges of repetitions to cycles: the movement's main component, where it turns, and when it leaves rest.

Where the sensor tilts enough, the movement is the angle between gravity in its axes now and at the far end of rest.
(Not at the edges' mean: where some edges lie at the turn, the mean lies in between, and the angle has no sign. Of 113
sets of uLift, times of one set's repetitions scatter by a seventh less so.) Where it moves without tilting,
acceleration along its main direction is integrated twice between two rests, at which it stands still in the same place
(zero-velocity update, Foxlin 2005). The edges tell which end of a repetition is rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.integrate import cumulative_trapezoid

from pipeline.motion.signals import RATE_HZ, Motion, low_passed, principal_direction
from pipeline.reps.phases import ONSET, Phases, move_times, phases_of
from pipeline.values import Array, Cycle


@dataclass(frozen=True, slots=True)
class MovementRules:
    """When posture shows the movement, and cut-offs that keep the shape of a repetition.

    Tried on a simulated forearm: of 1, 1.5, 2 and 3 Hz, 1.5 gives the least error of phases between 0.7 and 3 s.
    """

    tilting_deg: float = 18.0  # smaller tilts are hidden by the acceleration of the movement itself
    least_gravity_m_s2: float = 5.0  # at rest; less means a log without gravity, which shows no posture
    least_tilt_deg: float = 1.0  # the usual turn's, at least: it would be 0 if all edges lay at turns
    rest_share: float = 0.1  # share of a set's time spent at rest's end, not tuned
    posture_hz: float = 1.5
    moving_hz: float = 5.0
    turns_within: float = 0.15  # of a repetition: no turn is nearer to its ends
    beside: float = 0.25  # of the usual repetition, or a shorter one beside it: how far from its edge rest may lie,
    # where position shows it and not posture
    below_rest: float = 0.08  # of the usual range: a movement beyond rest by more has wrong edges
    away: float = 0.3  # of the usual range: what goes farther than this and comes back is part of the repetition
    at_rest: float = 0.5  # of the usual range: an edge between two repetitions lies below
    stirring: float = 0.3  # of the usual range: less at either end of a set is no attempt (as in `reps/cycles.py`)


RULES: Final = MovementRules()


@dataclass(frozen=True, slots=True, eq=False)
class Movement:
    """values (T,) at the motion's times, about 0 at rest and 1 at the turn; `tilts` where posture showed it."""

    values: Array
    tilts: bool


def read_movement(motion: Motion, runs: Sequence[Array]) -> Movement:
    """The main component of a set whose repetitions lie between the edges (N + 1,), seconds, of each run."""
    pairs = _pairs(motion, runs)
    posture = low_passed(motion.acceleration, RULES.posture_hz, RATE_HZ)
    rest = posture[[index for pair in pairs for index in pair]].mean(axis=0)
    if float(np.linalg.norm(rest)) >= RULES.least_gravity_m_s2:
        tilt = _angle_deg(posture, rest)
        if float(np.median([tilt[a : b + 1].max() for a, b in pairs])) >= RULES.tilting_deg:
            return Movement(_tilted(posture, pairs), tilts=True)
    return Movement(_travelled(motion, pairs), tilts=False)


def settle_edges(motion: Motion, runs: Sequence[Array]) -> tuple[Array, ...]:
    """The runs with their edges moved to where the movement turns back at rest, if it does not tilt.

    With an edge a little early or late the integrated position would lead beyond rest.
    """
    movement = read_movement(motion, runs)
    if movement.tilts:
        return tuple(runs)
    return tuple(_settled(motion, movement.values, edges_s) for edges_s in runs)


def _settled(motion: Motion, way: Array, edges_s: Array) -> Array:
    pairs = _pairs(motion, [edges_s])
    frames = [start for start, _ in pairs] + [pairs[-1][1]]
    reach = np.maximum(np.rint(RULES.beside * np.diff(frames)).astype(int), 1)
    usual = int(np.median(reach))
    moved = edges_s.copy()
    for index, frame in enumerate(frames):
        low = max(0, frame - min(usual, reach[index - 1])) if index else frame
        high = min(len(way) - 1, frame + min(usual, reach[index])) if index + 1 < len(frames) else frame
        lowest = low + int(way[low : high + 1].argmin())
        if way[lowest] < -RULES.below_rest:
            moved[index] = motion.times_s[lowest]
    return moved


def has_misplaced_edge(motion: Motion, runs: Sequence[Array], movement: Movement) -> bool:
    """Whether an edge between two repetitions lies nearer to a turn than to rest, so that lowering and pausing are not
    sure.

    It happens in 30 of 113 sets of uLift that tilt; their times scatter twice as far as the others'.
    """
    inner = [index for edges_s in runs for index, _ in _pairs(motion, [edges_s])[1:]]
    return bool((movement.values[inner] > RULES.at_rest).any())


def without_idle_ends(motion: Motion, runs: Sequence[Array], movement: Movement) -> tuple[Array, ...]:
    """The runs without repetitions at either end of the set that hardly move (putting a phone away, say)."""
    moves = [
        max(float(movement.values[a : b + 1].max()) for a, b in _pairs(motion, [edges_s])) >= RULES.stirring
        for edges_s in runs
    ]
    if not any(moves):
        return tuple(runs)
    return tuple(runs[moves.index(True) : len(moves) - moves[::-1].index(True)])


def cycles_of(motion: Motion, runs: Sequence[Array], movement: Movement) -> tuple[Cycle, ...]:
    """Every repetition from leaving rest to being back; they meet where nothing rests between two."""
    pairs = _pairs(motion, runs)
    phases = [_phases(motion, movement.values, a, b) for a, b in pairs]
    starts, ends = [phase.leaves_s for phase in phases], [phase.returns_s for phase in phases]
    for index, (_, boundary) in enumerate(pairs[:-1]):
        if pairs[index + 1][0] == boundary and starts[index + 1] - ends[index] < ONSET.shortest_pause_s:
            starts[index + 1] = ends[index] = float(motion.times_s[boundary])
    return tuple(
        Cycle(start_s, phase.turn_s, end_s) for start_s, phase, end_s in zip(starts, phases, ends, strict=True)
    )


def _phases(motion: Motion, movement: Array, start: int, end: int) -> Phases:
    inner = max(1, round(RULES.turns_within * (end - start)))
    turn = start + inner + int(movement[start + inner : end - inner + 1].argmax())
    phases = phases_of(motion.times_s, movement, start, turn, end)
    first, last = _furthest(movement, start, turn, end)
    if first < turn:
        phases = replace(phases, leaves_s=min(phases.leaves_s, move_times(motion.times_s, movement, start, first)[0]))
    if last > turn:
        phases = replace(phases, returns_s=max(phases.returns_s, move_times(motion.times_s, movement, last, end)[1]))
    return phases


def _furthest(movement: Array, start: int, turn: int, end: int) -> tuple[int, int]:
    """Frames of the first and the last place between two rests from which the movement comes back.

    Two for a burpee, which goes there and back more than once; otherwise the turn.
    """
    out = np.concatenate([[False], movement[start : end + 1] >= RULES.away, [False]])
    changes = np.flatnonzero(np.diff(out.astype(int))) + start
    ways = [
        (a, b) for a, b in zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True) if start < a and b <= end
    ]
    tops = [a + int(movement[a:b].argmax()) for a, b in ways] or [turn]
    return tops[0], tops[-1]


def _pairs(motion: Motion, runs: Sequence[Array]) -> list[tuple[int, int]]:
    """First and last frame of every repetition."""
    found = []
    for edges_s in runs:
        frames = np.round((edges_s - motion.times_s[0]) * RATE_HZ).astype(int)
        found += list(pairwise(np.clip(frames, 0, len(motion.times_s) - 1).tolist()))
    return found


def _angle_deg(vectors: Array, reference: Array) -> Array:
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(reference)
    return np.asarray(np.degrees(np.arccos(np.clip(vectors @ reference / np.maximum(lengths, 1e-9), -1, 1))))


def _tilted(posture: Array, pairs: list[tuple[int, int]]) -> Array:
    """(T,) the angle away from the far end of rest, 0 at the usual edge and 1 at the usual turn.

    The edges tell which end of the line along which the direction (T, 3) varies most is rest.
    """
    directions = posture / np.maximum(np.linalg.norm(posture, axis=1, keepdims=True), 1e-9)
    within = np.concatenate([directions[start : end + 1] for start, end in pairs])
    _, _, axes = np.linalg.svd(within - within.mean(axis=0), full_matrices=False)
    way, edges = directions @ axes[0], [index for pair in pairs for index in pair]
    way -= np.median(way[edges])
    ahead, behind = (float(np.median([(sign * way[a : b + 1]).max() for a, b in pairs])) for sign in (1, -1))
    side = within @ axes[0] * (1 if ahead >= behind else -1)
    tilt = _angle_deg(posture, within[side <= np.quantile(side, RULES.rest_share)].mean(axis=0))
    tilt -= np.median(tilt[edges])
    return tilt / max(float(np.median([tilt[a : b + 1].max() for a, b in pairs])), RULES.least_tilt_deg)


def _travelled(motion: Motion, pairs: list[tuple[int, int]]) -> Array:
    """(T,) distance from rest along the main direction, in units of the usual turn; 0 outside the repetitions."""
    smooth = low_passed(motion.acceleration, RULES.moving_hz, RATE_HZ)
    along = smooth @ principal_direction(smooth[pairs[0][0] : pairs[-1][1] + 1])
    way = np.zeros(len(along))
    for start, end in pairs:
        way[start : end + 1] = _summed_twice(along[start : end + 1])
    peaks = [float(way[a + int(np.abs(way[a : b + 1]).argmax())]) for a, b in pairs]
    usual = float(np.median(peaks))
    return way / usual if usual else way


def _summed_twice(along: Array) -> Array:
    """Position that begins and ends at 0, of a movement that stands still at both ends."""
    return _closed(_closed(along - along.mean()))


def _closed(values: Array) -> Array:
    total = cumulative_trapezoid(values, dx=1 / RATE_HZ, initial=0)
    return np.asarray(total - np.linspace(0, total[-1], len(total)))
