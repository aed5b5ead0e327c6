"""Amounts that nobody should take or live on are read out of a message; ordinary ones are left alone."""

from __future__ import annotations

import pytest

from bot.coach.safety.ages import is_young
from bot.coach.safety.amounts import MOST_CAFFEINE_MG, is_overdose, is_starving


@pytest.mark.parametrize(
    ("text", "young"),
    [
        ("my bench is 10 years old", False),
        ("fine. this rack is 8 years old, is it safe?", False),
        ("i have a 12-year-old barbell", False),
        ("my son is 9 and uses my 10 year old barbell", True),
        ("my bench is 8 years old and my daughter is 9", True),
        ("the boy on the bench is 8 years old", True),
        ("i'm in 8th grade", True),
        ("i'm in 9th grade", True),
        ("중3이에요", True),
    ],
)
def test_a_thing_has_an_age_too_and_hides_nobody_s(text: str, young: bool) -> None:
    assert is_young(text) is young


@pytest.mark.parametrize(
    "text",
    [
        "took 10 caffeine pills before the session",
        "four scoops of pre and off we go",
        "i drank six of those big energy drinks",
        "a dozen espressos today",
        "swallowed nine tablets",
        "1.2 g caffeine",
        "caffeine 1000mg",
        "카페인 알약 다섯 알",
        "에너지음료를 여섯 캔 마셨어요",
        "진통제 12정 먹었어",
        "카페인 1000mg 먹었어요",
    ],
)
def test_more_than_anybody_should_take_is_told(text: str) -> None:
    assert is_overdose(text)


@pytest.mark.parametrize(
    "text",
    [
        "one scoop of pre",
        "200 mg of caffeine",
        "i did 10 reps after a caffeine pill",
        "12 squats on coffee only",
        "10 sets and then an energy drink",
        "i take 12 fish oil capsules a week",
        "커피 두 잔",
        "스쿼트 열 개 하고 커피 한 잔",
        "10개 했어요",
    ],
)
def test_an_ordinary_amount_is_left_alone(text: str) -> None:
    assert not is_overdose(text)


@pytest.mark.parametrize(("mg", "told"), [(MOST_CAFFEINE_MG - 1, False), (MOST_CAFFEINE_MG, True)])
def test_the_limit_is_twice_a_safe_day(mg: float, told: bool) -> None:
    assert is_overdose(f"{mg:.0f} mg of caffeine") is told


@pytest.mark.parametrize(
    ("text", "told"), [("i eat 500 calories a day", True), ("i ate 2200 kcal", False), ("i burned 300 calories", False)]
)
def test_too_little_to_live_on_is_told(text: str, told: bool) -> None:
    assert is_starving(text) is told
