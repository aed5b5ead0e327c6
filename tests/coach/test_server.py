"""The chat server by URL: what is asked, how its stream is read, and that every fault ends with the rules speaking."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.coach import Coach, CoachSettings, Patience, Said
from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Turn
from bot.coach.model.chat_model import ChatModelError, ModelFailed, ModelMissing, PromptTooLong
from bot.coach.model.prompt import SYSTEM, Prompt
from bot.coach.model.server import ServerModel, ServerSettings
from tests.coach.tiny_model import write_tiny_model

KEY = "sk-very-secret-indeed"
GOOD = "You did 8 reps. Sink until your hips reach knee height."
ASKED = Prompt(SYSTEM, (Turn("user", "How was it?"),))
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
LONG_S = 60.0  # only a test that fails waits so long; the machine may be busy


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[str]:
    """A server on a free port that answers chat completions with `answer`."""
    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app, handler_cancellation=True)  # nobody writes on to whoever is gone
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def model_on(url: str, **how: float) -> AsyncIterator[ServerModel]:
    made = ServerModel(ServerSettings(url, KEY, "tiny", **how))
    try:
        yield made
    finally:
        await made.close()


def streaming(text: str, *, pieces: int = 5, delay_s: float = 0.0, end: bytes = b"data: [DONE]\n\n") -> Answer:
    """Sends the text as events, cut anywhere, comments and empty deltas between."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b': ping\n\ndata: {"choices":[{"delta":{"role":"assistant"}}]}\n\n')
        for at in range(0, len(text), pieces):
            event = json.dumps({"choices": [{"delta": {"content": text[at : at + pieces]}}]}).encode()
            await response.write(b"data: " + event[:7])
            await response.write(event[7:] + b"\n\n")
            await asyncio.sleep(delay_s)
        await response.write(end)
        return response

    return answer


def failing(status: int, body: str) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=body)

    return answer


async def _text(model: ServerModel) -> str:
    pieces = model.stream(ASKED, max_tokens=40, seed=7, cancel=threading.Event())
    return "".join([piece async for piece in pieces])


async def _coached(model: ServerModel, patience_s: float = LONG_S) -> list[Said]:
    coach = Coach(model, settings=CoachSettings(patience=Patience(patience_s, patience_s, patience_s)))
    return [one async for one in coach.answer("what should i work on", SCENES["squat"])]


async def test_the_stream_is_read_and_the_question_put_as_the_protocol_wants() -> None:
    seen: list[tuple[str, dict[str, object]]] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append((request.headers["Authorization"], await request.json()))
        return await streaming(GOOD)(request)

    async with serving(answer) as url, model_on(f"{url}/v1/") as model:
        assert await _text(model) == GOOD
    key, body = seen[0]
    assert key == f"Bearer {KEY}"
    assert body["messages"] == [{"role": "system", "content": SYSTEM}, {"role": "user", "content": "How was it?"}]
    assert (body["model"], body["stream"], body["max_tokens"], body["seed"]) == ("tiny", True, 40, 7)


async def test_a_role_token_ends_the_answer() -> None:
    async with serving(streaming("You did 8 reps.<|im_end|> more")) as url, model_on(url) as model:
        assert await _text(model) == "You did 8 reps."


async def test_a_server_speaks_through_the_coach() -> None:
    async with serving(streaming(GOOD)) as url, model_on(url) as model:
        assert {one.voice for one in await _coached(model)} == {"model"}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (failing(500, "oops"), ModelFailed),
        (failing(401, "no key"), ModelFailed),
        (failing(302, ""), ModelFailed),
        (failing(400, "the prompt exceeds the context window"), PromptTooLong),
        (streaming("You", end=b'data: {"error": {"message": "boom"}}\n\n'), ModelFailed),
        (streaming("You", end=b"data: {nonsense\n\n"), ModelFailed),
        (streaming("You", end=b"data: [1, 2]\n\n"), ModelFailed),
        (streaming("You", end=b"data: " + b"x" * 300_000), ModelFailed),
    ],
)
async def test_every_fault_is_an_error_of_the_model_and_the_rules_answer(
    answer: Answer, error: type[ChatModelError]
) -> None:
    async with serving(answer) as url, model_on(url, pause_s=0.0) as model:
        with pytest.raises(error):
            await _text(model)
        assert {one.voice for one in await _coached(model)} == {"rules"}


async def test_a_server_that_is_not_there_is_left_alone_for_a_while() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    async with model_on(url) as model:
        assert model.ready
        with pytest.raises(ModelMissing):
            await _text(model)
        assert not model.ready


async def test_a_silent_server_is_not_waited_for() -> None:
    async with serving(streaming(GOOD, delay_s=LONG_S)) as url, model_on(url, silence_s=0.2, pause_s=0.0) as model:
        with pytest.raises(ModelFailed):
            await _text(model)
        async with asyncio.timeout(LONG_S):
            assert {one.voice for one in await _coached(model, 0.3)} == {"rules"}


async def test_a_cancelled_answer_ends() -> None:
    cancel, seen = threading.Event(), 0
    async with serving(streaming(GOOD * 20, delay_s=0.005)) as url, model_on(url) as model:
        async for _ in model.stream(ASKED, max_tokens=40, seed=7, cancel=cancel):
            seen += 1
            cancel.set()
    assert seen == 1


async def test_neither_key_nor_words_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(failing(401, f"bad key {KEY}")) as url, model_on(url) as model:
        with pytest.raises(ModelFailed) as raised:
            await _text(model)
        shown = f"{raised.value!r} {model._settings!r} {caplog.text}"
    assert KEY not in shown
    assert "How was it" not in shown


@pytest.mark.slow
async def test_the_server_of_llama_cpp_is_understood(tmp_path: Path) -> None:
    pytest.importorskip("fastapi", reason="llama-cpp-python's own server needs its extras: pip install -e '.[dev]'")
    pytest.importorskip("starlette_context")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    file = write_tiny_model(tmp_path / "tiny.gguf")
    server = await asyncio.create_subprocess_exec(
        *llama_server(file, port), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await _listening(port, server)
        async with model_on(f"http://127.0.0.1:{port}", pause_s=0.0) as model:
            assert await _text(model)
            assert await _text(model) == await _text(model)  # the seed is heeded
            said = await _coached(model)
        assert any("hips" in one.text for one in said)
    finally:
        server.terminate()
        await server.wait()


def llama_server(file: Path, port: int) -> list[str]:
    """The command of llama-cpp-python's own server."""
    import sys

    options = ["--model", str(file), "--host", "127.0.0.1", "--port", str(port), "--n_ctx", "1024", "--n_threads", "1"]
    return [sys.executable, "-m", "llama_cpp.server", *options, "--chat_format", "zephyr"]


async def _listening(port: int, server: asyncio.subprocess.Process) -> None:
    for _ in range(1200):  # two minutes: loading llama.cpp and its file
        assert server.returncode is None, "the server did not start"
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            await writer.wait_closed()
            return
    raise TimeoutError("the server does not listen")
