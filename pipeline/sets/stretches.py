"""Divide a track into stretches in which the body repeats something and stretches in which it rests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.ndimage import maximum_filter1d, minimum_filter1d

from pipeline.reps.beat import beat_of
from pipeline.reps.body import Body, body_of, grid_steps
from pipeline.reps.runs import runs
from pipeline.values import Mask, PoseTrack


@dataclass(frozen=True, slots=True)
class StretchRules:
    """When a stretch is busy; chosen on the tuned sources' single sets and on simulated joined ones.

    busy: least probability of the beat network that a repetition is going on, in windows of window_s. moving_share: a
    body that moves less than this share of its usual larger movements (within around_s either way) rests. bridged_s: a
    lull this short is within a repetition. shortest_s: a shorter stretch is no set.
    """

    busy: float = 0.5
    window_s: float = 20.0
    moving_share: float = 0.25
    around_s: float = 1.5
    bridged_s: float = 0.8
    shortest_s: float = 1.5


RULES: Final = StretchRules()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a track in which the body repeats something (`busy`) or does not.

    first and last are frames of the even grid, start_s and end_s their times.
    """

    busy: bool
    first: int
    last: int
    start_s: float
    end_s: float

    @property
    def seconds(self) -> float:
        return self.end_s - self.start_s


def stretches_of(track: PoseTrack, body: Body) -> tuple[Stretch, ...]:
    """Busy and idle stretches in turn, from the body's first frame to its last."""
    busy = _repeating(track, body) & _moving(body)
    for value, shortest_s in ((False, RULES.bridged_s), (True, RULES.shortest_s)):
        for first, last in runs(busy == value):
            inside = value or (first > 0 and last < len(busy) - 1)
            if inside and last - first + 1 < grid_steps(shortest_s):
                busy[first : last + 1] = not value
    edges = [0, *(np.flatnonzero(np.diff(busy.astype(int))) + 1).tolist(), len(busy)]
    return tuple(
        Stretch(bool(busy[a]), a, b - 1, float(body.times_s[a]), float(body.times_s[b - 1])) for a, b in pairwise(edges)
    )


def _repeating(track: PoseTrack, body: Body) -> Mask:
    """(T,) True where the beat network sees repetitions, asked window by window.

    It was trained on clips of one set in one place, and measures a body from where it is most of the time.
    """
    total, weight = np.zeros(len(body.times_s)), np.full(len(body.times_s), 1e-9)
    for start_s in _window_starts_s(body):
        part = body_of(part_of(track, start_s, start_s + RULES.window_s))
        if part is not None:
            near = (body.times_s >= part.times_s[0]) & (body.times_s <= part.times_s[-1])
            away = np.abs(body.times_s[near] - (part.times_s[0] + part.times_s[-1]) / 2)
            share = 1.01 - away / (away.max() + 1e-9)
            total[near] += share * np.interp(body.times_s[near], part.times_s, beat_of(part).busy)
            weight[near] += share
    return np.asarray(total / weight >= RULES.busy)


def _window_starts_s(body: Body) -> list[float]:
    """Windows half a window apart, the last one at the end."""
    first, last = float(body.times_s[0]), float(body.times_s[-1]) - RULES.window_s
    return [*np.arange(first, last, RULES.window_s / 2).tolist(), max(first, last)]


def _moving(body: Body) -> Mask:
    """(T,) True where the pose moves a fair share of what it moves at most, within a second or two."""
    reach = grid_steps(RULES.around_s)
    span = maximum_filter1d(body.course, 2 * reach + 1, axis=0) - minimum_filter1d(body.course, 2 * reach + 1, axis=0)
    far = np.linalg.norm(span, axis=1)
    return np.asarray(far >= RULES.moving_share * np.percentile(far, 75))


def part_of(track: PoseTrack, start_s: float, end_s: float) -> PoseTrack:
    """The frames from start_s to end_s, both included, with their times in the whole track."""
    inside = (track.times_s >= start_s) & (track.times_s <= end_s)
    return replace(
        track,
        times_s=track.times_s[inside],
        image_px=track.image_px[inside],
        world_m=track.world_m[inside],
        visibility=track.visibility[inside],
        cuts_s=tuple(cut for cut in track.cuts_s if start_s < cut <= end_s),
    )
