"""Telegram's HTML into text and entities, counted in UTF-16 units."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import FormattedText, trimmed, utf16_units, with_found
from bot.sandbox.markup import parse_html
from bot.sandbox.refusals import Refusal

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TAGS = st.sampled_from(["b", "i", "u", "s", "code", "tg-spoiler"])


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a &amp; b &lt;c&gt; &#128170; &nbsp;", "a & b <c> 💪 &nbsp;", []),
        ("💪 <b>up</b>", "💪 up", [("bold", 3, 2)]),
        ("<b>one <i>two</i></b>", "one two", [("bold", 0, 7), ("italic", 4, 3)]),
        ("<B>x</>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<a>no address</a>", "no address", []),
    ],
)
def test_html_is_read(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    read = parse_html(source)
    assert read.text == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in read.entities] == entities


def test_links_and_code_keep_what_belongs_to_them() -> None:
    read = parse_html('<a href="https://x.org/?a=1&amp;b=2">x</a><pre><code class="language-py">y</code></pre>')
    link, code = read.entities
    assert link == {"type": "text_link", "url": "https://x.org/?a=1&b=2", "offset": 0, "length": 1}
    assert code == {"type": "pre", "language": "py", "offset": 1, "length": 1}


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<table>", 'Unsupported start tag "table" at byte offset 0'),
        ("x<b", "Unclosed start tag at byte offset 1"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_what_is_no_markup_of_telegrams_is_refused(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.lists(st.tuples(TAGS, TEXTS), max_size=6))
def test_every_text_survives_and_each_entity_covers_its_own(parts: list[tuple[str, str]]) -> None:
    read = parse_html("".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in parts))
    assert read.text == "".join(text for _, text in parts)
    units = read.text.encode("utf-16-le")
    covered = [units[2 * entity["offset"] :][: 2 * entity["length"]].decode("utf-16-le") for entity in read.entities]
    assert covered == [text for _, text in parts if text]


@given(TEXTS, TEXTS)
def test_trimming_moves_entities_along(before: str, inside: str) -> None:
    entity = {"type": "bold", "offset": 2 + utf16_units(before), "length": utf16_units(inside)}
    short = trimmed(FormattedText(f" \n{before}{inside} ", (entity,)))
    assert short.text == f"{before}{inside}".strip()
    assert all(found["offset"] + found["length"] <= utf16_units(short.text) for found in short.entities)


def test_after_trimming_an_entity_is_of_the_same_words() -> None:
    bold = {"type": "bold", "offset": 7, "length": 4}
    (moved,) = trimmed(FormattedText(" \n💪 so bold  ", (bold,))).entities
    assert moved == {"type": "bold", "offset": 5, "length": 4}


def test_commands_and_addresses_are_found_but_not_in_code() -> None:
    found = with_found(parse_html("/start at https://x.org/a. <code>/not</code> and/or https://x/-/b <b>/go</b>"))
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found.entities] == [
        ("bot_command", 0, 6),
        ("url", 10, 15),
        ("code", 27, 4),
        ("url", 39, 13),
        ("bold", 53, 3),
        ("bot_command", 53, 3),
    ]
