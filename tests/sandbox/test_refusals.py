"""Everything Telegram refuses is refused, in its words; python-telegram-bot makes its own exceptions of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyKeyboardMarkup
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.sandbox import LOCAL_SERVER, Limits, Press, Sandbox, SandboxUser
from tests.sandbox.scripted import bot_for, keyboard, png

MIB = 1024 * 1024
Attempt = Callable[[Bot], Awaitable[object]]


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A plain HTTP client, for calls that python-telegram-bot would not make."""
    async with aiohttp.ClientSession() as session:
        yield session


def _buttons(text: str, data: str | None = None, url: str | None = None) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data, url=url)]])


ATTEMPTS: dict[str, tuple[Attempt, str]] = {
    "nobody": (lambda bot: bot.send_message(5, "hi"), "Chat not found"),
    "no text": (lambda bot: bot.send_message(1001, "  \n"), "Message text is empty"),
    "long text": (lambda bot: bot.send_message(1001, "x" * 4097), "Message is too long"),
    "long emoji": (lambda bot: bot.send_message(1001, "💪" * 2049), "Message is too long"),
    "long caption": (lambda bot: bot.send_photo(1001, png(2, 2), caption="x" * 1025), "Message caption is too long"),
    "unknown tag": (
        lambda bot: bot.send_message(1001, "é<script>x</script>", parse_mode="HTML"),
        'Can\'t parse entities: unsupported start tag "script" at byte offset 2',
    ),
    "bare less-than": (
        lambda bot: bot.send_message(1001, "a < b", parse_mode="HTML"),
        'Can\'t parse entities: unsupported start tag "" at byte offset 2',
    ),
    "open tag": (
        lambda bot: bot.send_message(1001, "<b>x", parse_mode="HTML"),
        "Can't parse entities: can't find end tag corresponding to start tag \"b\"",
    ),
    "crossed tags": (
        lambda bot: bot.send_message(1001, "<b><i>x</b></i>", parse_mode="HTML"),
        'Can\'t parse entities: unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    ),
    "odd parse mode": (lambda bot: bot.send_message(1001, "x", parse_mode="rtf"), "Unsupported parse_mode"),
    "long data": (lambda bot: bot.send_message(1001, "x", reply_markup=_buttons("b", "d" * 65)), "Button_data_invalid"),
    "button does nothing": (
        lambda bot: bot.send_message(1001, "x", reply_markup=_buttons("b")),
        "Can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
    ),
    "odd link": (
        lambda bot: bot.send_message(1001, "x", reply_markup=_buttons("b", url="javascript:alert(1)")),
        "Inline keyboard button url 'javascript:alert(1)' is invalid: wrong http url",
    ),
    "empty file": (lambda bot: bot.send_document(1001, b"", filename="a.txt"), "File must be non-empty"),
    "not a picture": (lambda bot: bot.send_photo(1001, b"not a picture"), "Image_process_failed"),
    "a strip": (lambda bot: bot.send_photo(1001, png(210, 10)), "Photo_invalid_dimensions"),
    "unknown file": (lambda bot: bot.get_file("BAACnothing"), "Invalid file_id"),
    "unknown file sent": (
        lambda bot: bot.send_video(1001, "BAACnothing"),
        "Wrong remote file identifier specified: wrong string length",
    ),
    "nothing to edit": (lambda bot: bot.edit_message_text("x", 1001, 999), "Message to edit not found"),
    "nothing to delete": (lambda bot: bot.delete_message(1001, 999), "Message to delete not found"),
    "nothing to react to": (lambda bot: bot.set_message_reaction(1001, 999, "🔥"), "Message to react not found"),
    "no such press": (
        lambda bot: bot.answer_callback_query("123"),
        "Query is too old and response timeout expired or query id is invalid",
    ),
    "odd action": (lambda bot: bot.send_chat_action(1001, "lifting"), "Wrong parameter action in request"),
    "album of one": (
        lambda bot: bot.send_media_group(1001, [InputMediaPhoto(png(2, 2))]),
        "There must be from 2 to 10 messages in the media group to send",
    ),
    "draft without number": (lambda bot: bot.send_message_draft(1001, 0, "x"), "Draft identifier must be non-zero"),
    "long draft": (lambda bot: bot.send_message_draft(1001, 1, "x" * 4097), "Message is too long"),
    "odd command": (lambda bot: bot.set_my_commands([("Bad-Name", "x")]), "Bot_command_invalid"),
    "undescribed command": (lambda bot: bot.set_my_commands([("good", " ")]), "Bot_command_description_invalid"),
    "odd language": (
        lambda bot: bot.set_my_commands([("good", "x")], language_code="zh-hans"),
        "Invalid language code specified",
    ),
    "many commands": (
        lambda bot: bot.set_my_commands([(f"c{number}", "x") for number in range(101)]),
        "Bot_commands_too_much",
    ),
    "reply to nothing": (
        lambda bot: bot.send_message(1001, "x", reply_to_message_id=999),
        "Message to be replied not found",
    ),
    "odd secret": (
        lambda bot: bot.set_webhook("http://127.0.0.1:9/", secret_token="no spaces please"),
        "Secret token contains unallowed characters",
    ),
    "odd webhook": (lambda bot: bot.set_webhook("ftp://x"), "Bad webhook: invalid webhook url specified"),
}


@pytest.mark.parametrize("name", ATTEMPTS)
async def test_an_impossible_call_is_refused_in_telegrams_words(bot: Bot, name: str) -> None:
    attempt, words = ATTEMPTS[name]
    with pytest.raises(BadRequest) as refused:
        await attempt(bot)
    assert refused.value.message.lower() == words.lower()


async def test_a_message_that_would_not_change_is_refused(bot: Bot, ada: SandboxUser) -> None:
    sent = await bot.send_message(1001, "<b>same</b>", parse_mode="HTML", reply_markup=keyboard("Go"))
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await sent.edit_text("<b>same</b>", parse_mode="HTML", reply_markup=keyboard("Go"))
    await sent.edit_text("same", reply_markup=keyboard("Go"))
    assert ada.messages[0].entities == []


async def test_edits_want_the_right_kind_of_message(bot: Bot, ada: SandboxUser) -> None:
    said = await ada.send_text("mine")
    photo = await bot.send_photo(1001, png(2, 2))
    text = await bot.send_message(1001, "text")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("yours", 1001, said.id)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await photo.edit_text("x")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await text.edit_caption("x")
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await bot.edit_message_text("x", 1001, text.message_id, reply_markup=ReplyKeyboardMarkup([["a"]]))  # type: ignore[arg-type]


async def test_the_limits_are_inclusive(bot: Bot, ada: SandboxUser) -> None:
    await bot.send_message(1001, "x" * 4096)
    await bot.send_photo(1001, png(200, 10), caption="<b>" + "x" * 1024 + "</b>", parse_mode="HTML")
    await bot.send_message(1001, "x", reply_markup=_buttons("b", "d" * 64))
    assert len(ada.messages) == 3


async def test_drafts_are_for_private_chats(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.group(-100)
    await bot.send_message(-100, "hello gym")
    with pytest.raises(BadRequest, match="Textdraft_peer_invalid"):
        await bot.send_message_draft(-100, 1, "x")


async def test_a_file_of_just_20_mb_is_downloaded_and_a_larger_one_is_not(bot: Bot, ada: SandboxUser) -> None:
    await ada.send_video(bytes(20 * MIB))
    await ada.send_video(bytes(20 * MIB + 1))
    fits, too_big = [update.message.video.file_id for update in await bot.get_updates() if update.message]  # type: ignore[union-attr]
    assert len(await (await bot.get_file(fits)).download_as_bytearray()) == 20 * MIB
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(too_big)


async def test_an_upload_over_50_mb_is_too_large(bot: Bot) -> None:
    await bot.send_document(1001, bytes(50 * MIB), filename="fits.bin", write_timeout=60, read_timeout=60)
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(1001, bytes(50 * MIB + 1), filename="not.bin", write_timeout=60, read_timeout=60)


async def test_a_photo_over_10_mb_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"is too big for a photo; the maximum size is 10485760 bytes"):
        await bot.send_photo(1001, png(20, 20, padding_bytes=10 * MIB))


async def test_a_local_server_lifts_the_download_limit() -> None:
    async with Sandbox(limits=LOCAL_SERVER) as sandbox, bot_for(sandbox) as bot:
        ada = sandbox.user(1001)
        sent = await ada.send_video(bytes(20 * MIB + 1))
        assert (await bot.get_file(sent.raw["video"]["file_id"])).file_size == 20 * MIB + 1


async def test_a_press_goes_stale_and_is_answered_once() -> None:
    limits = Limits(callback_query_lifetime_s=1000)
    async with Sandbox(limits=limits) as sandbox, bot_for(sandbox) as bot:
        ada = sandbox.user(1001)
        await bot.send_message(1001, "press", reply_markup=keyboard("Go"))
        in_time, too_late = await ada.press(ada.messages[0], "Go"), await ada.press(ada.messages[0], "go")
        _pressed_before(sandbox, in_time, limits.callback_query_lifetime_s - 100)
        _pressed_before(sandbox, too_late, limits.callback_query_lifetime_s)
        assert await bot.answer_callback_query(in_time.query_id)
        for pressed in (in_time, too_late):
            with pytest.raises(BadRequest, match="Query is too old"):
                await bot.answer_callback_query(pressed.query_id)


def _pressed_before(sandbox: Sandbox, press: Press, ago_s: float) -> None:
    """As if the button had been pressed that long ago."""
    pressed = sandbox.state.pressed[press.query_id]
    sandbox.state.pressed[press.query_id] = replace(pressed, pressed_at_s=pressed.pressed_at_s - ago_s)


async def test_a_blocked_bot_is_forbidden(bot: Bot, ada: SandboxUser) -> None:
    ada.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1001, "hello?")
    ada.unblock()
    assert await bot.send_message(1001, "hello!")


async def _started(client: Bot) -> None:
    async with client:
        return


async def test_tokens_are_looked_at(http: aiohttp.ClientSession) -> None:
    known = f"12345:{'T' * 35}"
    async with Sandbox(tokens=[known]) as sandbox:
        for token, status in [(known, 200), (sandbox.token, 401), ("nonsense", 404)]:
            async with http.get(f"{sandbox.base_url}{token}/getMe") as answer:
                assert answer.status == status
        with pytest.raises(InvalidToken):
            await _started(bot_for(sandbox))


async def test_floods_are_stopped_where_asked() -> None:
    limits = Limits(burst_in_chat=3, messages_per_s_in_chat=0.001)  # however slowly the test runs
    async with Sandbox(flood_control=True, limits=limits) as sandbox, bot_for(sandbox) as bot:
        sandbox.user(1001)
        sandbox.user(1002)
        for number in range(3):
            await bot.send_message(1001, str(number))
        with pytest.raises(RetryAfter):
            await bot.send_message(1001, "one too many")
        assert await bot.send_message(1002, "another chat")


async def test_an_unknown_method_is_not_found(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.post(f"{sandbox.base_url}{sandbox.token}/sendTelepathy") as answer:
        assert answer.status == 404
        assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 1001}, "message text is empty"),
        ("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": "[1]"}, "object expected as reply markup"),
        ("sendPhoto", {"chat_id": 1001}, "there is no photo in the request"),
        ("sendVideoNote", {"chat_id": 1001}, "there is no video note in the request"),
        ("editMessageText", {"chat_id": 1001, "text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"chat_id": 1001, "message_id": "x"}, "invalid integer value of the parameter message_id"),
    ],
)
async def test_a_wrong_parameter_is_a_bad_request(
    sandbox: Sandbox, ada: SandboxUser, http: aiohttp.ClientSession, method: str, parameters: dict[str, str], words: str
) -> None:
    async with http.post(f"{sandbox.base_url}{sandbox.token}/{method}", json=parameters) as answer:
        assert answer.status == 400
        assert (await answer.json())["description"].startswith(f"Bad Request: {words}")


async def test_calls_come_as_query_form_json_and_multipart(
    sandbox: Sandbox, ada: SandboxUser, http: aiohttp.ClientSession
) -> None:
    address = f"{sandbox.base_url}{sandbox.token}/SENDMESSAGE"
    wanted = {"chat_id": "1001", "text": "hello"}
    form = aiohttp.FormData(wanted, default_to_multipart=True)
    for sent in ({"params": wanted}, {"data": wanted}, {"json": {**wanted, "chat_id": 1001}}, {"data": form}):
        async with http.post(address, **sent) as answer:
            assert answer.status == 200
    async with http.get(address, params=wanted) as answer:
        assert (await answer.json())["result"]["text"] == "hello"
    assert [message.text for message in ada.messages] == ["hello"] * 5


async def test_a_parameter_the_method_does_not_have_is_ignored_and_noted(
    sandbox: Sandbox, ada: SandboxUser, http: aiohttp.ClientSession
) -> None:
    sent = {"chat_id": 1001, "text": "hi", "colour": "red"}
    async with http.post(f"{sandbox.base_url}{sandbox.token}/sendMessage", data=json.dumps(sent)) as answer:
        assert answer.status == 400
    async with http.post(f"{sandbox.base_url}{sandbox.token}/sendMessage", json=sent) as answer:
        assert answer.status == 200
    assert sandbox.state.unknown_parameters == [("sendMessage", "colour")]


async def test_part_of_a_file_is_sent_where_asked(
    sandbox: Sandbox, ada: SandboxUser, http: aiohttp.ClientSession
) -> None:
    sent = await ada.send_document(b"0123456789", file_name="digits.txt")
    stored = sandbox.state.files.by_id(sent.raw["document"]["file_id"])
    assert stored is not None
    address = f"{sandbox.base_file_url}{sandbox.token}/{stored.path}"
    for asked, status, got in [("bytes=2-4", 206, b"234"), ("bytes=-3", 206, b"789"), ("bytes=20-", 416, b"")]:
        async with http.get(address, headers={"Range": asked}) as answer:
            assert (answer.status, await answer.read()) == (status, got)
    async with http.get(f"{sandbox.base_file_url}{sandbox.token}/videos/none.mp4") as answer:
        assert answer.status == 404
