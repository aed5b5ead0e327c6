"""The catalogue: complete, findable in two languages, and plain about its mistakes."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

import pytest

from pipeline import catalogue
from pipeline.catalogue import CatalogueError, exercises, family_name, find, keeps_moving, members
from pipeline.catalogue.fields import JOINTS
from pipeline.catalogue.load import _check_named_elsewhere, held_arms, held_legs, read_exercise, spelling
from pipeline.catalogue.rules import bends_ahead, judged_from, rules
from pipeline.learn.clips.lessons import answers_aside

NAMES = sorted(exercises())

# issue 4's list: what must be nameable
WANTED = (
    "barbell_biceps_curl",
    "lat_pulldown",
    "pull_up",
    "leg_extension",
    "plank",
    "lateral_raise",
    "deadlift",
    "chest_fly_machine",
    "push_up",
    "tricep_dip",
    "hip_thrust",
    "decline_bench_press",
    "squat",
    "shoulder_press",
    "t_bar_row",
    "tricep_pushdown",
    "russian_twist",
    "romanian_deadlift",
    "bench_press",
    "hammer_curl",
    "leg_raise",
    "incline_bench_press",
    "lunge",
    "sit_up",
    "jumping_jack",
    "barbell_row",
    "calf_raise",
    "burpee",
    "mountain_climber",
    "jump_rope",
    "high_knees",
    "jab",
    "cross",
    "hook",
    "uppercut",
    "front_kick",
    "roundhouse_kick",
    "no_exercise",
)

SQUAT = (resources.files("pipeline.catalogue") / "exercises" / "squat.toml").read_text(encoding="utf-8")


def test_what_was_asked_for_is_there() -> None:
    assert set(WANTED) <= exercises().keys()


def test_reading_the_files_does_not_hide_the_function_behind_their_folder() -> None:
    exercises()
    assert catalogue.exercises is exercises


def test_every_entry_is_complete() -> None:
    for entry in exercises().values():
        assert entry.names["en"].isascii(), entry.name
        assert any("가" <= letter <= "힣" for letter in entry.names["ko"]), entry.name
        assert entry.joint in JOINTS, entry.name


def test_every_name_finds_its_entry() -> None:
    for entry in exercises().values():
        called = (entry.name, *entry.names.values(), *entry.aliases)
        assert [name for name in called if find(name) is not entry] == []


def test_what_is_timed_while_one_moves_stands_aside_of_all_networks() -> None:
    moving = {name for name in NAMES if keeps_moving(name)}
    assert {"farmers_carry", "treadmill", "bear_crawl", "sled_push"} <= moving
    assert all(exercises()[name].timed for name in moving)
    assert not moving & set(answers_aside())
    assert not keeps_moving("plank")
    assert not keeps_moving("unknown")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("push up", "push_up"),
        ("PUSH-UPS", "push_up"),
        ("팔굽혀 펴기", "push_up"),
        ("스쿼트", "squat"),
        ("Back Squat", "squat"),
        ("  rdl ", "romanian_deadlift"),
        ("captains chair leg raise", "leg_raise"),
        ("걷기", "no_exercise"),
        ("crunches", "crunch"),
        ("leg presses", "leg_press"),
        ("chest flies", "chest_fly"),
        ("chest flyes", "chest_fly"),
    ],
)
def test_find_takes_any_spelling(text: str, name: str) -> None:
    found = find(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bulgarian split squat", "lunge"),
        ("skullcrushers", "tricep_extension"),
        ("reverse pec deck", "reverse_fly"),
        ("pistol squats", "squat"),
        ("box jumps", "box_jump"),
        ("bird dogs", "bird_dog"),
        ("abductor machine", "hip_abduction"),
        ("ab rollout", "ab_wheel"),
        ("reverse crunch", "leg_raise"),
        ("close grip bench press", "bench_press"),
        ("hang clean", "power_clean"),
        ("handstand push-ups", "pike_push_up"),
        ("불가리안 스쿼트", "lunge"),
        ("체스트프레스", "bench_press"),
        ("데드버그", "dead_bug"),
        ("데드행", "dead_hang"),
        ("이너타이", "hip_adduction"),
        ("롱풀", "seated_cable_row"),
        ("벤레레", "reverse_fly"),
        ("암풀다운", "straight_arm_pulldown"),
        ("루데", "romanian_deadlift"),
        ("rower", "rowing_machine"),
        ("farmers walk", "farmers_carry"),
        ("파머스 워크", "farmers_carry"),
        ("천국의계단", "stair_climber"),
        ("런닝머신", "treadmill"),
        ("inchworms", "inchworm"),
        ("조정머신", "rowing_machine"),
        ("muscle ups", "muscle_up"),
        ("turkish get ups", "turkish_get_up"),
        ("spin bike", "stationary_bike"),
        ("배틀로프", "battle_ropes"),
        ("wall balls", "thruster"),
        ("single arm row", "barbell_row"),
        ("kettlebell press", "shoulder_press"),
        ("GHD sit-ups", "sit_up"),
        ("리버스 하이퍼", "back_extension"),
    ],
)
def test_what_gyms_call_it_finds_the_exercise_or_one_that_is_counted_and_judged_alike(text: str, name: str) -> None:
    found = find(text)
    assert found is not None
    assert found.name == name


def test_a_korean_name_is_known_with_and_without_its_spaces() -> None:
    assert {"덤벨 컬", "덤벨컬", "이두컬"} <= set(exercises()["biceps_curl"].aliases)
    assert all(
        name.isascii() or name.replace(" ", "") in entry.aliases
        for entry in exercises().values()
        for name in entry.aliases
    )


@pytest.mark.parametrize("text", ["", "-", "s", "es", "ies", "zumba", "unknown"])
def test_find_says_none_for_what_it_does_not_hold(text: str) -> None:
    assert find(text) is None


def test_spelling_keeps_letters_and_digits_only() -> None:
    assert spelling("Chest-Fly (Machine) ２") == "chestflymachine2"


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_family_has_a_name(language: str) -> None:
    assert all(family_name(entry.family, language) for entry in exercises().values())


def test_members_begin_with_the_commonest() -> None:
    assert members("curl")[0].name == "biceps_curl"
    with pytest.raises(KeyError, match="zumba"):
        members("zumba")


def test_held_postures_move_both_limbs() -> None:
    assert all("upper_arm" in side.directions for side, _ in held_arms().values())
    assert all("thigh" in side.angles for side, _ in held_legs().values())


@pytest.mark.parametrize(
    ("was", "written", "said"),
    [
        ('joint = "knee"', 'joint = "toe"', "squat.toml: 'joint' wants one of elbow"),
        ('kind = "reps"', 'kind = "rep"', "squat.toml: 'kind' wants one of reps, hold, move, none, got 'rep'"),
        ('"kettlebell"', '"ketlebell"', "squat.toml: 'equipment' wants a list of none, band, bar"),
        ('ko = "스쿼트"', 'kr = "스쿼트"', "squat.toml: 'names' wants a name for each of en, ko"),
        ("commonness = 5", "commonness = 9", "squat.toml: 'commonness' wants a whole number from 1 to 5"),
        ('"eccentric"', '"down"', "squat.toml: 'first_phase' wants one of eccentric, concentric, none, got 'down'"),
        ("commonness = 5", "comonness = 5", "squat.toml: 'comonness' is no key of an exercise"),
        ('family = "squat"', "", "squat.toml: 'family' is missing"),
        ("knee = [6, 122]", "knee = [6, 222]", "squat.toml: movement 1: 'knee' wants numbers from 0 to 160, got 222"),
        ("knee = [6, 122]", "kne = [6, 122]", "squat.toml: movement 1: 'kne' is no key of a movement"),
        ("knee = [6, 122]", "knee = 6", "squat.toml: movement 1: 'knee' wants a list"),
        ("seconds = [1.2, 4.2]", "seconds = [4, 1]", "squat.toml: movement 1: 'seconds' wants two times, the shorter"),
        ("seconds = [1.2, 4.2]", "seconds = [1, 2, 4]", "squat.toml: movement 1: 'seconds' wants two times"),
        ("commonness = 5", "commonness = true", "squat.toml: 'commonness' wants a whole number from 1 to 5"),
        ("knee = [6, 122]", 'plumb = "no"', "squat.toml: movement 1: 'plumb' wants one of True, False, got 'no'"),
        ('anchor = "feet"', 'anchor = "foot"', "squat.toml: movement 1: 'anchor' wants one of hips"),
        ("trunk = [4, 40]", "upper_arm = [[4]]", r"squat.toml: movement 1: 'upper_arm' wants pairs \[raise, plane\]"),
        ("trunk = [4, 40]", "thigh = [4]", "squat.toml: movement 1: 'hip' and 'thigh' say the same thing"),
        ("[[movement]]", "[[movements]]", "squat.toml: 'movements' is no key"),
        ('family = "squat"', "family =", "squat.toml: not TOML"),
        (
            'kind = "reps"',
            'kind = "move"',
            "squat.toml: 'aside' wants true for what is timed while one moves",
        ),
        ('kind = "reps"', 'kind = "hold"', "squat.toml: 'kind' wants hold where every movement's mode is hold"),
        ("knee = [6, 122]", 'mode = "hold"', "squat.toml: 'kind' wants hold where every movement's mode is hold"),
        ('"eccentric"', '"none"', "squat.toml: 'joint' wants none where 'first_phase' is none, got 'knee'"),
        ('sources = ["IPF', 'sources = [] # ["IPF', "squat.toml: 'sources' wants at least one"),
    ],
)
def test_a_mistake_names_file_key_and_what_was_wanted(was: str, written: str, said: str) -> None:
    text = SQUAT.replace(was, written, 1) if was != "[[movement]]" else SQUAT.replace(was, written)
    with pytest.raises(CatalogueError, match=said):
        read_exercise("squat", text)


def test_a_family_that_is_written_nowhere_else_is_a_slip_of_the_pen() -> None:
    said = r"squat.toml: 'family' wants one of families.toml, or 'squat' where it is alone in it, got 'squad'"
    with pytest.raises(CatalogueError, match=said):
        _check_named_elsewhere(replace(exercises()["squat"], family="squad"))


def test_an_exercise_without_a_rule_is_seen_from_where_rules_look_at_others_of_its_kind() -> None:
    ruled = {
        name: rule.view
        for name, one in exercises().items()
        for rule in rules()
        if rule.view != "any" and rule.fits(one)
    }
    assert {name: "side" if bends_ahead(exercises()[name]) else "front" for name in ruled} == ruled
    seen_from = {"front_raise": "side", "upright_row": "front", "calf_raise": "any", "bench_press": "nowhere"}
    assert {name: judged_from(exercises()[name]) for name in seen_from} == seen_from
