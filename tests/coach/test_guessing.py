"""Where it is not sure what was asked: what was measured, said to be a guess; and what is no question, met as such."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import PLANK, SCENES, TODAY
from bot.coach.facts import Facts, PastSet, SetFacts, past_set
from bot.coach.safety import gate
from bot.coach.telling.guessing import tells
from tests.coach.conversation import COACH, last_answer

CARRY = SetFacts("farmers_carry", "farmer's carry", TODAY, hold_s=47.0, weight_kg=48.0)
LONGER = PastSet("farmers_carry", "farmer's carry", TODAY, 0, hold_s=52.0, weight_kg=48.0)
CARRIES = Facts(TODAY, CARRY, (LONGER,))
SQUAT, ROUND, NONE = SCENES["squat"], SCENES["round"], SCENES["none"]


async def test_a_guess_is_told_as_one_beside_the_other_questions() -> None:
    said = await last_answer(SQUAT, "how far off")
    assert said.startswith("If I understand you right:")
    assert said.endswith("instead?")
    assert "“" in said


async def test_likely_questions_with_one_answer_need_no_doubt() -> None:
    assert (
        await last_answer(CARRIES, "how long did i walk with it") == "You kept moving in the farmer's carry for 47 s."
    )


@pytest.mark.parametrize(
    ("facts", "text", "held"),
    [
        (
            CARRIES,
            "was the first one better",
            ("Set 1: moved for 52 s with 48 kg.", "Set 2: moved for 47 s with 48 kg."),
        ),
        (CARRIES, "what's my longest ever", ("The longest that you kept moving in the farmer's carry: 52 s",)),
        (CARRIES, "was i walking straight", ("I didn't judge the line of your body",)),
        (SQUAT, "how much speed did i lose", ("lost about 44 % of its speed",)),
        (SQUAT, "i am quite proud of myself", ("Good to hear!", "All in all a step up from last time.")),
        (SQUAT, "that was brutal", ("It may be hard",)),
        (SQUAT, "did my video come through", ("Yes, it is here.", "8 complete reps")),
        (NONE, "did my video come through", ("send me a clip",)),
        (SQUAT, "same again thursday then", ("Good plan.",)),
        (SCENES["squat_ko"], "힘들다 진짜", ("힘드셨죠.",)),
        (SCENES["squat_ko"], "칭찬 좀 해주세요", ("한 걸음 나아졌어요",)),
        (ROUND, "was i gassing at the end?", ("You slowed down: 26 punches",)),
    ],
)
async def test_what_people_say_is_met(facts: Facts, text: str, held: tuple[str, ...]) -> None:
    said = await last_answer(facts, text)
    assert all(one in said for one in held), said


@pytest.mark.parametrize(
    ("facts", "messages", "held"),
    [
        (SQUAT, ("when did i last bench", "how heavy was that then"), "70 kg"),
        (SQUAT, ("better than on friday?",), "March 3, 2026"),
        (SQUAT, ("hmm the bench though",), "bench press was on March 5, 2026: 6 reps with 70 kg"),
        (SCENES["plank"], ("how do i get to two minutes",), "To hold longer"),
        (SCENES["pose"], ("arms?",), "Your left elbow is at 176°"),
        (SCENES["session"], ("was the first one better",), "Set 3:"),
    ],
)
async def test_what_is_left_out_is_taken_from_what_is_there(facts: Facts, messages: tuple[str, ...], held: str) -> None:
    said = await last_answer(facts, *messages)
    assert held in said, said


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("should my knee be over my ankle", None),
        ("my knee went over my ankle and something popped", "injury"),
        ("can you tell if i locked my knees", None),
        ("my knee locked and i can't straighten it", "injury"),
        ("was it pure shite", None),
    ],
)
def test_a_question_on_form_is_no_alarm(text: str, kind: str | None) -> None:
    alarm = gate.check(text, "en")
    assert (alarm.kind if alarm else None) == kind


async def test_what_nobody_can_make_out_gets_no_facts() -> None:
    assert (await last_answer(SQUAT, "asdf qwer zxcv")).startswith("I can't answer that one. You could ask me now: “")


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        (SQUAT, ("What should I fix?", "Was that better than last time?")),
        (SCENES["plank"], ("How long did I hold?",)),
        (SCENES["none"], ("What can you do?",)),
    ],
)
async def test_what_can_be_asked_of_what_is_there_is_offered(facts: Facts, offered: tuple[str, ...]) -> None:
    said = await last_answer(facts, "asdf qwer zxcv")
    assert all(f"“{one}”" in said for one in offered), said


async def test_after_a_symptom_what_was_measured_is_told_and_no_advice() -> None:
    alarm = "i have chest pain and my left arm is numb"
    counted = await last_answer(SQUAT, alarm, "how many reps did i do")
    assert counted.startswith("Not before that is cleared up")
    assert "8 complete reps" in counted
    assert await last_answer(SQUAT, alarm, "what should i fix") == counted.split(" I counted")[0]


async def test_who_names_the_exercise_asks_of_the_set_behind_a_photo() -> None:
    facts = replace(SCENES["pose"], this=PLANK)
    assert "62 s" in await last_answer(facts, "how many seconds was my plank")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("incl db press progress", "incline_bench_press"),
        ("렛풀다운 기록", "lat_pulldown"),
        ("밴치프레스 최고", "bench_press"),
        ("was i standing straight", None),
    ],
)
def test_names_are_known_in_shorthand_and_as_they_sound(text: str, slug: str | None) -> None:
    assert COACH.exercise_in(text) == slug


async def test_a_set_just_as_good_as_another_is_not_the_best() -> None:
    facts = Facts(TODAY, CARRY, (past_set(CARRY),))
    said = await last_answer(facts, "i am happy with that")
    assert "47 s" in said
    assert "best set of it so far" not in said


async def test_behind_what_was_perhaps_misheard_stand_the_nearest_questions() -> None:
    said = await last_answer(SCENES["session"], "rest between set 2 and 3?")
    assert said.startswith("I may have misunderstood")
    assert "“How long did I rest between sets?”" in said


async def test_who_is_not_understood_is_offered_the_nearest_question_first() -> None:
    said = await last_answer(SCENES["squat"], "when can i go 17.5")
    assert "ask me now: “What weight should I use next time?”" in said


async def test_a_question_within_a_sentence_is_no_telling() -> None:
    assert not tells("trunk sway of 31 degrees - on which reps")
    assert not tells("허리 각도 31도 몇 번째")
    assert tells("my daughter says 3 sets are needed.")
