"""The coach's sentences and knowledge: both languages whole, every doubt spoken for, every rule's topic there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import bot.coach
from bot.coach.facts import Language
from bot.coach.hearing.intents import Listener
from bot.coach.hearing.over_time import OF_THE_LOG
from bot.coach.knowledge import topics
from bot.coach.language import load, say, sentences, with_particle
from bot.coach.telling.advice import topic_of_rule
from bot.coach.telling.intent_table import ABOUT_AN_EXERCISE, ABOUT_THE_SET, WARMLY, WITHOUT_FACTS
from pipeline.values import Doubt

CODE = Path(bot.coach.__file__).parent
FIELD = re.compile(r"\{(\w+)")


def test_both_languages_say_the_same_things_with_the_same_fields() -> None:
    english, korean = sentences("en"), sentences("ko")
    assert english.keys() == korean.keys()
    nouns = {"reps_word", "sets_word", "days_word"}  # English agrees in number, Korean doesn't
    for key, text in english.items():
        assert set(FIELD.findall(text)) - nouns == set(FIELD.findall(korean[key])) - nouns, key


def _asked_for() -> tuple[set[str], tuple[re.Pattern[str], ...]]:
    """Every text in the coach's code, and every text with holes ("doubt_…") as a pattern."""
    nodes = [node for path in CODE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    holed = ["".join(_part(part) for part in node.values) for node in nodes if isinstance(node, ast.JoinedStr)]
    return texts, tuple(re.compile(one) for one in holed if re.fullmatch(r"(?:[a-z_]|\.\+){5,}", one) and "_" in one)


def _part(part: ast.expr) -> str:
    return re.escape(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else ".+"


def test_every_sentence_is_said_somewhere() -> None:
    texts, patterns = _asked_for()
    unsaid = [key for key in sentences("en") if key not in texts and not any(one.fullmatch(key) for one in patterns)]
    assert unsaid == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_doubt_has_its_sentence(language: Language) -> None:
    assert all(f"doubt_{doubt.value}" in sentences(language) for doubt in Doubt)


def test_every_intent_has_an_answer() -> None:
    heard_without_words = {"examples", "bare_number"}
    told = {*ABOUT_THE_SET, *ABOUT_AN_EXERCISE, *WITHOUT_FACTS, *WARMLY, *OF_THE_LOG} - heard_without_words
    assert set(load("data/questions.toml")) == told | {"greeting", "why", "rep", "told", "train_next"}


def test_every_topic_is_written_in_both_languages_with_a_source() -> None:
    assert len(topics()) >= 60
    for topic in topics().values():
        assert re.search("[가-힣]", topic.text("ko")), topic.name
        assert topic.source, topic.name
        assert len(topic.asked) >= 3, topic.name


def test_nearly_every_phrasing_finds_its_own_target() -> None:
    listener = Listener()
    wrong = [
        (phrase, topic.name)
        for topic in topics().values()
        for phrase in topic.asked
        if listener.understand(phrase).topic != topic.name
    ]
    assert len(wrong) <= 10, wrong  # of about 1000: the fit is smooth, not a table


def test_the_topics_of_rules_exist() -> None:
    assert set(load("data/topics_of_rules.toml").values()) <= set(topics())
    assert topic_of_rule("squat_knee_valgus") == "knees_in"
    assert topic_of_rule("squat_stand_tall") == "squat_form"
    assert topic_of_rule("burpee_jump") is None


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("스쿼트", "을/를", "스쿼트를"),
        ("컬", "을/를", "컬을"),
        ("컬", "으로/로", "컬로"),
        ("런지", "은/는", "런지는"),
        ("레그컬 3", "은/는", "레그컬 3은"),
        ("V업", "이/가", "V업이"),
    ],
)
def test_korean_particles_follow_the_last_sound(word: str, pair: str, said: str) -> None:
    assert with_particle(word, pair) == said


def test_a_sentence_asks_for_its_particle() -> None:
    assert say("ko", "not_hold", label="스쿼트").startswith("스쿼트는 ")
