"""What the coach learned from its lists is kept in files: of the present lists, and what learning anew would give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.coach.evaluation.asked import names, read_lines
from bot.coach.hearing import intents, retrieval
from bot.coach.hearing.columns import Columns
from bot.coach.hearing.learned import fingerprint, store, stored
from bot.coach.hearing.typed import written_out
from bot.coach.relearn import relearn
from bot.coach.safety import examples, likeness, likeness_fit

ANEW = "the lists are not those of the file: run `spotter train coach`"
EVERY = 60  # of what is listed one in so many is judged by both
# Log odds: the fit ends after so many steps, before its end, and sums that another CPU or more threads do in another
# order lead it elsewhere by then: by up to 0.22 with five kinds of CPU and one or two threads.
ODDS_APART = 0.5
VOTES_APART = 0.02  # of votes about 0 to 1, which are kept to 0.01
ROUNDED = 1e-5  # of single precision
MESSAGES = tuple(
    line.split("|")[-1].strip() for kind in ("acute", "ordinary") for name in names(kind) for line in read_lines(name)
)


def test_the_files_are_of_the_lists_as_they_are() -> None:
    assert stored(examples.FILE, examples.lists()) is not None, ANEW
    assert stored(intents.FILE, intents.lists()) is not None, ANEW


@pytest.mark.slow
def test_the_gate_s_file_holds_what_learning_anew_gives() -> None:
    read = examples.reading()
    fresh = likeness.Judge(read, likeness_fit.learned(examples.examples(), read))
    for text in MESSAGES[::EVERY]:
        assert fresh.judged(text)[1] == pytest.approx(examples.judge().judged(text)[1], abs=ODDS_APART), text


@pytest.mark.slow
def test_the_questions_file_holds_what_learning_anew_gives() -> None:
    """Its rows are those of the phrasings, and its votes solve their equations: to solve these takes half a minute."""
    read, arrays, phrasings = intents.reading(), stored(intents.FILE, intents.lists()), intents.phrasings()
    assert arrays is not None, ANEW
    kept = retrieval.Lessons.of_arrays(arrays, read)
    features = [read.features(written_out(text)) for text, _ in phrasings]
    columns = Columns.of(features, read.weights.unknown_share)
    rows = columns.rows(features)
    assert kept.columns.names == columns.names
    assert np.abs(kept.matrix - rows).max() < ROUNDED
    some = np.arange(0, len(phrasings), EVERY)
    alike = retrieval._kernel((rows[some] @ rows.T).toarray()) * (kept.korean[some][:, None] == kept.korean)
    alike[np.arange(len(some)), some] += read.weights.ridge
    belongs = np.array([[target == phrasings[one][1] for target in kept.targets] for one in some])
    assert np.abs(alike @ kept.votes - belongs).mean() < VOTES_APART


def test_learning_anew_writes_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few_examples, few_phrasings = dict([*examples.examples().items()][::EVERY]), intents.phrasings()[::EVERY]
    monkeypatch.setattr(examples, "examples", lambda: few_examples)
    monkeypatch.setattr(intents, "phrasings", lambda: few_phrasings)
    gate, questions = relearn(tmp_path)
    assert {gate, questions} == set(tmp_path.iterdir())
    assert stored(examples.FILE, examples.lists(), tmp_path) is not None
    assert stored(intents.FILE, intents.lists(), tmp_path) is not None


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
