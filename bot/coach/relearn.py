"""The coach learns from its lists anew: both data/learned_*.npz are written, for the lists as they are now."""

from __future__ import annotations

from pathlib import Path

from bot.coach.hearing import intents, retrieval
from bot.coach.hearing.learned import FOLDER, store
from bot.coach.safety import examples, likeness_fit


def relearn(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The files that were written: what the gate learned, and what understanding questions did."""
    gate = likeness_fit.learned(examples.examples(), examples.reading())
    questions = retrieval.learned(intents.phrasings(), intents.reading())
    return (
        store(examples.FILE, examples.lists(), gate.arrays(), folder),
        store(intents.FILE, intents.lists(), questions.arrays(intents.reading()), folder),
    )
