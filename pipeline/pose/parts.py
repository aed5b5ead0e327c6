"""Split a clip into parts for landmarkers that work in parallel, so that all finish at the same time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.video.decode import WHOLE, Part

# Time to decode a second of a phone's clip, as a share of decoding and tracking it: 0.08 of 0.25 s of one core (720p
# at 30 Hz, 12 frames of it tracked).
_DECODING_SHARE = 0.3
_HALVINGS = 20
_GRID_S = 0.5  # parts start on this grid: frames at 12 Hz stay evenly spaced across a seam


def parts_of(
    duration_s: float, most: int, shortest_s: float, lead_in_s: float = 0.0, key_frames_s: Sequence[float] = ()
) -> list[Part]:
    """At most `most` parts, none shorter than about `shortest_s`, that cover a clip and take equally long to track.

    Each but the first is tracked from `lead_in_s` before its start and decoded from the key frame before that; it is
    made shorter to make up for it.
    """
    count = int(np.clip(duration_s // shortest_s, 1, most))
    starts_s = _starts_s(duration_s, count, lead_in_s, key_frames_s)
    return list(zip(starts_s, [*starts_s[1:], WHOLE[1]], strict=True))


def _starts_s(duration_s: float, count: int, lead_in_s: float, key_frames_s: Sequence[float]) -> list[float]:
    """Where each part starts so that all take equally long, found by bisection on that time."""

    def taking(work_s: float) -> list[float]:
        edges_s = [0.0]
        for _ in range(count):
            edges_s.append(edges_s[-1] + work_s - _ahead_s(edges_s[-1], lead_in_s, key_frames_s))
        return edges_s

    low_s, high_s = duration_s / count, duration_s
    for _ in range(_HALVINGS if count > 1 else 0):
        middle_s = (low_s + high_s) / 2
        low_s, high_s = (low_s, middle_s) if taking(middle_s)[-1] >= duration_s else (middle_s, high_s)
    return [_GRID_S * round(edge_s / _GRID_S) for edge_s in taking(high_s)[:-1]]


def _ahead_s(start_s: float, lead_in_s: float, key_frames_s: Sequence[float]) -> float:
    """The work that comes before a part's start (lead-in and decoding from the key frame), in seconds of tracking."""
    looked_s = max(0.0, start_s - lead_in_s)
    # a damaged index may hold any time: the cost is at most that of all that comes before
    decoded_s = max(0.0, max((at_s for at_s in key_frames_s if at_s <= looked_s), default=looked_s))
    return start_s - looked_s + _DECODING_SHARE * (looked_s - decoded_s)
