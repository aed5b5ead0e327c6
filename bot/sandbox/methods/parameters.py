"""The parameters each method has (Bot API 10.0, core.telegram.org/bots/api)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.sandbox.calls import Call
from bot.sandbox.state import State

Handler = Callable[[State, Call], Awaitable[object]]

_SENDING = (
    "chat_id message_thread_id business_connection_id disable_notification protect_content message_effect_id "
    "allow_paid_broadcast direct_messages_topic_id suggested_post_parameters reply_parameters reply_markup"
)
_CAPTION = "caption parse_mode caption_entities"
_ABOVE = "show_caption_above_media has_spoiler"
_MESSAGE = "chat_id message_id inline_message_id business_connection_id reply_markup"

_LISTED = {
    "getMe": "",
    "getUpdates": "offset limit timeout allowed_updates",
    "setWebhook": "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    "deleteWebhook": "drop_pending_updates",
    "getWebhookInfo": "",
    "getFile": "file_id",
    "logOut": "",
    "close": "",
    "sendMessage": f"{_SENDING} text parse_mode entities link_preview_options",
    "sendMessageDraft": "chat_id message_thread_id draft_id text parse_mode entities",
    "sendPhoto": f"{_SENDING} {_CAPTION} {_ABOVE} photo",
    "sendVideo": f"{_SENDING} {_CAPTION} {_ABOVE} video duration width height thumbnail cover start_timestamp "
    "supports_streaming",
    "sendAnimation": f"{_SENDING} {_CAPTION} {_ABOVE} animation duration width height thumbnail",
    "sendVideoNote": f"{_SENDING} video_note duration length thumbnail",
    "sendVoice": f"{_SENDING} {_CAPTION} voice duration",
    "sendAudio": f"{_SENDING} {_CAPTION} audio duration performer title thumbnail",
    "sendSticker": f"{_SENDING} sticker emoji",
    "sendDocument": f"{_SENDING} {_CAPTION} document thumbnail disable_content_type_detection",
    "sendMediaGroup": "chat_id message_thread_id business_connection_id disable_notification protect_content "
    "message_effect_id allow_paid_broadcast direct_messages_topic_id reply_parameters media",
    "sendChatAction": "chat_id business_connection_id message_thread_id action",
    "editMessageText": f"{_MESSAGE} text parse_mode entities link_preview_options",
    "editMessageCaption": f"{_MESSAGE} {_CAPTION} show_caption_above_media",
    "editMessageReplyMarkup": _MESSAGE,
    "editMessageMedia": f"{_MESSAGE} media",
    "deleteMessage": "chat_id message_id",
    "deleteMessages": "chat_id message_ids",
    "setMessageReaction": "chat_id message_id reaction is_big",
    "answerCallbackQuery": "callback_query_id text show_alert url cache_time",
    "setMyCommands": "commands scope language_code",
    "getMyCommands": "scope language_code",
    "deleteMyCommands": "scope language_code",
    "setMyName": "name language_code",
    "getMyName": "language_code",
    "setMyDescription": "description language_code",
    "getMyDescription": "language_code",
    "setMyShortDescription": "short_description language_code",
    "getMyShortDescription": "language_code",
    "setChatMenuButton": "chat_id menu_button",
    "getChatMenuButton": "chat_id",
    "getChat": "chat_id",
}
PARAMETERS = {method: frozenset(names.split()) for method, names in _LISTED.items()}
