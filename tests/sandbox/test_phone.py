"""The small API the page speaks, without a browser."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from telegram import Bot

from bot.sandbox import Sandbox, SandboxUser
from bot.sandbox.refusals import Json
from tests.sandbox.scripted import keyboard, png


@pytest.fixture
async def http(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    """What a browser would be."""
    async with aiohttp.ClientSession(sandbox.url) as session:
        yield session


async def _next_event(stream: aiohttp.StreamReader) -> Json:
    line = (await stream.readline()).decode()
    await stream.readline()
    event: Json = json.loads(line.removeprefix("data: "))
    return event


async def test_the_page_may_load_nothing_from_elsewhere(http: aiohttp.ClientSession) -> None:
    async with http.get("/") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
        assert "//" not in (await answer.text()).replace("http://www.w3.org/", "")


async def test_a_snapshot_comes_first_then_what_happens(
    http: aiohttp.ClientSession, bot: Bot, ada: SandboxUser
) -> None:
    await bot.send_message(1001, "before")
    async with http.get("/phone/1001/events") as answer:
        snapshot = await _next_event(answer.content)
        await bot.send_message_draft(1001, 3, "aft")
        await bot.send_message(1001, "after")
        happened = [await _next_event(answer.content) for _ in range(2)]
    assert (snapshot["type"], snapshot["messages"][0]["text"]) == ("snapshot", "before")
    assert (snapshot["profile"]["name"], snapshot["samples"]) == ("Spotter", [])
    assert [event["type"] for event in happened] == ["draft", "message"]


async def test_text_too_long_for_a_message_becomes_several(http: aiohttp.ClientSession, ada: SandboxUser) -> None:
    async with http.post("/phone/1001/text", json={"text": "x" * 5000}) as answer:
        assert answer.status == 200
    assert sum(len(message.text) for message in ada.everything) == 5000
    assert max(len(message.text) for message in ada.everything) <= 4096


async def test_files_are_sent_as_what_they_are(http: aiohttp.ClientSession, ada: SandboxUser) -> None:
    form = aiohttp.FormData({"caption": "two"})
    facts = {"kind": "video", "duration": 3.4, "width": 7, "height": 9}
    form.add_field("items", json.dumps([facts, {"kind": "photo"}]))
    form.add_field("file0", b"clip", filename="a.mp4", content_type="video/mp4")
    form.add_field("file1", png(5, 6), filename="b.png", content_type="image/png")
    async with http.post("/phone/1001/media", data=form) as answer:
        assert answer.status == 200
    video, photo = ada.everything
    assert video.raw["video"] | {"duration": 3, "width": 7, "height": 9} == video.raw["video"]
    assert (video.album, video.text) == (photo.album, "two")


async def test_an_empty_file_is_refused(http: aiohttp.ClientSession, ada: SandboxUser) -> None:
    form = aiohttp.FormData({"items": '[{"kind": "document"}]'})
    form.add_field("file0", b"", filename="a.txt")
    async with http.post("/phone/1001/media", data=form) as answer:
        assert answer.status == 400
    assert ada.everything == []


async def test_pressing_what_is_not_there_is_refused(http: aiohttp.ClientSession, bot: Bot, ada: SandboxUser) -> None:
    sent = await bot.send_message(1001, "press", reply_markup=keyboard("Go"))
    for wrong in ({"message_id": 99, "data": "go"}, {"message_id": sent.message_id, "data": "stop"}):
        async with http.post("/phone/1001/press", json=wrong) as answer:
            assert answer.status == 400
    async with http.post("/phone/1001/press", json={"message_id": sent.message_id, "data": "go"}) as answer:
        assert (await answer.json())["query_id"]


@pytest.mark.parametrize(
    ("name", "mime_type", "disposition"),
    [("page.html", "text/html", "attachment"), ("vector.svg", "image/svg+xml", "attachment"), ("a.png", "", "inline")],
)
async def test_only_pictures_and_clips_are_shown_in_place(
    http: aiohttp.ClientSession, ada: SandboxUser, name: str, mime_type: str, disposition: str
) -> None:
    sent = await ada.send_document(b"<script>", file_name=name, mime_type=mime_type)
    async with http.get(f"/phone/1001/files/{sent.raw['document']['file_id']}") as answer:
        assert answer.headers["Content-Disposition"] == disposition
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_three_visitors_can_hold_the_phone_beside_those_who_were_made() -> None:
    async with Sandbox() as sandbox, aiohttp.ClientSession(sandbox.url) as session:
        sandbox.user(1002, "Benjamin")
        sandbox.user(7, "Dora")
        async with session.get("/phone/users") as answer:
            assert [person["first_name"] for person in await answer.json()] == ["Benjamin", "Dora", "Ada", "Chloé"]
        for nobody in ("nobody", "0", "²"):
            async with session.post(f"/phone/{nobody}/text", json={"text": "x"}) as answer:
                assert answer.status == 404


async def test_the_sample_is_offered_where_there_is_one(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    clip = tmp_path / "sample set.mp4"
    clip.write_bytes(b"clip")
    async with Sandbox(samples=[clip]) as sandbox, http.get(f"{sandbox.url}/phone/samples/{clip.name}") as answer:
        assert await answer.read() == b"clip"
    async with http.get("/phone/samples/absent.mp4") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("text", "no JSON"),
        ("text", "[1]"),
        ("text", '{"text": "hi", "reply_to": "the first"}'),
        ("press", '{"message_id": []}'),
        ("media", '{"items": "[3]"}'),
        ("media", '{"items": "{}"}'),
    ],
)
async def test_what_is_no_request_of_the_page_is_refused_with_a_reason(
    http: aiohttp.ClientSession, ada: SandboxUser, path: str, body: str
) -> None:
    async with http.post(f"/phone/1001/{path}", data=body, headers={"Content-Type": "application/json"}) as answer:
        assert (answer.status, (await answer.json())["description"][:12]) == (400, "Bad Request:")
    assert ada.everything == []


@pytest.mark.parametrize("said", ["1e999", '"long"'])
async def test_a_clip_that_lasts_no_number_of_seconds_is_refused(http: aiohttp.ClientSession, said: str) -> None:
    form = aiohttp.FormData({"items": f'[{{"kind": "video", "duration": {said}}}]'})
    form.add_field("file0", b"clip", filename="clip.mp4")
    async with http.post("/phone/1001/media", data=form) as answer:
        assert answer.status == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "elsewhere.example"}, 403),  # a name of somebody else's that now leads here
        ({"Host": "localhost:8765", "Origin": "http://localhost:8765"}, 200),
    ],
)
async def test_a_page_of_another_site_cannot_use_the_phone(
    http: aiohttp.ClientSession, ada: SandboxUser, headers: dict[str, str], status: int
) -> None:
    async with http.post("/phone/1001/text", data={"text": "/forget"}, headers=headers) as answer:
        assert answer.status == status
    assert len(ada.everything) == (status == 200)


async def test_a_sandbox_that_others_may_reach_answers_to_any_name() -> None:
    async with (
        Sandbox(host="0.0.0.0") as sandbox,
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.url}/phone/users", headers={"Host": "gym.local"}) as answer,
    ):
        assert answer.status == 200
