"""The log counter is taught in rounds, and a teaching that was ended does not begin anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the extra `train`")

from bot.cli import main
from pipeline.learn.log_counter.network import new_network
from pipeline.learn.log_counter.rounds import no_gravity_round, rounds, second_network_round
from pipeline.learn.log_counter.simulate import simulated_piece
from pipeline.learn.log_counter.takes import Piece

REST = Piece(np.tile([0.0, 0.0, 9.81], (500, 1)), np.empty(0), person="one", label="rest")


def timed(person: str, seed: int) -> Piece:
    """A set whose repetitions a timer told, so that no network moves them."""
    return replace(simulated_piece(np.random.default_rng(seed)), person=person, label="exermote made")


@pytest.mark.slow
def test_rounds_that_had_their_minutes_are_not_repeated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teachers = [REST, *(timed("one", seed) for seed in range(3)), timed("two", 3)]
    network, before = rounds(teachers, frozenset({"two"}), [0.003, 0.003], 6, 0, tmp_path)
    assert "step 0" in capsys.readouterr().out
    again, before_again = rounds(teachers, frozenset({"two"}), [0.003, 0.003], 6, 0, tmp_path)
    assert "step" not in capsys.readouterr().out
    for one, other in ((network, again), (before, before_again)):
        assert one.matrices()["out_w"] == pytest.approx(other.matrices()["out_w"])
    assert (network.matrices()["out_w"] != before.matrices()["out_w"]).any()


@pytest.mark.slow
def test_a_second_network_is_taught_from_nothing_once(tmp_path: Path) -> None:
    teachers, network = [REST, *(timed("one", seed) for seed in range(3))], new_network(0)
    mates = [
        second_network_round(teachers, network, 0.003, 6, 1, tmp_path / "mate.pt").matrices()["out_w"] for _ in range(2)
    ]
    assert (mates[0] != network.matrices()["out_w"]).any()
    assert mates[1] == pytest.approx(mates[0])


@pytest.mark.slow
def test_a_network_is_taught_on_without_gravity_and_stays_what_it_was(tmp_path: Path) -> None:
    teachers, network = [REST, *(timed("one", seed) for seed in range(3))], new_network(0)
    first = network.matrices()["out_w"].copy()
    taught = [
        no_gravity_round(teachers, network, 0.003, 6, 0, tmp_path / "bare.pt").matrices()["out_w"] for _ in range(2)
    ]
    assert network.matrices()["out_w"] == pytest.approx(first)
    assert (taught[0] != first).any()
    assert taught[1] == pytest.approx(taught[0])


@pytest.mark.parametrize("part", ["names", "counter"])
def test_data_that_are_not_there_are_told_in_a_line(
    part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "logs", str(tmp_path / "absent"), "--out", str(tmp_path), "--only", part]) == 2
    assert "not here" in capsys.readouterr().err
