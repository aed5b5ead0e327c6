"""What the log counter is taught with: takes whose truth stays true however they are cut, joined, played and worn."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.learn.log_counter.align import aligned_s
from pipeline.learn.log_counter.choice import true_number
from pipeline.learn.log_counter.simulate import simulated_piece
from pipeline.learn.log_counter.takes import Piece, TakeSampler, Wear, cut, joined, rested, take_without_gravity, worn
from pipeline.motion.beat_channels import COUNT, EVERY, FRAME_HZ, SIGNED, channels_of
from pipeline.motion.segments import PRICES
from pipeline.motion.signals import RATE_HZ, Motion
from tests.pipeline.motion.test_segments import beat_with

REST = Piece(np.tile([0.0, 0.0, 9.81], (500, 1)), np.empty(0), label="rest")


def test_a_simulated_set_lasts_as_long_as_its_repetitions() -> None:
    for seed in range(10):
        piece = simulated_piece(np.random.default_rng(seed))
        assert piece.duration_s == pytest.approx(piece.edges_s[-1], abs=0.1)
        assert (np.diff(piece.edges_s) > 0.4).all()


def test_cut_and_joined_the_edges_stay_where_they_were() -> None:
    piece = Piece(np.zeros((250, 3)), np.arange(0.0, 11.0), "p1", "s1", "made")
    middle = cut(piece, 3, 7, (0.2, 0.2))
    assert middle.edges_s == pytest.approx([0.2, 1.2, 2.2, 3.2, 4.2])
    take = joined([rested(REST, 1.0, 5.0), middle, REST, piece])
    assert take.reps == 14
    assert take.sets[0][0] == pytest.approx(5.2)
    assert take.sets[1][0] == pytest.approx(5.0 + middle.duration_s + REST.duration_s)


def test_a_run_teaches_only_where_it_is_most_of_just_one_set() -> None:
    sets = (np.linspace(10, 20, 6), np.linspace(40, 60, 11))
    spans_s = ((9.5, 20.5), (41.0, 59.0), (10.0, 14.0), (10.0, 60.0), (22.0, 38.0))
    assert [true_number(sets, span_s) for span_s in spans_s] == [5, 10, None, None, None]


def test_played_quicker_the_truth_is_quicker_too() -> None:
    piece = Piece(np.random.default_rng(0).normal(size=(500, 3)), np.linspace(0, 20, 11))
    take = worn(joined([piece]), np.random.default_rng(5), Wear(tempo=0.4))
    assert take.reps == 10
    assert take.sets[0][-1] == pytest.approx(take.motion.times_s[-1], abs=0.15)


def test_a_bare_take_has_no_gravity_left_and_says_so() -> None:
    rng = np.random.default_rng(0)
    for _ in range(8):  # ways of taking it out are drawn
        take = take_without_gravity(joined([REST]), rng)
        assert (take.motion.has_gravity, take.reps) == (False, 0)
        assert np.linalg.norm(take.motion.acceleration, axis=1).max() < 0.1


def test_every_drawn_take_is_finite_and_its_edges_lie_inside() -> None:
    rng = np.random.default_rng(0)
    sampler = TakeSampler([simulated_piece(rng) for _ in range(8)], [REST])
    takes = [worn(sampler.take(rng), rng) for _ in range(12)]
    assert any(not take.sets for take in takes)  # rest alone is drawn, too
    for take in takes:
        assert np.isfinite(take.motion.acceleration).all()
        assert all(edges[0] >= 0 and edges[-1] <= take.motion.times_s[-1] + 0.2 for edges in take.sets)


def test_channels_do_not_depend_on_how_the_sensor_is_worn_but_for_signs_that_mean_nothing() -> None:
    piece = simulated_piece(np.random.default_rng(1))
    turn = np.linalg.qr(np.random.default_rng(2).normal(size=(3, 3)))[0]
    times_s = np.arange(len(piece.acceleration)) / RATE_HZ
    one, other = (channels_of(Motion(times_s, a)) for a in (piece.acceleration, -piece.acceleration @ turn.T))
    signed = list(SIGNED)
    one[:, signed], other[:, signed] = np.abs(one[:, signed]), np.abs(other[:, signed])
    assert one.shape == (-(-len(times_s) // EVERY), COUNT)
    assert np.allclose(one, other, atol=1e-6)


def test_a_known_number_of_repetitions_is_laid_where_the_network_sees_them() -> None:
    edges = (4 + np.cumsum([0, 20, 24, 18, 22, 26])).tolist()
    found = aligned_s(beat_with([edges], edges[-1] + 5), 5, PRICES)
    assert found * FRAME_HZ == pytest.approx(edges, abs=3)
