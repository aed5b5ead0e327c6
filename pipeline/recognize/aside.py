"""Movements that the naming networks were not taught: a small network beside them knows these, too, and is only asked
whether a clip shows one of them. Then the bot asks; what is said outright stays with those that name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import onnxruntime

from pipeline.recognize.decide import ALTERNATIVES, NO_EXERCISE, asked, pool
from pipeline.recognize.network import open_session, shipped
from pipeline.recognize.windows import Floats
from pipeline.values import UNKNOWN, Candidate, Recognition

# Of the probability, for all names that stand aside together: more likely than all else. Not fitted.
SUSPECTED_FROM: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Aside:
    """names (K,) its answers, those that stand aside behind "unknown"."""

    names: tuple[str, ...]
    session: onnxruntime.InferenceSession

    def suspected(self, summaries: Floats) -> Candidate | None:
        """The likeliest name that stands aside, where these together are likelier than all others, by the windows (N,
        F) in which all is known; else None."""
        known = summaries[~np.isnan(summaries).any(axis=1)]
        if not len(known):
            return None
        (logs,) = self.session.run(None, {"summaries": known})
        likely = np.exp(pool(np.asarray(logs, dtype=np.float64)))
        first = self.names.index(UNKNOWN) + 1
        shares = likely[first:] / likely.sum()
        best = int(shares.argmax())
        return Candidate(self.names[first + best], float(shares[best])) if shares.sum() >= SUSPECTED_FROM else None


@cache
def aside() -> Aside:
    """The network that ships with the project, opened once a process."""
    session = open_session(shipped("recognizer_aside.onnx"))
    return Aside(tuple(json.loads(session.get_modelmeta().custom_metadata_map["names"])), session)


def unless_suspected(recognition: Recognition, suspected: Candidate | None) -> Recognition:
    """The same; where another movement is suspected, that is asked about first. Nobody is asked about doing nothing."""
    if suspected is None or recognition.name == NO_EXERCISE:
        return recognition
    others = (asked(recognition) if recognition.known else recognition).alternatives
    return Recognition(UNKNOWN, suspected.confidence, (suspected, *others)[:ALTERNATIVES])
