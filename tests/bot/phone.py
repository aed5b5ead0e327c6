"""What tests look for on the phone, and what they send from it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox import Button, SandboxUser, SeenMessage
from bot.sentences import plain
from bot.tasks import Result, Task
from bot.workers.executor import Progress
from tests.bot.house import CLIP, Answer, House, measured

LONG_S = 60.0  # only a test that fails waits so long; the machine may be busy
STEP_S = 0.02
SETTLED_S = 0.4  # after this long without a message, on an idle machine, a second answer is not on its way


def is_chart(message: SeenMessage) -> bool:
    """A picture is a chart."""
    return message.kind == "photo"


def is_remark(message: SeenMessage) -> bool:
    """Signed by the coach that speaks from its rules."""
    return plain("en", "talk.voice_rules") in message.text


def flat(message: SeenMessage) -> list[Button]:
    """Its buttons, row after row."""
    return [button for row in message.buttons for button in row]


def charts(user: SandboxUser) -> list[SeenMessage]:
    """Every chart in the chat."""
    return [message for message in user.messages if is_chart(message)]


async def sent_clip(user: SandboxUser, **how: str) -> SeenMessage:
    """A clip of twenty seconds is on its way to the bot."""
    return await user.send_video(CLIP, duration=20, **how)  # type: ignore[arg-type]


async def chart_of(house: House, user_id: int = 1001, **how: str) -> SeenMessage:
    """The chart that answers a clip sent now."""
    user = house.sandbox.user(user_id)
    sent = await sent_clip(user, **how)
    return await user.wait_for(is_chart, LONG_S, after=sent.id)


async def settled(user: SandboxUser, quiet_s: float = SETTLED_S) -> list[SeenMessage]:
    """What stands in the chat once the bot has been silent for `quiet_s`.

    Counted in steps, each of which leaves the bot, on the same loop, a turn: on a busy machine they take longer.
    """
    seen, quiet = -1, 0
    while quiet < quiet_s / STEP_S:
        quiet = quiet + 1 if seen == len(user.chat.history) else 0
        seen = len(user.chat.history)
        await asyncio.sleep(STEP_S)
    return user.messages


async def eventually(holds: Callable[[], bool], what: str) -> None:
    """`holds` has come true. Raises TimeoutError naming `what` was wanted."""
    deadline_s = time.monotonic() + LONG_S
    while not holds():
        if time.monotonic() > deadline_s:
            raise TimeoutError(what)
        await asyncio.sleep(STEP_S)


@dataclass
class GatedExecutor:
    """Answers when `gate` is opened; `waiting` is set while a clip stands before it."""

    answer: Answer = field(default_factory=measured)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: list[Task] = field(default_factory=list)

    async def run(self, task: Task, progress: Progress) -> Result:
        """See Executor."""
        self.tasks.append(task)
        self.waiting.set()
        progress(0.3)
        await self.gate.wait()
        return self.answer(task)
