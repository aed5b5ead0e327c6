"""Teaching the recogniser of logs: nobody in two folds, changes keep what they must, an export answers alike."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("torch", reason="training needs the extra `train`")

from bot.cli import main
from pipeline.chart.confusion import draw_confusion
from pipeline.learn.logs.augment import Batch, Pool, Variety, any_turns, worn_anyhow
from pipeline.learn.logs.experiments import few_of
from pipeline.learn.logs.export import export
from pipeline.learn.logs.lessons import ANSWERS, folds, lessons
from pipeline.learn.logs.network import LogNetwork, Recipe, log_probabilities, seen
from pipeline.learn.logs.pretrain import pretrain
from pipeline.learn.logs.recordings import REST, LabelledLog, Recording
from pipeline.learn.logs.rest_figures import work_and_rest
from pipeline.learn.logs.teaching import drawn, teach
from pipeline.learn.logs.teams import WATCHED_EVERY, watched_of
from pipeline.learn.logs.train import Options
from pipeline.learn.logs.trials import CHANGES, Trial, attempt, attempt_workouts
from pipeline.learn.logs.vae import VaeRecipe, teach_vae, with_made
from pipeline.learn.onnx_graph import Precision
from pipeline.motion.network import Calibration, open_network
from pipeline.motion.signals import RATE_HZ
from pipeline.motion.windows import FRAMES
from tests.pipeline.motion.logs import swinging

CALM = Variety(anyhow=0, half_turns=0, negated=0, slight_deg=1, without_gravity=0, slow=0, tempo=0.1, vigour=0.05)
QUICK = Recipe(widths=(8, 12, 16), steps=60, batch=48, look_every=20, variety=CALM, averaged_over=5)
USUAL, BARE = Calibration(0.7, 0.6), Calibration(0.9, 0.8)
SAID = {"classes": ANSWERS, "calibration": asdict(USUAL), "without_gravity": asdict(BARE)}
FREQUENCIES_HZ = {"push_up": 0.4, "burpee": 1.2, "jumping_jack": 2.4}


def labelled(label: str, person: str, number: int) -> LabelledLog:
    """A swing whose frequency is the label's."""
    log = swinging(12.0, RATE_HZ, FREQUENCIES_HZ[label])
    return LabelledLog(f"{person}_{number}", f"ulift/{person}", label, log)


def logs(people: int = 4) -> list[LabelledLog]:
    return [labelled(label, f"p{person}", person) for person in range(people) for label in FREQUENCIES_HZ]


def recordings() -> list[Recording]:
    return [Recording.of(one) for one in logs()]


@settings(max_examples=30)
@given(st.integers(2, 6), st.integers(1, 9), st.integers(0, 99))
def test_nobody_is_in_two_folds(count: int, people: int, seed: int) -> None:
    all_logs = [Recording.of(one) for one in logs(people)[:6]]
    fold = folds(all_logs, count, seed)
    assert set(fold) == {one.person for one in all_logs}
    assert set(fold.values()) <= set(range(count))


def test_classes_weigh_alike_however_many_recordings_they_have() -> None:
    taught = lessons([*recordings(), *[Recording.of(labelled("burpee", "p9", number)) for number in range(7)]])
    shares = [taught.weight[taught.answer == ANSWERS.index(label)].sum() for label in FREQUENCIES_HZ]
    assert shares == pytest.approx([shares[0]] * 3)


def test_a_busy_person_does_not_stand_for_everyone() -> None:
    busy = [Recording.of(labelled("burpee", "p0", number)) for number in range(16)]
    taught = lessons([*busy, Recording.of(labelled("burpee", "p1", 0))])
    assert taught.weight[:16].sum() == pytest.approx(4 * taught.weight[16])


def test_turns_are_rotations() -> None:
    turn = any_turns(200, np.random.default_rng(0)).astype(np.float64)
    assert turn @ turn.transpose(0, 2, 1) == pytest.approx(np.broadcast_to(np.eye(3), turn.shape), abs=1e-5)
    assert np.linalg.det(turn) == pytest.approx(1.0, abs=1e-5)
    assert np.abs(turn.mean(axis=0)).max() < 0.15  # no direction is preferred


def test_wearing_it_otherwise_keeps_lengths() -> None:
    rng = np.random.default_rng(0)
    force, turning = rng.normal(size=(2, 40, FRAMES, 3)).astype(np.float32)
    worn = worn_anyhow(Batch(force, turning, np.ones(40, np.float32)), Variety(), rng)
    for before, after in ((force, worn.acceleration_m_s2), (turning, worn.rotation_rad_s)):
        assert np.linalg.norm(after, axis=2) == pytest.approx(np.linalg.norm(before, axis=2), abs=1e-4)
        assert np.abs(after - before).max() > 1


def test_twice_the_speed_is_four_times_the_acceleration_about_gravity() -> None:
    pool = Pool([Recording.of(labelled("push_up", "p0", 0))])
    which, start, one = np.zeros(1, int), np.zeros(1), np.ones(1)
    plain, quick = (pool.cut(which, start, speed * one, one, one).acceleration_m_s2[0] for speed in (1.0, 2.0))
    swing = [np.ptp(window[10:60, 0]) for window in (plain[::2], quick)]
    assert swing[1] / swing[0] == pytest.approx(4.0, rel=0.15)
    assert quick.mean(axis=0) == pytest.approx(plain.mean(axis=0), abs=1.0)  # gravity stays


def test_a_network_learns_goes_on_from_a_checkpoint_and_the_same_seed_teaches_the_same(tmp_path: Path) -> None:
    taught = recordings()
    draw, watched = drawn(lessons(taught), QUICK), lessons(taught[:6])
    first = teach(draw, LogNetwork(len(ANSWERS), QUICK), QUICK, 1, watched=watched, checkpoint=tmp_path / "half.pt")
    again = teach(draw, LogNetwork(len(ANSWERS), QUICK), QUICK, 1, watched=watched, checkpoint=tmp_path / "half.pt")
    given, answer = (lambda drawn_: (seen(drawn_[0]), drawn_[1]))(draw(60, np.random.default_rng(9)))
    logs_of = [log_probabilities(one, given) for one in (first, again)]
    assert (logs_of[0].argmax(axis=1) == answer).mean() > 0.8
    assert logs_of[1] == pytest.approx(logs_of[0], abs=1e-5)  # nothing was left to do


def test_teaching_stops_where_the_watched_people_gain_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    taught = recordings()
    wrong = replace(lessons(taught), answer=np.full(len(taught), ANSWERS.index("lunge")))  # gets worse all the time
    recipe = replace(QUICK, steps=2000, look_every=5, patience=3)
    teach(drawn(lessons(taught), recipe), LogNetwork(len(ANSWERS), recipe), recipe, 1, watched=wrong)
    assert "2000/2000" not in capsys.readouterr().err


@pytest.mark.parametrize(("precision", "off"), [("single", 1e-5), ("half", 5e-3), ("eight_bit", 0.08)])
def test_an_export_answers_alike(precision: Precision, off: float) -> None:
    taught = lessons(recordings())
    network = teach(drawn(taught, QUICK), LogNetwork(len(ANSWERS), QUICK), QUICK, 1)
    given = seen(drawn(taught, QUICK)(64, np.random.default_rng(3))[0])
    opened = open_network(export([network], SAID, precision, given))
    assert (opened.classes, opened.calibration, opened.without_gravity) == (ANSWERS, USUAL, BARE)
    assert np.exp(opened.run(given)) == pytest.approx(np.exp(log_probabilities(network, given)), abs=off)


def test_two_networks_answer_by_the_mean_of_their_logarithms() -> None:
    given = seen(drawn(lessons(recordings()), QUICK)(8, np.random.default_rng(3))[0])
    team = [LogNetwork(len(ANSWERS), one).eval() for one in (QUICK, replace(QUICK, widths=(4, 8, 12), first_stride=1))]
    logs_of = np.mean([log_probabilities(one, given) for one in team], axis=0)
    wanted = logs_of - np.log(np.exp(logs_of).sum(axis=1, keepdims=True))
    assert open_network(export(team, SAID, "single")).run(given) == pytest.approx(wanted, abs=1e-4)


def test_a_smaller_precision_is_a_smaller_file() -> None:
    team = [LogNetwork(len(ANSWERS), Recipe()).eval()]
    typical = np.random.default_rng(0).normal(size=(8, *seen(_one()).shape[1:])).astype(np.float32)
    single, half, eight = (len(export(team, SAID, one, typical)) for one in ("single", "half", "eight_bit"))
    assert half < 0.55 * single
    assert eight < 0.35 * single
    assert half < 700_000


def _one() -> Batch:
    return drawn(lessons(recordings()), QUICK)(1, np.random.default_rng(0))[0]


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_every_change_leaves_a_log_that_can_be_answered(name: str) -> None:
    opened = open_network(export([LogNetwork(len(ANSWERS), QUICK).eval()], SAID))
    tried = attempt(opened, logs(2), CHANGES[name], seed=0)
    assert tried.pooled.shape == (6, len(ANSWERS))
    joined = Trial.joined([tried, tried])
    assert joined.of.tolist() == [*tried.of, *(tried.of + 6)]


def test_the_sets_of_a_workout_are_answered_in_the_order_given() -> None:
    opened = open_network(export([LogNetwork(len(ANSWERS), QUICK).eval()], SAID))
    every = [replace(one, workout=f"w{number % 2}") for number, one in enumerate(logs(2))]
    alone = attempt(opened, every, CHANGES["as recorded"], seed=0).pooled
    assert attempt_workouts(opened, every, CHANGES["as recorded"], seed=0) == pytest.approx(alone, abs=1e-9)


@pytest.mark.parametrize(("judged", "calibrating"), [(0, 2), (4, 2), (1, 0)])
def test_some_folds_are_judged_and_others_tell_how_sure_an_answer_must_be(judged: int, calibrating: int) -> None:
    assert list(Options(Path(), Path(), Path(), judged=2, calibrating=3).answered) == [0, 1, 2, 3]
    with pytest.raises(ValueError, match="none to calibrate on"):
        Options(Path(), Path(), Path(), judged=judged, calibrating=calibrating)


def test_the_self_supervised_start_changes_the_features_and_not_the_head() -> None:
    network = LogNetwork(len(ANSWERS), QUICK)
    head, stem = network.head.weight.detach().clone(), network.stem.weight.detach().clone()
    pretrain(drawn(lessons(recordings()), QUICK), network, QUICK, steps=5, seed=1)
    assert (network.stem.weight.detach() - stem).abs().max() > 1e-4
    assert (network.head.weight.detach() - head).abs().max() < 1e-2  # weight decay alone


def test_made_windows_take_their_share_of_a_batch() -> None:
    draw = drawn(lessons(recordings()), QUICK)
    vae = teach_vae(draw, len(ANSWERS), VaeRecipe(latent=4, width=8, steps=20), seed=1)
    batch, answer = with_made(draw, vae, 0.25, CALM)(40, np.random.default_rng(0))
    plain, same = draw(40, np.random.default_rng(0))
    assert answer.tolist() == same.tolist()
    assert np.abs(batch.acceleration_m_s2[10:] - plain.acceleration_m_s2[10:]).max() == 0
    assert np.abs(batch.acceleration_m_s2[:10] - plain.acceleration_m_s2[:10]).max() > 0.1
    assert np.isfinite(batch.acceleration_m_s2).all()


@given(st.integers(1, 60), st.integers(0, 30))
def test_one_in_ten_is_watched_and_none_where_people_are_few(people: int, seed: int) -> None:
    persons = {f"ulift/p{number:02}" for number in range(people)} | {"joycon_punch/p01", "joycon_punch/p02"}
    watched = watched_of(persons, seed)
    assert {one.split("/")[0] for one in watched} <= {"ulift"}
    assert people // WATCHED_EVERY <= len(watched) <= people / WATCHED_EVERY + 1
    assert (len(watched) > 0) == (people >= WATCHED_EVERY)


def test_few_are_of_different_people() -> None:
    few = few_of([Recording.of(one) for one in logs(8)], np.random.default_rng(0))
    of_burpee = [one.person for one in few if one.label == "burpee"]
    assert len(of_burpee) == len(set(of_burpee)) == 5


def test_one_wrong_window_of_rest_counts_by_itself_and_is_smoothed_by_its_neighbours() -> None:
    said = swinging(3.0, 25.0)
    kinds = ("burpee", REST) * 2
    mine = [LabelledLog(str(n), "ulift/p", kind, said) for n, kind in enumerate(kinds)]
    others = [LabelledLog("x", "exermote/p", "burpee", said)]
    of = np.repeat(np.arange(5), 20)
    right = np.array([ANSWERS.index((mine + others)[n].label) for n in of])
    right[[25, 85]] = ANSWERS.index("burpee")  # a window of the first rest; the other data set's are not asked
    sure = np.full((100, len(ANSWERS)), 0.2 / (len(ANSWERS) - 1))
    sure[np.arange(100), right] = 0.8
    rows = work_and_rest(mine + others, Trial(np.zeros((5, len(ANSWERS))), np.log(sure), of))
    assert rows["each by itself"] == {"windows": 80, "accuracy": 79 / 80, "rest_found": 39 / 40, "work_found": 1.0}
    assert rows["sets and rests in turn"] == {"windows": 80, "accuracy": 1.0, "rest_found": 1.0, "work_found": 1.0}


def test_a_confusion_matrix_is_a_small_picture() -> None:
    png = draw_confusion(ANSWERS, np.eye(len(ANSWERS)))
    assert png.startswith(b"\x89PNG")
    assert len(png) < 150_000


def test_the_command_says_which_data_are_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "logs", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "ulift.npz" in capsys.readouterr().err
