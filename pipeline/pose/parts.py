"""How a clip is shared out among landmarkers that work side by side, so that they are done together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.video.decode import WHOLE, Part

# What decoding a second of a phone's clip takes, as a share of looking at it, too: 0.08 of 0.25 s of one core (720p at
# 30 Hz, 12 pictures of it looked at).
_DECODING_SHARE = 0.3
_HALVINGS = 20
_GRID_S = 0.5  # parts start on it: pictures at 12 Hz come as evenly over a seam as elsewhere


def parts_of(
    duration_s: float, most: int, shortest_s: float, lead_in_s: float = 0.0, key_frames_s: Sequence[float] = ()
) -> list[Part]:
    """At most so many parts that cover a clip and take equally long.

    Each but the first is looked at from `lead_in_s` before it on and decoded from the key frame before that, so it is
    shorter by as much. As many parts as would be `shortest_s` long, were all alike.
    """
    count = int(np.clip(duration_s // shortest_s, 1, most))
    starts_s = _starts_s(duration_s, count, lead_in_s, key_frames_s)
    return list(zip(starts_s, [*starts_s[1:], WHOLE[1]], strict=True))


def _starts_s(duration_s: float, count: int, lead_in_s: float, key_frames_s: Sequence[float]) -> list[float]:
    """Where each part starts when each takes as long as looking at the same number of seconds, found by halving."""

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
    """What comes before a part that starts there, in seconds of looking."""
    looked_s = max(0.0, start_s - lead_in_s)
    # a damaged index may tell any time: what it says costs no more than all that comes before
    decoded_s = max(0.0, max((at_s for at_s in key_frames_s if at_s <= looked_s), default=looked_s))
    return start_s - looked_s + _DECODING_SHARE * (looked_s - decoded_s)
