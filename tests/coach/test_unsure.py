"""Where it is not sure what was asked, questions are offered to choose from; and what was asked among other words."""

from __future__ import annotations

import pytest

from bot.coach import Facts
from bot.coach.evaluation.scenes import HISTORY, SCENES, SQUAT, TODAY
from bot.coach.facts import Language
from bot.coach.hearing.intents import THRESHOLDS
from bot.coach.hearing.unsure import chosen, offered, offered_in, questions, unsure
from bot.words import buttons
from tests.coach.conversation import COACH, last_answer

FACTS = Facts(TODAY, SQUAT, HISTORY)
LISTENER = COACH._listener


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_question_that_is_offered_is_heard_as_its_target(language: Language) -> None:
    heard = {target: LISTENER.understand(asked) for target, asked in questions(language).items()}
    missed = {target for target, one in heard.items() if one.target != target or one.score < THRESHOLDS.heard}
    assert missed <= {"loss"}  # "how much speed did I lose" is as near to slowing, which tells it too


def test_questions_are_offered_of_what_is_there() -> None:
    assert offered(("hold", "depth", "round_pace", "tempo"), FACTS) == ("How deep was I?", "How was my tempo?")
    assert offered(("hold", "depth"), SCENES["plank"]) == ("How long did I hold?",)
    assert offered(("depth", "topic:rest"), Facts(TODAY)) == ("How long should I rest between sets?",)


def test_the_answer_picks_one_of_those_offered() -> None:
    said = unsure(("How deep was I?", "How was my tempo?"), "en")
    assert chosen("the second", said) == "How was my tempo?"
    assert chosen("1", said) == "How deep was I?"
    assert chosen("Yes!", said) == "How deep was I?"
    assert chosen("the third", said) is None
    assert chosen("2", "You did 8 reps.") is None
    assert chosen("yes", "You told me “my knee hurts”.") is None
    assert offered_in(said, "en") == {"depth": "How deep was I?", "tempo": "How was my tempo?"}
    turned = unsure(("How was my tempo?", "How deep was I?"), "en")
    assert list(offered_in(turned, "en")) == ["tempo", "depth"]  # the first button is "the first"


async def test_what_was_chosen_is_answered() -> None:
    first = await last_answer(FACTS, "gimme the numbers")
    assert "Did you ask “" in first
    assert await last_answer(FACTS, "gimme the numbers", "1") not in (first, "")


def test_an_offered_question_is_a_button() -> None:
    markup = buttons.offered(7, {"topic:knee_care": "What can I do about sore knees?"})
    assert markup is not None
    (row,) = markup.inline_keyboard
    assert buttons.parse(str(row[0].callback_data)) == buttons.Press("say", 7, "topic:knee_care")
    assert buttons.offered(7, {}) is None


async def test_the_share_of_the_maximum_that_a_set_was_done_with() -> None:
    said = await last_answer(FACTS, "what percentage of my max was that")
    assert "60 kg is about 79 % of that estimate." in said


async def test_several_of_the_slowest() -> None:
    said = await last_answer(FACTS, "show me my three slowest reps")
    assert all(f"Rep {number}:" in said for number in (8, 7, 6))
    assert "Rep 5:" not in said


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("오늘 몇 세트 했고 뭐 고쳐야 돼?", ["세트", "고친다면"]),
        ("how was my tempo n did i slow down", ["Your tempo", "You slowed down"]),
    ],
)
async def test_two_questions_joined_as_people_join_them(text: str, parts: list[str]) -> None:
    said = await last_answer(SCENES["squat_ko"] if "오늘" in text else FACTS, text)
    assert all(part in said for part in parts)


@pytest.mark.parametrize("text", ["what does this cost", "do you speak polish"])
async def test_after_an_alarm_the_house_still_answers(text: str) -> None:
    said = await last_answer(FACTS, "i have chest pain right now", text)
    assert "before that is cleared up" not in said
    assert "before that is cleared up" in await last_answer(
        FACTS, "i have chest pain right now", "how many sets should i do"
    )
