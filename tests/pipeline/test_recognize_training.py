"""Teaching the recogniser: no source on both sides, the export answers alike, the line is drawn honestly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("torch", reason="training needs the extra `train`")

from pipeline.catalogue import exercises
from pipeline.learn.class_measures import macro_f1
from pipeline.learn.clips.cross import Predictions, TrainingData, cross_validate, folds
from pipeline.learn.clips.export import export
from pipeline.learn.clips.idle import StillWindows
from pipeline.learn.clips.lessons import Clips, Lessons, answers, digest, lessons_of, simulated
from pipeline.learn.clips.measures import (
    SHORT_POWERS,
    WANTED_RIGHT,
    WORKING_POINTS,
    fit_short_power,
    fit_temperatures,
    measure,
)
from pipeline.learn.clips.network import Member, Recipe, Team, ensemble_logs, kept, teach
from pipeline.learn.clips.pieces import Pieces
from pipeline.learn.onnx_graph import WEIGHT_TYPES, Precision
from pipeline.learn.working_point import fit_working_point
from pipeline.recognize.decide import Answers, Calibration, decide
from pipeline.recognize.network import open_network
from pipeline.recognize.windows import FRAMES, Windows
from pipeline.values import UNKNOWN, Recognition

NAMES = answers()
QUICK = Recipe(width=64, steps=200, batch=64)


def lessons(seed: int, count: int = 200, inputs: int = 12) -> Lessons:
    """Three answers a toy can tell apart: which of three numbers is large."""
    rng = np.random.default_rng(seed)
    answer = rng.integers(0, 3, count)
    values = rng.normal(0, 0.3, (count, inputs)).astype(np.float32)
    values[np.arange(count), answer] += 3
    return Lessons(values, answer, np.ones(count))


def clips(names: list[str], sources: list[str]) -> Clips:
    of = np.repeat(np.arange(len(names)), 2)
    generated = np.zeros(len(names), dtype=bool)
    cut = Windows(np.zeros((len(of), FRAMES, 19, 3), np.float32), np.zeros((len(of), FRAMES, 19, 2), np.float32))
    rows = np.zeros((len(of), 4), np.float32)
    unguessed = np.where(np.arange(len(of))[:, None] % 2, rows, np.nan).astype(np.float32)
    return Clips(rows, of, np.array(names), np.array(sources), generated, cut, unguessed, np.full(len(names), 6.0))


def surely(name: str, probability: float) -> Answers:
    spread = np.full(len(NAMES), (1 - probability) / (len(NAMES) - 1))
    spread[NAMES.index(name)] = probability
    return Answers(NAMES, spread)


def test_a_network_learns_and_its_export_answers_alike() -> None:
    member = teach(lessons(1), lessons(2), count=3, recipe=QUICK, seed=1)
    fresh = lessons(3)
    logs = ensemble_logs([member], fresh.summaries)
    assert (logs.argmax(axis=1) == fresh.answer).mean() > 0.95
    said = {"names": ["a", "b", UNKNOWN], "temperature": 0.7, "working_point": 0.6}
    opened = open_network(*[export([member], said)] * 2)
    assert opened.names == ("a", "b", UNKNOWN)
    assert opened.calibration == Calibration(0.7, 1.0, 0.6)
    # half-precision weights: a thousandth of each, a few hundredths of a logarithm after three layers
    assert np.exp(opened.log_probabilities(fresh.summaries)) == pytest.approx(np.exp(logs), abs=0.02)


@pytest.mark.parametrize("precision", WEIGHT_TYPES)
def test_however_weights_are_stored_the_answers_are_the_same(precision: Precision) -> None:
    member = teach(lessons(1), None, count=3, recipe=QUICK, seed=1)
    said = {"names": ["a", "b", UNKNOWN], "temperature": 1.0, "working_point": 0.6}
    fresh = lessons(3).summaries
    found = open_network(*[export([member], said, precision)] * 2).log_probabilities(fresh)
    # a weight of eight bits is off by half of 1/127 of its column's largest; of three layers, a few hundredths
    assert np.exp(found) == pytest.approx(np.exp(member.log_probabilities(fresh)), abs=0.05)


def test_what_is_not_known_counts_as_usual() -> None:
    member = teach(lessons(1), None, count=3, recipe=QUICK, seed=1)
    holed, usual = (lessons(3).summaries for _ in range(2))
    holed[:, 5:], usual[:, 5:] = np.nan, member.middle[5:]
    said = {"names": ["a", "b", UNKNOWN], "temperature": 1.0, "working_point": 0.6}
    found = open_network(*[export([member], said, "single")] * 2).log_probabilities(holed)
    assert found == pytest.approx(member.log_probabilities(holed), abs=1e-4)
    assert found == pytest.approx(member.log_probabilities(usual), abs=1e-4)


def test_windows_that_cut_somebody_off_are_asked_of_networks_of_their_own() -> None:
    whole, cut_off = (teach(lessons(seed), None, count=3, recipe=QUICK, seed=seed) for seed in (1, 2))
    said = {"names": ["a", "b", UNKNOWN], "temperature": 1.0, "working_point": 0.6}
    seen = lessons(3).summaries
    seen[::2, 7] = np.nan
    models = (export([one], said, "single") for one in (whole, cut_off))
    found = Team([whole], [cut_off]).log_probabilities(seen)
    assert found[::2] == pytest.approx(cut_off.log_probabilities(seen[::2]))
    assert found[1::2] == pytest.approx(whole.log_probabilities(seen[1::2]))
    assert open_network(*models).log_probabilities(seen) == pytest.approx(found, abs=1e-3)


def test_a_network_taught_before_is_read_and_not_taught_again(tmp_path: Path) -> None:
    path = tmp_path / "member.pt"
    first = kept(path, lambda: teach(lessons(1), None, count=3, recipe=QUICK, seed=1))
    again: Member = kept(path, lambda: pytest.fail("taught again"))
    fresh = lessons(3).summaries
    assert np.array_equal(first.log_probabilities(fresh), again.log_probabilities(fresh))


def test_nobody_is_answered_by_who_was_taught_by_their_source() -> None:
    shown = clips(["squat", "lunge", "squat", "plank"], ["a", "a", "b", "c"])
    of_clip = np.arange(4)
    still_windows = StillWindows(shown.summaries[::2], of_clip, shown.cut)
    cut = Pieces(of_clip, np.ones(4), np.ones(4), shown.cut, shown.unguessed[::2])
    data = TrainingData(lessons(1), lessons(1), shown, still_windows, cut)

    def taught(chosen: npt.NDArray[np.bool_], _: str) -> Predictions:
        """Whether each was among the teachers, instead of logarithms."""
        rows = (shown.of, still_windows.clip, cut.clip)
        return Predictions(*(np.repeat(chosen[one].astype(float)[:, None], len(NAMES), axis=1) for one in rows))

    told = cross_validate(data, 3, taught)
    for answered in (told.logs, told.stills, told.pieces):
        assert len(answered)
        assert not answered.any()


def test_macro_f1_counts_names_alike() -> None:
    truth = ["squat"] * 8 + ["plank"] * 2
    assert macro_f1(truth, truth) == 1
    assert macro_f1(truth, ["squat"] * 10) == pytest.approx((2 * 8 / 18 + 0) / 2)


def test_the_same_seed_teaches_the_same_network() -> None:
    first, second = (teach(lessons(1), None, count=3, recipe=QUICK, seed=5) for _ in range(2))
    assert np.array_equal(first.log_probabilities(lessons(3).summaries), second.log_probabilities(lessons(3).summaries))


def test_a_file_without_unknown_is_refused() -> None:
    member = teach(lessons(1), None, count=3, recipe=QUICK, seed=1)
    with pytest.raises(ValueError, match="last answer is 'unknown'"):
        open_network(*[export([member], {"names": ["a", "b", "c"], "temperature": 1.0, "working_point": 0.5})] * 2)


@settings(max_examples=50)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=12, max_size=60), st.integers(2, 5))
def test_no_source_is_in_two_folds(sources: list[str], count: int) -> None:
    found = folds(np.array(sources), count)
    assert all(len(set(found[np.array(sources) == source])) == 1 for source in set(sources))


def test_lessons_weigh_names_alike_and_leave_out_what_has_no_name() -> None:
    of = clips(["squat", "squat", "plank", "other"], ["a", "b", "a", "b"])
    taught = lessons_of(of, np.ones(4, dtype=bool))
    squat, plank = (taught.weight[taught.answer == NAMES.index(name)].sum() for name in ("squat", "plank"))
    assert squat == pytest.approx(plank)
    assert len(taught.answer) == 6
    both = lessons_of(of, np.ones(4, dtype=bool), both_looks=True)  # every second window cuts somebody off
    assert (len(both.answer), int(np.isnan(both.summaries).any(axis=1).sum())) == (9, 3)
    assert both.weight.sum() == pytest.approx(taught.weight.sum())


def test_simulated_lessons_hold_every_answer_and_are_made_once(tmp_path: Path) -> None:
    taught, again = (simulated(1, 0, lambda names: names, tmp_path) for _ in range(2))
    assert set(taught.answer) == set(range(len(NAMES)))
    assert np.isfinite(taught.summaries).all()
    assert np.array_equal(taught.summaries, again.summaries)
    framed = simulated(1, 0, lambda names: names, tmp_path, cut_off=True)
    assert set(framed.answer) == set(range(len(NAMES)))
    assert len(framed.answer) > len(taught.answer)
    assert np.isnan(framed.summaries).any()


def test_a_movement_that_was_changed_is_simulated_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: digest(name) for name in ("squat", "plank", UNKNOWN)}
    slower = [{**table, "seconds": [3.0, 4.0]} for table in exercises()["squat"].movements]
    changed = {**exercises(), "squat": replace(exercises()["squat"], movements=tuple(slower))}
    monkeypatch.setattr("pipeline.learn.clips.lessons.exercises", lambda: changed)
    after = {name: digest(name) for name in before}
    assert [name for name in before if before[name] != after[name]] == ["squat", UNKNOWN]


@pytest.mark.parametrize("sharper", [0.5, 2.0])
def test_temperature_undoes_a_known_sharpening(sharper: float) -> None:
    rng = np.random.default_rng(4)
    names = ("squat", "push_up", "pull_up", "deadlift")  # all equally common, so that the prior changes nothing
    logs = np.log(rng.dirichlet(np.full(4, 0.5), 1500))
    truth = [names[int(rng.choice(4, p=np.exp(row)))] for row in logs]
    fitted, _ = fit_temperatures(names, logs * sharper, truth, np.ones(len(truth)))
    assert fitted == pytest.approx(sharper, rel=0.12)  # the grid's step is a tenth


def test_the_working_point_lies_where_enough_answers_are_right() -> None:
    sure = np.linspace(0.3, 0.99, 200)
    truth = ["squat" if one > 0.6 else "plank" for one in sure]  # below 0.6 the answer is always wrong
    answered = [surely("squat", float(one)) for one in sure]
    point = fit_working_point(answered, truth, np.ones(200), WORKING_POINTS, WANTED_RIGHT)
    kept = [(decide(one, point), name) for one, name in zip(answered, truth, strict=True)]
    shares = [said.name == name for said, name in kept if said.known]
    assert np.mean(shares) >= WANTED_RIGHT
    assert 0.5 < point <= 0.61


@pytest.mark.parametrize(("wrong_of_100", "found"), [(0, 0.0), (2, 0.0), (3, 0.6), (50, 0.6)])
def test_short_pieces_are_doubted_no_more_than_is_needed(wrong_of_100: int, found: float) -> None:
    """Pieces of two seconds are all named rightly; wrong ones of one second are asked about from 0.6 on."""
    truth, length_s = ["squat"] * 200, np.repeat([1.0, 2.0], 100)

    def asked(power: float) -> list[Recognition]:
        wrong = Recognition("plank" if power < 0.6 else UNKNOWN, 0.9)
        return [wrong] * wrong_of_100 + [Recognition("squat", 0.9)] * (200 - wrong_of_100)

    assert fit_short_power(asked, truth, length_s) == found


def test_where_no_doubt_is_enough_short_pieces_get_the_greatest() -> None:
    wrong = [Recognition("plank", 0.9)] * 3
    assert fit_short_power(lambda _: wrong, ["squat"] * 3, np.ones(3)) == SHORT_POWERS[-1]


def test_measures_are_shares_of_clips() -> None:
    answered = [surely("squat", 0.9), surely("squat", 0.9), surely("deadlift", 0.4), surely("hammer_curl", 0.9)]
    truth = ["squat", "plank", "romanian_deadlift", "hammer_curl"]
    found = measure(answered, [decide(one, 0.7) for one in answered], truth)
    assert (found.top_1, found.family_top_1) == (0.5, 0.75)
    assert found.named == 0.75
    assert found.named_right == pytest.approx(2 / 3)
