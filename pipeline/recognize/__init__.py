"""Which exercise a track shows: windows -> channels -> networks of two kinds -> one calibrated answer.

The networks answer from movement alone; they see no equipment and no grip. Above the working point it names the
exercise; where only the family is sure it says so (`coarse`); else the name is "unknown" with three to ask about.
`pipeline/weights/recognizer.md` says what it learned from and how often it is right.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.catalogue import find
from pipeline.errors import UnknownExercise
from pipeline.recognize.aside import aside, unless_suspected
from pipeline.recognize.channels import channels
from pipeline.recognize.convolutions import convolutions, joined
from pipeline.recognize.decide import ALTERNATIVES, NO_EXERCISE, decide, pool
from pipeline.recognize.network import network
from pipeline.recognize.stays import unless_it_moves
from pipeline.recognize.summary import summarize
from pipeline.recognize.windows import Floats, Windows, seen_s, windows
from pipeline.values import UNKNOWN, Array, Candidate, PoseTrack, Recognition

__all__ = ["NO_EXERCISE", "given", "recognize"]

AT_ONCE: Final = 32  # windows, a minute: of five minutes at once the networks would take 120 MB, and no less time


def recognize(track: PoseTrack) -> Recognition:
    """What the track shows: a slug, "no_exercise", or "unknown"; without a person to see, "unknown" and no guesses."""
    cut = windows(track)
    if not len(cut):
        return Recognition(UNKNOWN, 0.0)
    parts = [_looked_at(cut.rows(slice(first, first + AT_ONCE))) for first in range(0, len(cut), AT_ONCE)]
    summaries, logs = (np.concatenate(of_all) for of_all in zip(*parts, strict=True))
    calibration = convolutions().calibration
    answers = calibration.answers(network().names, pool(logs), seen_s(track))
    named = unless_it_moves(decide(answers, calibration.working_point), track)
    return unless_suspected(named, aside().suspected(summaries))


def _looked_at(cut: Windows) -> tuple[Floats, Array]:
    """The windows' summaries (N, F), and logarithms of what both kinds of network take them for (N, K)."""
    seen = channels(cut)
    summaries = summarize(seen)
    return summaries, convolutions().beside(network().log_probabilities(summaries), joined(seen))


def given(name: str, track: PoseTrack | None = None) -> Recognition:
    """What the user says it is, by slug, name or alias; what its track shows instead stands among the alternatives: it
    is what they may have meant. Raises UnknownExercise where nothing is called that."""
    entry = find(name)
    if entry is None:
        raise UnknownExercise(name=name)
    seen = Recognition(UNKNOWN, 0.0) if track is None else recognize(track)
    others = (Candidate(seen.name, seen.confidence), *seen.alternatives)
    instead = tuple(one for one in others if one.name not in (entry.name, UNKNOWN))
    return Recognition(entry.name, 1.0, instead[:ALTERNATIVES], given=True)
