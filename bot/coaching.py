"""The coach opened for the bot: the rules answer at once, the chat model as soon as its file is here."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from bot.coach.coach import Coach
from bot.coach.llama import LlamaModel
from bot.coach.weights import Source, Weights
from bot.settings import Settings
from pipeline.catalogue import exercises


@contextlib.asynccontextmanager
async def open_coach(settings: Settings) -> AsyncIterator[Coach]:
    """A coach that answers from the first moment; the model's file is fetched in the background where it is missing."""
    weights = chat_weights(settings)
    if settings.chat_fetch:
        weights.start()
    model = LlamaModel(weights.find)
    try:
        yield Coach(model, exercises().values())
    finally:
        weights.stop()
        model.close()


def chat_weights(settings: Settings) -> Weights:
    """Where the chat model comes from and lands; a path in the setting is that file itself."""
    return Weights(settings.models_dir, Source(settings.chat_repository, settings.chat_file))
