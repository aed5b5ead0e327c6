"""The real python-telegram-bot Application against the sandbox, which it takes for Telegram."""

from __future__ import annotations

import os

import pytest
from telegram import Bot, BotCommand, InputMediaPhoto, InputMediaVideo, ReactionTypeEmoji

from bot.sandbox import Attachment, Sandbox, SandboxUser
from tests.sandbox.scripted import application, keyboard, png, polling


async def test_text_is_echoed_after_its_draft(sandbox: Sandbox, ada: SandboxUser) -> None:
    async with polling(application(sandbox)):
        await ada.send_text("squat")
        echoed = await ada.wait_for("You said")
    assert echoed.text == "You said: squat"
    assert [draft.text for draft in ada.drafts] == ["", "s", "sq", "squ", "squa", "squat"]
    assert ada.actions == ["typing"]
    assert ada.chat.drafts == {}
    assert sandbox.state.unknown_parameters == []


async def test_a_command_reaches_its_handler_and_its_html_becomes_entities(sandbox: Sandbox, ada: SandboxUser) -> None:
    async with polling(application(sandbox)):
        await ada.send_text("/start")
        welcome = await ada.wait_for("Welcome")
    assert welcome.text == "Welcome, press one."
    assert welcome.entities == [{"type": "bold", "offset": 0, "length": 7}]
    assert [[button.text for button in row] for row in welcome.buttons] == [["Yes", "Alert"]]


async def test_a_press_is_answered_and_the_message_edited(sandbox: Sandbox, ada: SandboxUser) -> None:
    async with polling(application(sandbox)):
        await ada.send_text("/start")
        pressed = await ada.press(await ada.wait_for("Welcome"), "Alert")
        answer = await pressed.answered()
        edited = await ada.wait_for("Pressed: alert")
    assert (answer.text, answer.show_alert) == ("You pressed alert", True)
    assert edited.edited
    assert edited.buttons == ()


async def test_a_video_comes_back_byte_for_byte(sandbox: Sandbox, ada: SandboxUser) -> None:
    clip = os.urandom(1_500_000)
    async with polling(application(sandbox)):
        await ada.send_video(clip, file_name="set one.mp4", duration=12, width=720, height=1280)
        back = await ada.wait_for(lambda message: message.kind == "document")
        photo = await ada.wait_for("1500000 bytes")
    assert back.content == clip
    assert photo.kind == "photo"
    assert photo.content == png(60, 40)
    assert photo.raw["photo"][0] | {"width": 60, "height": 40} == photo.raw["photo"][0]


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("video_note", {"duration": 9, "length": 240}),
        ("voice", {"duration": 4}),
        ("animation", {"duration": 2, "width": 100, "height": 50}),
    ],
)
async def test_every_kind_arrives_with_its_facts(bot: Bot, ada: SandboxUser, kind: str, sent: dict[str, int]) -> None:
    await getattr(ada, f"send_{kind}")(b"moving", **sent)
    (update,) = await bot.get_updates()
    assert update.message is not None
    arrived = getattr(update.message, kind).to_dict()
    assert sent.items() <= arrived.items()
    assert bytes(await (await bot.get_file(arrived["file_id"])).download_as_bytearray()) == b"moving"


async def test_a_sticker_a_document_and_a_caption_arrive(bot: Bot, ada: SandboxUser) -> None:
    await ada.send_sticker(emoji="🏋")
    await ada.send_document(b"a,b\n1,2\n", file_name="log.csv", caption="/analyze this")
    sticker, document = await bot.get_updates()
    assert sticker.message is not None
    assert sticker.message.sticker is not None
    assert sticker.message.sticker.emoji == "🏋"
    assert document.message is not None
    assert document.message.document is not None
    assert document.message.document.mime_type == "text/csv"
    assert document.message.caption == "/analyze this"
    assert [entity.type for entity in document.message.caption_entities] == ["bot_command"]


async def test_an_album_of_a_person_is_one_group(bot: Bot, ada: SandboxUser) -> None:
    await ada.send_album([Attachment("video", b"one"), Attachment("photo", png(3, 2))], caption="both")
    first, second = [update.message for update in await bot.get_updates()]
    assert first is not None
    assert second is not None
    assert first.media_group_id == second.media_group_id is not None
    assert (first.caption, second.caption) == ("both", None)


async def test_an_album_of_the_bot_is_one_group(bot: Bot, ada: SandboxUser) -> None:
    clip = InputMediaVideo(b"clip", duration=3, width=4, height=5)
    sent = await bot.send_media_group(1001, [InputMediaPhoto(png(8, 9), caption="first"), clip])
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.kind for message in ada.messages] == ["photo", "video"]
    assert ada.messages[1].content == b"clip"


async def test_edits_change_what_stands(bot: Bot, ada: SandboxUser) -> None:
    sent = await bot.send_photo(1001, png(4, 4), caption="before", reply_markup=keyboard("Go"))
    await sent.edit_caption("<i>after</i>", parse_mode="HTML", reply_markup=keyboard("Go"))
    assert ada.messages[0].text == "after"
    await sent.edit_reply_markup(None)
    assert ada.messages[0].buttons == ()
    await sent.edit_media(InputMediaVideo(b"clip", caption="moving"))
    assert (ada.messages[0].kind, ada.messages[0].text) == ("video", "moving")
    await sent.delete()
    assert ada.messages == []


async def test_a_file_that_was_sent_once_is_sent_again_by_its_id(bot: Bot, ada: SandboxUser) -> None:
    first = await bot.send_document(1001, b"report", filename="report.json")
    assert first.document is not None
    await bot.send_document(1001, first.document.file_id)
    assert [message.content for message in ada.messages] == [b"report", b"report"]


async def test_a_reply_carries_what_it_replies_to(bot: Bot, ada: SandboxUser) -> None:
    asked = await ada.send_text("how deep?")
    answer = await bot.send_message(1001, "to parallel", reply_to_message_id=asked.id)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "how deep?"


async def test_the_profile_is_what_the_bot_set(bot: Bot, sandbox: Sandbox) -> None:
    commands = [BotCommand("history", "Your last sets")]
    await bot.set_my_commands(commands)
    await bot.set_my_commands([BotCommand("history", "Deine Sätze")], language_code="de")
    await bot.set_my_description("Send a clip.")
    await bot.set_my_short_description("Counts reps.")
    await bot.set_my_name("Coach")
    assert await bot.get_my_commands() == tuple(commands)
    assert (await bot.get_my_description()).description == "Send a clip."
    assert (await bot.get_my_short_description()).short_description == "Counts reps."
    assert (await bot.get_me()).first_name == "Coach"
    assert sandbox.state.bot.commands_for(5, "de")[0]["description"] == "Deine Sätze"
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


async def test_chats_and_reactions(bot: Bot, ada: SandboxUser) -> None:
    assert (await bot.get_chat(1001)).first_name == "Ada"
    said = await ada.send_text("done")
    await bot.set_message_reaction(1001, said.id, ReactionTypeEmoji("🔥"))
    assert ada.chat.reactions[said.id] == [{"type": "emoji", "emoji": "🔥"}]
    assert await bot.set_chat_menu_button(1001)
    assert await bot.log_out()
    assert await bot.close()


async def test_several_messages_go_at_once(bot: Bot, ada: SandboxUser) -> None:
    sent = [await bot.send_message(1001, f"line {number}") for number in range(3)]
    assert await bot.delete_messages(1001, [sent[0].message_id, sent[2].message_id, 9999])
    assert [message.text for message in ada.messages] == ["line 1"]


async def test_blocking_tells_the_bot(bot: Bot, ada: SandboxUser) -> None:
    ada.block()
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_waiting_in_vain_says_what_was_said_instead(bot: Bot, ada: SandboxUser) -> None:
    await bot.send_message(1001, "something else")
    with pytest.raises(TimeoutError, match="something else"):
        await ada.wait_for("never", 0.05)


async def test_an_edit_of_the_persons_own_text_reaches_the_bot(bot: Bot, ada: SandboxUser) -> None:
    said = await ada.send_text("8 reps")
    await ada.edit_text(said, "9 reps")
    updates = await bot.get_updates()
    assert updates[1].edited_message is not None
    assert updates[1].edited_message.text == "9 reps"
