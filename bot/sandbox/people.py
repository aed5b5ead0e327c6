"""The people and groups of a sandbox."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.refusals import Json
from bot.sandbox.state import Chat, State
from bot.sandbox.user import SandboxUser


@dataclass(frozen=True, slots=True)
class Person:
    """Who someone says they are."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"


def find_user(state: State, person: Person) -> SandboxUser:
    """The user with this number; made with these names where there was none, else left as they are."""
    chat = state.chats.get(person.id)
    if chat is None:
        named = _filled({"first_name": person.first_name, "last_name": person.last_name, "username": person.username})
        described = {"id": person.id, "type": "private", **named}
        sender = {"id": person.id, "is_bot": False, **named} | _filled({"language_code": person.language_code})
        chat = state.chats[person.id] = Chat(described, sender)
    return SandboxUser(state, chat)


def find_group(state: State, chat_id: int, title: str) -> Chat:
    """The group with this number, made where there was none."""
    return state.chats.setdefault(chat_id, Chat({"id": chat_id, "type": "group", "title": title}, None))


def _filled(names: dict[str, str]) -> Json:
    return {name: value for name, value in names.items() if value}
