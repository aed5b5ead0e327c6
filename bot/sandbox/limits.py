"""The limits of Telegram's cloud, each with its source. A local Bot API server lifts some: pass your own."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits a sandbox enforces.

    "api" is core.telegram.org/bots/api, "faq" is core.telegram.org/bots/faq, "server" is the source of the Bot API
    server (github.com/tdlib/telegram-bot-api), "ours" is a choice of this sandbox where Telegram publishes nothing.
    """

    download_bytes: int = 20 * MIB  # api, getFile: "bots can download files of up to 20MB"; server: 20 << 20
    upload_bytes: int = 50 * MIB  # api, Sending files: "50 MB max size for other files"
    photo_bytes: int = 10 * MIB  # api, Sending files: "10 MB max size for photos"; TDLib: 10485760
    photo_side_sum_px: int = 10_000  # api, sendPhoto: "width and height must not exceed 10000 in total"
    photo_side_ratio: float = 20.0  # api, sendPhoto: "Width and height ratio must be at most 20"
    text_units: int = 4096  # api, sendMessage: "1-4096 characters after entities parsing"; counted in UTF-16 units
    caption_units: int = 1024  # api, sendPhoto: "0-1024 characters after entities parsing"
    callback_data_bytes: int = 64  # api, InlineKeyboardButton: "1-64 bytes"
    callback_answer_units: int = 200  # api, answerCallbackQuery: "0-200 characters"
    callback_query_lifetime_s: float = 30.0  # ours: the client's spinner gives up after some tens of seconds
    inline_buttons: int = 100  # TDLib refuses longer keyboards
    album_least: int = 2  # api, sendMediaGroup: "must include 2-10 items"
    album_most: int = 10
    commands_most: int = 100  # api, setMyCommands: "At most 100 commands"
    draft_lifetime_s: float = 30.0  # api, sendMessageDraft: "temporary 30-second preview"
    chat_action_lifetime_s: float = 5.0  # api, sendChatAction: "for 5 seconds or less"
    poll_seconds_most: float = 50.0  # server: a longer getUpdates timeout is cut to 50 s
    updates_most: int = 100  # api, getUpdates: "Values between 1-100 are accepted"
    messages_per_s_in_chat: float = 1.0  # faq: "avoid sending more than one message per second" in one chat
    burst_in_chat: int = 5  # ours: "short bursts that go over this limit" are allowed, their length is not published
    messages_per_s_overall: float = 30.0  # faq: "not more than 30 messages per second or so"
    user_upload_bytes: int = 2000 * MIB  # telegram.org/faq: a person sends files of up to 2 GB each


LOCAL_SERVER = Limits(download_bytes=2000 * MIB, upload_bytes=2000 * MIB)
"""What a Bot API server of one's own allows (api, Using a Local Bot API Server)."""
