"""Receive updates: by long polling, or by a webhook that aiohttp serves and whose secret header is checked."""

from __future__ import annotations

import contextlib
import hmac
from collections.abc import AsyncIterator

from aiohttp import web
from telegram import Update
from telegram.ext import Application

from bot.settings import Settings
from bot.transport.sending import patiently

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
RECEIVED = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]
BOOTSTRAP_RETRIES = 10  # of asking Telegram to forget a webhook, before the first update is asked for
LARGEST_UPDATE_BYTES = 1_000_000  # an update is some kB; the house's value


@contextlib.asynccontextmanager
async def receiving(application: Application, settings: Settings) -> AsyncIterator[None]:  # type: ignore[type-arg]
    """Inside the block updates are put into the application."""
    if settings.webhook_url:
        async with _webhook(application, settings):
            yield
        return
    updater = application.updater
    assert updater is not None
    await updater.start_polling(
        allowed_updates=RECEIVED, drop_pending_updates=False, bootstrap_retries=BOOTSTRAP_RETRIES
    )
    try:
        yield
    finally:
        await updater.stop()


@contextlib.asynccontextmanager
async def _webhook(application: Application, settings: Settings) -> AsyncIterator[None]:  # type: ignore[type-arg]
    assert settings.webhook_secret is not None, "checked with the settings"
    secret = settings.webhook_secret.get_secret_value()
    runner = web.AppRunner(webhook_app(application, secret), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, port=settings.webhook_port).start()
    url = f"{str(settings.webhook_url).rstrip('/')}{PATH}"
    await patiently(lambda: application.bot.set_webhook(url, secret_token=secret, allowed_updates=RECEIVED))
    try:
        yield
    finally:
        await runner.cleanup()


def webhook_app(application: Application, secret: str) -> web.Application:  # type: ignore[type-arg]
    """An aiohttp application that puts calls with Telegram's secret, and no others, into the update queue."""

    async def receive(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return web.Response(status=403)
        try:
            sent = await request.json()
            update = Update.de_json(sent, application.bot) if isinstance(sent, dict) else None
        except (ValueError, KeyError, TypeError, AttributeError):  # no JSON, or not of an update's shape
            update = None
        if update is None:
            return web.Response(status=400)
        await application.update_queue.put(update)
        return web.Response()

    served = web.Application(client_max_size=LARGEST_UPDATE_BYTES)
    served.router.add_post(PATH, receive)
    return served
