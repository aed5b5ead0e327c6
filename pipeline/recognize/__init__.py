"""Which exercise a track shows: windows -> channels -> networks of two kinds -> one calibrated answer.

The networks answer from movement alone; they see no equipment and no grip. Above the working point it names the
exercise; where only the family is sure it says so (`coarse`); else the name is "unknown" with three to ask about.
`pipeline/weights/recognizer.md` says what it learned from and how often it is right.
"""

from __future__ import annotations

from pipeline.catalogue import find
from pipeline.errors import UnknownExercise
from pipeline.recognize.aside import aside, unless_suspected
from pipeline.recognize.channels import channels
from pipeline.recognize.convolutions import convolutions, joined
from pipeline.recognize.decide import NO_EXERCISE, decide, pool
from pipeline.recognize.network import network
from pipeline.recognize.stays import unless_it_moves
from pipeline.recognize.summary import summarize
from pipeline.recognize.windows import seen_s, windows
from pipeline.values import UNKNOWN, PoseTrack, Recognition

__all__ = ["NO_EXERCISE", "given", "recognize"]


def recognize(track: PoseTrack) -> Recognition:
    """What the track shows: a slug, "no_exercise", or "unknown"; without a person to see, "unknown" and no guesses."""
    cut = windows(track)
    if not len(cut):
        return Recognition(UNKNOWN, 0.0)
    seen, net, member = channels(cut), network(), convolutions()
    summaries = summarize(seen)
    logs = member.beside(net.log_probabilities(summaries), joined(seen))
    answers = member.calibration.answers(net.names, pool(logs), seen_s(track))
    named = unless_it_moves(decide(answers, member.calibration.working_point), track)
    return unless_suspected(named, aside().suspected(summaries))


def given(name: str) -> Recognition:
    """What the user says it is, by slug, name or alias. Raises UnknownExercise where nothing is called that."""
    entry = find(name)
    if entry is None:
        raise UnknownExercise(name=name)
    return Recognition(entry.name, 1.0, given=True)
