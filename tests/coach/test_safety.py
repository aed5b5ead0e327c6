"""The gate in front of the coach: acute symptoms caught whatever the spelling, ordinary gym talk let through."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coach.evaluation.asked import names, read_lines
from bot.coach.facts import Language
from bot.coach.safety.gate import YOUNG, check, replies, without_denied

ACUTE = tuple(tuple(part.strip() for part in line.split("|")) for batch in names("acute") for line in read_lines(batch))
ORDINARY = tuple(line for batch in names("ordinary") for line in read_lines(batch))
MOST_TRIPPED = 0.01  # share of ordinary talk, the bar of the coach's issue


def test_the_lists_are_long_enough() -> None:
    assert len(ACUTE) >= 150
    assert len(ORDINARY) >= 300


@pytest.mark.parametrize(("kind", "text"), ACUTE)
def test_an_acute_message_is_caught_as_its_kind(kind: str, text: str) -> None:
    alarm = check(text, "en")
    assert alarm is not None
    assert alarm.kind == kind


def test_ordinary_talk_is_let_through() -> None:
    tripped = [text for text in ORDINARY if check(text, "en")]
    assert len(tripped) <= MOST_TRIPPED * len(ORDINARY), tripped


@given(at=st.integers(0, len(ACUTE) - 1), before=st.sampled_from(["", "hey coach, ", "ok so ", "um... "]))
@settings(max_examples=100)
def test_case_and_small_talk_before_it_hide_nothing(at: int, before: str) -> None:
    kind, text = ACUTE[at]
    assert check(before + text.upper(), "en") is not None, kind


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("no pain, just tired", " , just tired"),
        ("never had chest pain or dizziness", " "),
        ("no feeling in my toes", "no feeling in my toes"),
        ("i can't breathe", "i can't breathe"),
        ("no, chest pain is new", "no, chest pain is new"),
    ],
)
def test_what_is_denied_is_not_read(text: str, left: str) -> None:
    assert without_denied(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "my forearm has gone all prickly since the row",
        "patella popped out sideways and ballooned",
        "ventolin ran out and i am wheezing on the sofa",
        "my grandson is seven, which dumbbells",
        "is boldenone ok with nandrolone",
        "hurts when i breathe",
        "숨 쉴 때 아파요",
    ],
)
def test_a_phrasing_that_no_list_has_is_caught_by_what_it_is_about(text: str) -> None:
    assert check(text, "en") is not None


def test_invisible_characters_hide_nothing() -> None:
    assert check("che\u200bst pa\u00adin", "en") is not None
    assert check("ｃｈｅｓｔ ｐａｉｎ", "en") is not None


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_kind_has_a_reply_in_every_language(language: Language) -> None:
    assert {kind for kind, _ in ACUTE} <= set(replies())
    assert all(len(reply[language]) > 60 for reply in replies().values())


def test_emergencies_name_a_number_to_call() -> None:
    assert all(
        "911" in replies()[kind]["en"] for kind in ("heart", "faint", "breath", "nerve", "self_harm", "overdose")
    )
    assert all(
        "119" in replies()[kind]["ko"] for kind in ("heart", "faint", "breath", "nerve", "self_harm", "overdose")
    )


@pytest.mark.parametrize("text", ["im so pissed off today", "15 each arm not total", "20 kg in each hand btw"])
def test_anger_and_a_load_of_each_arm_are_no_alarm(text: str) -> None:
    assert check(text, "en") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("15 each arm and my left one is numb", "nerve"),
        ("im so pissed off i want to kill myself", "self_harm"),
        ("im pissed, can i still lift", "drugs"),
        ("i got pissed at the pub, can i train", "drugs"),
    ],
)
def test_what_is_said_beside_anger_or_a_load_is_heard(text: str, kind: str) -> None:
    alarm = check(text, "en")
    assert alarm is not None
    assert alarm.kind == kind


@dataclass(frozen=True)
class Scripted:
    """Judges a part of the message so, and the whole to be ordinary."""

    kind: str
    odds: float

    def judged(self, text: str) -> tuple[str, float]:
        return ("faint", -9.0) if "." in text else (self.kind, self.odds)


@pytest.mark.parametrize(
    ("kind", "odds", "raised"),
    [("heart", 2.0, "heart"), ("heart", 1.9, None), (YOUNG, 9.0, None)],
    ids=["sure enough", "a whole one would be", "a child that is mentioned"],
)
def test_a_part_of_a_message_must_be_surer_than_a_whole_one(
    monkeypatch: pytest.MonkeyPatch, kind: str, odds: float, raised: str | None
) -> None:
    monkeypatch.setattr("bot.coach.safety.gate.judge", lambda: Scripted(kind, odds))
    ends = {2.0: "there", 1.9: "elsewhere"}.get(odds, "nearby")  # a message is judged once
    found = check(f"five words are said here. and another five words {ends}", "en")
    assert (found and found.kind) == raised
