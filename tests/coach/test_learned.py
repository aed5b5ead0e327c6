"""What the coach learned from its lists is kept in files: of the present lists, and what learning anew would give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.coach.evaluation.asked import names, read_lines, read_questions
from bot.coach.hearing import intents, retrieval
from bot.coach.hearing.learned import fingerprint, store, stored
from bot.coach.relearn import relearn
from bot.coach.safety import examples, likeness

ANEW = "the lists are not those of the file: run `spotter train coach`"
EVERY = 12  # of the listed messages one in so many is judged by both
ODDS_APART = 0.1  # log odds: rounding of the kept weights, and sums that another CPU does in another order
VOTES_APART = 0.02  # of votes about 0 to 1
MESSAGES = tuple(
    line.split("|")[-1].strip() for kind in ("acute", "ordinary") for name in names(kind) for line in read_lines(name)
)
QUESTIONS = tuple(asked.question for name in names("questions") for asked in read_questions(name))


def test_the_files_are_of_the_lists_as_they_are() -> None:
    assert stored(examples.FILE, examples.lists()) is not None, ANEW
    assert stored(intents.FILE, intents.lists()) is not None, ANEW


@pytest.mark.slow
def test_the_files_hold_what_learning_anew_gives(tmp_path: Path) -> None:
    relearn(tmp_path)
    gate, questions = (stored(m.FILE, m.lists(), tmp_path) for m in (examples, intents))
    assert gate is not None
    assert questions is not None
    read = examples.reading()
    judge = likeness.Judge(read, likeness.Lessons.of_arrays(gate, read.weights.unknown_share))
    for text in MESSAGES[::EVERY]:
        assert judge.judged(text)[1] == pytest.approx(examples.judge().judged(text)[1], abs=ODDS_APART), text
    asked = intents.reading()
    fresh = retrieval.PhraseIndex(asked, retrieval.Lessons.of_arrays(questions, asked.weights.unknown_share))
    kept = intents.index()
    for text in QUESTIONS[::EVERY]:
        votes, other = fresh.votes(text), kept.votes(text)
        np.testing.assert_allclose([*votes.values()], [*other.values()], atol=VOTES_APART)


def test_a_file_of_other_lists_is_not_taken(tmp_path: Path) -> None:
    lists = fingerprint(("how many reps", "count"))
    store("questions", lists, {"votes": np.ones(3)}, tmp_path)
    kept = stored("questions", lists, tmp_path)
    assert kept is not None
    assert kept["votes"].tolist() == [1.0, 1.0, 1.0]
    assert stored("questions", fingerprint(("how many sets", "count")), tmp_path) is None
    assert stored("gate", lists, tmp_path) is None


def test_a_coach_that_starts_learns_nothing() -> None:
    start = "from bot.coach import Coach\nimport sys\nCoach()\nassert 'scipy.optimize' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", start], check=False).returncode == 0
