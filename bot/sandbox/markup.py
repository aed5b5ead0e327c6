"""Parse Telegram's HTML mode: text with tags into text with entities, or a refusal in TDLib's words.

Markdown is not parsed: Spotter writes HTML only.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from bot.sandbox.entities import FormattedText, in_order, utf16_units
from bot.sandbox.refusals import Json, Refusal, bad_request

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_TOKEN = re.compile(r"<[^>]*>?|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|[^<&]+|&")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


@dataclass(frozen=True, slots=True)
class _OpenTag:
    name: str
    start_units: int
    entity: Json


@dataclass(slots=True)
class _HtmlReader:
    source: str
    written: list[str] = field(default_factory=list)
    units: int = 0
    open_tags: list[_OpenTag] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> FormattedText:
        """The text without its markup, and the entities that it stood for. Raises Refusal for a tag left open."""
        for match in _TOKEN.finditer(self.source):
            self._take(match.group(), match.start())
        if self.open_tags:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].name}"')
        return FormattedText("".join(self.written), tuple(in_order(self.entities)))

    def _take(self, token: str, at: int) -> None:
        if not token.startswith("<"):
            self._write(html.unescape(token))
        elif token.startswith("</"):
            self._close(token, self._byte_offset(at))
        else:
            self._open(token, self._byte_offset(at))

    def _write(self, text: str) -> None:
        self.written.append(text)
        self.units += utf16_units(text)

    def _byte_offset(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _open(self, token: str, offset: int) -> None:
        name = re.split(r"[\s>]", token[1:], maxsplit=1)[0].lower()
        if name not in TAGS:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {offset}')
        if not token.endswith(">"):
            raise _unparsable(f"Unclosed start tag at byte offset {offset}")
        entity = _entity(name, _attributes(token[1 + len(name) : -1]), offset)
        self.open_tags.append(_OpenTag(name, self.units, entity))

    def _close(self, token: str, offset: int) -> None:
        if not token.endswith(">"):
            raise _unparsable(f"Unclosed end tag at byte offset {offset}")
        if not self.open_tags:
            raise _unparsable(f"Unexpected end tag at byte offset {offset}")
        opened, name = self.open_tags.pop(), token[2:-1].strip().lower()
        if name not in ("", opened.name):
            wanted = f'expected "</{opened.name}>", found "</{name}>"'
            raise _unparsable(f"Unmatched end tag at byte offset {offset}, {wanted}")
        self._finish(opened)

    def _finish(self, opened: _OpenTag) -> None:
        length = self.units - opened.start_units
        entity = {**opened.entity, "offset": opened.start_units, "length": length}
        if length and "type" in entity:
            self._add(entity)

    def _add(self, entity: Json) -> None:
        inner = self.entities[-1] if self.entities else {}
        same_place = (inner.get("offset"), inner.get("length")) == (entity["offset"], entity["length"])
        if same_place and entity["type"] == "pre" and inner.get("type") == "code":
            self.entities[-1] = {**inner, **entity}
        else:
            self.entities.append(entity)


def parse_html(source: str) -> FormattedText:
    """The visible text and its entities, outer before inner.

    Raises: Refusal 400 for an unknown, unclosed or wrongly nested tag, in Telegram's words.
    """
    return _without_language_on_code(_HtmlReader(source).read())


def _without_language_on_code(formatted: FormattedText) -> FormattedText:
    cleaned = (
        {key: value for key, value in entity.items() if key != "language" or entity["type"] == "pre"}
        for entity in formatted.entities
    )
    return FormattedText(formatted.text, tuple(cleaned))


def _attributes(source: str) -> dict[str, str]:
    return {
        match[1].lower(): html.unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(source)
    }


def _entity(name: str, attributes: dict[str, str], offset: int) -> Json:
    kind = TAGS[name]
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    if name == "a":
        return {"type": kind, "url": attributes["href"]} if attributes.get("href") else {}
    if name == "tg-emoji":
        return {"type": kind, "custom_emoji_id": attributes.get("emoji-id", "")}
    if name == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if name == "code" and attributes.get("class", "").startswith("language-"):
        return {"type": kind, "language": attributes["class"].removeprefix("language-")}
    return {"type": kind}


def _unparsable(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")
