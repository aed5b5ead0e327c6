"""The methods with which a bot speaks of itself, and asks about a chat."""

from __future__ import annotations

import re

from bot.sandbox.calls import Call
from bot.sandbox.refusals import Json, bad_request
from bot.sandbox.state import State

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE_CODE = re.compile(r"(?:[a-z]{2})?")  # api, setMyCommands: "A two-letter ISO 639-1 language code", or none
_DESCRIPTION_MOST = 256  # api, BotCommand: "1-256 characters"
_PROFILE_MOST = {"name": 64, "description": 512, "short_description": 120}  # api, setMyName and its neighbours
_ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}
_FULL_CHAT = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}


async def get_me(state: State, call: Call) -> object:
    """The bot as Telegram knows it."""
    return state.bot_user() | _ABILITIES


async def accepted(state: State, call: Call) -> object:
    """True: nothing hangs on it here."""
    return True


async def get_chat(state: State, call: Call) -> object:
    """The chat with what only getChat tells."""
    return state.chat_of(call).described | _FULL_CHAT


async def set_my_commands(state: State, call: Call) -> object:
    """The phone's command menu shows these."""
    commands = call.nested("commands") or []
    if len(commands) > state.limits.commands_most:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    state.bot.commands[_place(call)] = [_checked(command) for command in commands]
    _show_profile(state)
    return True


async def get_my_commands(state: State, call: Call) -> object:
    """The commands of one scope and language."""
    return state.bot.commands.get(_place(call), [])


async def delete_my_commands(state: State, call: Call) -> object:
    """One scope and language has no commands of its own."""
    state.bot.commands.pop(_place(call), None)
    _show_profile(state)
    return True


async def set_my_name(state: State, call: Call) -> object:
    """The bot goes by this name."""
    state.bot.name = _profile_text(call, "name") or state.bot.name
    _show_profile(state)
    return True


async def get_my_name(state: State, call: Call) -> object:
    """The bot's name."""
    return {"name": state.bot.name}


async def set_my_description(state: State, call: Call) -> object:
    """An empty chat shows this."""
    state.bot.description = _profile_text(call, "description")
    _show_profile(state)
    return True


async def get_my_description(state: State, call: Call) -> object:
    """What an empty chat shows."""
    return {"description": state.bot.description}


async def set_my_short_description(state: State, call: Call) -> object:
    """The bot's profile shows this."""
    state.bot.short_description = _profile_text(call, "short_description")
    return True


async def get_my_short_description(state: State, call: Call) -> object:
    """What the bot's profile shows."""
    return {"short_description": state.bot.short_description}


async def set_chat_menu_button(state: State, call: Call) -> object:
    """The button beside the text field does this. One for all chats: the chat's number is not looked at."""
    state.bot.menu_button = call.nested("menu_button") or {"type": "default"}
    return True


async def get_chat_menu_button(state: State, call: Call) -> object:
    """What the button beside the text field does."""
    return state.bot.menu_button


def _place(call: Call) -> tuple[str, str]:
    scope: Json = call.nested("scope") or {"type": "default"}
    named = f"{scope.get('type')} {scope.get('chat_id', '')}".strip()
    if not _LANGUAGE_CODE.fullmatch(call.text("language_code")):
        raise bad_request("invalid language code specified")
    return named, call.text("language_code")


def _checked(command: Json) -> Json:
    if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command.get("description", "")).strip()) <= _DESCRIPTION_MOST:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command["command"].removeprefix("/"), "description": command["description"].strip()}


def _profile_text(call: Call, name: str) -> str:
    if len(call.text(name)) > _PROFILE_MOST[name]:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    return call.text(name)


def _show_profile(state: State) -> None:
    for chat in state.chats.values():
        chat.publish({"type": "profile", "profile": profile_shown(state, chat.id, chat.language_code)})


def profile_shown(state: State, chat_id: int, language_code: str) -> Json:
    """What a phone shows of the bot: its name, its description and its command menu."""
    commands = state.bot.commands_for(chat_id, language_code)
    return {"name": state.bot.name, "description": state.bot.description, "commands": commands}
