"""A photo held against the one before it: asked in many ways, said with both angles, or why it cannot be said."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.evaluation.scenes import POSE_AGAIN, SCENES
from bot.coach.facts import Facts, JointSeen, PhotoFacts
from bot.coach.facts.comparing import MARGINS, way
from bot.coach.guard.guard import guard_for_model, guard_for_rules
from bot.coach.hearing.intents import Listener
from bot.coach.reply import reply
from pipeline.catalogue import exercises
from pipeline.photo.angles import LIMITS

LISTENER = Listener(exercises().values())
AGAIN = SCENES["pose_again"]
TELL = "is it better than the photo before?"
degrees = st.floats(0.0, 180.0)


def said_of(photo: PhotoFacts, question: str = TELL, language: str = "en") -> tuple[str, ...]:
    facts = replace(AGAIN, photo=photo, language="ko" if language == "ko" else "en")
    return reply(LISTENER, question, facts).sentences


@pytest.mark.parametrize(
    "question",
    [
        TELL,
        "compare the two photos",
        "what changed since the last photo",
        "did I improve?",
        "what's different from the first picture",
        "am i closer to the pose now",
        "better or worse?",
        "지난 사진이랑 비교해줘",
        "전 사진보다 나아?",
        "뭐가 달라졌어",
    ],
)
def test_it_is_compared_however_that_is_asked(question: str) -> None:
    assert any("141°" in sentence and "118°" in sentence for sentence in said_of(POSE_AGAIN, question))


@pytest.mark.parametrize(
    "question", ["was my squat better than last time", "which pose is that", "how is my left knee"]
)
def test_what_asks_for_something_else_is_answered_as_before(question: str) -> None:
    assert not any("141°" in sentence for sentence in said_of(POSE_AGAIN, question))


def test_what_moved_is_said_most_first_and_how_it_lies_beside_what_is_usual() -> None:
    assert said_of(POSE_AGAIN) == (
        "What moved since the photo before came nearer to how this pose usually is.",
        "Your left knee was at 141° and is at 118° now, nearer to the usual 96°.",
        "Your right elbow was at 150° and is at 171° now, nearer to the usual 175°.",
        "That holds if both photos were taken from the same direction.",
    )


def knee(angle_deg: float, before_deg: float, usual_deg: float = 96.0) -> JointSeen:
    return JointSeen("left knee", angle_deg, usual_deg, before_deg=before_deg)


@pytest.mark.parametrize(
    ("joints", "wanted"),
    [
        ((knee(141.0, 118.0),), "farther"),
        ((knee(118.0, 141.0), knee(141.0, 118.0)), "others went farther"),
        ((knee(84.0, 108.0),), "neither clearly nearer"),
        ((knee(118.0, 141.0, math.nan),), "I don't know"),
        ((knee(118.0, 121.0),), "No joint clearly moved"),
        ((knee(118.0, math.nan),), "no joint in both photos"),
    ],
)
def test_the_verdict_is_that_of_what_moved(joints: tuple[JointSeen, ...], wanted: str) -> None:
    photo = replace(POSE_AGAIN, joints=joints)
    assert wanted in said_of(photo)[0]
    judge = guard_for_rules(replace(AGAIN, photo=photo), [])
    assert {judge.objection(sentence) for sentence in said_of(photo)} == {None}


@pytest.mark.parametrize(
    ("label", "before", "wanted"),
    [
        ("warrior two", None, "have an earlier photo"),
        ("", "warrior two", "couldn't tell the pose"),
        ("warrior two", "", "couldn't tell the pose"),
        ("warrior two", "tree pose", "The photo before showed tree pose, this one warrior two"),
    ],
)
def test_where_it_cannot_be_compared_the_reason_is_said(label: str, before: str | None, wanted: str) -> None:
    photo = replace(POSE_AGAIN, label=label, before=before)
    (sentence,) = said_of(photo)
    assert wanted in sentence
    assert guard_for_rules(replace(AGAIN, photo=photo), []).objection(sentence) is None


@pytest.mark.parametrize("question", ["can you compare two photos?", "사진 두 장 비교해 줄 수 있어?"])
def test_who_sent_none_is_told_how(question: str) -> None:
    (sentence,) = reply(LISTENER, question, SCENES["squat"]).sentences
    assert "two photos" in sentence


def test_korean_says_it_too() -> None:
    said = said_of(POSE_AGAIN, "전 사진보다 나아?", "ko")
    assert all(any("가" <= letter <= "힣" for letter in sentence) for sentence in said)
    assert "141°에서 118°로" in said[1]


@pytest.mark.parametrize("facts", [AGAIN, replace(AGAIN, this=None, history=())], ids=["after sets", "only photos"])
def test_the_guard_takes_these_numbers_and_no_others(facts: Facts) -> None:
    for question in (TELL, "what should i fix", "which angles do you see"):
        said = reply(LISTENER, question, facts).sentences
        assert any("118°" in sentence for sentence in said)
        assert {guard_for_rules(facts, []).objection(sentence) for sentence in said} == {None}
    judge = guard_for_model(facts, [], [])
    assert judge.objection("Your left knee was at 130° and is at 118° now.") is not None


@given(now=degrees, before=degrees, usual=degrees)
def test_the_way_turns_round_with_the_order_of_the_photos(now: float, before: float, usual: float) -> None:
    turned = {"nearer": "farther", "farther": "nearer"}
    there, back = way(knee(now, before, usual)), way(knee(before, now, usual))
    assert there is not None
    assert back == turned.get(there, there)


def test_a_joint_counts_as_moved_from_where_the_picture_s_own_comparison_begins() -> None:
    assert MARGINS.photo_deg == LIMITS.least_deg
