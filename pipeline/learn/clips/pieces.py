"""Short pieces cut out of real clips: how far an answer about half a repetition can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.learn.clips.lessons import Clips, summaries
from pipeline.learn.tracks import LabelledTrack
from pipeline.recognize.windows import Windows, seen_s, together, windows
from pipeline.sets.stretches import part_of
from pipeline.values import Array, Floats, Indices, PoseTrack

LENGTHS_S: Final = (1.0, 1.5, 2.0, 3.0, 5.0)  # each less than a window
EACH: Final = 4  # of a length, out of a clip that is a tenth longer
LONGER: Final = 1.1


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """clip (N,) each is cut out of, length_s (N,) as it was to be, seen_s (N,) as somebody is seen; cut holds their
    windows, one each, as guessed outside the picture, unguessed (N, F) their summaries as a user's clip would have
    them."""

    clip: Indices
    length_s: Array
    seen_s: Array
    cut: Windows
    unguessed: Floats

    def __len__(self) -> int:
        return len(self.clip)


def pieces(tracks: Sequence[LabelledTrack], clips: Clips, seed: int) -> Pieces:
    """Pieces of all clips, whose tracks these are, at random places; those in which too little is seen are left out."""
    rng = np.random.default_rng([seed, len(LENGTHS_S)])
    drawn = [
        (clip, length_s, part)
        for clip, one in enumerate(tracks)
        for length_s in LENGTHS_S
        for part in _drawn(one.track, length_s, rng)
    ]
    kept = [one for one in drawn if len(windows(one[2]))]
    if not kept:
        none = np.zeros(0)
        return Pieces(none.astype(int), none, none, clips.cut.rows(slice(0)), clips.unguessed[:0])
    clip, length_s, parts = zip(*kept, strict=True)
    guessed = together([windows(part, guessed=True) for part in parts])
    unguessed = summaries([windows(part) for part in parts])
    return Pieces(np.array(clip), np.array(length_s), np.array([seen_s(part) for part in parts]), guessed, unguessed)


def _drawn(track: PoseTrack, length_s: float, rng: np.random.Generator) -> list[PoseTrack]:
    if track.duration_s < LONGER * length_s:
        return []
    starts_s = track.times_s[0] + rng.uniform(0, track.duration_s - length_s, EACH)
    return [part_of(track, start_s, start_s + length_s) for start_s in starts_s.tolist()]
