"""Recognise which exercise a track shows: windows -> channels -> two kinds of networks -> one calibrated answer.

The networks see movement alone, no equipment and no grip. Above the working point the exercise is named; where only the
family is sure, its likeliest member is (`coarse`); else the name is "unknown", with three names to ask about.
`pipeline/weights/recognizer.md` says what the networks were trained on and how often they are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.catalogue import find
from pipeline.errors import UnknownExercise
from pipeline.recognize.channels import channels
from pipeline.recognize.convolutions import convolutions, joined
from pipeline.recognize.decide import ALTERNATIVES, NO_EXERCISE, decide, pool
from pipeline.recognize.earlier_names import expecting_named
from pipeline.recognize.extra_movements import ask_if_suspected, extra_movements
from pipeline.recognize.hold_check import ask_if_not_held
from pipeline.recognize.network import network
from pipeline.recognize.summary import summarize
from pipeline.recognize.windows import Windows, seen_s, windows
from pipeline.values import UNKNOWN, Array, Candidate, Floats, PoseTrack, Recognition

__all__ = ["NO_EXERCISE", "given", "recognize"]

AT_ONCE: Final = 32  # windows, a minute: five minutes at once would take 120 MB and as much time


def recognize(track: PoseTrack, told_before: Sequence[str] = ()) -> Recognition:
    """What the track shows: a slug, "no_exercise", or "unknown" (without alternatives where nobody is seen).

    told_before: the names that the same person gave to earlier sets; these are expected more.
    """
    cut = windows(track)
    if not len(cut):
        return Recognition(UNKNOWN, 0.0)
    parts = [_looked_at(cut.rows(slice(first, first + AT_ONCE))) for first in range(0, len(cut), AT_ONCE)]
    summaries, logs = (np.concatenate(of_all) for of_all in zip(*parts, strict=True))
    calibration = convolutions().calibration
    answers = expecting_named(calibration.answers(network().names, pool(logs), seen_s(track)), told_before)
    named = ask_if_not_held(decide(answers, calibration.working_point), track)
    return ask_if_suspected(named, extra_movements().suspected(summaries))


def _looked_at(cut: Windows) -> tuple[Floats, Array]:
    """The windows' summaries (N, F), and the log probabilities (N, K) of both kinds of network together."""
    seen = channels(cut)
    summaries = summarize(seen)
    return summaries, convolutions().beside(network().log_probabilities(summaries), joined(seen))


def given(name: str, track: PoseTrack | None = None) -> Recognition:
    """The exercise that the user named by slug, name or alias.

    What its track shows instead comes among the alternatives, as what they may have meant. Raises UnknownExercise where
    nothing is called that.
    """
    entry = find(name)
    if entry is None:
        raise UnknownExercise(name=name)
    seen = Recognition(UNKNOWN, 0.0) if track is None else recognize(track)
    others = (Candidate(seen.name, seen.confidence), *seen.alternatives)
    instead = tuple(one for one in others if one.name not in (entry.name, UNKNOWN))
    return Recognition(entry.name, 1.0, instead[:ALTERNATIVES], given=True)
