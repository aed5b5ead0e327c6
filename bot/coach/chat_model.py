"""The seam between the coach and whatever writes sentences for it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Sequence
from typing import Protocol


class ChatModelError(Exception):
    """The model cannot answer.

    ChatModelError
    ├── ModelMissing    no model file is on this machine, or it cannot be loaded
    ├── PromptTooLong   prompt and answer do not fit into the model's context
    └── ModelFailed     the model broke off while it wrote
    """


class ModelMissing(ChatModelError):
    """No model file is on this machine, or it cannot be loaded."""


class PromptTooLong(ChatModelError):
    """Prompt and answer do not fit into the model's context."""


class ModelFailed(ChatModelError):
    """The model broke off while it wrote."""


class ChatModel(Protocol):
    """Anything that continues a prompt.

    `llama.LlamaModel` in this process, `scripted.ScriptedModel` in tests; a server's client would be a third.
    """

    @property
    def ready(self) -> bool:
        """Whether a prompt would be answered, as far as is known without trying."""
        ...

    def stream(
        self, prompt: str, *, max_tokens: int, stop: Sequence[str], seed: int, cancel: threading.Event
    ) -> AsyncIterator[str]:
        """Pieces of the answer as they are written, none of `stop` among them; it ends soon after `cancel` is set.

        Raises ChatModelError.
        """
        ...
