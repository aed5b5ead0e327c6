"""The Bot API methods the sandbox knows, by name. Everything else is answered as Telegram answers: 404."""

from __future__ import annotations

from bot.sandbox.calls import Call
from bot.sandbox.methods import editing, profile, receiving, sending
from bot.sandbox.methods.parameters import PARAMETERS, Handler
from bot.sandbox.refusals import not_found
from bot.sandbox.state import State

HANDLERS: dict[str, Handler] = {
    "getMe": profile.get_me,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "getFile": receiving.get_file,
    "logOut": profile.accepted,
    "close": profile.accepted,
    "sendMessage": sending.send_message,
    "sendMessageDraft": sending.send_message_draft,
    "sendPhoto": sending.send_media,
    "sendVideo": sending.send_media,
    "sendAnimation": sending.send_media,
    "sendVideoNote": sending.send_media,
    "sendVoice": sending.send_media,
    "sendAudio": sending.send_media,
    "sendSticker": sending.send_media,
    "sendDocument": sending.send_media,
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "editMessageMedia": editing.edit_message_media,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "setMessageReaction": editing.set_message_reaction,
    "answerCallbackQuery": editing.answer_callback_query,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_my_name,
    "getMyName": profile.get_my_name,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
    "getChat": profile.get_chat,
}

_SPELLED = {name.lower(): name for name in HANDLERS}


def spelled(method: str) -> str:
    """The method's own spelling: Telegram does not look at case. Raises: Refusal 404 for a method that is not known."""
    if method.lower() not in _SPELLED:
        raise not_found()
    return _SPELLED[method.lower()]


async def answer(state: State, call: Call) -> object:
    """The result of a call. Parameters the method does not have are ignored as Telegram does, and noted in the state.

    Raises: Refusal in Telegram's words.
    """
    name = spelled(call.method)
    strangers = sorted({*call.parameters, *call.uploads} - PARAMETERS[name])
    attached = {reference for reference in call.uploads if f"attach://{reference}" in str(call.parameters)}
    state.unknown_parameters.extend((name, stranger) for stranger in strangers if stranger not in attached)
    return await HANDLERS[name](state, call)
