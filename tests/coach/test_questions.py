"""What lifters ask, against what a right answer contains; the bars are the ones of the coach's issue."""

from __future__ import annotations

import time

import pytest

from bot.coach.evaluation.asked import Asked, read_questions
from bot.coach.evaluation.measure import answered
from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Facts
from bot.coach.hearing.intents import Listener
from bot.coach.hearing.numbered import rep_number
from bot.coach.reply import reply
from bot.coach.telling.rules import answer
from pipeline.catalogue import exercises

LISTENER = Listener(exercises().values())
HELD_OUT = read_questions("questions_third.txt")
LEARNED_FROM = ("held_out", "tuned", "fresh", "second", "fourth", "fifth", "sixth", "seventh", "eighth")
TUNED = tuple(asked for name in LEARNED_FROM for asked in read_questions(f"questions_{name}.txt"))


def _reply(question: str, facts: Facts) -> str:
    return " ".join(reply(LISTENER, question, facts).sentences)


def test_the_lists_are_long_enough() -> None:
    assert len(HELD_OUT) >= 100
    assert len(HELD_OUT) + len(TUNED) >= 300


@pytest.mark.parametrize("questions", [HELD_OUT, TUNED], ids=["held out", "tuned"])
def test_questions_are_answered_and_the_answers_pass_the_guard(questions: tuple[Asked, ...]) -> None:
    found = answered(questions, LISTENER)
    assert found.right >= 0.95 * found.questions, found.missed
    assert found.unsupported == 0


def test_an_answer_takes_less_than_a_tenth_of_a_second_of_work() -> None:
    _reply("how many reps", SCENES["squat"])
    started = time.process_time()
    for asked in TUNED[:50]:
        _reply(asked.question, SCENES[asked.scene])
    assert (time.process_time() - started) / 50 < 0.1


@pytest.mark.parametrize("piece", ["how much lift ", "total today ", "no, ", "muscles not ", "오늘 전부 "])
def test_a_long_message_is_answered_at_once(piece: str) -> None:
    """Patterns with gaps try them everywhere: two seconds it took one of them before it was kept to short messages."""
    _reply("how many reps", SCENES["squat"])
    started = time.process_time()
    _reply(piece * (4000 // len(piece)), SCENES["squat"])
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("how was rep 3", 3),
        ("rep number four?", 4),
        ("the third rep", 3),
        ("my 2nd rep", 2),
        ("the last rep", -1),
        ("3번째 어땠어", 3),
        ("다섯 번째 반복", 5),
        ("how many reps", None),
        ("last reps were slow", None),
    ],
)
def test_the_repetition_asked_for_is_read(text: str, number: int | None) -> None:
    assert rep_number(text) == number


def test_the_longest_name_of_an_exercise_wins() -> None:
    assert LISTENER.mentioned("my romanian deadlifts") == "romanian_deadlift"
    assert LISTENER.mentioned("nothing named here") is None


def test_nonsense_is_not_answered() -> None:
    assert not answer(LISTENER.understand("qwertz flubber zonk"), SCENES["squat"]).known


@pytest.mark.parametrize("text", ["👍", "💪🏽", "❤️", " 🙏🙏 "])
def test_a_thumb_alone_is_taken_as_said(text: str) -> None:
    assert LISTENER.understand(text).target == "ack"
    assert LISTENER.understand(f"{text} how many reps").target == "count"
