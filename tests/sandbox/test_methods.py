"""The table of methods agrees with python-telegram-bot, which agrees with the Bot API."""

from __future__ import annotations

import inspect
import re

import pytest
from telegram import Bot

from bot.sandbox.methods import HANDLERS
from bot.sandbox.methods.parameters import PARAMETERS

# What python-telegram-bot adds to a call, or spells as older versions of the Bot API did.
_NOT_SENT = {"self", "api_kwargs", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "filename"}
_OLDER = {"allow_sending_without_reply", "reply_to_message_id", "disable_web_page_preview"}
_ALBUM_CAPTION = {"caption", "parse_mode", "caption_entities"}


def test_every_method_has_its_parameters_listed() -> None:
    assert set(HANDLERS) == set(PARAMETERS)


@pytest.mark.parametrize("method", sorted(HANDLERS))
def test_the_parameters_are_those_of_the_bot_api(method: str) -> None:
    name = re.sub(r"(?<!^)([A-Z])", r"_\1", method).lower()
    sent = set(inspect.signature(getattr(Bot, name)).parameters) - _NOT_SENT - _OLDER
    assert PARAMETERS[method] == frozenset(sent - (_ALBUM_CAPTION if method == "sendMediaGroup" else set()))
