"""The sandbox's state: people, chats, messages and listeners. All in memory; numbers only ever grow."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from bot.sandbox.calls import Call
from bot.sandbox.faults import FaultBook
from bot.sandbox.flood import FloodGate
from bot.sandbox.limits import Limits
from bot.sandbox.media import FileStore
from bot.sandbox.refusals import Json, bad_request, forbidden
from bot.sandbox.updates import UpdateQueue

CALLS_KEPT: Final = 100_000  # more than any test makes
EVENTS_KEPT: Final = 10_000  # of a chat
_YEAR_2020_S: Final = 1_577_836_800  # seconds since 1970 at which it began
Events = asyncio.Queue[Json]


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """A call of the bot and the status of its answer; 0 where there was none."""

    call: Call
    status: int
    description: str = ""

    @property
    def method(self) -> str:
        """The method's name as the bot wrote it."""
        return self.call.method

    @property
    def at_s(self) -> float:
        """The wall clock's time of arrival in seconds."""
        return self.call.at_s


@dataclass(slots=True)
class BotProfile:
    """The bot's own profile."""

    name: str = "Spotter"
    username: str = "spotter_bot"
    description: str = ""
    short_description: str = ""
    menu_button: Json = field(default_factory=lambda: {"type": "default"})
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    def commands_for(self, chat_id: int, language_code: str) -> list[Json]:
        """The command menu of a private chat: the narrowest scope that has one, the user's language first."""
        scopes = (f"chat {chat_id}", "all_private_chats", "default")
        places = [(scope, language) for scope in scopes for language in (language_code, "")]
        return next((self.commands[place] for place in places if self.commands.get(place)), [])


@dataclass(slots=True)
class Webhook:
    """Where updates are posted; no url means that the bot polls."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40  # Telegram's default
    allowed_updates: list[str] = field(default_factory=list)
    last_error_at_s: int = 0
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class PressedButton:
    """A press that waits for its answer."""

    chat_id: int
    pressed_at_s: float


class Chat:
    """One conversation: its messages as the Bot API shows them, in order, and its watchers."""

    def __init__(self, described: Json, person: Json | None) -> None:
        self.described = described
        self.person = person
        self.blocked = False
        self.messages: dict[int, Json] = {}
        self.reactions: dict[int, list[Json]] = {}
        self.drafts: dict[int, Json] = {}
        self.keyboard: Json = {}
        self.history: deque[Json] = deque(maxlen=EVENTS_KEPT)
        self._listeners: set[Events] = set()

    @property
    def id(self) -> int:
        """The chat's number, a user's own for a private chat."""
        return int(self.described["id"])

    @property
    def language_code(self) -> str:
        """The person's language, empty for a group."""
        return str((self.person or {}).get("language_code", ""))

    def publish(self, event: Json) -> None:
        """Send the event to everyone who watches the chat, and add it to the chat's history."""
        self.history.append(event)
        for listener in self._listeners:
            listener.put_nowait(event)

    def show_keyboard(self, markup: Json) -> None:
        """Show these answers in place of the phone's keyboard, or none; as in Telegram no message carries them."""
        self.keyboard = markup
        self.publish({"type": "keyboard", "markup": markup})

    @contextmanager
    def watched(self) -> Iterator[Events]:
        """A queue of the events from now on."""
        events: Events = asyncio.Queue()
        self._listeners.add(events)
        try:
            yield events
        finally:
            self._listeners.discard(events)


def first_number(now_s: float) -> int:
    """The first number of a sandbox started now: above all numbers of an earlier sandbox.

    That holds as long as it used fewer than four a second; the number is below 2^31 until 2036. So a bot with a
    database never sees a number twice, as with Telegram.
    """
    return int(4 * (now_s - _YEAR_2020_S))


class State:
    """The state of a sandbox. `unknown_parameters`: (method, parameter) pairs that Telegram would ignore."""

    def __init__(self, limits: Limits, flood_control: bool = False) -> None:
        self.limits = limits
        self.bot = BotProfile()
        self.bot_id = 0
        self.webhook = Webhook()
        first = first_number(time.time())
        self.files = FileStore(first)
        self.updates = UpdateQueue(first)
        self.faults = FaultBook()
        self.flood = FloodGate(limits, time.monotonic) if flood_control else None
        self.chats: dict[int, Chat] = {}
        self.pressed: dict[str, PressedButton] = {}
        self.calls: deque[RecordedCall] = deque(maxlen=CALLS_KEPT)
        self.unknown_parameters: list[tuple[str, str]] = []
        self.closing = asyncio.Event()
        self._message_ids = itertools.count(first)
        self._serials = itertools.count(first)

    def serial(self) -> str:
        """A new number, for albums and presses."""
        return f"7{next(self._serials):016d}"

    def bot_user(self) -> Json:
        """The bot as the sender of a message."""
        return {"id": self.bot_id, "is_bot": True, "first_name": self.bot.name, "username": self.bot.username}

    def chat_of(self, call: Call) -> Chat:
        """The chat of a call. Raises: Refusal 400 where there is none, 403 where the user blocked the bot."""
        named = call.text("chat_id")
        if not named:
            raise bad_request("chat_id is empty")
        chat = self.chats.get(int(named)) if named.removeprefix("-").isdecimal() else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def add_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Add the message to the chat under a new number and show it to everyone who watches."""
        message: Json = {"message_id": next(self._message_ids), "date": int(time.time()), "chat": chat.described}
        message |= {"from": sender} | content
        chat.messages[message["message_id"]] = message
        if sender.get("is_bot"):
            chat.drafts.clear()
        chat.publish({"type": "message", "message": message})
        return message

    def change_message(self, chat: Chat, changed: Json) -> Json:
        """Replace the message with this number, marked as edited."""
        edited = {**changed, "edit_date": int(time.time())}
        chat.messages[changed["message_id"]] = edited
        chat.publish({"type": "edited", "message": edited})
        return edited

    def remove_messages(self, chat: Chat, message_ids: Sequence[int]) -> None:
        """Remove the messages from the chat."""
        gone = [number for number in message_ids if chat.messages.pop(number, None)]
        chat.publish({"type": "deleted", "message_ids": gone})

    def deliver(self, kind: str, payload: Json) -> None:
        """Queue the update for the bot, twice where a fault says so."""
        copies = 2 if self.faults.take_kind("duplicate") else 1
        self.updates.put(kind, payload, copies)
