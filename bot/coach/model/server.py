"""A chat model behind a URL: any server that speaks OpenAI's chat completions (llama-server, vLLM, Ollama).

Asked for a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html); the server
writes the prompt in its model's own template. After a failure the server is left alone for a while, so that users are
answered by the rules at once instead of after a wait each.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.coach.model.chat_model import ModelFailed, ModelMissing, PromptTooLong
from bot.coach.model.prompt import Prompt
from bot.coach.model.stops import StopFilter
from bot.coach.model.templates import STOP

log = logging.getLogger(__name__)

DATA, DONE = b"data:", b"[DONE]"
TOO_LONG = ("context", "too long", "maximum", "exceed")  # how the servers in use word a prompt that does not fit


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where the server is and how it is asked. key is never shown; model None: whatever the server has loaded.

    connect_s is for the connection alone, silence_s for the wait between two pieces; the coach's own patience ends
    earlier as a rule. After a failure no question is put for pause_s.
    """

    url: str
    key: str | None = field(default=None, repr=False)
    model: str | None = None
    connect_s: float = 5.0
    silence_s: float = 60.0
    pause_s: float = 30.0
    temperature: float = 0.4
    top_p: float = 0.9


class ServerModel:
    """Continues prompts on a server; see `chat_model.ChatModel`."""

    def __init__(self, settings: ServerSettings) -> None:
        self._settings = settings
        self._session: aiohttp.ClientSession | None = None
        self._ready_at = 0.0

    @property
    def ready(self) -> bool:
        """Whether the server has not failed within the pause."""
        return time.monotonic() >= self._ready_at

    async def stream(
        self, prompt: Prompt, *, max_tokens: int, seed: int, cancel: threading.Event
    ) -> AsyncIterator[str]:
        """Pieces of the answer as they arrive. Raises ModelMissing, PromptTooLong, ModelFailed.

        Where an answer is gone on with, the server begins it anew: what was said already is for the caller to drop.
        """
        stops = StopFilter(STOP)
        async with self._asked(prompt, max_tokens, seed) as response:
            async for piece in _pieces(response):
                if cancel.is_set():
                    return
                if text := stops.feed(piece):
                    yield text
                if stops.over:
                    return
        if rest := stops.flush():
            yield rest

    def read_ahead(self, prompt: Prompt) -> None:
        """Nothing: the server keeps its own cache."""

    async def close(self) -> None:
        """The connections are closed."""
        if self._session is not None:
            await self._session.close()

    @asynccontextmanager
    async def _asked(self, prompt: Prompt, max_tokens: int, seed: int) -> AsyncIterator[aiohttp.ClientResponse]:
        """The server's answer, its status good. Raises ModelMissing, PromptTooLong, ModelFailed."""
        body = self._body(prompt, max_tokens, seed)
        try:
            async with self._opened().post(self._address, json=body, allow_redirects=False) as response:
                if response.status != 200:
                    raise await self._refusal(response)
                yield response
        except aiohttp.ClientConnectorError as error:
            self._pause("cannot be reached")
            raise ModelMissing("the server cannot be reached") from error
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            self._pause(type(error).__name__)
            raise ModelFailed(type(error).__name__) from error

    async def _refusal(self, response: aiohttp.ClientResponse) -> PromptTooLong | ModelFailed:
        """The error for a status that is no answer; a prompt that does not fit is nobody's failure."""
        said = (await response.content.read(2000)).decode("utf-8", "replace").lower()
        if response.status in (400, 413) and any(word in said for word in TOO_LONG):
            return PromptTooLong("the server says that the prompt does not fit")
        self._pause(f"status {response.status}")
        return ModelFailed(f"status {response.status}")

    def _pause(self, why: str) -> None:
        self._ready_at = time.monotonic() + self._settings.pause_s
        log.warning("the chat server: %s; the rules answer for %.0f s", why, self._settings.pause_s)

    def _body(self, prompt: Prompt, max_tokens: int, seed: int) -> dict[str, Any]:
        turns = [{"role": turn.role, "content": turn.text} for turn in prompt.turns]
        chosen = {"model": self._settings.model} if self._settings.model else {"model": "default"}
        return {
            **chosen,
            "messages": [{"role": "system", "content": prompt.system}, *turns],
            "stream": True,
            "max_tokens": max_tokens,
            "seed": seed,
            "temperature": self._settings.temperature,
            "top_p": self._settings.top_p,
        }

    def _opened(self) -> aiohttp.ClientSession:
        """The one session, made in the loop that uses it."""
        if self._session is None:
            key = self._settings.key
            timeout = aiohttp.ClientTimeout(
                total=None, sock_connect=self._settings.connect_s, sock_read=self._settings.silence_s
            )
            headers = {"Authorization": f"Bearer {key}"} if key else {}
            self._session = aiohttp.ClientSession(timeout=timeout, headers=headers)
        return self._session

    @property
    def _address(self) -> str:
        base = self._settings.url.rstrip("/")
        return f"{base}/chat/completions" if base.endswith("/v1") else f"{base}/v1/chat/completions"


async def _pieces(response: aiohttp.ClientResponse) -> AsyncIterator[str]:
    """The texts of the stream's events, until [DONE] or its end. Raises ModelFailed for an event that is no answer."""
    async for line in response.content:
        if not line.startswith(DATA):
            continue
        event = line.removeprefix(DATA).strip()
        if event == DONE:
            return
        if text := _text_of(event):
            yield text
        await asyncio.sleep(0)  # a server that sends much at once must not hold up the loop


def _text_of(event: bytes) -> str:
    try:
        said = json.loads(event)
        if "error" in said:
            raise ModelFailed("the server broke off")
        choices = said.get("choices") or [{}]
        return str(choices[0].get("delta", {}).get("content") or "")
    except (ValueError, AttributeError, TypeError, LookupError) as error:
        raise ModelFailed("the server's answer cannot be read") from error
