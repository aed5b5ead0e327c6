"""What is said of sides, ways, speeds, stillness, rounds and photos; and that nothing else about them may be said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import SCENES, SQUAT, TODAY
from bot.coach.facts import Facts, Told
from bot.coach.guard.guard import guard_for_model, guard_for_rules
from bot.coach.hearing.intents import Listener, Question
from bot.coach.knowledge import topics
from bot.coach.reply import reply
from bot.coach.telling.adapt import adapted
from bot.coach.telling.careful import given_leave, spared_at
from bot.coach.telling.intent_table import ABOUT_AN_EXERCISE, ABOUT_THE_SET
from bot.coach.telling.rules import answer, first_remark
from pipeline.values import Caveat, Doubt

LISTENER = Listener()


@pytest.mark.parametrize(
    ("scene", "question", "held"),
    [
        ("lopsided", "compare left and right", "Your left side moved 12° less than your right in a typical rep."),
        ("lopsided", "bar path length", "You moved 45 cm up and down in a typical rep."),
        ("lopsided", "peak velocity", "Its quickest moment was 190 degrees a second."),
        ("curl", "what was my tempo", "Your tempo: 1.1 s up, 0.4 s pause, 1.5 s down."),
        ("lopsided", "velocity loss", "Over the set the lifting lost about 28 % of its speed"),
        ("lopsided", "start and end of the set", "This set runs from 12 s to 40 s of your recording."),
        ("sway", "how still was i", "You swayed 4 cm from your middle in this hold, on average."),
        ("log", "which sensor", "I measured this set from a sensor's log, without a picture."),
        ("log", "was my back straight", "I can't tell your form or depth"),
        ("round", "how many", "I felt 42 punches; the round lasted"),
        ("round", "hardest hit", "The hardest was number 6, with a peak of 9.2 g."),
        ("round", "was my technique right", "I can't see your technique"),
        ("pose", "which yoga pose is it", "The photo shows warrior two."),
        ("pose", "what should i fix", "Your left knee is at 118°; in this pose it is usually about 96°."),
        ("pose", "how many reps", "A photo is one moment"),
        ("pose", "are my arms straight", "Your left elbow is at 176°"),
        ("squat", "compare left and right", "I couldn't compare left and right in this set"),
        ("squat", "bar path length", "I couldn't measure how far you moved"),
    ],
)
def test_a_measure_is_told_or_said_to_be_unknown(scene: str, question: str, held: str) -> None:
    assert held in " ".join(reply(LISTENER, question, SCENES[scene]).sentences)


def test_no_loss_of_speed_is_told_that_lies_within_what_a_time_may_be_off_by() -> None:
    quick = replace(
        SQUAT,
        reps=tuple(replace(rep, concentric_s=0.53 if rep.number < len(SQUAT.reps) else 0.69) for rep in SQUAT.reps),
        tempo=replace(SQUAT.tempo, velocity_loss=0.23) if SQUAT.tempo else None,
    )
    said = " ".join(reply(LISTENER, "velocity loss", Facts(TODAY, quick)).sentences)
    assert "differ by less than I can time" in said
    assert "%" not in said


def test_a_loss_of_speed_is_told_with_the_doubt_about_the_count() -> None:
    torn = replace(SQUAT, caveats=(Caveat(Doubt.COUNT_UNSURE, {"runner_up": 9}),))
    said = " ".join(reply(LISTENER, "velocity loss", Facts(TODAY, torn)).sentences)
    assert "lost about" in said
    assert "I wasn't sure of the count." in said


@pytest.mark.parametrize("question", ["what should i fix", "how was my set", "was my form good"])
def test_where_one_rep_may_be_two_none_is_called_faultless(question: str) -> None:
    torn = replace(SQUAT, findings=(), caveats=(Caveat(Doubt.COUNT_UNSURE, {"runner_up": 9}),))
    said = " ".join(reply(LISTENER, question, Facts(TODAY, torn)).sentences)
    assert "no fault" not in said
    assert ("don't judge its form" in said) is (question != "how was my set")


@pytest.mark.parametrize("scene", ["lopsided", "sway", "log", "round", "pose", "day"])
@pytest.mark.parametrize("question", ["how was my set", "what should i fix", "peak velocity", "hardest hit", "doubts?"])
def test_what_the_rules_say_of_it_passes_the_guard(scene: str, question: str) -> None:
    facts = SCENES[scene]
    said = reply(LISTENER, question, facts)
    judge = guard_for_rules(facts, said.known_texts("en"))
    assert {one: judge.objection(one) for one in said.sentences} == dict.fromkeys(said.sentences)


@pytest.mark.parametrize(
    ("scene", "lie"),
    [
        ("lopsided", "Your right side moved 12° less than your left in a typical rep."),
        ("lopsided", "Your left side moved 31° less than your right."),
        ("lopsided", "You moved 60 cm up and down."),
        ("lopsided", "You lost about 45 % of your speed."),
        ("lopsided", "The joint moved at 300 degrees a second."),
        ("lopsided", "This set runs from 3 s to 9 s of your recording."),
        ("sway", "You swayed 11 cm from your middle."),
        ("round", "You threw 60 punches."),
        ("round", "The hardest was number 3, with a peak of 9.2 g."),
        ("round", "The hardest had a peak of 15 g."),
        ("round", "You kept your pace to the end of the round."),
        ("round", "That is a pace of 80 punches a minute."),
        ("pose", "Your left knee is at 90° in the photo."),
        ("pose", "Your left ankle is at 118° in the photo."),
        ("day", "Bench press: 4 sets, 50 reps in all."),
    ],
)
def test_a_lie_about_it_is_not_shown(scene: str, lie: str) -> None:
    assert not guard_for_model(SCENES[scene], (), ()).passes(lie)


def test_the_first_remark_on_a_round_counts_its_blows() -> None:
    said = first_remark(SCENES["round"]).sentences
    assert said[0].startswith("I felt 42 punches")
    assert "You slowed down: 26 punches before the middle of the round, 16 punches after it." in said


INTENTS = (*ABOUT_THE_SET, *ABOUT_AN_EXERCISE, "why", "rep", "told", "greeting")
TOLD = (Told("injury", "knee"), Told("injury", "back"), Told("bodyweight", "70.0"), Told("goal", "muscle"))


TOPICS = tuple(f"topic:{name}" for name in topics())
ASKED = [*((scene, INTENTS) for scene in sorted(SCENES)), ("squat", TOPICS), ("squat_ko", TOPICS)]


@pytest.mark.parametrize(("scene", "intents"), ASKED)
def test_nothing_that_the_rules_say_to_any_intent_is_stopped(scene: str, intents: tuple[str, ...]) -> None:
    facts = replace(SCENES[scene], told=TOLD)
    for intent in intents:
        said = adapted(answer(Question("", intent, 1.0), facts), intent, facts)
        judge = guard_for_rules(facts, said.known_texts(facts.language))
        assert {one: judge.objection(one) for one in said.sentences} == dict.fromkeys(said.sentences), intent


@pytest.mark.parametrize("scene", sorted(SCENES))
@pytest.mark.parametrize("exercise", [None, "squat", "bench_press", "plank"])
def test_no_care_is_stopped(scene: str, exercise: str | None) -> None:
    facts = replace(SCENES[scene], told=TOLD)
    said = given_leave(Question("can i train", None, 1.0, exercise=exercise), facts).sentences
    loaded = spared_at("knee", facts, facts.this) if facts.this else ()
    judge = guard_for_rules(facts, ())
    assert [one for one in (*said, *loaded) if not judge.passes(one)] == []
