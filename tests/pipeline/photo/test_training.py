"""The networks are taught alike from the same seed, broken off or not; what is exported is what was taught."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from bot.cli import main  # noqa: E402
from pipeline.catalogue import exercises  # noqa: E402
from pipeline.kinematics import JOINTS, joint_angles  # noqa: E402
from pipeline.learn.poses import train, train_stills  # noqa: E402
from pipeline.learn.poses.all_networks import (  # noqa: E402
    AllNetworks,
    Answers,
    Calibration,
    Scored,
    answers_of,
    calibrated,
    error_of_both,
    joined_answers,
    overall_figures,
)
from pipeline.learn.poses.export import export  # noqa: E402
from pipeline.learn.poses.figures import figures, fit_points  # noqa: E402
from pipeline.learn.poses.left_out import Part, counted, in_turn, rows_in_turn  # noqa: E402
from pipeline.learn.poses.network import Lessons, Recipe, ensemble_logs  # noqa: E402
from pipeline.learn.poses.photo_folds import PhotoFolds  # noqa: E402
from pipeline.learn.poses.photos import Photos, folds, twins  # noqa: E402
from pipeline.learn.poses.reference import reference_angles  # noqa: E402
from pipeline.learn.poses.six import Recordings, told_figures  # noqa: E402
from pipeline.learn.poses.six import figures as six_figures  # noqa: E402
from pipeline.learn.poses.spoil import SPOILING, Spoiling, spoil, spoiled  # noqa: E402
from pipeline.learn.poses.stills import (  # noqa: E402
    Moments,
    Stills,
    at_end,
    filmed_stills,
    read_back,
    stills_of,
    together,
)
from pipeline.learn.poses.teaching import teach  # noqa: E402
from pipeline.learn.poses.updown import read_updown  # noqa: E402
from pipeline.learn.simulate.track import textbook  # noqa: E402
from pipeline.learn.tracks import LabelledTrack  # noqa: E402
from pipeline.photo.looks import MIRROR  # noqa: E402
from pipeline.photo.name import NAMES, POSES, Weighing  # noqa: E402
from pipeline.photo.network import open_still  # noqa: E402
from pipeline.photo.shape import HIP, SHOULDER, Shapes, shapes  # noqa: E402
from pipeline.photo.space import Bodies, bodies  # noqa: E402
from pipeline.recognize.decide import softmax  # noqa: E402
from pipeline.values import UNKNOWN  # noqa: E402
from tests.pipeline.photo.bodies import figure_px  # noqa: E402

EACH = 24
TINY = Recipe(width=16, epochs=3, batch=24)
LANDMARKS = Recipe(kind="joints", epochs=2, batch=24)
LONGER = Recipe(width=32, epochs=20, batch=24)
SAID = {"names": ("up", "down", "side"), "temperature": 1.0, "sure_from": {}}
NEAR_HALF = 0.05  # logarithms, weights in half precision
NEAR_SINGLE = 1e-4
UPDOWN_WORDS = ("jumping_jacks_up", "squats_up")
HELD_S = {"yoga_downward_dog": 8.0, "side_plank": 4.0}


def photos() -> Photos:
    """Three poses, two dozen photos each: upright, upside down, lying."""
    rng = np.random.default_rng(0)
    figure = figure_px() - [300, 400]
    bodies = (figure, -figure, figure[:, ::-1])
    image = np.concatenate([body + rng.normal(0, 12, (EACH, 33, 2)) for body in bodies])
    answer = np.repeat([0, 1, 2], EACH)
    seen = np.ones((len(image), 33), dtype=bool)
    return Photos(shapes(image, seen.astype(float)), image, seen, answer, SAID["names"])  # type: ignore[arg-type]


def lessons() -> Lessons[Shapes]:
    return Lessons(photos().seen, photos().answer)


def space_lessons() -> Lessons[Bodies]:
    """The same poses in space, each body turned its own way."""
    flat = np.concatenate([photos().image_px / 400, np.zeros((3 * EACH, 33, 1))], axis=2)
    yaw = np.random.default_rng(1).uniform(-np.pi, np.pi, len(flat))
    x, z = flat[..., 0] * np.cos(yaw)[:, None], flat[..., 0] * np.sin(yaw)[:, None]
    turned = np.stack([x, flat[..., 1], z], axis=2)
    return Lessons(bodies(turned, photos().seen.known), photos().answer)


def test_the_same_seed_gives_the_same_network_and_learns() -> None:
    one, other = (teach(lessons(), 3, LONGER, seed=1) for _ in range(2))
    logs = one.logs(lessons().seen)
    assert np.array_equal(logs, other.logs(lessons().seen))
    assert (logs.argmax(axis=1) == lessons().answer).mean() > 0.9


def test_more_networks_of_one_kind_leave_the_others_as_they_are() -> None:
    assert train.seeds_of([TINY, LANDMARKS], 1) == [100, 103]
    assert train.seeds_of([TINY, TINY, LANDMARKS, LANDMARKS], 2) == [200, 201, 203, 204]


def test_the_stills_networks_stand_beside_the_poses_network_that_a_search_chose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "SEARCHED", {"wider": {"width": 24}})
    poses = train.Options(
        tmp_path, tmp_path, tmp_path, epochs=1, search_epochs=1, joint_members=0, recipe=replace(TINY, look=1)
    )
    folds = PhotoFolds(photos(), lessons(), np.arange(3 * EACH) % 10, np.ones(3 * EACH, dtype=bool))
    (member,) = train_stills._held(folds, train_stills.Options(poses, tmp_path))
    assert member.net.first[1].out_features == 24


def test_no_photo_trains_what_is_chosen_or_measured_on_it() -> None:
    fold = np.arange(3 * EACH) % 10
    folds = PhotoFolds(photos(), replace(lessons(), answer=fold), fold, fold != 9)
    assert set(folds.teaching.answer) == set(range(3, 9))
    assert (set(folds.of(2).answer), set(folds.of(0, 1).answer)) == ({2}, {0, 1})


def test_bodies_in_space_are_learned_whichever_way_they_face() -> None:
    member = teach(space_lessons(), 3, LONGER, seed=1)
    assert (member.logs(space_lessons().seen).argmax(axis=1) == space_lessons().answer).mean() > 0.9


def test_attention_among_landmarks_learns_too_and_what_is_not_known_is_not_looked_at() -> None:
    member = teach(lessons(), 3, replace(LANDMARKS, epochs=12, rate=3e-3), seed=1)
    assert (member.logs(lessons().seen).argmax(axis=1) == lessons().answer).mean() > 0.9
    whole = lessons().seen
    lost = Shapes(whole.points.copy(), whole.known.copy(), whole.visible)
    lost.known[:, :3], lost.points[:, :3] = 0, 0
    strewn = Shapes(lost.points + 0.01 * (1 - lost.known[..., None]), lost.known, lost.visible)
    assert np.abs(member.logs(lost) - member.logs(strewn)).max() < NEAR_HALF


def test_a_teaching_that_was_broken_off_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    whole = teach(lessons(), 3, TINY, seed=2)

    class BrokenOff(Exception):
        pass

    def stop(done: int, _: float) -> None:
        if done == 2:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        teach(lessons(), 3, TINY, seed=2, checkpoint=tmp_path / "a.pt", progress=stop)
    resumed = teach(lessons(), 3, TINY, seed=2, checkpoint=tmp_path / "a.pt")
    assert np.array_equal(resumed.logs(lessons().seen), whole.logs(lessons().seen))


def test_teaching_ends_when_the_watched_ones_get_no_better() -> None:
    epochs: list[int] = []
    impatient = Recipe(width=8, epochs=40, batch=24, rate=0.0, patience=2, look=1)
    teach(lessons(), 3, impatient, 0, watched=lessons(), progress=lambda done, _: epochs.append(done))
    assert max(epochs) < impatient.epochs


@pytest.mark.parametrize(("kind", "near"), [(np.float32, NEAR_SINGLE), (np.float16, NEAR_HALF), (np.int8, NEAR_HALF)])
def test_the_exported_network_answers_as_the_taught_ones(kind: type, near: float) -> None:
    members = [teach(lessons(), 3, recipe, seed=seed) for seed, recipe in ((3, TINY), (4, TINY), (3, LANDMARKS))]
    opened = open_still(export(members, SAID, kind))
    expected = softmax(ensemble_logs(members, lessons().seen), 1.0)
    assert np.abs(opened.probabilities(lessons().seen) - expected).max() < near
    assert opened.names == SAID["names"]


def test_near_twins_share_a_fold_and_every_pose_is_in_every_fold() -> None:
    some = photos()
    in_mirror = some.image_px[:10, list(MIRROR)] * [-1, 1] + [900, 0]
    copied = np.concatenate([some.image_px, in_mirror, some.image_px[:10] + 0.5])
    more = Photos(
        shapes(copied, np.ones((len(copied), 33))),
        copied,
        np.ones((len(copied), 33), dtype=bool),
        np.concatenate([some.answer, some.answer[:10], some.answer[:10]]),
        some.names,
    )
    group, fold = twins(more, metres=0.01), folds(more, 3, seed=0)
    for copies in (slice(-20, -10), slice(-10, None)):
        assert (group[:10] == group[copies]).all()
        assert (fold[:10] == fold[copies]).all()


def test_stills_of_the_gym_lose_what_a_photo_lacks_and_nothing_comes_back() -> None:
    whole, rng = lessons(), np.random.default_rng(0)
    photo = whole.seen.rows(np.arange(1))
    lacking = Shapes(photo.points, photo.known * (np.arange(photo.known.shape[1]) > 4), photo.visible)
    lost = read_back(whole.seen, lacking, rng)
    assert (lost.known[:, :5] == 0).all()
    assert (lost.points[:, :5] == 0).all()
    assert np.array_equal(lost.points[:, 5:], whole.seen.points[:, 5:])


def test_each_part_is_drawn_with_its_share_and_rare_answers_oftener() -> None:
    seen, answer = lessons().seen, np.repeat([0, 1], [60, 12])
    whole = together((Lessons(seen, answer), 0.7, 1.0), (Lessons(seen, answer), 0.3, 0.0))
    assert whole.chance is not None
    assert whole.chance[:72].sum() == pytest.approx(0.7)
    assert whole.chance[:60].sum() == pytest.approx(0.35)
    assert whole.chance[72:132].sum() == pytest.approx(0.25)


def test_a_squat_is_photographed_at_its_bottom() -> None:
    track = textbook(exercises()["squat"], yaw_deg=90.0)
    end = at_end(track, np.arange(len(track.times_s)))
    knees = joint_angles(track).world_deg[:, list(JOINTS).index("knee")].mean(axis=1)
    assert knees[end].max() < np.median(knees)


def test_nobody_seen_gives_no_stills_and_other_exercises_are_left_out() -> None:
    track = textbook(exercises()["squat"], duration_s=1.0)
    nobody = replace(track, image_px=np.full_like(track.image_px, np.nan))
    rng = np.random.default_rng(0)
    assert len(stills_of(nobody, 0, "s00", Moments(2, 2), rng)) == 0
    tracks = [LabelledTrack(name, name, "s00", False, track) for name in ("squat", "zumba", "yoga_downward_dog")]
    found = filmed_stills(tracks, Moments(2, 1), rng)
    assert {NAMES[one] for one in found.answer} == {"squat", "downward_facing_dog"}
    assert found.at_end.sum() == 4


def test_other_sources_and_what_nobody_could_name_are_not_counted() -> None:
    flat, placed = lessons().seen.rows(np.arange(6)), space_lessons().seen.rows(np.arange(6))
    squat, unknown = NAMES.index("squat"), NAMES.index(UNKNOWN)
    filmed = Stills(
        flat,
        placed,
        np.array([squat, squat, squat, squat, unknown, squat]),
        np.array(["s11", "s11", "s11", "s13", "s11", "s40"]),
        np.zeros(6, dtype=bool),
    )
    found = counted(filmed, ("s11",), 2, seed=0)
    assert found.answer.tolist() == [squat, squat]
    assert set(found.source) == {"s11"}


def test_both_ends_of_five_exercises_are_stills_of_their_own_source(tmp_path: Path) -> None:
    upright = np.concatenate([figure_px() - [300, 430], np.zeros((33, 1))], axis=1)
    header = ",".join(["pose_id", "pose", *(f"x{number}" for number in range(99))])
    rows = [f"{number},{word}," + ",".join(map(str, upright.ravel())) for number, word in enumerate(UPDOWN_WORDS)]
    (tmp_path / "updown_five.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    found = read_updown(tmp_path)
    assert [NAMES[one] for one in found.answer] == ["jumping_jack", "squat"]
    assert found.at_end.tolist() == [True, False]
    assert set(found.source) == {"updown_five"}
    assert np.linalg.norm(found.placed.points[0, SHOULDER] - found.placed.points[0, HIP]) == pytest.approx(0.5, abs=0.2)


def test_a_part_is_weighed_by_what_the_others_alone_would_have_chosen() -> None:
    rng = np.random.default_rng(5)
    truth = rng.integers(0, len(NAMES), 3000)
    logs = rng.normal(0, 1, (3000, len(NAMES)))
    logs[np.arange(3000), truth] += 4
    yoga, gym = (Scored(logs[chosen], truth[chosen]) for chosen in (truth < len(POSES), truth >= len(POSES)))
    half, at_end = len(gym.truth) // 2, np.arange(len(gym.truth) // 2) % 2 == 0
    one, other = (gym.rows(slice(start, start + half)) for start in (0, half))
    parts = {"one": Part(one, one, at_end), "other": Part(other, other, at_end)}
    by = in_turn(yoga, parts)
    assert by == {"one": calibrated(yoga, other), "other": calibrated(yoga, one)}
    ends = joined_answers(rows_in_turn(parts, by)["stills, end of the movement"])
    assert len(ends.truth) == 2 * at_end.sum()
    assert overall_figures(ends)["calibration_error"] < 0.1


def test_yoga_and_the_gym_weigh_alike_in_the_error_of_both_however_many_there_are() -> None:
    def sure_of(name: str, truth: str, times: int) -> Answers:
        logs = np.full((times, len(NAMES)), -30.0)
        logs[:, NAMES.index(name)] = 0
        points = dict.fromkeys(("name", "group", "large_group", "kind"), 0.5)
        plain = Calibration(Weighing(), {"pose": points, "exercise": points})
        return answers_of(Scored(logs, np.full(times, NAMES.index(truth))), plain)

    right, wrong = sure_of("tree_pose", "tree_pose", 90), sure_of("tree_pose", "squat", 10)
    assert error_of_both(right, sure_of("squat", "squat", 10)) == pytest.approx(0, abs=1e-6)
    assert error_of_both(right, wrong) == pytest.approx(0.5, abs=1e-6)


def test_what_the_road_says_is_as_right_as_was_wanted() -> None:
    rng = np.random.default_rng(2)
    truth = rng.integers(0, len(NAMES), 3000)
    logs = rng.normal(0, 1, (3000, len(NAMES)))
    logs[np.arange(3000), truth] += rng.choice([1.0, 6.0], 3000)
    yoga, gym = (Scored(logs[chosen], truth[chosen]) for chosen in (truth < len(POSES), truth >= len(POSES)))
    found = overall_figures(answers_of(gym, calibrated(yoga, gym)))
    assert found["said_right"] >= 0.9
    assert 0.3 < found["said"] < 0.7
    assert found["top_1"] < found["top_3"]


def test_odds_that_were_wrong_are_put_right() -> None:
    rng = np.random.default_rng(3)
    truth = rng.integers(0, len(NAMES), 2000)
    logs = rng.normal(0, 1, (2000, len(NAMES)))
    logs[np.arange(2000), truth] += 3
    yoga, gym = (Scored(logs[chosen], truth[chosen]) for chosen in (truth < len(POSES), truth >= len(POSES)))
    fair = calibrated(yoga, gym).weighing
    less = np.where(np.arange(len(NAMES)) < len(POSES), 0.0, -1.0)
    shifted = [Scored(one.logs + less, one.truth) for one in (yoga, gym)]
    found = calibrated(shifted[0], shifted[1]).weighing
    assert found.gym_odds == pytest.approx(fair.gym_odds + fair.kind_slope, abs=1e-3)
    assert found.kind_slope == pytest.approx(fair.kind_slope, abs=1e-3)


def test_a_weighing_keeps_each_kind_to_its_share_and_all_to_one() -> None:
    logs = np.random.default_rng(4).normal(0, 2, (5, len(NAMES)))
    even, gym = Weighing().probability(logs), Weighing(2.0, 0.5, 1.0, 2.0).probability(logs)
    assert even == pytest.approx(softmax(logs, 1.0))
    assert gym.sum(axis=1) == pytest.approx(1)
    assert (gym[:, len(POSES) :].sum(axis=1) > even[:, len(POSES) :].sum(axis=1)).all()


def test_a_network_that_goes_on_is_the_better_for_what_it_knew() -> None:
    begun = teach(lessons(), 3, LONGER, seed=5)
    on = teach(lessons(), 3, replace(TINY, rate=1e-4), seed=6, start=begun)
    assert np.abs(on.logs(lessons().seen) - begun.logs(lessons().seen)).max() < 1.0
    assert (on.logs(lessons().seen).argmax(axis=1) == lessons().answer).mean() > 0.9


def test_spoiling_keeps_numbers_finite_and_forgets_what_is_lost() -> None:
    spoiled = spoil(lessons().seen, SPOILING, np.random.default_rng(0))
    assert np.isfinite(spoiled.points).all()
    assert (spoiled.points[spoiled.known == 0] == 0).all()
    assert spoiled.known.sum() < lessons().seen.known.sum()


def test_a_picture_that_cuts_everybody_off_cuts_the_share_that_its_edges_say() -> None:
    whole, size = space_lessons().seen, Spoiling(lost_share=0.0, lost_limb_chance=0.0, cut_chance=1.0)
    cut = spoiled(whole, size, np.random.default_rng(0)).known
    assert (cut.min(axis=1) == 0).all()
    assert 0.5 < cut.mean() < 0.9
    assert cut[:, HIP:].mean() < cut[:, :HIP].mean()


def test_depth_is_weighed_on_the_road_where_it_is_known() -> None:
    flat, placed = lessons(), space_lessons()
    poses, stills, space = (
        teach(some, count, TINY, seed=1)
        for some, count in ((flat, len(POSES)), (flat, len(NAMES)), (placed, len(NAMES)))
    )
    networks = AllNetworks([poses], [stills], [space])
    without, with_ = networks.logs(flat.seen), networks.logs(flat.seen, placed.seen)
    yoga, gym = slice(0, len(POSES)), slice(len(POSES), None)
    assert np.abs(with_[:, gym] - without[:, gym]).max() > 0.001
    among = [part[:, yoga] - part[:, yoga].max(axis=1, keepdims=True) for part in (without, with_)]
    assert among[0] == pytest.approx(among[1])


def test_working_points_keep_what_is_said_right() -> None:
    rng = np.random.default_rng(1)
    names = ("tree_pose", "eagle_pose", "plow_pose")
    truth = rng.integers(0, 3, 400)
    logs = rng.normal(0, 1, (400, 3))
    logs[np.arange(400), truth] += 2
    probability = softmax(logs, 1.0)
    points = fit_points(truth, probability, names)
    found = figures(truth, probability, names, points)
    assert found["said"]["name"]["right"] >= 0.9
    assert 0 < found["said"]["name"]["share"] < 1


def test_mirrored_photos_of_a_pose_do_not_blur_its_reference() -> None:
    rng = np.random.default_rng(0)
    angles = np.tile(np.array([[90.0, 175.0]]), (40, 4, 1)) + rng.normal(0, 3, (40, 4, 2))
    angles[::2] = angles[::2, :, ::-1]
    medians, spreads = reference_angles(angles)
    assert np.sort(medians, axis=1) == pytest.approx(np.tile([90.0, 175.0], (4, 1)), abs=2)
    assert spreads.max() < 6


def test_a_missing_data_folder_is_said_and_ends_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "poses", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "yoga82" in capsys.readouterr().err


def test_another_source_s_word_is_right_by_any_pose_it_may_mean() -> None:
    seen = lessons().seen.rows(np.arange(3))
    held = Recordings(seen, np.array(["warrior", "warrior", "tree"]), np.array(["p01"] * 3), np.array([0, 0, 1]))
    names = ("warrior_1_pose", "warrior_2_pose", "tree_pose")
    found = six_figures(np.array([[0.6, 0.3, 0.1], [0.1, 0.8, 0.1], [0.5, 0.3, 0.2]]), names, held)
    assert found == {"moments": 3, "top_1": pytest.approx(2 / 3), "recordings": 2, "recordings_right": 0.5}


def test_a_flow_told_by_its_longest_hold_is_right_and_squats_are_told_as_no_pose() -> None:
    poses = [textbook(exercises()[name], duration_s=held_s, yaw_deg=90.0) for name, held_s in HELD_S.items()]
    starts = np.cumsum([0.0, *(track.times_s[-1] + 0.1 for track in poses[:-1])])
    flow = replace(
        poses[0],
        times_s=np.concatenate([track.times_s + start for track, start in zip(poses, starts, strict=True)]),
        image_px=np.concatenate([track.image_px for track in poses]),
        world_m=np.concatenate([track.world_m for track in poses]),
        visibility=np.concatenate([track.visibility for track in poses]),
    )
    squats = textbook(exercises()["squat"], duration_s=12.0, rep_s=3.0, yaw_deg=90.0)
    found = told_figures([("downdog", flow), ("chair", squats)])
    assert found == {"recordings": 2, "told": 0.5, "told_right": 1.0}
