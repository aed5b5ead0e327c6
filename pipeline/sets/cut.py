"""Cut a clip into its sets: where nothing repeats for long, or another exercise begins.

A wrong cut is worse than a missed one: a lifter may rest between two heavy repetitions of one set. So a rest must be
long, longer still where the body stays in the set's postures, unless the person walks about; and a change of exercise
must be recognised with certainty on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.catalogue import find
from pipeline.recognize import NO_EXERCISE
from pipeline.reps import count_reps
from pipeline.reps.body import Body, body_of
from pipeline.sets.naming_spans import NamedSpan, named_spans
from pipeline.sets.stretches import Stretch, part_of, stretches_of
from pipeline.sets.walks import Walk, walks_of
from pipeline.values import UNKNOWN, PoseTrack


@dataclass(frozen=True, slots=True)
class SetRules:
    """When one set ends and another begins; chosen on the tuned sources' single sets and on simulated joined ones.

    rest_s: a rest this long always parts two sets; rest_elsewhere_s: one this long does where the body leaves the
    postures of both. elsewhere: distance of poses (1 is a large change). margin_s: how much of the rest is kept on
    either side of a set. beside_s: a stretch beside a walk that lasts this long may hold a set, even if it does not
    look busy.
    """

    rest_s: float = 15.0
    rest_elsewhere_s: float = 6.0
    elsewhere: float = 0.6
    margin_s: float = 1.0
    beside_s: float = 4.0


RULES: Final = SetRules()


@dataclass(frozen=True, slots=True)
class Work:
    """From start_s to end_s the body repeats or holds something of this family, as far as names tell."""

    start_s: float
    end_s: float
    family: str
    held: bool = False


def sets_of(track: PoseTrack) -> tuple[PoseTrack, ...]:
    """The track's sets in order, at least one: the whole track where it shows one set or none.

    Each keeps its times in the whole track, and a second of the rest on either side.
    """
    body = body_of(track)
    if body is None:
        return (track,)
    stretches = stretches_of(track, body)
    walks = walks_of(body, stretches)
    groups = _grouped(body, _with_sides(_work_of(track, stretches), walks, body), walks)
    if len(groups) > 1:
        groups = [group for group in groups if _is_set(track, group)]
    return tuple(_cut_out(track, groups, index) for index in range(len(groups))) if len(groups) > 1 else (track,)


def _work_of(track: PoseTrack, stretches: Sequence[Stretch]) -> list[Work]:
    """When the body works, in order: busy stretches, cut where the exercise changes, and holds."""
    busy = [stretch for stretch in stretches if stretch.busy]
    found: list[Work] = []
    for span in named_spans(track):
        if _is_hold(span):
            found.append(Work(span.start_s, span.end_s, span.family, held=True))
        elif span.family != NO_EXERCISE:
            inside = [(max(part.start_s, span.start_s), min(part.end_s, span.end_s)) for part in busy]
            found += [Work(start_s, end_s, span.family) for start_s, end_s in inside if end_s - start_s > 0.5]
    return found


def _with_sides(work: list[Work], walks: Sequence[Walk], body: Body) -> list[Work]:
    """The work, and the stretches beside walks that hold none so far: counting will tell whether something is done
    there.
    """
    edges = [
        float(body.times_s[0]),
        *(at for walk in walks for at in (walk.start_s, walk.end_s)),
        float(body.times_s[-1]),
    ]
    sides = zip(edges[0::2], edges[1::2], strict=True) if walks else ()
    idle = [
        Work(start_s, end_s, UNKNOWN)
        for start_s, end_s in sides
        if end_s - start_s >= RULES.beside_s and not any(part.end_s > start_s and part.start_s < end_s for part in work)
    ]
    return sorted([*work, *idle], key=lambda part: part.start_s)


def _is_hold(span: NamedSpan) -> bool:
    entry = find(span.recognition.name)
    return entry is not None and entry.kind == "hold"


def _grouped(body: Body, work: Sequence[Work], walks: Sequence[Walk]) -> list[list[Work]]:
    """The work grouped by set."""
    groups: list[list[Work]] = []
    for part in work:
        if groups and not _walked(groups[-1], part, walks) and not _parted(body, groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _walked(before: Sequence[Work], after: Work, walks: Sequence[Walk]) -> bool:
    middles_s = [(walk.start_s + walk.end_s) / 2 for walk in walks]
    return any(before[-1].end_s <= middle_s <= after.start_s for middle_s in middles_s)


def _is_set(track: PoseTrack, group: Sequence[Work]) -> bool:
    """Whether something is held or a repetition can be counted: walking and getting down are not sets."""
    inside = part_of(track, group[0].start_s, group[-1].end_s)
    return any(part.held for part in group) or count_reps(inside).complete > 0


def _parted(body: Body, before: Sequence[Work], after: Work) -> bool:
    families = {part.family for part in (*before, after)} - {UNKNOWN}
    rest_s = after.start_s - before[-1].end_s
    if len(families) > 1 or rest_s >= RULES.rest_s:
        return True
    return rest_s >= RULES.rest_elsewhere_s and _goes_elsewhere(body, before[-1], after)


def _goes_elsewhere(body: Body, before: Work, after: Work) -> bool:
    """Whether most poses of the rest are unlike any of the sets around it."""
    during = [(body.times_s >= part.start_s) & (body.times_s <= part.end_s) for part in (before, after)]
    sets = body.pose[during[0] | during[1]][::5]
    rest = body.pose[(body.times_s > before.end_s) & (body.times_s < after.start_s)][::5]
    nearest = np.linalg.norm(rest[:, None] - sets[None], axis=2).min(axis=1)
    return bool(np.median(nearest) > RULES.elsewhere)


def _cut_out(track: PoseTrack, groups: Sequence[Sequence[Work]], index: int) -> PoseTrack:
    """The group's part of the track, with a margin of rest that never reaches half-way to the next group."""
    start_s, end_s = groups[index][0].start_s, groups[index][-1].end_s
    from_s, to_s = float(track.times_s[0]), float(track.times_s[-1])
    if index:
        from_s = max(start_s - RULES.margin_s, (start_s + groups[index - 1][-1].end_s) / 2)
    if index + 1 < len(groups):
        to_s = min(end_s + RULES.margin_s, (end_s + groups[index + 1][0].start_s) / 2)
    return part_of(track, from_s, to_s)
