"""A typed weight is read as people write it, and nothing else is taken for one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.replies import weight
from bot.words.weights import (
    HEAVIEST_KG,
    UNIT,
    in_another_unit,
    number_without_unit,
    row_without_unit,
    weight_in_caption,
    weight_kg,
    weight_left_out,
    weights_in_caption,
)
from pipeline.units import KG_PER_LB

EXACT_KG = 1e-9
HALF_A_DECIMAL = 0.05  # `weight` writes one decimal: what it says is at most this far from what was meant


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("60 kg", 60.0),
        ("60kg", 60.0),
        ("  62.5 KG ", 62.5),
        ("62,5 kg", 62.5),
        ("7.25kg", 7.25),
        ("100 kilos", 100.0),
        ("1 kilogram", 1.0),
        ("60 ㎏", 60.0),
        ("６０ｋｇ", 60.0),
        ("80 킬로", 80.0),
        ("80킬로그램", 80.0),
        ("80키로", 80.0),
        ("80.5 키로그램", 80.5),
        ("132,5lb", 132.5 * KG_PER_LB),
        ("225 lbs", 225 * KG_PER_LB),
        ("45 Pounds", 45 * KG_PER_LB),
        ("100파운드", 100 * KG_PER_LB),
        ("1000 kg", 1000.0),
        ("this was 50 kg", 50.0),
        ("It was about 60kg.", 60.0),
        ("i used 100 lbs", 100 * KG_PER_LB),
        ("with 40 kilos", 40.0),
        ("50킬로였어", 50.0),
        ("60kg 이었어요", 60.0),
        ("60킬로로 했어", 60.0),
        ("무게는 62.5kg였어요", 62.5),
        ("no it was 90kg", 90.0),
        ("change the weight to 90 kg", 90.0),
        ("make it 90kg", 90.0),
        ("it was 85 kg not 80", 85.0),
        ("sorry, 85kg, not 80 kg", 85.0),
        ("무게 85킬로로 바꿔줘", 85.0),
        ("아니 85kg였어", 85.0),
    ],
)
def test_a_weight_with_its_unit_is_read(text: str, kilograms: float) -> None:
    assert weight_kg(text) == pytest.approx(kilograms, abs=EXACT_KG)


def test_korean_typed_as_single_letters_is_read() -> None:
    assert weight_kg(unicodedata.normalize("NFD", "80 킬로")) == 80.0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kg",
        "60",
        "0 kg",
        "0.0 lb",
        "-60 kg",
        "1001 kg",
        "99999 kg",
        "2205 lb",
        "60 stone",
        "60 kg 5 reps",
        "5 reps",
        "5회",
        "60.125 kg",
        "1,000 kg",
        "1e2 kg",
        "nan kg",
        "inf kg",
        "sixty kg",
        "this was 5 reps",
        "i weigh 80 kg",
        "was it 60 kg?",
        "with 40 kg and a belt",
        "60 kg?",
        "was 60 kg too much?",
        "should i make it 90kg",
        "add 5 kg",
        "make it 90kg next time",
        "60 kg\n70 kg",
    ],
)
def test_nonsense_is_no_weight(text: str) -> None:
    assert weight_kg(text) is None


@pytest.mark.parametrize(("unit", "kilograms"), [("kg", 60.0), ("lb", 60 * KG_PER_LB)])
def test_a_bare_number_counts_in_the_unit_that_was_asked_for(unit: str, kilograms: float) -> None:
    assert weight_kg("60", unit) == pytest.approx(kilograms, abs=EXACT_KG)


def test_a_typed_unit_goes_before_the_one_that_was_asked_for() -> None:
    assert weight_kg("60 lb", "kg") == pytest.approx(60 * KG_PER_LB, abs=EXACT_KG)


@given(kilograms=st.floats(0.1, HEAVIEST_KG - HALF_A_DECIMAL), unit=st.sampled_from(["kg", "lb"]))
def test_what_is_written_is_read_back(kilograms: float, unit: str) -> None:
    read = weight_kg(weight(kilograms, unit))
    assert read == pytest.approx(kilograms, abs=HALF_A_DECIMAL * UNIT[unit] + EXACT_KG)


@pytest.mark.parametrize(
    ("caption", "kilograms"),
    [
        ("squat 80kg", 80.0),
        ("Squats 80 KG x 5", 80.0),
        ("bench 5x100kg", 100.0),
        ("80kgx5 deadlift, felt easy", 80.0),
        ("deadlift 225 lbs!!", 225 * KG_PER_LB),
        ("pull ups +20kg", 20.0),
        ("dips bodyweight +20kg", 20.0),
        ("2x22,5kg dumbbells", 22.5),
        ("PR 140 kg (309 lb)", 140.0),
        ("스쿼트 80킬로", 80.0),
        ("무게80kg로 5회", 80.0),
        ("squat 60kg did i go deep enough?", 60.0),
        ("Any tips? 80kg squat", 80.0),
        ("스쿼트 60kg 자세 괜찮아?", 60.0),
    ],
)
def test_a_caption_tells_the_weight(caption: str, kilograms: float) -> None:
    assert weight_in_caption(caption) == pytest.approx(kilograms, abs=EXACT_KG)


@pytest.mark.parametrize(
    "caption",
    [
        "",
        "squat",
        "squat 80",
        "5 reps",
        "60kg, 70kg, 80kg",
        "60kg,70kg,80kg",
        "60에서 80kg까지",
        "squat 80kg then 60kg",
        "squat 80/70/60kg",
        "80, 70, 60 kg",
        "80,70,60kg",
        "bench 60-70 kg",
        "is 80 kg too much?",
        "squat 80kg?",
        "squat, was it 80kg?",
        "스쿼트 60kg 맞아?",
        "i weigh 80kg",
        "bodyweight 80kg",
        "last week 80kg",
        "not 80kg",
        "몸무게 70kg",
        "0 kg",
        "5000 kg",
        "80kgs" + " and a long story of what it was that we did in the gym on that day",
        "80 kgm",
    ],
)
def test_a_caption_that_tells_no_weight_of_the_set_gives_none(caption: str) -> None:
    assert weight_in_caption(caption) is None


@pytest.mark.parametrize(
    ("caption", "left_out"),
    [
        ("squat 80kg then 60kg", True),
        ("80/70/60 kg", True),
        ("80kgs" + " and a long story of what it was that we did in the gym on that day", True),
        ("squat 80 kg", False),
        ("PR 140 kg (309 lb)", False),
        ("i weigh 80kg", False),
        ("leg day", False),
    ],
)
def test_weights_that_are_not_noted_are_told(caption: str, left_out: bool) -> None:
    assert weight_left_out(caption) is left_out


@pytest.mark.parametrize(
    ("caption", "number"),
    [
        ("sq 405x5 rpe 8", "405"),
        ("455 single", "455"),
        ("squat @ 100", "100"),
        ("365 for 5", "365"),
        ("squat 10x3", None),
        ("squat 5x5 @80%", None),
        ("squat 80 kg x 5", None),
        ("goal 200x1", None),
        ("12 reps", None),
    ],
)
def test_a_number_that_may_be_a_weight_is_asked_about(caption: str, number: str | None) -> None:
    assert number_without_unit(caption) == number


@pytest.mark.parametrize(
    ("caption", "number"),
    [
        ("deadlift 100", "100"),
        ("데드리프트 102.5 ", "102.5"),
        ("squat 12", None),
        ("squat 100%", None),
        ("day 40 60", None),
    ],
)
def test_a_number_behind_the_name_of_a_lift_may_be_its_weight(caption: str, number: str | None) -> None:
    assert number_without_unit(caption, loaded=True) == number
    assert number_without_unit(caption) is None  # "push-up 40" may be a count


@pytest.mark.parametrize("text", ["405 lb not kg", "405 lb, not 405 kg", "405 lb not in kg"])
def test_a_weight_beside_the_unit_that_it_is_not_in_is_a_weight(text: str) -> None:
    assert weight_kg(text) == pytest.approx(405 * KG_PER_LB)


@pytest.mark.parametrize(
    ("caption", "kilograms"),
    [
        ("60, 70, 80 kg", [60, 70, 80]),
        ("60/70/80kg", [60, 70, 80]),
        ("squat 60kg 70kg 80kg", [60, 70, 80]),
        ("60kg,70kg,80kg", [60, 70, 80]),
        ("60-70-80 kg", [60, 70, 80]),
        ("60 70 80 kg", [60, 70, 80]),
        ("60kg x5, 60kg x5, 80kg x3", [60, 60, 80]),
        ("80kg then 60kg", [80, 60]),
        ("스쿼트 60, 70, 80킬로", [60, 70, 80]),
        ("60키로 70키로 80키로", [60, 70, 80]),
        ("첫 세트 60kg, 둘째 70kg", [60, 70]),
        ("60 kg (132 lb), 70 kg (154 lb)", [60, 70]),
    ],
)
def test_a_caption_tells_the_weights_of_its_sets_in_order(caption: str, kilograms: list[float]) -> None:
    assert weights_in_caption(caption) == pytest.approx(kilograms)


@pytest.mark.parametrize(
    "caption",
    [
        "60-70 kg",
        "60 to 70 kg",
        "60~80kg",
        "60에서 80kg까지",
        "80 kg",
        "60/60 kg",
        "60/70/80",
        "bar 20kg + 10kg",
        "left 20kg right 22kg",
        "last week 60kg, 70kg",
        "60kg or 70kg?",
        "12/10/8",
    ],
)
def test_weights_of_which_it_is_not_clear_that_each_is_a_set_s_are_none(caption: str) -> None:
    assert weights_in_caption(caption) == ()


@pytest.mark.parametrize(
    ("caption", "row"),
    [
        ("60/70/80", "60/70/80"),
        ("squat 60-70-80", "60-70-80"),
        ("60-70", None),
        ("60/70/80%", None),
        ("12/10/8", None),
        ("22/11/2026", None),
        ("60/70/80 kg", None),
    ],
)
def test_bare_numbers_may_be_weights(caption: str, row: str | None) -> None:
    assert row_without_unit(caption) == row
    assert bool(weights_in_caption(caption, "lb")) is (row is not None or "kg" in caption)


@given(st.text(max_size=40))
def test_any_text_is_a_possible_weight_or_none(text: str) -> None:
    read = weight_kg(text, "kg")
    assert read is None or 0 < read <= HEAVIEST_KG
    captioned = weight_in_caption(text)
    assert captioned is None or 0 < captioned <= HEAVIEST_KG


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("1200 kg in lbs", ("1200 kg", "2645.5 lb")),
        ("2500 lbs to kg", ("2500 lb", "1134 kg")),
        ("62,5kg in pounds", ("62.5 kg", "137.8 lb")),
    ],
)
def test_a_weight_in_another_unit_may_be_heavier_than_anybody_lifts(asked: str, told: tuple[str, str]) -> None:
    assert in_another_unit(asked) == told
