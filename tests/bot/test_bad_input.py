"""Whatever is sent gets one clear sentence about what to do, and the next good clip is answered. Scripted executor."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.executor_errors import DeadlineExceeded, MemoryExceeded, WorkerBroken
from bot.sandbox import Sandbox, SandboxUser, SeenMessage
from bot.sandbox.media import MediaFacts, MediaKind, media_content
from bot.sandbox.seen import Button
from bot.sandbox.user import Press
from bot.tasks import AnalyzeClip, Result, Task
from pipeline import errors
from pipeline.values import Caveat, Doubt, SetReport
from tests.bot.house import CLIP, House, ScriptedExecutor, living, measured
from tests.bot.phone import LONG_S, GatedExecutor, chart_of, eventually, is_chart, is_remark, sent_clip, settled
from tests.pipeline.reports import FIVE_SQUATS, NO_REPS, NOTHING_SEEN

MEGABYTE = 1_000_000
COMMAND = {"type": "bot_command", "offset": 0, "length": 8}
Sends = Callable[[SandboxUser], Awaitable[object]]


def pressed(user: SandboxUser, message: SeenMessage, data: str) -> Press:
    """A button that no version of the phone shows under this message."""
    return user._pressed(message.id, Button("?", data))


def said(sandbox: Sandbox, user: SandboxUser, content: dict[str, Any]) -> None:
    """A message with this content, of a kind that the phone has no button for."""
    sandbox.state.deliver("message", sandbox.state.add_message(user.chat, user.person, content))


REFUSED_AT_ONCE: dict[str, tuple[Sends, str]] = {
    "too big as a log": (lambda user: user.send_document(bytes(21 * MEGABYTE), file_name="watch.csv"), "21 MB"),
    "voice": (lambda user: user.send_voice(b"OggS", duration=4), "can't listen"),
    "sticker": (lambda user: user.send_sticker(), "Send me a clip"),
    "unknown command": (lambda user: user.send_text("/sqats now"), "/help"),
    "too big as a file": (lambda user: user.send_document(bytes(21 * MEGABYTE), file_name="set.mov"), "21 MB"),
    "too long": (lambda user: user.send_video(CLIP, duration=301), "301 s long and I take up to 300 s"),
    "too long a note": (lambda user: user.send_video_note(CLIP, duration=400), "400 s long"),
}


@pytest.mark.parametrize("what", REFUSED_AT_ONCE)
async def test_what_cannot_be_a_clip_is_refused_before_anything_is_fetched(
    house: House, executor: ScriptedExecutor, what: str
) -> None:
    send, words = REFUSED_AT_ONCE[what]
    user = house.sandbox.user(1001)
    await send(user)
    await user.wait_for(words, LONG_S)
    assert len(await settled(user, 0.2)) == 1
    assert house.sandbox.calls_of("getFile") == []
    assert executor.tasks == []
    await chart_of(house)


@pytest.mark.parametrize(
    "content",
    [
        {"location": {"latitude": 1.0, "longitude": 2.0}},
        {"contact": {"phone_number": "1", "first_name": "Ben"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"venue": {"location": {"latitude": 1.0, "longitude": 2.0}, "title": "Gym", "address": "Here"}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_a_message_of_no_use_is_answered_all_the_same(house: House, content: dict[str, Any]) -> None:
    user = house.sandbox.user(1001)
    said(house.sandbox, user, content)
    await user.wait_for("Send me a video", LONG_S)
    assert len(await settled(user, 0.2)) == 1
    await chart_of(house)


async def test_a_service_message_is_not_answered(house: House) -> None:
    user = house.sandbox.user(1001)
    said(house.sandbox, user, {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}})
    said(house.sandbox, user, {"new_chat_title": "x"})
    await chart_of(house)
    assert [is_chart(message) for message in await settled(user)] == [True, False]


TAKEN: dict[str, Sends] = {
    "video": lambda user: user.send_video(CLIP, duration=20),
    "video note": lambda user: user.send_video_note(CLIP, duration=20),
    "gif": lambda user: user.send_animation(CLIP, duration=20),
    "file": lambda user: user.send_document(CLIP, file_name="set.MOV"),
    "file by its type": lambda user: user.send_document(CLIP, file_name="no ending", mime_type="video/quicktime"),
    "file of an unknown kind": lambda user: user.send_document(CLIP, file_name="what is this"),
}


@pytest.mark.parametrize("what", TAKEN)
async def test_every_kind_of_clip_is_taken(house: House, executor: ScriptedExecutor, what: str) -> None:
    user = house.sandbox.user(1001)
    await TAKEN[what](user)
    await user.wait_for(is_chart, LONG_S)
    assert executor.clips_seen == [CLIP]


FORWARDED = {"forward_origin": {"type": "hidden_user", "sender_user_name": "Ben", "date": 1_700_000_000}}


@pytest.mark.parametrize(
    ("kind", "without", "more"), [("document", ("file_name", "mime_type"), {}), ("video_note", (), FORWARDED)]
)
async def test_a_file_without_a_name_and_a_forwarded_note_are_taken(
    house: House, executor: ScriptedExecutor, kind: MediaKind, without: tuple[str, ...], more: dict[str, Any]
) -> None:
    user = house.sandbox.user(1001)
    content = media_content(house.sandbox.state.files.add(kind, CLIP), MediaFacts(20, 384, 384))
    described = {name: value for name, value in content[kind].items() if name not in without}
    said(house.sandbox, user, {**content, kind: described, **more})
    await user.wait_for(is_chart, LONG_S)
    assert executor.clips_seen == [CLIP]


ERRORS: dict[str, tuple[Exception, str]] = {
    "empty": (errors.EmptyFile(), "is empty"),
    "not a video": (errors.NotAVideo(), "MP4 or MOV"),
    "audio only": (errors.NoVideoStream(), "no picture"),
    "zero frames": (errors.NoFrames(), "seems damaged"),
    "too long": (errors.TooLong(duration_s=412.0, limit_s=300.0), "412 s long"),
    "too many pixels": (errors.TooLarge(pixels=10**9, limit_pixels=10**8), "too large"),
    "nobody": (errors.NobodyInView(seen_share=0.0), "couldn't find anybody"),
    "no model": (errors.AssetMissing(name="pose"), "spotter models fetch"),
    "damaged model": (errors.AssetCorrupt(name="pose", expected_sha256="a", found_sha256="b"), "spotter models fetch"),
    "deadline": (DeadlineExceeded(), "too long to analyse"),
    "memory": (MemoryExceeded(), "more memory"),
    "defect in the worker": (WorkerBroken("ValueError at nowhere.py:1"), "Something broke"),
    "defect in the bot": (RuntimeError("unforeseen"), "Something went wrong on my side"),
}


@pytest.mark.parametrize(("what", "language"), [*((what, "en") for what in ERRORS), ("deadline", "ko")])
async def test_a_clip_without_a_report_gets_one_sentence_in_the_user_s_language(
    house: House, executor: ScriptedExecutor, what: str, language: str
) -> None:
    error, words = ERRORS[what]
    good, executor.answer = executor.answer, raising(error)
    user = house.sandbox.user(1001, language_code=language)
    sent = await sent_clip(user)
    answer = await user.wait_for(lambda message: "reply_to_message" in message.raw, LONG_S)
    assert [message.id for message in await settled(user, 0.2)] == [answer.id]
    assert answer.raw["reply_to_message"]["message_id"] == sent.id
    assert words in answer.text or language != "en"
    assert any("가" <= letter <= "힣" for letter in answer.text) is (language == "ko")
    assert list(house.settings.clips_dir.iterdir()) == []
    executor.answer = good
    await chart_of(house)


async def test_whoever_deleted_the_clip_meanwhile_has_its_answer_all_the_same(sandbox: Sandbox, tmp_path: Path) -> None:
    error, words = ERRORS["nobody"]
    user, closed = sandbox.user(1001), GatedExecutor(raising(error))
    async with living(sandbox, tmp_path, closed):
        sent = await sent_clip(user)
        await asyncio.wait_for(closed.waiting.wait(), LONG_S)
        sandbox.state.remove_messages(user.chat, [sent.id])
        closed.gate.set()
        await user.wait_for(words, LONG_S)


SEVERAL = Caveat(Doubt.SEVERAL_PEOPLE, {"count": 2})


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (NO_REPS, ["no complete rep seen", "from the side"]),
        (NOTHING_SEEN, ["from the side"]),
        (replace(FIVE_SQUATS, caveats=(SEVERAL,)), ["Squat · 5 reps", "2 people in view; I followed the one"]),
    ],
    ids=["no movement", "no curve", "two people"],
)
async def test_a_doubtful_clip_is_answered_and_the_doubt_said(
    house: House, executor: ScriptedExecutor, report: SetReport, words: list[str]
) -> None:
    executor.answer = measured(report)
    user, chart = house.sandbox.user(1001), await chart_of(house)
    assert [wanted for wanted in words if wanted not in chart.text] == []
    await user.wait_for(is_remark, LONG_S, after=chart.id)


def raising(error: Exception) -> Callable[[Task], Result]:
    def answer(_: Task) -> Result:
        raise error

    return answer


async def test_in_a_group_the_bot_says_where_it_works_and_nothing_else(house: House) -> None:
    sandbox, user = house.sandbox, house.sandbox.user(1001)
    group = sandbox.group(-100)
    for content in (
        {"text": "/history", "entities": [COMMAND]},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"new_chat_title": "Gym"},
    ):
        sandbox.state.deliver("message", sandbox.state.add_message(group, user.person, content))

    def told() -> list[str]:
        return [message["text"] for message in group.messages.values() if message["from"].get("is_bot")]

    await eventually(lambda: bool(told()), "the group is told")
    await chart_of(house)
    assert told() == ["I work in private chats only: write to me directly."]


async def test_who_is_not_allowed_is_told_and_nothing_of_theirs_is_touched(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    async with living(sandbox, tmp_path, executor, allowed_users="1001, 1003") as house:
        mallory = sandbox.user(1002, "Mallory")
        await sent_clip(mallory)
        await mallory.wait_for("private", LONG_S)
        await chart_of(house, 1001)
        await chart_of(house, 1003)
        assert len(await settled(mallory, 0.2)) == 1
        assert len(sandbox.calls_of("getFile")) == 2
        assert await house.services.store.account.user(1002) is None
        jun = sandbox.user(1004, "Jun", language_code="ko-KR")
        await jun.send_text("hello")
        await jun.wait_for("초대받은 분만", LONG_S)


@pytest.mark.parametrize(
    ("file_name", "caption"),
    [
        ("<b>&\"'.mp4", "<script>alert(1)</script> & <b>"),
        ("💪🏋️‍♀️ set.mp4", "💪" * 500),
        ("../../../etc/passwd", "squat"),
        ("a" * 200 + "." + "b" * 200, "x" * 1024),
        (".mp4", "\u202egpm.exe"),
    ],
)
async def test_names_and_captions_are_only_text(
    house: House, executor: ScriptedExecutor, file_name: str, caption: str
) -> None:
    user = house.sandbox.user(1001, "<i>Ada</i> & 💪")
    await chart_of(house, file_name=file_name, caption=caption)
    (task,) = executor.tasks
    assert isinstance(task, AnalyzeClip)
    assert task.path.parent == house.settings.clips_dir
    await user.send_text("/start")
    assert "<i>Ada</i> & 💪" in (await user.wait_for("I'm Spotter", LONG_S)).text


@pytest.mark.parametrize("text", ["a" * 4096, "<&>💪" * 800, "why " * 1024, "\n" * 50 + "?", "왜" * 4096, "\u200b"])
async def test_any_text_gets_one_answer(house: House, text: str) -> None:
    user = house.sandbox.user(1001)
    await user.send_text(text)
    answer: SeenMessage = await user.wait_for(is_remark, LONG_S)
    assert 0 < len(answer.text) <= 4096
    assert len(await settled(user, 0.2)) == 1


@pytest.mark.parametrize("data", ["units:0:stone", "zone:0:Nowhere/Land", "forget:0:perhaps", "is:999999:squat", "x"])
async def test_a_forged_button_breaks_nothing(house: House, data: str) -> None:
    user = house.sandbox.user(1001)
    await user.send_text("/forget")
    asked = await user.wait_for("Delete everything", LONG_S)
    forged = SeenMessage(
        {**asked.raw, "reply_markup": {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}}, None
    )
    await user.press(forged, data)
    chart = await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    assert not any("went wrong" in message.text for message in user.messages)


@pytest.mark.parametrize(
    "data", ["zzz:1", "open:99999999999999999999", "names:1:x", "reps:1:-5", "open:٣", "units:x:kg"]
)
async def test_a_button_that_no_handler_knows_is_answered(house: House, data: str) -> None:
    user = house.sandbox.user(1001)
    press = pressed(user, await chart_of(house), data)
    assert "what that button does" in (await press.answered()).text


@pytest.mark.parametrize("data", ["say:1:topic:gone", "is:1:underwater_squat"])
async def test_a_question_and_a_name_that_are_no_longer_offered_are_told_so(house: House, data: str) -> None:
    user = house.sandbox.user(1001)
    shown = await chart_of(house)
    pressed(user, shown, data)
    await user.wait_for("what that button does", LONG_S, after=shown.id)
