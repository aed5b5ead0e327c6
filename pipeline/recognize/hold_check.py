"""Check a recognised hold: it stays named only where the body really keeps a posture.

A clip on its side shows somebody who squats or presses as a side plank.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.catalogue import find
from pipeline.holds import measure_hold
from pipeline.recognize.decide import asked
from pipeline.recognize.windows import seen_s
from pipeline.values import PoseTrack, Recognition


@dataclass(frozen=True, slots=True)
class StayRules:
    """How long a posture must be kept: long_s seconds, or this share of the time in which somebody is seen.

    Of 14 holds in development clips all are kept for 10 s or for nearly all of the time; of 17 clips turned by a
    quarter and taken for a hold 13 are kept for at most 2.4 s and a third of the time.
    """

    long_s: float = 5.0
    share: float = 0.5


RULES: Final = StayRules()


def ask_if_not_held(recognition: Recognition, track: PoseTrack) -> Recognition:
    """The recognition; "unknown", to be asked about, where it names a hold and the track keeps no posture for long."""
    entry = find(recognition.name) if recognition.known else None
    if entry is None or entry.kind != "hold":
        return recognition
    hold = measure_hold(track, entry)
    held_s = hold.held_s if hold else 0.0
    return recognition if held_s >= min(RULES.long_s, RULES.share * seen_s(track)) else asked(recognition)
