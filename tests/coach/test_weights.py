"""The real download code against a hub on this machine: progress, resuming after a break, retries, honest failures."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.coach.model.weights import Absent, Failed, Fetching, Ready, Retries, Source, State, Weights

BODY = b"GGUF" + bytes(range(256)) * 40_000  # 10 MB: huggingface_hub writes pieces of that size
COMMIT = "0123456789abcdef0123456789abcdef01234567"
AT_ONCE = Retries(most=4, first_wait_s=0.01)


@dataclass(slots=True)
class Hub:
    """Serves one file the way the Hugging Face hub does; the first `breaks` downloads end in the middle."""

    body: bytes = BODY
    breaks: int = 0
    missing: bool = False
    ranges: list[str] = field(default_factory=list)

    async def head(self, request: web.Request) -> web.StreamResponse:
        if self.missing:
            return web.Response(status=404, headers={"X-Error-Code": "EntryNotFound"})
        return web.Response(headers={**self._headers(), "Content-Length": str(len(self.body))})

    async def get(self, request: web.Request) -> web.StreamResponse:
        asked = request.headers.get("Range", "bytes=0-")
        self.ranges.append(asked)
        start = int(asked.removeprefix("bytes=").partition("-")[0])
        part = self.body[start:]
        headers = {**self._headers(), "Content-Length": str(len(part))}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(self.body) - 1}/{len(self.body)}"
        response = web.StreamResponse(status=206 if start else 200, headers=headers)
        await response.prepare(request)
        await self._send(request, response, part)
        return response

    async def _send(self, request: web.Request, response: web.StreamResponse, part: bytes) -> None:
        if self.breaks and request.transport:
            self.breaks -= 1
            await response.write(part[: len(part) // 2])
            request.transport.close()
            return
        await response.write(part)

    def _headers(self) -> dict[str, str]:
        return {"ETag": f'"{hashlib.sha256(self.body).hexdigest()}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}


@pytest.fixture
async def hub() -> AsyncIterator[tuple[Hub, Source]]:
    made, app = Hub(), web.Application()
    app.router.add_route("HEAD", "/{tail:.*}", made.head)
    app.router.add_get("/{tail:.*}", made.get, allow_head=False)
    async with TestServer(app) as server:
        yield made, Source(repository="someone/tiny", file="tiny.gguf", endpoint=str(server.make_url("")).rstrip("/"))


async def _fetched(weights: Weights, seen: list[Fetching]) -> State:
    return await asyncio.to_thread(weights.fetch, seen.append)


async def test_a_file_is_fetched_and_progress_told(hub: tuple[Hub, Source], tmp_path: Path) -> None:
    _, source = hub
    weights, seen = Weights(tmp_path, source, AT_ONCE), list[Fetching]()
    assert weights.state == Absent()
    assert weights.find() is None
    assert await _fetched(weights, seen) == Ready(tmp_path / "tiny.gguf")
    assert weights.find() == tmp_path / "tiny.gguf"
    assert (tmp_path / "tiny.gguf").read_bytes() == BODY
    assert seen[-1].percent == pytest.approx(100.0)
    assert [one.done_bytes for one in seen] == sorted(one.done_bytes for one in seen)


async def test_a_broken_download_is_gone_on_with(hub: tuple[Hub, Source], tmp_path: Path) -> None:
    server, source = hub
    server.breaks = 1
    weights = Weights(tmp_path, source, AT_ONCE)
    assert await _fetched(weights, []) == Ready(tmp_path / "tiny.gguf")
    assert (tmp_path / "tiny.gguf").read_bytes() == BODY
    assert len(server.ranges) >= 2


async def test_a_file_that_is_not_there_is_a_failure_that_says_why(hub: tuple[Hub, Source], tmp_path: Path) -> None:
    server, source = hub
    server.missing = True
    state = await _fetched(Weights(tmp_path, source, Retries(most=2, first_wait_s=0.01)), [])
    assert isinstance(state, Failed)
    assert "NotFound" in state.why


async def test_what_is_no_model_is_not_kept(hub: tuple[Hub, Source], tmp_path: Path) -> None:
    server, source = hub
    server.body = b"<html>please log in</html>"
    state = await _fetched(Weights(tmp_path, source, Retries(most=1)), [])
    assert isinstance(state, Failed)
    assert not (tmp_path / "tiny.gguf").exists()


async def test_a_file_that_is_there_is_ready_at_once(tmp_path: Path) -> None:
    (tmp_path / "mine.gguf").write_bytes(b"GGUF")
    weights = Weights(tmp_path, Source(file="mine.gguf"))
    weights.start()
    assert weights.state == Ready(tmp_path / "mine.gguf")


async def test_it_is_fetched_in_the_background(hub: tuple[Hub, Source], tmp_path: Path) -> None:
    _, source = hub
    weights = Weights(tmp_path, source, AT_ONCE)
    weights.start()
    async with asyncio.timeout(120):
        while weights.find() is None:
            await asyncio.sleep(0.02)
    assert isinstance(weights.state, Ready)


async def test_the_background_begins_anew_where_all_tries_failed(hub: tuple[Hub, Source], tmp_path: Path) -> None:
    server, source = hub
    server.missing = True
    weights = Weights(tmp_path, source, Retries(most=1, rest_s=0.05))
    weights.start()
    async with asyncio.timeout(120):
        while not isinstance(weights.state, Failed):
            await asyncio.sleep(0.01)
        server.missing = False
        while weights.find() is None:
            await asyncio.sleep(0.02)
    weights.stop()


def test_waits_double_and_are_bounded() -> None:
    retries = Retries(first_wait_s=5.0, longest_wait_s=12.0)
    assert [retries.wait_s(tries) for tries in (1, 2, 3)] == [5.0, 10.0, 12.0]
