"""The sandbox server, to start and stop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from aiohttp import web

from bot.sandbox.faults import Fault
from bot.sandbox.limits import Limits
from bot.sandbox.people import Person, find_group, find_user
from bot.sandbox.phone import PAGE, SAMPLES, phone_routes
from bot.sandbox.server import STATE, TOKENS, bot_api_routes
from bot.sandbox.state import Chat, RecordedCall, State
from bot.sandbox.user import SandboxUser
from bot.sandbox.visitors import HOST, only_own_pages
from bot.sandbox.webhook import Patience, Postman

_STOP_S: Final = 2.0  # for answers under way


class Sandbox:
    """A Bot API server with people and a phone; `async with` starts and stops it.

    port 0 takes a free one. Without `tokens` every well-formed token is accepted. The phone offers `samples`. With
    `flood_control` the published message rates are enforced.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        limits: Limits | None = None,
        tokens: Iterable[str] = (),
        samples: Sequence[Path] = (),
        flood_control: bool = False,
        patience: Patience | None = None,
    ) -> None:
        self.state = State(limits or Limits(), flood_control)
        self._host, self._port = host, port
        self._postman = Postman(self.state, patience or Patience())
        self._runner = web.AppRunner(
            _application(self.state, host, frozenset(tokens), samples), access_log=None, shutdown_timeout=_STOP_S
        )

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start the server. Raises: OSError where the port is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = int(self._runner.addresses[0][1])
        self._postman.start()

    async def stop(self) -> None:
        """Stop the server and release those who wait on it."""
        self.state.closing.set()
        for chat in self.state.chats.values():
            chat.publish({"type": "closing"})
        await self._postman.stop()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The server's address, without a path."""
        return f"http://{self._host}:{self._port}"

    @property
    def base_url(self) -> str:
        """The value for python-telegram-bot's `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """The value for python-telegram-bot's `base_file_url`."""
        return f"{self.url}/file/bot"

    @property
    def phone_url(self) -> str:
        """The page with the phone; `?user=1001` chooses who holds it."""
        return f"{self.url}/"

    @property
    def token(self) -> str:
        """A well-formed token that is not a real bot's."""
        return f"{8_000_000_001}:{'S' * 35}"

    @property
    def calls(self) -> list[RecordedCall]:
        """Every call of the bot, in order, with the status of its answer."""
        return list(self.state.calls)

    def calls_of(self, method: str) -> list[RecordedCall]:
        """The calls of one method."""
        return [call for call in self.state.calls if call.method.lower() == method.lower()]

    def fail(self, fault: Fault) -> None:
        """Inject a fault at the next call that fits."""
        self.state.faults.add(fault)

    def user(
        self,
        user_id: int,
        first_name: str = "Ada",
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "en",
    ) -> SandboxUser:
        """The person with this number, created if needed."""
        return find_user(self.state, Person(user_id, first_name, last_name, username, language_code))

    def group(self, chat_id: int, title: str = "Gym") -> Chat:
        """A group the bot is in."""
        return find_group(self.state, chat_id, title)


def _application(state: State, host: str, tokens: frozenset[str], samples: Sequence[Path]) -> web.Application:
    application = web.Application(client_max_size=state.limits.user_upload_bytes, middlewares=[only_own_pages])
    application[STATE] = state
    application[HOST] = host
    application[TOKENS] = tokens
    application[SAMPLES] = {sample.name: sample for sample in samples}
    application.router.add_routes([*bot_api_routes(), *phone_routes()])
    application.router.add_static("/static", PAGE)
    return application
