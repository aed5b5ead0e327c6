"""A person with a phone who sends, presses, waits and looks: for tests, the demo and the load generator."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.sandbox.entities import FormattedText, with_found
from bot.sandbox.media import NOTHING_SAID, MediaFacts, MediaKind, media_content
from bot.sandbox.refusals import Json
from bot.sandbox.seen import Button, CallbackAnswer, Draft, SeenMessage, seen_message
from bot.sandbox.state import Chat, PressedButton, State

PATIENCE_S = 60.0  # reached only when a wait fails; the machine may be busy

Found = TypeVar("Found")
Wanted = Callable[[SeenMessage], bool] | str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file about to be sent, and what the phone knows of it."""

    kind: MediaKind
    content: bytes
    file_name: str = ""
    mime_type: str = ""
    facts: MediaFacts = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button that waits for its answer."""

    user: SandboxUser
    query_id: str

    async def answered(self, timeout_s: float = PATIENCE_S) -> CallbackAnswer:
        """The bot's answer. Raises: TimeoutError when there is none in time."""
        return await self.user.until(self._answer, timeout_s, f"the press {self.query_id} was not answered")

    def _answer(self) -> CallbackAnswer | None:
        answers = (event for event in self.user.chat.history if event["type"] == "answer")
        mine = (answer for answer in answers if answer["query_id"] == self.query_id)
        return next((CallbackAnswer(event["text"], event["show_alert"], event["url"]) for event in mine), None)


class SandboxUser:
    """One person and their private chat with the bot."""

    def __init__(self, state: State, chat: Chat) -> None:
        self._state = state
        self.chat = chat

    @property
    def id(self) -> int:
        """The person's number, which is the private chat's too."""
        return self.chat.id

    @property
    def person(self) -> Json:
        """The person as the sender of a message."""
        return self.chat.person or {}

    async def send_text(self, text: str, *, reply_to: int = 0) -> SeenMessage:
        """Send a text; commands in it are marked as the phone marks them."""
        replied = self.chat.messages.get(reply_to)
        content = with_found(FormattedText(text)).fields("text", "entities")
        return self._say(content | ({"reply_to_message": replied} if replied else {}))

    async def send_photo(self, content: bytes, *, caption: str = "", width: int = 0, height: int = 0) -> SeenMessage:
        """A picture, sent as a photo."""
        return self._attach(Attachment("photo", content, facts=MediaFacts(0, width, height)), caption)

    async def send_video(
        self,
        content: bytes,
        *,
        file_name: str = "clip.mp4",
        duration: int = 0,
        width: int = 0,
        height: int = 0,
        caption: str = "",
    ) -> SeenMessage:
        """A clip, sent as a video: `duration` in seconds, `width` and `height` in pixels."""
        facts = MediaFacts(duration, width, height)
        return self._attach(Attachment("video", content, file_name, facts=facts), caption)

    async def send_animation(
        self, content: bytes, *, file_name: str = "moving.mp4", duration: int = 0, width: int = 0, height: int = 0
    ) -> SeenMessage:
        """A GIF: a silent clip that loops."""
        return self._attach(Attachment("animation", content, file_name, facts=MediaFacts(duration, width, height)))

    async def send_video_note(self, content: bytes, *, duration: int = 0, length: int = 384) -> SeenMessage:
        """A round video of `length` pixels."""
        return self._attach(Attachment("video_note", content, facts=MediaFacts(duration, length, length)))

    async def send_voice(self, content: bytes, *, duration: int = 0) -> SeenMessage:
        """A voice message."""
        return self._attach(Attachment("voice", content, mime_type="audio/ogg", facts=MediaFacts(duration)))

    async def send_document(
        self, content: bytes, *, file_name: str, mime_type: str = "", caption: str = ""
    ) -> SeenMessage:
        """A file, sent as it is."""
        return self._attach(Attachment("document", content, file_name, mime_type), caption)

    async def send_sticker(self, content: bytes = b"RIFF", *, emoji: str = "💪") -> SeenMessage:
        """A sticker."""
        return self._attach(Attachment("sticker", content, facts=MediaFacts(0, 512, 512, emoji)))

    async def send_album(self, attachments: Sequence[Attachment], *, caption: str = "") -> list[SeenMessage]:
        """Several files in one album, the caption on the first; one alone goes without an album."""
        album = {"media_group_id": self._state.serial()} if len(attachments) > 1 else {}
        captions = [caption] + [""] * (len(attachments) - 1)
        return [self._attach(file, text, album) for file, text in zip(attachments, captions, strict=True)]

    async def press(self, message: SeenMessage, label: str) -> Press:
        """Press the button with this text or data; `await press.answered()` gives the bot's answer.

        Raises: LookupError where the message has no such button, ValueError where it is a link.
        """
        button = message.button(label)
        if not button.data:
            raise ValueError(f"the button {button.text!r} opens {button.url!r}; there is nothing to press")
        return self._pressed(message.id, button)

    async def edit_text(self, message: SeenMessage, text: str) -> SeenMessage:
        """Edit the person's own message; the bot gets an update."""
        return self._edited(message, with_found(FormattedText(text)).fields("text", "entities"), "entities")

    async def edit_caption(self, message: SeenMessage, caption: str) -> SeenMessage:
        """Edit the caption of the person's own clip or picture; the bot gets an update."""
        content = with_found(FormattedText(caption)).fields("caption", "caption_entities")
        return self._edited(message, content, "caption_entities")

    def block(self) -> None:
        """Block the bot: it gets 403."""
        self._set_blocked(True)

    def unblock(self) -> None:
        """Unblock the bot."""
        self._set_blocked(False)

    @property
    def everything(self) -> list[SeenMessage]:
        """Every message in the chat, from both sides, in order."""
        return [seen_message(message, self._state.files) for message in self.chat.messages.values()]

    @property
    def messages(self) -> list[SeenMessage]:
        """The bot's messages that are in the chat now, as they read now."""
        return [message for message in self.everything if message.from_bot]

    @property
    def drafts(self) -> list[Draft]:
        """Every draft that was shown, in order."""
        return [Draft(event["draft"]["draft_id"], event["draft"]["text"]) for event in self._events("draft")]

    @property
    def actions(self) -> list[str]:
        """Every chat action that was shown, in order."""
        return [event["action"] for event in self._events("action")]

    async def wait_for(self, wanted: Wanted, timeout_s: float = PATIENCE_S, *, after: int = 0) -> SeenMessage:
        """The bot's first message with a number above `after` that fits, once there is one.

        `wanted` is a predicate, or a text to be contained. Messages already in the chat count, and so do edits. Raises:
        TimeoutError with what the bot did say.
        """

        def find() -> SeenMessage | None:
            return next((message for message in self.messages if message.id > after and _fits(message, wanted)), None)

        return await self.until(find, timeout_s, "no message of the bot fits")

    async def until(self, find: Callable[[], Found | None], timeout_s: float, complaint: str) -> Found:
        """The result of `find`, tried again after everything that happens in the chat.

        Raises: TimeoutError with the complaint and the bot's last messages.
        """
        deadline_s = time.monotonic() + timeout_s
        with self.chat.watched() as events:
            while (found := find()) is None:
                try:
                    await asyncio.wait_for(events.get(), max(deadline_s - time.monotonic(), 0))
                except TimeoutError:
                    said = [message.text or message.kind for message in self.messages[-3:]]
                    raise TimeoutError(f"{complaint} within {timeout_s} s; it said {said}") from None
        return found

    def _events(self, kind: str) -> list[Json]:
        return [event for event in self.chat.history if event["type"] == kind]

    def _edited(self, message: SeenMessage, content: Json, gone: str) -> SeenMessage:
        kept = {name: value for name, value in self.chat.messages[message.id].items() if name != gone}
        edited = self._state.change_message(self.chat, kept | content)
        self._state.deliver("edited_message", edited)
        return seen_message(edited, self._state.files)

    def _attach(self, file: Attachment, caption: str = "", album: Json | None = None) -> SeenMessage:
        stored = self._state.files.add(file.kind, file.content, file.file_name, file.mime_type)
        said = with_found(FormattedText(caption)).fields("caption", "caption_entities")
        return self._say(media_content(stored, file.facts) | said | (album or {}))

    def _say(self, content: Json) -> SeenMessage:
        message = self._state.add_message(self.chat, self.person, content)
        self._state.deliver("message", message)
        return seen_message(message, self._state.files)

    def _pressed(self, message_id: int, button: Button) -> Press:
        query_id = self._state.serial()
        self._state.pressed[query_id] = PressedButton(self.id, time.monotonic())
        query = {"id": query_id, "from": self.person, "chat_instance": str(self.id), "data": button.data}
        self._state.deliver("callback_query", query | {"message": self.chat.messages[message_id]})
        return Press(self, query_id)

    def _set_blocked(self, blocked: bool) -> None:
        self.chat.blocked = blocked
        bot = self._state.bot_user()
        banned, member = {"user": bot, "status": "kicked", "until_date": 0}, {"user": bot, "status": "member"}
        old, new = (member, banned) if blocked else (banned, member)
        changed = {"chat": self.chat.described, "from": self.person, "date": int(time.time())}
        self._state.deliver("my_chat_member", changed | {"old_chat_member": old, "new_chat_member": new})


def _fits(message: SeenMessage, wanted: Wanted) -> bool:
    return wanted in message.text if isinstance(wanted, str) else wanted(message)
