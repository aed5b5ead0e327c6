"""A small scripted bot and small files, for trying the sandbox without Spotter."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.sandbox import Sandbox

Context = ContextTypes.DEFAULT_TYPE
AnyApplication = Application[Any, Any, Any, Any, Any, Any]
DRAFT_ID = 7


def png(width_px: int, height_px: int, padding_bytes: int = 0) -> bytes:
    """A grey picture of this size, made longer by so many bytes that no decoder looks at."""
    rows = b"".join(b"\0" + b"\x80" * width_px for _ in range(height_px))
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width_px, height_px, 8, 0, 0, 0, 0))
    padding = _chunk(b"tEXt", b"x" * padding_bytes) if padding_bytes else b""
    return b"\x89PNG\r\n\x1a\n" + header + padding + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    """One row of buttons whose data is their text in small letters."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label.lower()) for label in labels]])


def bot_for(sandbox: Sandbox, token: str = "") -> Bot:
    """python-telegram-bot's own client, pointed at the sandbox."""
    return Bot(token or sandbox.token, base_url=sandbox.base_url, base_file_url=sandbox.base_file_url)


def application(sandbox: Sandbox) -> AnyApplication:
    """A bot that echoes text with a draft before it, measures videos, and answers presses."""
    builder = Application.builder().token(sandbox.token).base_url(sandbox.base_url)
    made = builder.base_file_url(sandbox.base_file_url).concurrent_updates(True).build()
    made.add_handler(CommandHandler("start", _welcome))
    made.add_handler(MessageHandler(filters.TEXT, _echo))
    made.add_handler(MessageHandler(filters.VIDEO | filters.Document.ALL, _measure))
    made.add_handler(CallbackQueryHandler(_answer))
    return made


@asynccontextmanager
async def polling(made: AnyApplication) -> AsyncIterator[AnyApplication]:
    """The application runs on long polling inside the block."""
    async with made:
        await made.start()
        assert made.updater is not None
        await made.updater.start_polling()
        try:
            yield made
        finally:
            await made.updater.stop()
            await made.stop()


async def _welcome(update: Update, context: Context) -> None:
    assert update.message is not None
    await update.message.reply_html("<b>Welcome</b>, press one.", reply_markup=keyboard("Yes", "Alert"))


async def _echo(update: Update, context: Context) -> None:
    assert update.message is not None
    said = update.message.text or ""
    await update.message.reply_chat_action("typing")
    for length in range(0, len(said) + 1, max(1, len(said) // 3)):
        await context.bot.send_message_draft(update.message.chat_id, DRAFT_ID, said[:length])
    await update.message.reply_text(f"You said: {said}")


async def _measure(update: Update, context: Context) -> None:
    assert update.message is not None
    carried = update.message.video or update.message.document
    assert carried is not None
    content = await (await carried.get_file()).download_as_bytearray()
    await update.message.reply_document(bytes(content), filename="back.bin")
    await update.message.reply_photo(png(60, 40), caption=f"{len(content)} bytes", reply_markup=keyboard("Again"))


async def _answer(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer(f"You pressed {query.data}", show_alert=query.data == "alert")
    await query.edit_message_text(f"Pressed: {query.data}")
