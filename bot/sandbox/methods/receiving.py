"""The methods with which a bot gets updates and files."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.sandbox.calls import Call
from bot.sandbox.refusals import Json, bad_request, conflict
from bot.sandbox.state import State, Webhook

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # api, setWebhook: secret_token
_WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


async def get_updates(state: State, call: Call) -> object:
    """The updates that wait, from `offset` on, or those that come within the timeout.

    Raises: Refusal 409 while a webhook is set, and when another poll begins.
    """
    if state.webhook.url:
        raise conflict(_WEBHOOK_ACTIVE)
    state.updates.allow(call.nested("allowed_updates"))
    limit = min(max(call.integer("limit", state.limits.updates_most), 1), state.limits.updates_most)
    timeout_s = min(call.integer("timeout"), state.limits.poll_seconds_most)
    return await state.updates.poll(call.integer("offset"), limit, timeout_s)


async def set_webhook(state: State, call: Call) -> object:
    """Updates are posted to the address; an empty one takes the webhook away. Plain http is taken, as a Bot API
    server of one's own takes it."""
    if not call.text("url"):
        return await delete_webhook(state, call)
    if urlsplit(call.text("url")).scheme not in ("http", "https") or not urlsplit(call.text("url")).hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if call.text("secret_token") and not _SECRET.fullmatch(call.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    state.updates.end_poll(conflict("terminated by setWebhook request"))
    _drop_pending(state, call)
    state.updates.allow(call.nested("allowed_updates"))
    state.webhook = _webhook(call)
    state.updates.arrived.set()
    return True


async def delete_webhook(state: State, call: Call) -> object:
    """Updates wait for getUpdates again."""
    _drop_pending(state, call)
    state.webhook = Webhook()
    return True


async def get_webhook_info(state: State, call: Call) -> object:
    """Where updates go, how many wait, and what last went wrong."""
    webhook = state.webhook
    shown: Json = {"url": webhook.url, "has_custom_certificate": False, "pending_update_count": len(state.updates)}
    if webhook.url:
        shown |= {"max_connections": webhook.max_connections, "allowed_updates": webhook.allowed_updates}
    if webhook.last_error:
        shown |= {"last_error_date": webhook.last_error_at_s, "last_error_message": webhook.last_error}
    return shown


async def get_file(state: State, call: Call) -> object:
    """Where a file can be fetched. Raises: Refusal 400 for an id that is none, and for a file over the limit."""
    stored = state.files.by_id(call.text("file_id"))
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > state.limits.download_bytes:
        raise bad_request("file is too big")
    return stored.described | {"file_path": stored.path}


def _drop_pending(state: State, call: Call) -> None:
    if call.flag("drop_pending_updates"):
        state.updates.clear()


def _webhook(call: Call) -> Webhook:
    allowed = call.nested("allowed_updates") or []
    return Webhook(call.text("url"), call.text("secret_token"), call.integer("max_connections", 40), allowed)
