"""Every sentence stands in every language, fits where it is shown, and is asked for somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from string import Formatter

import pytest
from telegram.constants import MessageLimit

from bot.executor_errors import ExecutorError
from bot.reminding.once_words import once
from bot.reminding.schedule import OnDay
from bot.reminding.schedule_words import Problem, parse
from bot.reminding.zones import zone_of
from bot.sentences import LANGUAGES, plain, plain_as_is, say, sentences
from bot.words.buttons import EXAMPLES
from bot.words.captions import ways
from bot.words.replies import EXECUTOR_SENTENCES, snake
from bot.words.weights import weight_kg
from pipeline.catalogue.rules import rules
from pipeline.errors import AnalysisError, NobodyInView
from pipeline.kinematics import JOINTS
from pipeline.sensors.holds import Held, Sport
from pipeline.values import Doubt
from tests.bot.said_keys import Asked, asked

TOAST_LIMIT, COMMAND_LIMIT = 200, 256  # Telegram's, for an answered button and for a command's description
TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
VIEWS = ("front", "back", "side", "angle")


def leaves(kind: type[AnalysisError]) -> list[type[AnalysisError]]:
    return [leaf for child in kind.__subclasses__() for leaf in leaves(child)] or [kind]


def said_errors() -> list[type[AnalysisError]]:
    """Those that are raised: the leaves of the tree, and one that photos have a word of their own for."""
    return [*leaves(AnalysisError), NobodyInView]


ERRORS = tuple(snake(leaf.__name__) for leaf in said_errors())
WORDED = {f"joint.{joint}" for joint in JOINTS} | {f"view.{view}" for view in VIEWS}  # facts that are words of ours
WORDED |= {f"holds.{held}" for held in Held} | {f"sport.{sport}" for sport in Sport}
HOLES = frozenset(
    {*Doubt, *Problem, *ERRORS, *EXECUTOR_SENTENCES.values(), *(f"{joint}_angle" for joint in JOINTS)}
    | {rule.aspect for rule in rules()}
    | {*JOINTS, "movement", "acceleration", "blow", "units_kg", "units_lb", "rules", "model", *EXAMPLES}
    | {way for exercise in ("squat", "lat_pulldown", "tricep_pushdown") for way in ways(exercise)}
)


@cache
def texts(language: str) -> dict[str, tuple[str, ...]]:
    """Every key with its sentence, or with its singular and plural."""
    return {
        f"{group}.{name}": tuple(entry.values()) if isinstance(entry, dict) else (entry,)
        for group, table in sentences(language).items()
        for name, entry in table.items()
        if group != "cue"
    }


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


class Markup(HTMLParser):
    """The tags of a text that are neither opened nor closed as Telegram wants it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.wrong += [] if tag in TAGS else [tag]

    def handle_endtag(self, tag: str) -> None:
        self.wrong += [] if self.open and self.open.pop() == tag else [tag]


def wrong_markup(text: str) -> list[str]:
    """What Telegram would refuse: tags it does not know or that do not pair, and signs that should be entities."""
    reader = Markup()
    reader.feed(text)
    reader.close()
    bare = re.findall(r"&(?!amp;|lt;|gt;|quot;)|<(?!/?[a-z])", text)
    return [*reader.wrong, *reader.open, *bare]


@pytest.mark.parametrize(
    ("text", "wrong"), [("<b>a</b>", 0), ("<b>a", 1), ("a</b>", 1), ("<h1>a</h1>", 1), ("a & b", 1)]
)
def test_the_markup_reader_finds_what_telegram_refuses(text: str, wrong: int) -> None:
    assert len(wrong_markup(text)) == wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert set(texts(language)) == set(texts("en"))


@pytest.mark.parametrize("key", texts("en"))
def test_every_language_has_the_same_facts_in_a_sentence(key: str) -> None:
    facts = {language: set[str]().union(*map(places, texts(language)[key])) for language in LANGUAGES}
    assert facts == dict.fromkeys(LANGUAGES, facts["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_says_something_and_is_markup_that_telegram_takes(language: str) -> None:
    wrong = {key: wrong_markup(text) for key, found in texts(language).items() for text in found}
    silent = {key for key, found in texts(language).items() if not all(text.strip() for text in found)}
    assert {key: marks for key, marks in wrong.items() if marks} == {}
    assert silent == {"progress_chart.subtitle"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_doubt_error_and_misunderstanding_has_its_sentence(language: str) -> None:
    needed = {f"doubt.{doubt}" for doubt in Doubt} | {f"problem.{error}" for error in ERRORS}
    needed |= {f"problem.{EXECUTOR_SENTENCES.get(kind, 'broken')}" for kind in ExecutorError.__subclasses__()}
    needed |= {f"remind.{problem}" for problem in Problem} | WORDED
    assert needed - set(texts(language)) == set()


def test_every_rule_has_a_cue_in_every_language_but_its_own() -> None:
    """The catalogue's own words are the English ones, so English has no such group."""
    names = {rule.name for rule in rules()}
    cues = {language: set(sentences(language).get("cue", {})) for language in LANGUAGES}
    assert cues == {"en": set(), "ko": names}


@pytest.mark.parametrize("one", [one for one in asked() if one.names_its_group], ids=lambda one: one.place)
def test_what_a_file_asks_for_exists_and_gets_its_facts(one: Asked) -> None:
    found = {key: set[str]().union(*map(places, entry)) for key, entry in texts("en").items() if one.may_be(key, HOLES)}
    assert found
    exact = found if "(" not in one.pattern and one.facts is not None else {}
    handed = set(one.facts or ()) | ({"year", "month", "day"} if one.speaker == "plain_as_is" else set())
    assert {key: facts - handed for key, facts in exact.items() if facts - handed} == {}


def test_no_sentence_is_kept_that_nothing_asks_for() -> None:
    calls = [one for one in asked() if one.names_its_group]
    unused = {key for key in texts("en") if not any(one.may_be(key, HOLES) for one in calls)}
    assert unused - WORDED == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_buttons_and_toasts_hold_no_markup(language: str) -> None:
    calls = [one for one in asked() if one.speaker != "say"]
    shown = [key for key in texts(language) if any(one.may_be(key, HOLES) for one in calls)]
    assert shown
    assert [key for key in shown for text in texts(language)[key] if "<" in text or "&" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_fit_where_telegram_shows_them(language: str) -> None:
    found = texts(language)
    assert max(len(text) for entry in found.values() for text in entry) < MessageLimit.MAX_TEXT_LENGTH / 2
    assert max(len(text) for key, (text, *_) in found.items() if key.startswith("command.")) <= COMMAND_LIMIT
    longest_when = ", ".join(plain(language, "remind.weekdays").split(",")) + " 18:00"
    toasts = (plain(language, "remind.cancelled", when=longest_when), plain(language, "remind.gone"))
    assert max(map(len, (*toasts, plain(language, "problem.old_button")))) <= TOAST_LIMIT


def examples(language: str, command: str) -> Iterator[str]:
    for entry in texts(language).values():
        for text in entry:
            yield from re.findall(rf"<code>/{command} (.+?)</code>", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_sentence_says_to_type_is_understood(language: str) -> None:
    reminders, towns = list(examples(language, "remind")), list(examples(language, "settings"))
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    for_once = {text: said for text in reminders if (said := once(text, now, UTC))}
    (day,) = (said for said in for_once.values() if isinstance(said, OnDay))
    assert set(for_once.values()) == {day, now + timedelta(seconds=90)}
    assert day.day == date(2026, 11, 26)
    weekly = {str(parse(text)) for text in reminders if text not in for_once}
    assert weekly == {"mon wed fri 18:00", "mon tue wed thu fri sat sun 07:30"}
    assert {zone.key for zone in map(zone_of, towns) if zone} == {"Asia/Seoul", "Europe/Berlin", "Etc/GMT-9"}
    assert None not in map(zone_of, towns)
    weighed = re.findall(r"<code>(.+?)</code>", say(language, "weight.ask", unit="lb"))
    assert [weight_kg(text) for text in weighed] == [pytest.approx(27.2155, abs=1e-3)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_a_sentence_names_is_one_of_ours(language: str) -> None:
    named = {
        word
        for entry in texts(language).values()
        for text in entry
        for word in re.findall(r"(?<![<\w])/([a-z]+)", text)
    }
    assert named - {"start", *sentences(language)["command"]} == set()


def test_each_language_names_itself_and_offers_the_other() -> None:
    own = {"en": "English", "ko": "한국어"}
    for language, other in (("en", "ko"), ("ko", "en")):
        assert own[language] in say(language, "settings.text", units="kg", zone="UTC")
        assert plain(language, "button.language") == own[other]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_has_seven_days(language: str) -> None:
    assert len(set(plain(language, "remind.weekdays").split(","))) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fact_is_escaped_where_it_is_html_and_not_where_it_is_plain(language: str) -> None:
    name = "<b>Tom</b> & {Jerry}"
    assert "&lt;b&gt;Tom&lt;/b&gt; &amp; {Jerry}" in say(language, "remind.fire", name=name)
    assert name in plain(language, "remind.fire", name=name)


def test_one_is_singular_and_none_and_many_are_plural() -> None:
    said = [plain("en", "caption.title_reps", exercise="Squat", count=count) for count in (0, 1, 2)]
    assert said == ["Squat · 0 reps", "Squat · 1 rep", "Squat · 2 reps"]


def test_none_at_all_may_have_a_sentence_of_its_own() -> None:
    said = [plain("en", "doubt.count_unsure", runner_up=count) for count in (0, 1, 9)]
    assert said == [
        "I'm not sure these were reps at all.",
        "The count could also be 1.",
        "The count could also be 9.",
    ]


def test_korean_needs_no_plural() -> None:
    said = [plain("ko", "caption.title_reps", exercise="스쿼트", count=count) for count in (1, 2)]
    assert said == ["스쿼트 · 1회", "스쿼트 · 2회"]


def test_a_language_not_spoken_here_is_answered_in_english() -> None:
    assert say("fr", "button.ask") == say("en", "button.ask")


def test_what_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("en", "start.goodbye")
    with pytest.raises(KeyError):
        say("en", "start.hello")


def test_the_places_can_be_left_open() -> None:
    assert places(plain_as_is("en", "progress_chart.day")) == {"month", "day"}
