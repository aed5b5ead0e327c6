"""A second network that also knows the movements that the naming networks do not (`aside` in the catalogue).

It is only asked whether a clip shows one of those; then the bot asks the user. It never names an exercise itself.
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
from pipeline.values import UNKNOWN, Candidate, Floats, Recognition

# probability of all extra movements together: likelier than everything else. Not fitted.
SUSPECTED_FROM: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class ExtraMovements:
    """The second network. names (K,): its answers, the extra movements after "unknown"."""

    names: tuple[str, ...]
    session: onnxruntime.InferenceSession

    def suspected(self, summaries: Floats) -> Candidate | None:
        """The likeliest extra movement, where all of them together are likelier than everything else; else None.

        summaries (N, F): only windows without NaN are used.
        """
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
def extra_movements() -> ExtraMovements:
    """The network that ships with the project, loaded once a process."""
    session = open_session(shipped("recognizer_aside.onnx"))
    return ExtraMovements(tuple(json.loads(session.get_modelmeta().custom_metadata_map["names"])), session)


def ask_if_suspected(recognition: Recognition, suspected: Candidate | None) -> Recognition:
    """The recognition; where an extra movement is suspected, an unknown one that asks about that movement first.

    "no_exercise" stays: nobody is asked about doing nothing.
    """
    if suspected is None or recognition.name == NO_EXERCISE:
        return recognition
    others = (asked(recognition) if recognition.known else recognition).alternatives
    return Recognition(UNKNOWN, suspected.confidence, (suspected, *others)[:ALTERNATIVES])
