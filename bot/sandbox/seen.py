"""What a person sees on the phone, as values for tests."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.media import FileStore, MediaKind, kind_of
from bot.sandbox.refusals import Json


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message. A link has a `url`, every other kind `data`."""

    text: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message while it is being written."""

    draft_id: int
    text: str


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the phone shows after a press."""

    text: str
    show_alert: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message at the moment it was looked at; a later edit gives another value. `raw` is the Bot API's JSON."""

    raw: Json
    content: bytes | None

    @property
    def id(self) -> int:
        """The message's number."""
        return int(self.raw["message_id"])

    @property
    def from_bot(self) -> bool:
        """Whether the bot sent it."""
        return bool(self.raw["from"].get("is_bot"))

    @property
    def text(self) -> str:
        """The text, or the caption of a file."""
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or caption."""
        return list(self.raw.get("entities") or self.raw.get("caption_entities") or [])

    @property
    def kind(self) -> MediaKind | None:
        """What it carries beside text, None for text alone."""
        return kind_of(self.raw)

    @property
    def edited(self) -> bool:
        """Whether it was changed since it was sent."""
        return "edit_date" in self.raw

    @property
    def album(self) -> str:
        """The album it belongs to, empty for none."""
        return str(self.raw.get("media_group_id", ""))

    @property
    def file_name(self) -> str:
        """The name of the file it carries, empty for none."""
        carried = self.raw.get(self.kind or "", {})
        return str(carried.get("file_name", "")) if isinstance(carried, dict) else ""

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        """The rows of buttons under it."""
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return tuple(tuple(_button(button) for button in row) for row in rows)

    def button(self, label: str) -> Button:
        """The button with this text or data, else the first whose text contains it.

        Raises: LookupError, naming the buttons there are.
        """
        every = [button for row in self.buttons for button in row]
        exact = [button for button in every if label in (button.text, button.data)]
        found = exact or [button for button in every if label in button.text]
        if not found:
            raise LookupError(f"no button {label!r} among {[button.text for button in every]}")
        return found[0]


def seen_message(message: Json, files: FileStore) -> SeenMessage:
    """The message with the bytes of the file it carries."""
    carried = message.get(kind_of(message) or "", {})
    described = carried[-1] if isinstance(carried, list) else carried
    stored = files.by_id(described.get("file_id", ""))
    return SeenMessage(message, stored.content if stored else None)


def _button(button: Json) -> Button:
    return Button(button["text"], button.get("callback_data", ""), button.get("url", ""))
