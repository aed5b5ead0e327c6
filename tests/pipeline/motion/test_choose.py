"""The choice among numbers of repetitions: what it weighs, that wearing changes nothing, and how it is learned."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.learn.log_counter.choice import Example, examples_of, fitted, true_number, write
from pipeline.learn.log_counter.takes import Take
from pipeline.motion.beat import beat_of, shipped_team
from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.choose import Evidence, choose, evidence_of, number_chances, shipped_scorer
from pipeline.motion.placing import place_repetitions
from pipeline.motion.reading_features import READING_FEATURES
from pipeline.motion.signals import Motion, motion_of
from pipeline.motion.views import bank_of
from pipeline.values import Indices
from tests.pipeline.motion.test_segments import beat_with
from tests.pipeline.motion.wrist import Plan, simulate


def made(reps: int, seed: int = 0) -> tuple[Motion, Indices]:
    """A simulated set, and its edges in the network's frames."""
    one = simulate("swing", Plan(reps=reps, jitter=0.06), np.random.default_rng(seed))
    motion = motion_of(one.log)
    return motion, np.rint(one.edges_s * FRAME_HZ).astype(np.int64)


def evidence(motion: Motion, run: Indices) -> Evidence:
    beat = beat_of(motion)
    return evidence_of(bank_of(motion), beat, run, (0, len(beat.rate)))


@pytest.mark.parametrize("reps", [1, 2, 5, 9, 14])
def test_a_number_that_is_right_is_kept_with_its_edges(reps: int) -> None:
    motion, run = made(reps)
    beat = beat_of(motion)
    choice = choose(bank_of(motion), beat, run, (0, len(beat.rate)), shipped_scorer())
    assert choice.edges.tolist() == run.tolist()
    assert 0.4 < choice.chance <= 1


def test_a_number_that_is_off_by_one_is_put_right() -> None:
    for seed in range(4):
        motion, run = made(7, seed)
        beat = beat_of(motion)
        off = np.rint(np.linspace(run[0], run[-1], 7)).astype(np.int64)
        choice = choose(bank_of(motion), beat, off, (0, len(beat.rate)), shipped_scorer())
        assert len(choice.edges) - 1 == 7
        assert np.abs(choice.edges - run).max() < 0.4 * FRAME_HZ * 3.4  # of a repetition


def test_how_the_sensor_is_worn_changes_no_chance() -> None:
    motion, run = made(6)
    turn = np.linalg.qr(np.random.default_rng(2).normal(size=(3, 3)))[0]
    chances = [
        number_chances(evidence(worn, run), shipped_scorer())
        for worn in (motion, replace(motion, acceleration=-motion.acceleration @ turn.T))
    ]
    assert chances[0] == pytest.approx(chances[1], abs=0.02)  # views of opposite sign break their ties otherwise


def test_every_feature_is_finite_even_of_a_log_that_lies_still() -> None:
    still = Motion(np.arange(500) / 25.0, np.tile([0.0, 0.0, 9.81], (500, 1)))
    for motion, run in ((still, np.array([20, 60, 100])), made(3)):
        found = evidence(motion, run)
        assert np.isfinite(found.reading_features).all()
        assert np.isfinite(found.number_features).all()
        assert len(found.numbers) == len(found.placements) == len(found.number_features)


def test_so_many_repetitions_as_are_asked_for_lie_end_to_end() -> None:
    edges = [20, 44, 70, 92, 118]
    found = {one.reps: one for one in place_repetitions(beat_with([edges], 140), 20, 118, 4, 7)}
    assert set(found) == set(range(1, 8))
    assert found[4].edges == pytest.approx(np.array(edges), abs=3)
    assert found[4].score > max(found[reps].score for reps in (1, 3, 5, 6, 7))


def test_a_run_is_the_set_it_covers() -> None:
    sets = (np.linspace(5, 25, 11), np.linspace(40, 50, 6))
    assert true_number(sets, (5.5, 24.0)) == 10
    assert true_number(sets, (5.0, 10.0)) is None
    assert true_number(sets, (5.0, 50.0)) is None
    assert true_number(sets, (27.0, 38.0)) is None


def test_weights_fitted_on_a_few_sets_find_their_numbers_again(tmp_path: Path) -> None:
    takes = []
    for reps in (3, 5, 6, 8):
        motion, run = made(reps, seed=reps)
        takes.append(Take(motion, (run / FRAME_HZ,)))
    examples: list[Example] = list(examples_of(takes, shipped_team()))
    assert [example.truth for example in examples] == [3, 5, 6, 8]
    scorer = fitted(examples, examples)
    said = [int(one.evidence.numbers[number_chances(one.evidence, scorer).argmax()]) for one in examples]
    assert said == [3, 5, 6, 8]
    write(scorer, tmp_path / "choice.json", "four simulated sets")
    assert tuple(json.loads((tmp_path / "choice.json").read_text())["reading"]) == READING_FEATURES
