"""The seam between the coach and whatever writes sentences for it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from typing import Protocol

from bot.coach.model.prompt import Prompt


class ChatModelError(Exception):
    """The model cannot answer.

    ChatModelError
    ├── ModelMissing    no model file is on this machine, or it cannot be loaded; no server answers
    ├── PromptTooLong   prompt and answer do not fit into the model's context
    └── ModelFailed     the model broke off while it wrote
    """


class ModelMissing(ChatModelError):
    """No model file is on this machine, or it cannot be loaded; no server answers."""


class PromptTooLong(ChatModelError):
    """Prompt and answer do not fit into the model's context."""


class ModelFailed(ChatModelError):
    """The model broke off while it wrote."""


class ChatModel(Protocol):
    """Anything that continues a prompt, in a template of its own.

    `llama.model.LlamaModel` in this process, `server.ServerModel` behind a URL, `scripted.ScriptedModel` in tests.
    """

    @property
    def ready(self) -> bool:
        """Whether a prompt would be answered, as far as is known without trying."""
        ...

    def stream(self, prompt: Prompt, *, max_tokens: int, seed: int, cancel: threading.Event) -> AsyncIterator[str]:
        """Pieces of the answer as they are written, no role token among them; it ends soon after `cancel` is set.

        Raises ChatModelError.
        """
        ...

    def read_ahead(self, prompt: Prompt) -> None:
        """The prompt may be read while nobody waits, so that the next answer starts sooner. Returns at once."""
        ...

    async def close(self) -> None:
        """What the model holds is given back."""
        ...
