"""A Telegram Bot API on this machine, and a phone in the browser: for the demo, tests and load tests.

A real bot uses `Sandbox.base_url` without knowing the difference; people are made with `Sandbox.user`, or hold the
phone at `Sandbox.phone_url`.

    server, methods/ -> state <- user, phone
    calls, entities, markup, keyboards, media, refusals: what a call contains, and how Telegram refuses one
    updates, webhook: how the bot receives updates;  faults, flood: what goes wrong
"""

from __future__ import annotations

from bot.sandbox.calls import Call
from bot.sandbox.faults import Fault
from bot.sandbox.limits import LOCAL_SERVER, Limits
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.seen import Button, CallbackAnswer, Draft, SeenMessage
from bot.sandbox.state import RecordedCall
from bot.sandbox.user import Attachment, Press, SandboxUser
from bot.sandbox.webhook import Patience

__all__ = [
    "LOCAL_SERVER",
    "Attachment",
    "Button",
    "Call",
    "CallbackAnswer",
    "Draft",
    "Fault",
    "Limits",
    "Patience",
    "Press",
    "RecordedCall",
    "Sandbox",
    "SandboxUser",
    "SeenMessage",
]
